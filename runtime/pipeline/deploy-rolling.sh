# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Applies a rendered overlay and waits until every Deployment runs it. Where
# an autoscaler owns the count, the manifest has no `replicas`, and a new
# Deployment would start with one: it is scaled once, when it is first made.
#
# in   BRX_NAMESPACE
#      BRX_RENDERED  the file of render.sh
#      BRX_COUNTS    lines `SERVICE COUNT`, the count it starts with; none
#                    where only jobs are applied
#      BRX_TIMEOUT   for each Deployment, e.g. 300s
#      BRX_ONLY      optional, names: what is of these alone is applied
# out  deployments   names, one a line
set -euo pipefail

brx_need BRX_NAMESPACE BRX_RENDERED
brx_shape BRX_TIMEOUT '[1-9][0-9]*[smh]'
[[ -s $BRX_RENDERED ]] || brx_fail "nothing rendered: $BRX_RENDERED"
counts=$(brx_lines BRX_COUNTS 2)

new=() rows=()
[[ -z $counts ]] || mapfile -t rows <<<"$counts"
for row in ${rows[@]+"${rows[@]}"}; do
    read -r service count <<<"$row"
    [[ $count =~ ^[1-9][0-9]*$ ]] || brx_fail "not a count: $row"
    deployment=$(brx_get deployment "$service")
    if [[ -z $deployment ]]; then
        new+=("$service $count")
    fi
done

brx_apply "$BRX_RENDERED"
for row in ${new[@]+"${new[@]}"}; do
    read -r service count <<<"$row"
    brx_log "$service is new and starts with $count"
    brx_scale "$service" "$count"
done

deployments=
for row in ${rows[@]+"${rows[@]}"}; do
    read -r service count <<<"$row"
    brx_wait "$BRX_TIMEOUT" "$service"
    deployments+=$service$'\n'
done
brx_output deployments "${deployments%$'\n'}"
brx_summary "Deployed to \`$BRX_NAMESPACE\`, rolling."
