#!/usr/bin/env bash
# broxc diff over revisions of git: what each revision held is read from git,
# with all that it includes and names, and neither the work tree nor the index
# is touched.
#
#     diff.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls what it is given
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

git init --quiet --initial-branch main repository
cd repository
git config user.name tester
git config user.email tester@example.com

commit() { # MESSAGE
    git add --all
    git commit --quiet --message "$1"
}

mkdir -p parts settings
cat >envs.brx <<'PROGRAM'
brx 1
include "parts/*.brx"

project shop { registry ghcr.io/acme }

env production {
    tier       production
    namespace  shop
    cluster    aks shop-prod  in shop-rg

    run api  3  memory 1Gi..2Gi  cpu 500m
}
PROGRAM
cat >parts/api.brx <<'PROGRAM'
brx 1

service api {
    port   http 8080
    ready  GET /ready
    file   app.conf from "../settings/app.conf" at /etc/app.conf
}
PROGRAM
echo 'colour = red' >settings/app.conf
commit 'the first program'
git branch before

sed -i 's/1Gi..2Gi/1Gi..3Gi/' envs.brx
commit 'more memory'
git tag --annotate --message 'a release' v1

sed -i 's/stop.*//; s|ready  GET /ready|ready  GET /up|' parts/api.brx
commit 'another path'

# Another branch goes on from the first.
git checkout --quiet before
sed -i 's/red/blue/' settings/app.conf
commit 'another colour'
git checkout --quiet main

state() { # everything that a diff must leave as it is
    git status --porcelain --ignored
    sha256sum .git/index .git/HEAD envs.brx parts/* settings/*
}

diff_said() { # CODE WHAT PATTERN [ARGUMENT...]
    state >../before
    expect_exit "$1" "$2" diff "${@:4}"
    [ -z "$3" ] || expect "$2: it says $3" grep -qF -- "$3" ../stdout
    state >../after
    expect "$2: nothing is touched" diff ../before ../after
}

diff_said 3 'two commits' \
    'api: memory limit 2Gi → 3Gi, 3 pods, +3Gi on shop-prod' \
    before~1..v1 -- envs.brx
expect 'only that' grep -q '^1 change' ../stdout
diff_said 3 'an included file' 'api: ready path /ready → /up' v1..HEAD envs.brx
diff_said 3 'a tag and HEAD, the program found' '/ready → /up' v1..
diff_said 3 'a named file' 'colour = red' before~1..before
diff_said 3 'two branches' 'colour = blue' before..main
diff_said 3 'from where they part' 'memory limit 2Gi → 3Gi' before...main
expect 'nothing of the other branch' [ "$(grep -c colour ../stdout)" = 0 ]
diff_said 0 'a commit and itself' '' v1..v1
diff_said 0 'HEAD and the work tree' '' HEAD

sed -i 's/1Gi..3Gi/1Gi..4Gi/' envs.brx
diff_said 3 'HEAD and a changed work tree' 'memory limit 3Gi → 4Gi' HEAD
git add envs.brx
diff_said 0 'the index does not count' '' HEAD..HEAD
git reset --quiet --hard

(cd parts && "$broxc" diff v1..HEAD) >../stdout 2>../stderr && fail 'no exit code'
expect 'from a folder below' grep -qF '/ready → /up' ../stdout

mkdir sub
git mv envs.brx sub/main.brx
sed -i 's|parts/|../parts/|' sub/main.brx
expect_exit 4 'a program that did not stand there' diff v1..HEAD sub/main.brx
git reset --quiet --hard

for name in nothing..HEAD HEAD..nothing --output=x..HEAD 'HEAD^{tree}..HEAD' \
    ..nothing 'no such'; do
    expect_exit 2 "no revision: $name" diff -- "$name" envs.brx
done
expect 'no option reaches git' [ ! -e x ]
echo 'brx 1; nonsense' >envs.brx
commit 'nonsense'
expect_exit 1 'a revision with errors' diff v1..HEAD
expect_said '^after, in [0-9a-f]*:$' 'a revision with errors'
expect_exit 2 'nothing to compare' diff
cd ..
mkdir elsewhere
cd elsewhere
expect_exit 2 'no repository' diff HEAD~1..HEAD ../repository/envs.brx
finish 'diff over revisions'
