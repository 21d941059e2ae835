# shellcheck shell=bash
# The scripts of pipelines, run by a person's script as a workflow's step runs
# them: facts in, outputs out. Needs log.sh, wait.sh and work.sh.

# brx_pipeline SECONDS SCRIPT [NAME=VALUE...]: for so long at most. What it
# gives out is asked for by brx_result. Facts go on no command line, since a
# secret may be among them.
brx_pipeline() {
    local seconds=$1 script=$BRX_SCRIPTS/pipeline/$2.sh fact facts status=0
    shift 2
    [[ -f $script ]] ||
        brx_fail "$script is missing: run \`broxc build\` and commit it"
    : >"$BRX_WORK/results"
    printf -v facts 'export %s=%q\n' GITHUB_OUTPUT "$BRX_WORK/results" \
        GITHUB_STEP_SUMMARY /dev/null GITHUB_ENV "$BRX_WORK/variables" \
        RUNNER_TEMP "$BRX_WORK"
    for fact in "$@"; do
        printf -v facts '%sexport %s=%q\n' "$facts" "${fact%%=*}" "${fact#*=}"
    done
    # shellcheck disable=SC2016 # for the other shell
    brx_bounded "$seconds" bash -c 'unset GITHUB_ACTIONS
        . /dev/fd/3 && exec 3<&- && . "$0"' "$script" 3<<<"$facts" || status=$?
    return "$status"
}

# brx_result NAME: an output of the last brx_pipeline; it may have many lines.
brx_result() {
    local line mark=
    while IFS= read -r line; do
        if [[ -z $mark ]]; then
            [[ $line != "$1<<"* ]] || mark=${line#*<<}
        elif [[ $line == "$mark" ]]; then
            break
        else
            printf '%s\n' "$line"
        fi
    done <"$BRX_WORK/results"
}
