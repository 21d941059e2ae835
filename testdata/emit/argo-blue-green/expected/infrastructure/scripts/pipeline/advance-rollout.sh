#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/argo.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/argo.sh"
# needs: lib/log.sh lib/rollout.sh lib/argo.sh
# shellcheck shell=bash
# Lets the Rollouts of the services go on from where they wait, and follows
# them to the next halt: the end of a share, all of the traffic, the end of the
# watch. Argo reads the metrics, and aborts by itself when a promise is broken;
# then this fails. Nothing goes on unless all of them are well. Running it again
# does no harm: what is past the pause is only followed.
#
# in   BRX_NAMESPACE
#      BRX_SERVICES  names, one a line
#      BRX_PAUSE     optional, where they wait: the index of the step, or
#                    `preview`; without it they are only followed; `all` leaves
#                    out every pause and every question, to go back
#      BRX_GOAL      through, active, or the index of a step
#      BRX_SECONDS   for each of them
# out  switched      seconds since 1970, when the last one had got there
set -euo pipefail

brx_need BRX_NAMESPACE BRX_SERVICES
brx_shape BRX_GOAL 'through|active|[0-9]{1,3}'
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
[[ -z ${BRX_PAUSE:-} ]] || brx_shape BRX_PAUSE 'all|preview|[0-9]{1,3}'
services=$(brx_lines BRX_SERVICES 1)

waiting=()
for service in $services; do
    state=$(brx_rollout "$service")
    read -r how where <<<"$state"
    case $how in
        paused)
            [[ ! ${BRX_PAUSE:-} =~ ^($where|all)$ ]] || waiting+=("$service")
            ;;
        through | moving) ;;
        *)
            brx_show_rollout "$service"
            brx_fail "$service is '$how' at '$where': deploy it first"
            ;;
    esac
done
for service in ${waiting[@]+"${waiting[@]}"}; do
    if [[ $BRX_PAUSE == all ]]; then
        brx_promote_fully "$service"
    else
        brx_resume "$service"
    fi
    brx_log "$service goes on from $BRX_PAUSE"
done
for service in $services; do
    brx_follow "$service" "$BRX_SECONDS" "$BRX_GOAL"
done
brx_output switched "$(date +%s)"
