# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# What a script asks of GitHub: reviews, runs, who is at work. Needs log.sh,
# wait.sh, retry.sh and gate.sh; reads the fact BRX_REPOSITORY, OWNER/NAME.

# brx_gh TYPE ARGUMENTS...: an answer is whole or none. What is no JSON of that
# type is no answer.
brx_gh() {
    local answer type=$1
    shift
    answer=$(brx_bounded 60 gh "$@") || return
    jq -ce --arg type "$type" 'select(type == $type)' <<<"$answer" \
        2>/dev/null || {
        printf 'gh gave no answer that can be read: %s\n' "${answer:0:200}" >&2
        return 1
    }
}

# brx_ask WHAT TYPE ARGUMENTS...: asked again when there is no answer.
brx_ask() {
    local what=$1
    shift
    brx_retry 3 2 brx_gh "$@" ||
        brx_fail "GitHub does not say $what; is \`gh auth status\` well?"
}

# The login of who runs the script.
brx_me() {
    brx_ask "who you are" object api user | jq -r '.login | strings'
}

# brx_review COMMIT BRANCH: the open pull request that brings exactly this
# commit to that branch, as one JSON object; nothing when there is none.
brx_review() {
    brx_ask "which pull requests are open" array pr list --repo "$BRX_REPOSITORY" \
        --base "$2" --state open --limit 100 \
        --json number,url,author,headRefOid |
        jq -c --arg commit "$1" \
            '[.[] | select(.headRefOid == $commit)] | first // empty'
}

# brx_reviewers NUMBER COMMIT: who approved this very commit, one a line. The
# last word of each counts; a robot's and the author's do not.
brx_reviewers() {
    brx_ask "who reviewed" array api --paginate --slurp \
        "repos/$BRX_REPOSITORY/pulls/$1/reviews?per_page=100" |
        jq -r --arg commit "$2" 'flatten
        | map(select(.state != "COMMENTED" and .state != "PENDING"
            and (.user.type // "User") == "User"))
        | group_by(.user.login) | map(last)
        | .[] | select(.state == "APPROVED" and .commit_id == $commit)
        | .user.login'
}

# brx_run_find WORKFLOW BRANCH COMMIT: the newest run of it, as one JSON
# object; nothing when there is none.
brx_run_find() {
    brx_ask "which runs there are" array run list --repo "$BRX_REPOSITORY" \
        --workflow "$1" --branch "$2" --commit "$3" --limit 20 \
        --json databaseId,status,conclusion,url,event |
        jq -c 'first // empty'
}

# brx_run_busy WORKFLOW: addresses of its runs that are not through.
brx_run_busy() {
    brx_ask "what is running" array run list --repo "$BRX_REPOSITORY" \
        --workflow "$1" --limit 20 --json databaseId,status,url |
        jq -r '.[] | select(.status != "completed")
            | "\(.status) \(.databaseId) \(.url)"'
}

# brx_run_follow ID: to its end, whatever it is; prints the conclusion last.
# When the connection breaks, it is looked at again.
brx_run_follow() {
    local id=$1 run status tries=0
    while true; do
        run=$(brx_ask "how the run is" object run view "$id" \
            --repo "$BRX_REPOSITORY" --json status,conclusion)
        status=$(jq -r .status <<<"$run")
        [[ $status != completed ]] || break
        tries=$((tries + 1))
        ((tries <= 500)) ||
            brx_fail "run $id does not end; it goes on by itself"
        gh run watch "$id" --repo "$BRX_REPOSITORY" --interval 15 2>&1 |
            brx_foreign >&2 || sleep 5
    done
    jq -r .conclusion <<<"$run"
}

# Who let run ID pass its gates, one a line.
brx_run_approvers() {
    brx_ask "who approved" array api \
        "repos/$BRX_REPOSITORY/actions/runs/$1/approvals" |
        jq -r '[.[] | select(.state == "approved") | .user.login] | unique
            | .[]'
}
