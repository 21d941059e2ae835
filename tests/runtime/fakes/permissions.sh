# shellcheck shell=bash
# What a call of kubectl asks of the API server, as lines `VERB GROUP/RESOURCE`
# (`core` for the group without a name); nothing for what stays on the machine.
# Facts of kubectl 1.33 to 1.36: a server-side apply creates and patches without
# reading; `scale` and `rollout undo` read the Deployment and patch; `logs` of a
# Job and `port-forward` to a Service find a pod by listing and watching.

# resource_of KIND: `resource`; a kind in small letters, in the singular.
resource_of() {
    case $1 in
        configmap | service | serviceaccount | pod) resource=core/${1}s ;;
        deployment | replicaset | statefulset | controllerrevision) resource=apps/${1}s ;;
        horizontalpodautoscaler) resource=autoscaling/${1}s ;;
        job | cronjob) resource=batch/${1}s ;;
        rollout) resource=argoproj.io/rollouts ;;
        *) resource=unknown/$1 ;;
    esac
}

# objects_of FILE: GROUP/RESOURCE of each object in it that the pipeline sends;
# what a test leaves out of an object is what it mostly is.
objects_of() {
    jq -r 'if .kind == "List" then .items[] else . end
        | select(.metadata.labels["broxc/applied-by"] != "administrator")
        | ((.apiVersion // {Deployment: "apps/v1", StatefulSet: "apps/v1",
                Job: "batch/v1", CronJob: "batch/v1",
                Rollout: "argoproj.io/v1alpha1",
                HorizontalPodAutoscaler: "autoscaling/v2"}[.kind] // "v1"
            | if contains("/") then sub("/.*"; "") else "core" end)
            + "/" + (.kind | ascii_downcase
                | if test("[^aeiou]y$") then sub("y$"; "ies")
                  elif test("s$") then . + "es" else . + "s" end))' "$1"
}

each_verb() { # RESOURCE VERBS...
    local verb
    for verb in "${@:2}"; do
        asked+=("$verb $1")
    done
}

each_object() { # FILE VERBS...
    local objects object
    objects=$(objects_of "$1")
    for object in $objects; do
        each_verb "$object" "${@:2}"
    done
}

# permissions FILE WORDS...: `asked`; FILE holds what `apply` and `create` send.
permissions() {
    local file=$1 resource
    shift
    case "$1 ${2:-}" in
        'create --filename') [[ "$*" != */eviction ]] || set -- create /eviction ;;
    esac
    case "$1 ${2:-}" in
        'get --raw')
            if [[ $3 =~ /services/[^/]+/proxy(/|$) ]]; then
                each_verb core/services/proxy get
            else
                each_verb "$3" unknown
            fi
            ;;
        'get namespace') each_verb core/namespaces get ;;
        'get pods') each_verb core/pods list ;;
        'get events') each_verb core/events list ;;
        'get replicasets') each_verb apps/replicasets list ;;
        'get rollouts.argoproj.io') each_verb argoproj.io/rollouts list ;;
        'get analysisruns') each_verb argoproj.io/analysisruns list ;;
        'get '*)
            resource_of "$2"
            each_verb "$resource" get
            ;;
        'patch '*)
            resource_of "$2"
            [[ "$*" != *'--subresource status'* ]] || resource+=/status
            each_verb "$resource" get patch
            ;;
        'scale '*)
            resource_of "$2"
            each_verb "$resource" get
            each_verb "$resource/scale" get patch
            ;;
        'rollout status')
            resource_of "${3%/*}"
            each_verb "$resource" get list watch
            ;;
        'rollout undo')
            resource_of "${3%/*}"
            each_verb "$resource" get patch
            if [[ $3 == statefulset/* ]]; then
                each_verb apps/controllerrevisions list
            else
                each_verb apps/replicasets list
            fi
            ;;
        'logs job/'*)
            each_verb batch/jobs get
            each_verb core/pods list watch
            each_verb core/pods/log get
            ;;
        'port-forward service/'*)
            each_verb core/services get
            each_verb core/pods get list watch
            each_verb core/pods/portforward get create
            ;;
        'apply '*) each_object "$file" create patch ;;
        'diff '*) each_object "$file" get patch ;;
        'create --dry-run=client' | 'config '* | 'kustomize '*) ;;
        'create job')
            each_verb batch/cronjobs get
            each_verb batch/jobs create
            ;;
        'create '*/eviction) each_verb core/pods/eviction create ;;
        'create '*) each_object "$file" create ;;
        *) each_verb "$1" unknown ;;
    esac
}

# role_rules FILE: the rules of the Role `deployer` in it, as the same lines.
role_rules() {
    awk '
        /^---/ { if (done) exit }
        /^kind: Role$/ { done = 1 }
        !done { next }
        /^  - apiGroups:/ { groups = resources = "" ; part = "g" ; next }
        /^    resources:/ { part = "r"; next }
        /^    verbs:/ { part = "v"; next }
        /^      - / {
            word = $2; gsub(/"/, "", word); if (word == "") word = "core"
            if (part == "g") groups = groups " " word
            if (part == "r") resources = resources " " word
            if (part != "v") next
            n = split(groups, g, " "); m = split(resources, r, " ")
            for (i = 1; i <= n; i++) for (j = 1; j <= m; j++)
                print word " " g[i] "/" r[j]
        }' "$1" | sort -u
}

# forbidden ROLE FILE WORDS...: `missing`, the first permission that the Role
# lacks. What is asked for is written down in FAKE/permissions, the Role is read
# once.
forbidden() {
    local rules permission asked=()
    [[ -s $FAKE/role ]] || role_rules "$1" >"$FAKE/role"
    rules=$'\n'$(<"$FAKE/role")$'\n'
    permissions "${@:2}"
    ((${#asked[@]})) || return 0
    printf '%s\n' "${asked[@]}" >>"$FAKE/permissions"
    for permission in "${asked[@]}"; do
        [[ $rules == *$'\n'"$permission"$'\n'* ]] && continue
        # shellcheck disable=SC2034 # who reads this file asks for it
        missing=$permission
        return
    done
}
