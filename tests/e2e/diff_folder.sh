#!/usr/bin/env bash
# broxc diff of a program against a folder that was built: which objects and
# which of their fields a build would change there. Nothing is written.
#
#     diff_folder.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls what it is given
set -euo pipefail

broxc=$1
program=$2
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"
kubernetes=out/infrastructure/kubernetes

diff_said() { # CODE WHAT PATTERN [ARGUMENT...]
    picture out >before
    expect_exit "$1" "$2" diff "${@:4}" -o out
    [ -z "$3" ] || expect_said "$3" "$2"
    picture out >after
    expect "$2: nothing is written" diff before after
}

cp -R "$(dirname "$program")" changed
sed 's/memory 1Gi\.\.2Gi/memory 1Gi..3Gi/; s/soak 24h/soak 12h/; s/LOG_LEVEL  warn/LOG_LEVEL  info/' \
    "$program" >changed/envs.brx
"$broxc" build "$program" -o out 2>said

diff_said 0 'what was just built' '' "$program"
expect 'there is nothing to say' [ ! -s stdout ]
diff_said 3 'a changed program' \
    '^  ~ Deployment api: spec\.template\..*limits\.memory 2Gi → 3Gi  \[restart\]$' \
    changed/envs.brx
expect_said '^production$' 'under its environment'
expect_said '^  ~ ConfigMap api-config: data\.LOG_LEVEL warn → info  \[restart\]$' \
    'a config map'
expect_said 'cd-prod\.yml: jobs\..*BRX_SOAK_SECONDS 86400 → 43200$' 'a workflow'
diff_said 3 'as JSON' '' changed/envs.brx --format json
expect 'it is JSON' jq -e '.changes | length > 3' stdout
diff_said 3 'as Markdown' '^#### production$' changed/envs.brx --format markdown
diff_said 3 'a part of it' 'LOG_LEVEL' changed/envs.brx --only kubernetes
expect 'no workflow in that part' [ "$(grep -c workflows stdout)" = 0 ]

sed -i 's/^  replicas: .*/  replicas: 9/' \
    "$kubernetes"/overlays/staging/workloads/deployment-*.yaml
rm "$kubernetes/overlays/development/ingress.yaml"
echo '{{' >"$kubernetes/base/configmap.yaml"
echo '# mine' >>out/infrastructure/dns/broxiva.com.md
echo foreign >out/infrastructure/foreign.txt
diff_said 3 'files edited by hand' 'Ingress api: added  \[traffic\]' "$program"
expect_said 'configmap.yaml: {{ → [0-9]* lines$' 'what is no YAML'
expect_said 'broxiva.com.md: [0-9]* lines → [0-9]* lines$' 'what is no data'
expect 'what is foreign is left alone' \
    [ "$(grep -c foreign stdout)" = 0 ]
"$broxc" build "$program" -o out --force 2>said
diff_said 0 'after a build by force' '' "$program"

grep -v 'run web' "$program" >changed/envs.brx
sed -i '/^service web/,/^}/d; s/ host.web}/ host.api}/; s/env.host.web/env.host.api/' \
    changed/envs.brx
diff_said 3 'a service less' '^  - Service web: removed  \[downtime, traffic\]$' \
    changed/envs.brx

rm -f out/broxc.lock
diff_said 0 'a folder without its lock' '' "$program"
expect_exit 3 'no folder' diff "$program" -o nowhere
expect 'no folder is made' [ ! -e nowhere ]
expect_exit 1 'a program with errors' diff said -o out
expect_exit 2 'two programs and a folder' diff "$program" "$program" -o out
finish 'diff against a folder'
