#!/usr/bin/env bash
# The hooks under the real pre-commit, in a repository of their own; what a
# person sees stands in testdata/pre-commit/.
#
#     pre_commit.sh BROXC PROGRAM [bless]
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
mode=${3-compare}
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
export HOME=$work/home PATH=$work/bin:$PATH PRE_COMMIT_COLOR=never
export GIT_CONFIG_NOSYSTEM=1
mkdir -p "$HOME" "$work/bin" "$work/hooks" "$work/user"
ln -s "$broxc" "$work/bin/broxc"
git config --global user.name 'A person'
git config --global user.email person@example.com
git config --global init.defaultBranch main
git config --global protocol.file.allow always

commit_all() { # FOLDER
    git -C "$1" add -A
    git -C "$1" commit -q --no-verify -m 'as it is'
}

cp "$root/.pre-commit-hooks.yaml" "$work/hooks"
git -C "$work/hooks" init -q
commit_all "$work/hooks"

cd "$work/user"
git init -q
broxc init --name bakery --registry ghcr.io/bakery --domain bakery.example \
    2>"$work/said"
broxc build -o . 2>"$work/said"
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: broxc-check
      - id: broxc-fmt
      - id: broxc-build
END
commit_all .

# Runs every hook, as a commit of all that is changed would.
expect_seen() { # NAME EXIT
    local code=0
    git add -A
    pre-commit run --all-files >"$work/seen" 2>&1 || code=$?
    expect "$1: exit code $2, found $code" [ "$code" -eq "$2" ]
    sed -i -E "/^\\[INFO\\]/d; s| +[0-9]+ files +[0-9]+ bytes| …|; s|[0-9]+ as they were|the others as they were|" "$work/seen"
    if [ "$mode" = bless ]; then
        cp "$work/seen" "$root/testdata/pre-commit/$1.seen"
    fi
    expect "$1: what is seen" diff -u "$root/testdata/pre-commit/$1.seen" \
        "$work/seen"
}

expect_seen clean 0
expect 'nothing was changed' test -z "$(git status --porcelain)"

sed -i 's/128Mi\.\.256Mi/128Mi..384Mi/' envs.brx
expect_seen stale 1
expect 'the files are as the program says' broxc verify -o .
commit_all .
expect_seen clean 0

sed -i 's/replicas: 1$/replicas: 2/' \
    infrastructure/kubernetes/overlays/staging/workloads/*.yaml
expect_seen edited 1
git checkout -q HEAD .

sed -i 's/^    port  */    port /' envs.brx
expect_seen unformatted 1
expect 'it is formatted now' broxc fmt --check envs.brx
git checkout -q HEAD .

sed -i 's/memory 64Mi\.\.128Mi/memory 128Mi..64Mi/' envs.brx
expect_seen wrong 1
finish 'the hooks of pre-commit'
