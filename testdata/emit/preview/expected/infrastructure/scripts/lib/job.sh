# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Objects of a rendered overlay, and Jobs that are run to their end.

# brx_objects FILE: all objects, as one JSON list.
brx_objects() {
    kubectl create --dry-run=client --validate=false --output json \
        --filename "$1" |
        jq -s '[.[] | if .kind == "List" then .items[] else . end]'
}

# brx_supports OBJECTS: what pods stand on, and nothing that serves.
brx_supports() {
    jq '{apiVersion: "v1", kind: "List", items: map(select(.kind as $kind
        | ["ServiceAccount", "ConfigMap", "SecretStore", "ExternalSecret",
           "NetworkPolicy"] | index([$kind])))}' <<<"$1"
}

# brx_apply_text JSON
brx_apply_text() {
    local file
    file=$(mktemp)
    printf '%s\n' "$1" >"$file"
    brx_apply "$file"
}

# How a Job ended; nothing while it runs.
brx_job_end() {
    brx_get job "$1" | jq -r '[.status.conditions[]?
        | select(.status == "True" and (.type | IN("Complete", "Failed")))
        | "\(.type) \(.reason // "")"] | first // ""'
}

# brx_job_finish JOB SECONDS WHAT: waits, shows the output, and fails unless it
# ended well.
brx_job_finish() {
    local verdict='' waited
    for ((waited = 0; waited < $2 + 60; waited += 5)); do
        verdict=$(brx_job_end "$1")
        [[ -z $verdict ]] || break
        sleep 5
    done
    { brx_kubectl logs "job/$1" --all-containers --tail -1 || true; } 2>&1 |
        brx_foreign
    [[ $verdict == Complete* ]] ||
        brx_fail "$3 $1 ended with '${verdict:-no answer}'; \
its output is above, and the Job is kept"
}
