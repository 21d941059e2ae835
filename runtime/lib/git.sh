# shellcheck shell=bash
# What a script does with git: it looks, and it moves a branch forward. Nothing
# is ever forced. Needs log.sh, wait.sh and retry.sh; reads the fact
# BRX_REPOSITORY, OWNER/NAME.

# The name of the remote that is the project's repository.
brx_git_remote() {
    local name url
    while read -r name url _; do
        url=${url%/}
        url=${url%.git}
        if [[ $url == *[/:]"$BRX_REPOSITORY" ]]; then
            printf '%s\n' "$name"
            return
        fi
    done < <(git remote -v 2>/dev/null)
    brx_fail "this is no checkout of $BRX_REPOSITORY: no remote of git has it"
}

# brx_git_fetch REMOTE: all its branches and tags. A tag that stands elsewhere
# here than there stops the script: one of them is wrong.
brx_git_fetch() {
    brx_retry 3 2 brx_bounded 120 git fetch --quiet --tags "$1" ||
        brx_fail "git cannot fetch from $1: nothing is known of what is there"
}

# brx_git_commit NAME: the commit that it stands for; nothing when there is none.
brx_git_commit() {
    git rev-parse --verify --quiet "$1^{commit}" || true
}

# Is commit A the same as B, or before it?
brx_git_is_within() {
    git merge-base --is-ancestor "$1" "$2"
}

# brx_git_tag TAG COMMIT MESSAGE: makes it here. One that stands is left: it
# must stand on the same commit.
brx_git_tag() {
    local found
    found=$(brx_git_commit "refs/tags/$1")
    [[ -z $found || $found == "$2" ]] ||
        brx_fail "the tag $1 stands on another commit, $found"
    [[ -n $found ]] || git tag --annotate --message "$3" "$1" "$2" ||
        brx_fail "git cannot make the tag $1"
}

# brx_git_push REMOTE REFSPEC...: all or none, and only forward.
brx_git_push() {
    local remote=$1 said
    shift
    if said=$(brx_bounded 180 git push --atomic --porcelain "$remote" \
        "$@" 2>&1); then
        return
    fi
    brx_foreign <<<"$said"
    case $said in
        *non-fast-forward* | *'fetch first'*)
            brx_fail "the branch has moved meanwhile: run the same command" \
                "again"
            ;;
        *GH006* | *GH013* | *'protected branch'*)
            brx_fail "the rules of the branch refuse it; what they ask for is" \
                "above. Nothing was moved: the same command goes on from here"
            ;;
    esac
    brx_fail "git could not push to $remote. Whether it got there is looked" \
        "at first when the same command is run again"
}
