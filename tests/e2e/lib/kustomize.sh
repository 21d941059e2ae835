# shellcheck shell=bash
# Finds a kustomize 5 for the array `render`, or ends the test as skipped. To
# be sourced, after `root` is set.

PATH=$PATH:${root:?}/build/tools/bin
export GOGC=off # it ends before there is anything worth to collect
if command -v kustomize >/dev/null; then
    render=(kustomize build)
elif kubectl version --client 2>/dev/null | grep -q 'Kustomize Version: v5'; then
    # shellcheck disable=SC2034 # for who sources this
    render=(kubectl kustomize)
else
    echo "skipped: there is no kustomize 5 here"
    exit 77
fi
