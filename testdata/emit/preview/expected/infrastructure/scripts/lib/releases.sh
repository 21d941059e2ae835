# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# Which releases passed in an environment: the ConfigMap broxc-releases, written
# by record-release.sh at the end of a pipeline. Needs log.sh and rollout.sh.
#
# Key `release-N`, one JSON object each, the newest BRX_KEEP of them:
#   number version commit source time by run images {SERVICE: IMAGE@sha256:...}
#   restores   number of the release that it brought back
#   withdrawn  when somebody went back from it
# Key `going`: from to time by, while somebody is going back. It is written
# before anything moves, so that a run that dies leaves the goal written down.

# The ConfigMap's data as one JSON object: {going, releases}, oldest first. (With
# `input?` jq 1.6 would pass over what is wrong further on.)
brx_memory() {
    brx_get configmap broxc-releases | jq -cs '.[0].data // {}
        | {going: (.going // "null" | fromjson),
           releases: [to_entries[] | select(.key | startswith("release-"))
               | .value | fromjson | select(.images) | .number |= floor] | sort_by(.number)}' ||
        brx_fail "the ConfigMap broxc-releases cannot be read"
}

# brx_memory_put MEMORY: the newest releases alone; BRX_KEEP of them.
brx_memory_put() {
    jq -cn --argjson memory "$1" --argjson keep "${BRX_KEEP:-10}" '{
        apiVersion: "v1", kind: "ConfigMap",
        metadata: {name: "broxc-releases"},
        data: ([$memory.releases | sort_by(.number) | .[-$keep:][]
            | {key: "release-\(.number)", value: tojson}]
            + (if $memory.going then
                [{key: "going", value: ($memory.going | tojson)}] else [] end)
            | from_entries)
    }' | brx_kubectl apply --server-side --field-manager=broxc-release \
        --force-conflicts --filename -
}

# brx_images_json: lines `SERVICE IMAGE` on standard input as {SERVICE: IMAGE}.
brx_images_json() {
    jq -cRn '[inputs | split(" ") | select(length == 2)
        | {key: .[0], value: .[1]}] | from_entries'
}

# brx_memory_add MEMORY RECORD: prints the memory with one release more. What
# is the newest already, run again, is not added twice.
brx_memory_add() {
    jq -cn --argjson memory "$1" --argjson record "$2" '
        ($memory.releases | last // {number: 0}) as $newest
        | if ($newest | [.run, .source, .images]) ==
            ($record | [.run, .source, .images]) and $record.run != ""
          then $memory else
        $memory | .releases += [$record + {number: ($newest.number + 1)}] end'
}

# brx_release_of MEMORY IMAGES: the newest record with these images, a JSON
# object of what runs; `null` when there is none. A record has jobs, too.
brx_release_of() {
    jq -cn --argjson memory "$1" --argjson images "$2" '
        [$memory.releases[] | select(.images
            | with_entries(select(.key | in($images))) == $images)] | last'
}

# brx_release_key RECORD KEY: one value, or nothing.
brx_release_key() {
    jq -r --arg key "$2" '.[$key] // ""' <<<"$1"
}

# brx_release_name RECORD: for people.
brx_release_name() {
    jq -r '"release \(.number) (\(.version // "no version"), commit \(
        .commit[:12]), since \(.time))"' <<<"$1"
}

# The images of a record as lines `SERVICE IMAGE`.
brx_release_images() {
    jq -r '.images | to_entries[] | "\(.key) \(.value)"' <<<"$1"
}
