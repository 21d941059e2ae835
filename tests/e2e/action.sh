#!/usr/bin/env bash
# The action for pull requests: readers of actions and workflows take it, and its
# steps run in order, as written, in a repository of their own with a hub that is
# a stand-in: clean, stale and wrong programs, a comment that is made, then kept
# up to date, and one that is too long.
#
#     action.sh BROXC PROGRAM
# shellcheck disable=SC2317 # expect calls functions by their names
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
tools=$root/tests/tools
[ -d "$tools/node_modules" ] || {
    echo "skipped: run npm ci in tests/tools"
    exit 77
}

# ---- as it is read -----------------------------------------------------------

mkdir "$work/steps" "$work/workflows"
awk '/^ *```yaml/ { name = sprintf("%s/%d.yml", folder, ++count); next }
    /^ *```/ { name = ""; next }
    name != "" { print >name }' folder="$work/workflows" \
    "$root/docs/pull-requests.md"
expect 'the page shows workflows' [ -s "$work/workflows/1.yml" ]
expect 'readers of workflows take them' \
    node "$tools/lint_workflows.mjs" "$work"/workflows/*.yml
expect 'a reader of actions takes it' \
    node "$tools/lint_action.mjs" "$root/action.yml" \
    "$root/compiler/emit/workflows/actions.def" "$work/steps"
expect 'shellcheck accepts its steps' shellcheck -s bash "$work"/steps/*.sh
mapfile -t named < <(sed -n '/^inputs:/,/^runs:/s/^  \([a-z]*\):$/\1/p' \
    "$root/action.yml")
expect 'there are inputs and outputs' [ "${#named[@]}" -ge 9 ]
for input in "${named[@]}"; do
    expect "the page tells of $input" \
        grep -q "^| \`$input\` |" "$root/docs/pull-requests.md"
done

# ---- a repository, and a hub ---------------------------------------------------

export FAKE=$work/fake RUNNER_TEMP=$work/temp GITHUB_REPOSITORY=acme/shop
export GITHUB_STEP_SUMMARY=$work/summary GIT_CONFIG_GLOBAL=$work/gitconfig
mkdir -p "$FAKE" "$RUNNER_TEMP/broxc-action"
cp "$broxc" "$RUNNER_TEMP/broxc-action/broxc"
git config --global user.name robot
git config --global user.email robot@example.org
git init -q -b main "$work/shop"
cd "$work/shop"

save() { # [MESSAGE]: what the program makes, and all of it as a commit
    "$broxc" build envs.brx -o . >"$work/said" 2>&1 || cat "$work/said"
    git add --all
    git commit -q -m "${1:-change}"
}
cp "$root/examples/small/envs.brx" .
save first
first=$(git rev-parse HEAD)

# Runs the action as for a pull request whose base is the first commit.
act() { # CODE WHAT [JQ]: that changes what the runner knows
    local code=0
    checked=$((checked + 1))
    rm -f "$FAKE"/* "$GITHUB_STEP_SUMMARY"
    [ ! -f "$work/comments" ] || jq -cs '[.]' "$work/comments" >"$FAKE/gh.1"
    echo '{"html_url": "https://hub.example/7"}' >"$FAKE/gh.answer"
    [ -f "$FAKE/gh.1" ] || echo '[[]]' >"$FAKE/gh.1"
    RUN_CONTEXT=$(jq -nc --arg base "$first" '{
        github: {token: "t", event_name: "pull_request", event: {pull_request:
            {number: 7, base: {sha: $base},
             head: {repo: {full_name: "acme/shop"}}}}},
        inputs: {}, uses: {"actions/cache": {"cache-hit": "true"}}} | '"${3:-.}") \
        PATH=$work/bin:$root/tests/runtime/fakes:$PATH \
        node "$tools/run_action.mjs" "$root/action.yml" >"$work/stdout" \
        2>"$work/stderr" || code=$?
    [ "$code" -eq "$1" ] || {
        cat "$work/stdout" "$work/stderr"
        fail "$2: expected exit code $1, found $code"
    }
}

sent() { # what the hub was given as a comment, last
    jq -r .body "$FAKE/gh.stdin"
}

asked() { # PATTERN WHAT: of the hub
    expect "$2" grep -qE -e "$1" "$FAKE/calls"
}

# ---- what it says ----------------------------------------------------------------

act 0 'nothing changed'
expect_said '^status=clean$' 'nothing changed'
expect_said '^changed=false$' 'nothing changed'
asked 'repos/acme/shop/issues/7/comments' 'a comment is made'
asked 'method POST' 'a comment is made'
expect 'marked as ours' grep -q '^<!-- broxc: action/envs.brx -->$' <(sent)

sed -i 's/run shop  1 /run shop  2 /' envs.brx
git commit -q -a -m 'more pods'
act 1 'a stale tree'
expect_said '^status=stale$' 'a stale tree'
expect_said '^changed=true$' 'a stale tree'
expect_said '^::error file=.*title=O01 drift' 'each difference at its line'
expect_said '::error::the tree is not what envs.brx says: run `broxc build' \
    'the way out'
