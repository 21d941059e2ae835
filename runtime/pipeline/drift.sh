# needs: lib/log.sh lib/retry.sh lib/wait.sh lib/rollout.sh lib/releases.sh lib/component.sh lib/github.sh lib/differences.sh
# shellcheck shell=bash
# Does the cluster still hold what was released last? The overlay of that very
# commit, with the images of that release, is compared by the API server itself
# (`kubectl diff`), which changes nothing. What is said are objects and names of
# fields: a value may be one that nobody should see.
#
# Left out are what an administrator applies and the colour without traffic;
# while a release is under way, nothing is compared.
#
# in   BRX_OVERLAY BRX_NAMESPACE, as of render.sh
#      BRX_WORKFLOW   of the environment's releases, e.g. cd-prod.yml
#      BRX_COLORS     optional, lines `SERVICE LIVE IDLE` (colours.sh), with
#                     BRX_COLOR_LABEL
#      BRX_SELECTORS  optional, as of render.sh
#      GH_TOKEN with actions: read, GITHUB_REPOSITORY; the whole history
# out  verdict   clean | found; nothing when there was nothing to compare
#      findings  Markdown, one line an object
set -euo pipefail

nothing() {
    brx_log "nothing is compared: $*"
    exit 0
}

# The overlay of the release, as one List of what the pipeline applied.
expected() {
    mkdir -p -- "$tree/$BRX_OVERLAY/release"
    brx_component "$images" '' "$selectors" \
        >"$tree/$BRX_OVERLAY/release/kustomization.yaml"
    kubectl kustomize "$tree/$BRX_OVERLAY" >"$folder/rendered"
    kubectl create --dry-run=client --output json \
        --filename "$folder/rendered" | jq -s --arg colors "$colors" '
        ($colors | split("\n") | map(select(. != "") | split(" ")
            | "\(.[0])-\(.[2])")) as $idle
        | {apiVersion: "v1", kind: "List", items: [.[]
            | if .kind == "List" then .items[] else . end
            | select(.metadata.labels["broxc/applied-by"] != "administrator")
            | select(((.kind | IN("Deployment", "HorizontalPodAutoscaler"))
                and (.metadata.name | IN($idle[]))) | not)]}'
}

brx_need BRX_OVERLAY BRX_NAMESPACE BRX_WORKFLOW GH_TOKEN GITHUB_REPOSITORY
BRX_REPOSITORY=$GITHUB_REPOSITORY
busy=$(brx_run_busy "$BRX_WORKFLOW")
[[ -z $busy ]] || nothing "a release is under way"
memory=$(brx_memory)
[[ $(jq -r '.going != null' <<<"$memory") == false ]] ||
    nothing "somebody is going back"
release=$(jq -c '.releases | last' <<<"$memory")
[[ $release != null ]] || nothing "there was no release yet"

commit=$(brx_release_key "$release" commit)
images=$(brx_release_images "$release")
colors=$(brx_lines BRX_COLORS 3)
selectors=$(brx_lines BRX_SELECTORS 3)
while read -r service live idle; do
    [[ -z $service ]] || selectors+=$'\n'"$service $BRX_COLOR_LABEL $live
$service-preview $BRX_COLOR_LABEL $idle"
done <<<"$colors"
folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/drift.XXXXXX")
tree=$folder/tree
trap 'git worktree remove --force "$tree" || true' EXIT
git worktree add --quiet --detach "$tree" "$commit"
expected >"$folder/expected.json"

code=0
KUBECTL_EXTERNAL_DIFF='diff -U0 -N' brx_kubectl diff --server-side \
    --force-conflicts --field-manager=broxc \
    --filename "$folder/expected.json" >"$folder/diff" 2>"$folder/errors" ||
    code=$?
if ((code > 1)); then
    brx_foreign <"$folder/errors" >&2
    brx_fail "the cluster cannot be compared with" \
        "$(brx_release_name "$release")"
fi
findings=$(brx_differences <"$folder/diff")
verdict=clean
[[ -z $findings ]] || verdict=found
brx_log "compared with $(brx_release_name "$release"): $verdict"
brx_output verdict "$verdict"
brx_output findings "$findings"
