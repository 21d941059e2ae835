#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/component.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/component.sh"
# needs: lib/log.sh lib/rollout.sh lib/component.sh
# shellcheck shell=bash
# Writes the release component of an overlay, in the working copy only, and
# renders the overlay to one file. The component says which digest each
# service runs. For blue-green it also leaves out the colour that is not idle,
# so that applying the file cannot touch what is live, nor make, before the
# first switch, what nobody releases to. It keeps the Services' selectors as
# they are: the active one on the live colour, the preview on the idle one.
#
# in   BRX_OVERLAY    .../overlays/production, lists the component `release`
#      BRX_NAMESPACE  every object must be in it
#      BRX_IMAGES     lines `SERVICE REGISTRY/REPOSITORY@sha256:...`
#      BRX_IMAGE_FOLDER  optional: images lie in this folder of their registry
#                        instead of where the overlay says
#      BRX_COLORS     optional, lines `SERVICE LIVE IDLE` (colours.sh)
#      BRX_COLOR_LABEL   with BRX_COLORS, the label in the selectors
#      BRX_SELECTORS     optional, lines `KUBERNETES-SERVICE KEY VALUE`: what
#                        Argo added to selectors stays in them (rollouts.sh)
#      BRX_PROMETHEUS_URL  optional, as of watch.sh: for AnalysisTemplates
# out  rendered       the file
set -euo pipefail

# Every object that names a namespace names ours; the key is in `metadata`.
check_namespaces() {
    local found
    found=$(awk '/^[^ -]/ { top = $1 }
        top == "metadata:" && sub(/^  namespace: /, "") \
            { gsub(/"/, ""); print }' "$rendered" |
        sort -u)
    [[ $found == "$BRX_NAMESPACE" ]] ||
        brx_fail "the overlay is for '$found' instead of '$BRX_NAMESPACE'"
}

brx_need BRX_OVERLAY BRX_NAMESPACE BRX_IMAGES
[[ -d $BRX_OVERLAY ]] || brx_fail "no such folder: $BRX_OVERLAY"
images=$(brx_lines BRX_IMAGES 2)
colors=$(brx_lines BRX_COLORS 3)
selectors=$(brx_lines BRX_SELECTORS 3)
[[ -z $colors ]] || brx_need BRX_COLOR_LABEL
while read -r service image; do
    [[ $image =~ ^[a-z0-9][a-z0-9.:/_-]*@sha256:[0-9a-f]{64}$ ]] ||
        brx_fail "$service has no image by digest: '$image'"
done <<<"$images"

mkdir -p -- "$BRX_OVERLAY/release"
brx_component "$images" "$colors" "$selectors" \
    >"$BRX_OVERLAY/release/kustomization.yaml"
rendered=$(mktemp "${RUNNER_TEMP:-/tmp}/rendered.XXXXXX")
kubectl kustomize "$BRX_OVERLAY" >"$rendered"
check_namespaces
while read -r service image; do
    grep -qF "image: $image" "$rendered" ||
        brx_fail "nothing in the overlay runs $image of $service: does its \
kustomization.yaml list the component \`release\`?"
done <<<"$images"
brx_output rendered "$rendered"
