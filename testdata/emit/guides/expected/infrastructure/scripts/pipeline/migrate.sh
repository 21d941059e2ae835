#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# shellcheck source=../lib/job.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/job.sh"
# needs: lib/log.sh lib/rollout.sh lib/job.sh
# shellcheck shell=bash
# Runs the migration of a service as a Job, from the new image, before any new
# pod serves. The Job is the rendered Deployment's main container with another
# command: same image, configuration, secrets, identity and security context. Of
# a stateful set it has all but the claims that are its pods' own.
# It is run once: a migration that failed halfway is for a person to judge.
#
# Its pods are labelled SERVICE-migrate, so no Service sends them traffic, no
# disruption budget counts them, and network policies must name them.
#
# in   BRX_NAMESPACE
#      BRX_RENDERED  the file of render.sh
#      BRX_SERVICE   the main container's name, too
#      BRX_COMMAND   e.g. npm run db:migrate
#      BRX_SECONDS   the most it may take
#      GITHUB_RUN_ID GITHUB_RUN_ATTEMPT
set -euo pipefail

job() {
    jq --arg service "$BRX_SERVICE" --arg name "$name" \
        --arg command "$BRX_COMMAND" --argjson seconds "$BRX_SECONDS" '
    # Kubernetes would expand $(NAME), and take $$ for a dollar sign.
    def unexpanded: gsub("\\$(?=[$(]|[^\\x00-\\x7f])"; "$$");
    [.[] | select((.kind | IN("Deployment", "StatefulSet"))
        and IN(.metadata.name;
            $service, $service + "-blue", $service + "-green"))]
    | if length == 1 then first else error("\(length) Deployments") end
    | [.spec.volumeClaimTemplates[]?.metadata.name] as $own | .spec.template
    | (.metadata.labels // {} | with_entries(select(.key | IN(
        "app.kubernetes.io/instance", "app.kubernetes.io/part-of")))
        + {"app.kubernetes.io/name": "\($service)-migrate",
           "app.kubernetes.io/component": "migration"}) as $labels
    | (.spec.containers | map(select(.name == $service))
        | if length == 1 then first else error("no container") end
        | del(.ports, .lifecycle)
        | del(.readinessProbe, .livenessProbe, .startupProbe)
        | del(.volumeMounts[]? | select(.name | IN($own[])))
        | .command = ["/bin/sh", "-c", $command | unexpanded]
        | del(.args)) as $container
    | {apiVersion: "batch/v1", kind: "Job",
       metadata: {name: $name, labels: $labels},
       spec: {backoffLimit: 0, activeDeadlineSeconds: $seconds,
              ttlSecondsAfterFinished: 604800,
              template: {metadata: {labels: $labels},
                  spec: (.spec | del(.topologySpreadConstraints, .affinity)
                      | .restartPolicy = "Never"
                      | .containers = [$container])}}}' <<<"$objects"
}

brx_need BRX_NAMESPACE BRX_RENDERED BRX_COMMAND
brx_shape BRX_SERVICE '[a-z]([a-z0-9-]{0,61}[a-z0-9])?'
brx_shape BRX_SECONDS '[1-9][0-9]{0,4}'
name=${BRX_SERVICE:0:34}-migrate-${GITHUB_RUN_ID:-0}-${GITHUB_RUN_ATTEMPT:-1}
objects=$(brx_objects "$BRX_RENDERED")
manifest=$(job) || brx_fail "no Deployment of $BRX_SERVICE in the overlay"
brx_apply_text "$(brx_supports "$objects")"
brx_kubectl create --filename - <<<"$manifest"
brx_job_finish "$name" "$BRX_SECONDS" "the migration"
brx_summary "Migrated \`$BRX_SERVICE\` (\`$name\`)."
