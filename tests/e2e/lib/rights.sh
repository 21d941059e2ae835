# shellcheck shell=bash
# What the tests of rights share: a command that has no more of them than
# anybody, and an output folder to try it on. To be sourced after expect.sh.

as=() # before a command: as somebody whom rights hold
if [ "$(id -u)" -eq 0 ]; then
    as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    chmod 755 "${work:?}"
fi
cp "${broxc:?}" "$work/broxc" # where anybody can run it
chmod 755 "$work/broxc"

# `before.brx` is built in `out`, and `after.brx` changes, adds and removes
# files of that.
make_programs() {
    cat >before.brx <<'END'
brx 1
project shop { registry ghcr.io/shop }
service api { port http 8080; ready GET /ready; live GET /live }
env dev { run api 1  memory 128Mi..256Mi  cpu 50m..250m }
env old { run api 1  memory 128Mi..256Mi  cpu 50m..250m }
END
    sed 's/run api 1/run api 2/; s/^env old/env test/' before.brx >after.brx
    "$work/broxc" build before.brx -o whole-before 2>said
    cp -R whole-before whole-after
    "$work/broxc" build after.brx -o whole-after 2>said
}

own() { # PATH...: whom the command runs as
    [ "${#as[@]}" -eq 0 ] || chown -R 65534:65534 "$@"
}

fresh() { # the folder `out`, with nothing that is forbidden
    [ ! -e out ] || chmod -R u+rwX out
    rm -rf out
    cp -R whole-before out
    own out
}

rights_picture() { # of `out`, as far as it can be looked at
    (find out -printf '%y %m %U %p %l\n' 2>/dev/null || true) | LC_ALL=C sort
}

# Standing where it is, `out` is built by `after.brx`, as anybody.
rebuild() { # gives the exit code
    code=0
    "${as[@]}" "$work/broxc" build after.brx -o out >said 2>&1 || code=$?
}

expect_refused() { # WHAT PATH: which is told, and nothing has changed
    rights_picture >before
    rebuild
    rights_picture >after
    expect "$1: exit code 4, not $code" [ "$code" -eq 4 ]
    expect "$1: it says \`$2\`, not: $(cat said)" \
        grep -qE "^broxc: cannot (read|write) \`$2\`: permission denied\$" said
    expect "$1: all rights are as they were" cmp before after
    chmod -R u+rwX out
    expect "$1: all files are as they were" diff -r whole-before out
}

expect_built() { # WHAT
    rebuild
    expect "$1: exit code 0, not $code: $(cat said)" [ "$code" -eq 0 ]
    expect "$1: the tree of the program" diff -r whole-after out
}
