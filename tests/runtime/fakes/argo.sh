# shellcheck shell=bash
# The controller of Argo Rollouts, as far as its documentation says what it
# does with the fields that scripts read and patch. It acts after each call of
# the fake kubectl. FAKE/bad makes every analysis fail, FAKE/blind keeps it
# from seeing what was applied.

# A Deployment's new template is a new revision.
argo_revise() {
    local name=$1 file=$FAKE/deployment.$1 hash number
    hash=$(jq -c .spec.template "$file" | sha1sum | cut -c 1-8)
    [[ $hash != "$(cat "$FAKE/hash.$name" 2>/dev/null)" ]] || return 0
    number=$(($(cat "$FAKE/number.$name" 2>/dev/null || echo 0) + 1))
    echo "$number" >"$FAKE/number.$name"
    echo "$hash" >"$FAKE/hash.$name"
    jq .spec.template "$file" >"$FAKE/template.$name.$number"
    jq --arg n "$number" '.metadata.generation = ($n | tonumber)
        | .metadata.annotations["deployment.kubernetes.io/revision"] = $n' \
        "$file" >"$file.new"
    mv "$file.new" "$file"
}

# shellcheck disable=SC2016
argo_program='
    def stop($why): .status.pauseConditions = [{reason: $why}]
        | .status.phase = "Paused";
    def through: .status.stableRS = .status.currentPodHash
        | .status.blueGreen.activeSelector = .status.currentPodHash
        | .status.phase = "Healthy"
        | del(.status.pauseConditions, .status.promoteFull, .status.at);
    def abort: .status.abort = true | .status.phase = "Degraded"
        | .status.currentStepIndex = 0
        | .status.blueGreen.activeSelector = .status.stableRS
        | del(.status.pauseConditions, .status.at);
    def canary: (.status.currentStepIndex // 0) as $i
        | .spec.strategy.canary.steps as $steps
        | if $i >= ($steps | length) then through
          elif $steps[$i].pause != null then
            if .status.at == $i
            then .status.currentStepIndex = $i + 1 | canary
            else .status.at = $i | stop("CanaryPauseStep") end
          elif $steps[$i].analysis != null and $bad == "yes" then abort
          else .status.currentStepIndex = $i + 1 | canary end;
    def blue_green: if .status.at == "preview"
        then .status.blueGreen.activeSelector = .status.currentPodHash
            | if $bad == "yes" and
                .spec.strategy.blueGreen.postPromotionAnalysis != null
              then abort else through end
        else .status.at = "preview" | stop("BlueGreenPause") end;
    .metadata.generation = 1 | .status.observedGeneration = "1"
    | .status.workloadObservedGeneration = $seen
    | if .status.currentPodHash != $hash then
        .status.currentPodHash = $hash | .status.phase = "Progressing"
        | .status.currentStepIndex = 0
        | del(.status.abort, .status.promoteFull, .status.pauseConditions,
            .status.at)
      else . end
    | if .status.stableRS == null or .status.stableRS == $hash
        or .status.promoteFull == true then through
      elif .status.abort == true then abort
      elif (.status.pauseConditions // [] | length) > 0 then .
      elif .spec.strategy.canary != null then canary
      else blue_green end'

# argo_undo NAME REVISION: the template of then, where it was kept.
argo_undo() {
    local file=$FAKE/deployment.$1
    [[ -f $FAKE/template.$1.$2 ]] || return 0
    jq --slurpfile kept "$FAKE/template.$1.$2" \
        '.spec.template = $kept[0]' "$file" >"$file.new"
    mv "$file.new" "$file"
}

# After a call that changed neither of its objects it has nothing to do. What has
# the time of its last act may have been changed after it: clocks of files tick.
argo_act() {
    local file name bad=
    [[ ! -e $FAKE/bad ]] || bad=yes
    for file in "$FAKE"/rollout.*; do
        name=${file##*/rollout.}
        [[ -f $file && -f $FAKE/deployment.$name ]] || continue
        [[ ! $file -ot $FAKE/acted || ! $FAKE/deployment.$name -ot $FAKE/acted ]] ||
            continue
        argo_revise "$name"
        if [[ -e $FAKE/blind ]]; then
            jq 'del(.status.workloadObservedGeneration)' "$file" >"$file.new"
            mv "$file.new" "$file"
            continue
        fi
        jq --arg bad "$bad" --arg hash "$(cat "$FAKE/hash.$name")" \
            --arg seen "$(jq -r .metadata.generation \
                "$FAKE/deployment.$name")" "$argo_program" "$file" >"$file.new"
        mv "$file.new" "$file"
    done
    : >"$FAKE/acted"
}
