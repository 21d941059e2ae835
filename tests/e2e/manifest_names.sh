#!/usr/bin/env bash
# Whatever broxc makes for Kubernetes, a manifest that makes the same again is
# refused (N11): what check/ knows of names is what emit/ prints.
#
#     manifest_names.sh BROXC PROGRAM
#
# All objects of an environment's flat file come back as one manifest.
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"

# `KIND/NAME` of each object, less those that no manifest can meet: the
# Namespace is the cluster's, and a ConfigMap of ours is named by its content.
names_in() { # FILE
    awk '/^kind: / { kind = $2 }
        /^metadata:/ { inside = 1; next }
        /^[^ ]/ { inside = 0 }
        inside && /^  name: / { gsub(/"/, "", $2); print kind "/" $2 }' "$1" |
        grep -vE '^Namespace/|^ConfigMap/.*-(config|files)-[0-9a-z]{10}$' | sort -u
}

# shellcheck disable=SC2016 # the backticks are of the message
refused() { # FILE: of messages in the format `short`
    sed -nE 's/.*error\[N11\]: two sources produce `(.*)`.*/\1/p' "$1" | sort -u
}

check_environment() { # FOLDER PROGRAM FLAT
    cp "$3" "$1/all.yaml"
    cp "$2" "$1/main.brx"
    # What the program takes over by itself is doubled by all.yaml, too.
    echo 'manifest "all.yaml"' >>"$1/main.brx"
    "$broxc" check "$1/main.brx" --format short >"$work/said" 2>&1 || true
    names_in "$3" >"$work/made"
    refused "$work/said" >"$work/refused"
    [ -s "$work/made" ] || fail "$3 has no objects"
    expect "all objects of $3 are known by name" \
        diff "$work/made" <(comm -12 "$work/made" "$work/refused")
}

count=0
for program in "$root"/examples/*/envs.brx "$root"/testdata/kubernetes/*.brx \
    "$root"/testdata/emit/{argo-*,canary,stateful,pod-words}/main.brx; do
    folder=$work/$((count += 1))
    cp -R "$(dirname "$program")" "$folder"
    expect_exit 0 "$program builds" build "$program" -o "$work/out" --flat \
        --force
    for flat in "$work"/out/infrastructure/kubernetes/flat/*.yaml; do
        check_environment "$folder" "$program" "$flat"
    done
    rm -rf "$work/out"
done
finish "names of objects"