expect 'the comment says what changes' grep -q 'pods . .1. → .2.' <(sent)
expect 'so does the summary' grep -q 'pods . .1. → .2.' "$GITHUB_STEP_SUMMARY"
expect 'nothing is written' [ -z "$(git status --porcelain)" ]

save
jq -nc '{id: 41, user: {login: "eve"}, body: "<!-- broxc: action/envs.brx -->"},
    {id: 42, user: {login: "github-actions[bot]"},
     body: "<!-- broxc: action/envs.brx -->\nold"}' >"$work/comments"
act 0 'a tree that was built again'
expect_said '^status=clean$' 'a tree that was built again'
asked 'method PATCH repos/acme/shop/issues/comments/42' 'ours is kept up to date'
expect 'no second comment' [ -z "$(grep POST "$FAKE/calls")" ]

act 0 'no comment' '.inputs.comment = "false"'
expect 'nothing is asked of the hub' [ ! -s "$FAKE/calls" ]
act 0 'a fork' '.github.event.pull_request.head.repo.full_name = "eve/shop"'
expect 'a fork writes no comment' [ ! -s "$FAKE/calls" ]
act 0 'a push' '.github = {token: "t", event_name: "push", event: {}}'
expect_said '^changed=$' 'a push has nothing to compare with'
expect 'a push writes no comment' [ ! -s "$FAKE/calls" ]
act 0 'code scanning' '.inputs.sarif = "true"'
sarif=$(sed -n 's/^- github.*upload-sarif \(.*\)$/\1/p' "$work/stdout" |
    jq -r .sarif_file)
expect 'the messages as SARIF' jq -e '.runs[0].tool' "$sarif" >"$work/said"

# ---- a comment that is too long -----------------------------------------------------

{
    sed 's/^service shop {/&\n    config all/' envs.brx
    echo 'config {'
    printf '    SOME_LONG_NAME_%d text default value\n' {1..4000}
    echo '}'
} >long.brx
mv long.brx envs.brx
save 'many values'
act 0 'a long comment'
expect 'it is within the limit' [ "$(sent | wc -m)" -le 65536 ]
expect 'it fills it' [ "$(sent | wc -m)" -gt 60000 ]
expect 'it says that it was cut' grep -q 'Cut here' <(sent)
expect 'the summary has it all' grep -q 'SOME.*LONG.*NAME.*999' "$GITHUB_STEP_SUMMARY"

# ---- what is wrong ------------------------------------------------------------------

git reset -q --hard "$first"
sed -i 's/^env staging/evn staging/' envs.brx
git commit -q -a -m wrong
act 1 'a program with errors'
expect_said '^status=errors$' 'a program with errors'
expect_said '::error::envs.brx has errors' 'a program with errors'
expect_said '^::error file=envs.brx,line=' 'each fault at its line'
expect 'the comment says why' grep -q 'evn' <(sent)

git checkout -q --orphan bare
git rm -rfq --cached .
rm -rf ./* .github
echo shop >README.md
git add --all
git commit -q -m empty
first=$(git rev-parse HEAD)
cp "$root/examples/small/envs.brx" .
save 'a program'
act 0 'a program that is new'
expect_said '^changed=true$' 'a program that is new'
expect 'the comment says so' grep -q 'The program is new' <(sent)

act 1 'another folder' '.inputs.output = "../elsewhere"'
expect_said 'must be a path inside the repository' 'another folder'
act 1 'an option for a path' '.inputs.program = "--help"'
act 1 'an unknown profile' '.inputs.profile = "none"'
act 1 'no program' '.inputs.program = "absent.brx"'
expect_said 'there is no absent.brx' 'no program'
act 1 'a base that is not here' \
    '.github.event.pull_request.base.sha = "1234567890123456789012345678901234567890"'
expect_said 'check out with fetch-depth: 0' 'a base that is not here'

# ---- where no broxc was kept ----------------------------------------------------------

mkdir "$work/bin"
cat >"$work/bin/cmake" <<'END'
#!/usr/bin/env bash
echo "cmake $*" >>"$FAKE/calls"
[[ $1 != --build ]] || cp "$REAL_BROXC" "$2/broxc"
END
chmod +x "$work/bin/cmake"
rm -r "$RUNNER_TEMP/broxc-action"
REAL_BROXC=$broxc act 0 'no broxc was kept' \
    '.uses = {} | .inputs.comment = "false"'
asked '^cmake --preset static -B ' 'it is built'
expect_said '^broxc [0-9.]+$' 'it is built'
expect 'and runs' [ -x "$RUNNER_TEMP/broxc-action/broxc" ]
finish 'the action'
