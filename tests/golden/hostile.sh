# shellcheck shell=bash
# shellcheck disable=SC2154 # golden.sh says what project, data, scratch … are
# Cases of testdata/hostile: what no program should be, and what the machine
# should not be. To be sourced by golden.sh.
#
#     make           makes the input, in a copy of the folder; may be absent
#     args           of broxc; `build main.brx -o out` when there is none
#     unprivileged   is there when root must not run it
#     expected       the exit code, and what was said
#
# `out` is the tree of a sound program, and must stay as it is unless the exit
# code is 0. Time and memory are limited.

time_limit_s=20
memory_limit_kib=1500000

# Sanitizers reserve more than there is, and take their time.
limit_memory() {
    if grep -q __asan_init "$broxc"; then
        time_limit_s=90
    else
        ulimit -v "$memory_limit_kib"
    fi
}

prepare_hostile() { # CASE
    cp -R "$1" "$scratch/case"
    cp "$broxc" "$scratch/broxc"
    cp "$data/hostile/sound.brx" "$scratch/sound.brx"
    (cd "$scratch/case" && ../broxc build ../sound.brx -o out) \
        >"$scratch/said" 2>&1 || fail "the sound program does not build"
    [ ! -e "$1/make" ] || (cd "$scratch/case" && bash ./make)
}

run_limited() { # ARGUMENT...: in the case's folder
    local as=()
    if [ -e unprivileged ] && [ "$(id -u)" -eq 0 ]; then
        chmod 755 "$scratch"
        chown -R 65534:65534 .
        as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    limit_memory
    timeout -k 1 "$time_limit_s" ${as[@]+"${as[@]}"} "$scratch/broxc" "$@"
}

hostile_picture() {
    (cd "$scratch/case" && {
        find . -printf '%y %m %p %l\n'
        find . -type f -size -1000k -exec cksum {} +
    } | sort)
}

run_hostile() { # CASE
    local code=0
    prepare_hostile "$1"
    read_args "$scratch/case"
    [ "${#args[@]}" -gt 0 ] || args=(build main.brx -o out)
    hostile_picture >"$scratch/before"
    (cd "$scratch/case" && run_limited "${args[@]}") \
        >"$scratch/said" 2>&1 </dev/null || code=$?
    { echo "exit $code" && cat "$scratch/said"; } >"$scratch/found"
    case $code in
    1 | 2 | 4)
        hostile_picture | diff "$scratch/before" - ||
            fail "the folder has changed"
        ;;
    0) ;;
    *) fail "exit code $code" ;;
    esac
    [ "$failed" -eq 0 ] || cat "$scratch/said"
    expect_file "$1/expected" "$scratch/found"
}
