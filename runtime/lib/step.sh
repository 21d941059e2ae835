# shellcheck shell=bash
# The scripts of pipelines, run by a person's script as a workflow's step runs
# them: facts in, outputs out. Needs log.sh, wait.sh and work.sh.

# brx_pipeline SECONDS SCRIPT [NAME=VALUE...]: for so long at most. What it
# gives out is asked for by brx_result. Facts go by a file of this run's own
# folder, since a secret may be among them.
brx_pipeline() {
    local seconds=$1 script=$BRX_SCRIPTS/pipeline/$2.sh fact status=0
    shift 2
    [[ -f $script ]] ||
        brx_fail "$script is missing: run \`broxc build\` and commit it"
    : >"$BRX_WORK/results"
    for fact in GITHUB_OUTPUT="$BRX_WORK/results" GITHUB_STEP_SUMMARY=/dev/null \
        GITHUB_ENV="$BRX_WORK/variables" RUNNER_TEMP="$BRX_WORK" "$@"; do
        printf '%s=%q\n' "${fact%%=*}" "${fact#*=}"
    done >"$BRX_WORK/facts"
    # shellcheck disable=SC2016 # for the other shell
    brx_bounded "$seconds" bash -c 'unset GITHUB_ACTIONS
        set -a && . "$1" && rm -f -- "$1" && set +a && exec bash "$2"' - \
        "$BRX_WORK/facts" "$script" || status=$?
    return "$status"
}

# brx_result NAME: an output of the last brx_pipeline; it may have many lines.
brx_result() {
    awk -v name="$1" 'index($0, name "<<") == 1 {
            mark = substr($0, length(name) + 3); found = 1; next }
        found && $0 == mark { exit } found' "$BRX_WORK/results"
}
