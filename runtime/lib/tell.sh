# shellcheck shell=bash
# Tells people's channels what a script did. Needs log.sh and step.sh.
#
# BRX_NOTIFY  channels, one a line; the webhook of `deployments` is looked for
#             in the variable SLACK_WEBHOOK_DEPLOYMENTS

# brx_tell OUTCOME VERSION: a message that cannot be sent is a warning.
brx_tell() {
    local channel name
    for channel in ${BRX_NOTIFY:-}; do
        name=SLACK_WEBHOOK_${channel^^}
        name=${name//-/_}
        if [[ -z ${!name:-} ]]; then
            brx_log "  $channel is not told: $name is not set here"
            continue
        fi
        brx_pipeline 60 notify-slack "BRX_SLACK_WEBHOOK=${!name}" \
            "BRX_OUTCOME=$1" "BRX_VERSION=$2" "BRX_PROJECT=$BRX_PROJECT" \
            "BRX_ENVIRONMENT=${BRX_TARGET:-$BRX_ENVIRONMENT}" \
            "GITHUB_ACTOR=$(brx_who)" "GITHUB_REPOSITORY=$BRX_REPOSITORY" ||
            brx_warn "$channel was not told"
    done
}
