# shellcheck shell=bash
# Where a person's scripts keep what they remember: one folder a project, of
# this person alone. Needs log.sh and the fact BRX_PROJECT.

# The folder's path; BRX_HOME says another one than ~/.local/state/broxc.
brx_home() {
    local root=${XDG_STATE_HOME:-${HOME:+$HOME/.local/state}}
    root=${BRX_HOME:-${root:+$root/broxc}}
    [[ $root == /* ]] || brx_fail "no folder to keep things in: set HOME"
    [[ -d $root/$BRX_PROJECT ]] ||
        (umask 077 && mkdir -p -- "$root/$BRX_PROJECT") || brx_fail \
        "$root/$BRX_PROJECT cannot be made; BRX_HOME says another one"
    printf '%s\n' "$root/$BRX_PROJECT"
}

# Who is at work, for people to read: a name and a machine.
brx_who() {
    local name='\u' machine='\H' # as a prompt has them
    printf '%s@%s\n' "${GITHUB_ACTOR:-${name@P}}" "${machine@P}"
}

brx_time() {
    TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T\n' -1
}
