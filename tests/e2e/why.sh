#!/usr/bin/env bash
# Where things come from: a value, a line of a written file, and the way back.
# What `where` says of a line of the program, `why` must say of what it names.
#
#     why.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$root/examples/broxiva"
"$broxc" build envs.brx -o "$work/out" >"$work/built" 2>&1

# ---- values ------------------------------------------------------------------

expect_exit 0 'a size' why production.api.memory.max
expect_said '^production\.api\.memory\.max is 2Gi$' 'a size'
expect_said "^  envs\.brx:[0-9]+:[0-9]+  the environment's .run. line\$" 'a size'
expect_exit 0 'what fills a hole' why staging.ingress.address
expect_said '^  addresses\.brx:' 'what fills a hole'
expect_said '^for the hole in$' 'what fills a hole'
expect_exit 0 'a default' why production.config.API_DOMAIN
expect_said '^made of$' 'a default'
expect_exit 0 'what a profile says' why production.api.stop
expect_said 'the profile$' 'what a profile says'
expect_exit 1 'a path that leads nowhere' why production.nothing
expect_exit 2 'no path' why
cat >"$work/layers.brx" <<'END'
brx 1
project shop { registry ghcr.io/shop }
profile small { memory 64Mi..128Mi; stop 10s }
service api { use small; port http 8080; ready GET /ready; live GET /live; stop 20s }
env dev { run api 1  cpu 50m..250m }
env test { like dev; run api 1  memory 128Mi..256Mi  cpu 50m..250m }
END
expect_exit 0 'layers' why test.api.memory.min "$work/layers.brx"
expect_said '^test\.api\.memory\.min is 128Mi$' 'layers'
expect_exit 0 'a stronger layer' why dev.api.stop "$work/layers.brx"
expect_said '^dev\.api\.stop is 20s$' 'a stronger layer'
expect_said '^instead of$' 'a stronger layer'

# ---- lines -------------------------------------------------------------------

line_of() { # FILE TEXT
    grep -nm1 -F -- "$2" "$1" | cut -d: -f1
}

program=envs.brx
scale=$(line_of "$program" 'run api  5 scale 3..10')
hpa=$(grep -rlm1 'kind: HorizontalPodAutoscaler' "$work/out" | head -n 1)
expect_exit 0 'a number' why "$hpa:$(line_of "$hpa" 'minReplicas: 3')"
expect_said "^  $program:$scale:22\$" 'a number'
zone=$work/out/infrastructure/dns/broxiva.com.zone
expect_exit 0 'a host' why "$zone:$(line_of "$zone" 'api.broxiva.com.')"
expect_said "^  $program:$scale:[0-9]+\$" 'a host'
expect_said '^  addresses\.brx:' 'an address'
expect_exit 0 'a line of ours' why "$hpa:1"
expect_said '^no word of the program stands here' 'a line of ours'
expect_exit 2 'a line behind the end' why "$hpa:99999"
expect_exit 2 'a file that is not written' why nothing.yaml:1
expect_exit 2 'a line that the program lacks' where "$program:99999"
expect_exit 2 'a path instead of a line' where production.api

# ---- and back ----------------------------------------------------------------

pairs=0
for ((line = 1; line <= $(wc -l <"$program"); line += 7)); do
    "$broxc" where "$program:$line" >"$work/uses" 2>"$work/said" || {
        expect "where $program:$line" false
        continue
    }
    while IFS=: read -r file at _; do
        [ -n "$at" ] || continue
        pairs=$((pairs + 1))
        "$broxc" why "$file:$at" >"$work/why"
        expect "$file:$at leads back to $program:$line" \
            grep -q "^  $program:$line:" "$work/why"
    done < <(sed -n 's/^\([^ ]*:[0-9]*\): .*/\1/p' "$work/uses" | sed -n '1p;$p')
done
expect 'enough lines of the program are written somewhere' [ "$pairs" -ge 10 ]
finish 'where things come from'
