#!/usr/bin/env bash
# broxc verify: it says what differs between a folder and its program, file by
# file, and writes nothing.
#
#     verify.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls what it is given
set -euo pipefail

broxc=$1
program=$2
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"
kubernetes=infrastructure/kubernetes
configmap=$kubernetes/base/configmap.yaml

verify() { # CODE WHAT [ARGUMENT...]: the folder must stay as it is
    picture out >before
    expect_exit "$1" "$2" verify "$program" -o out "${@:3}"
    picture out >after
    expect "$2: nothing is written" diff before after
}

mkdir out
verify 3 'an empty folder'
expect_said 'O01.*is missing' 'an empty folder'
rmdir out
expect_exit 3 'no folder' verify "$program" -o out
expect 'no folder is made' [ ! -e out ]
"$broxc" build "$program" -o out 2>said
verify 0 'what was just built'
expect 'there is nothing to say' [ ! -s stderr ]

sed -i 's/^kind:/kind: /' "out/$configmap"
verify 3 'a file edited by hand'
expect_said "\[O01\]: \`$configmap\` was edited by hand" 'an edited file'
expect_said '^ *= note: a build would change the file so' 'a short diff'
verify 3 'as annotations' --format github
expect_said '^::error file=.*title=O01 drift' 'as annotations'
verify 3 'as one line each' --format short
verify 3 'as SARIF' --format sarif
expect 'it is JSON' jq -e '.runs[0].results | length == 1' stdout
"$broxc" build "$program" -o out --force 2>said
verify 0 'after a build by force'

rm "out/$configmap"
verify 3 'a missing file'
expect_said "\[O01\]: \`$configmap\` is missing" 'a missing file'
"$broxc" build "$program" -o out 2>said

cp -R "$(dirname "$program")" moved
sed 's/LOG_LEVEL  info/LOG_LEVEL  warn/' "$program" >moved/envs.brx
expect_exit 3 'a changed program' verify moved/envs.brx -o out
expect_said 'configmap-staging.yaml` is stale' 'a changed program'
sed '2s/^/\n# a line more\n/' "$program" >moved/envs.brx
expect_exit 3 'a program whose lines moved' verify moved/envs.brx -o out
expect_said 'broxc.lock` is stale' 'a program whose lines moved'

sed -i 's/$/\r/' "out/$configmap"
verify 3 'a file with other line ends'
expect_said "$configmap\` has CR LF at the end of its lines" 'other line ends'
expect_exit 1 'a build over other line ends' build "$program" -o out
expect_said 'core.autocrlf' 'a build over other line ends'
sed -i '2,$s/\r$//' "out/$configmap"
verify 3 'a file of which one line ends otherwise'
expect_said "$configmap\` was edited by hand" 'one line that ends otherwise'
sed -i 's/$/\r/' out/broxc.lock
verify 4 'a lock with other line ends'
expect_said 'damaged: its lines end with CR LF' 'a lock with other line ends'
sed -i 's/\r$//' out/broxc.lock "out/$configmap"

chmod -x out/infrastructure/scripts/setup-environment.sh
verify 3 'a script that may not be run'
expect_said 'setup-environment.sh` is not executable' 'a script that may not be run'
"$broxc" build "$program" -o out >/dev/null 2>&1
verify 0 'a script that may be run again'

grep -v 'run web' "$program" >moved/envs.brx
sed -i '/^service web/,/^}/d; s/ host.web}/ host.api}/; s/env.host.web/env.host.api/' \
    moved/envs.brx
expect_exit 3 'a program without a service' verify moved/envs.brx -o out
expect_said "warning\[O02\]: nothing makes \`$kubernetes/base/service-web.yaml" \
    'an orphan'

echo mine >foreign
rm -f out/broxc.lock
verify 3 'a folder without its lock'
expect_said 'broxc.lock` is stale' 'a folder without its lock'
echo '# mine' >>"out/$configmap"
verify 3 'a folder with a file of somebody else'
expect_said "\[O03\]: \`$configmap\` is not ours" 'foreign files'
expect_exit 2 'no folder named' verify "$program"
expect_exit 1 'a program with errors' verify foreign -o out
finish "verify"
