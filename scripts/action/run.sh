#!/usr/bin/env bash
# Runs a step of action.yml: the script STEP of this folder, or else that of
# runtime/pipeline, behind the libraries that its first line names.
#
#     run.sh STEP
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
script=$home/scripts/action/$1.sh
[[ -f $script ]] || script=$home/runtime/pipeline/$1.sh
read -ra libraries < <(sed -n '1s/^# needs: //p' "$script")
for library in "${libraries[@]}"; do
    # shellcheck source=/dev/null
    . "$home/runtime/$library"
done
# shellcheck source=/dev/null
. "$script"
