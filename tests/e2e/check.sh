#!/usr/bin/env bash
# broxc check beyond its messages: --fix mends what is certain and leaves a
# program that compiles, --baseline passes over what was there before, and
# --strict takes warnings for errors.
#
#     check.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

cat >good.brx <<'END'
brx 1
project shop { registry ghcr.io/shop }
service api { port http 8080; ready GET /ready; live GET /live }
include "sizes.brx"
END
cat >sizes.brx <<'END'
env dev {
    branch  develop
    run api 1  memory 128Mi..256Mi  cpu 50m..250m
}
END

# ---- fixes -------------------------------------------------------------------

sed 's/registry/regsitry/; s/service/sevrice/' good.brx >wrong.brx
sed 's/branch/brnach/; s/128Mi/128M/' sizes.brx >sizes.wrong
cp sizes.brx sizes.good
cp sizes.wrong sizes.brx
expect_exit 1 'a program with misspelled words' check wrong.brx
expect_exit 0 '--fix' check wrong.brx --fix
expect_said '^mended wrong.brx$' '--fix'
expect_said '^mended sizes.brx$' '--fix of an include'
expect 'every word is right now' cmp wrong.brx good.brx
expect_exit 0 'the mended program' check wrong.brx
expect_exit 0 '--fix again' check wrong.brx --fix
expect 'nothing is left to mend' [ "$(grep -c mended stderr)" = 0 ]

printf 'brx 1\nproject shop { regsitry ghcr.io/shop }\nenv { }\n' >half.brx
expect_exit 1 '--fix of one fault of two' check half.brx --fix
expect_said 'mended half.brx' '--fix of one fault of two'
expect 'that one is mended' grep -q 'project shop { registry' half.brx
cp sizes.good sizes.brx

# ---- baseline ----------------------------------------------------------------

sed 's/128Mi/8Mi/' sizes.good >sizes.brx
expect_exit 1 'warnings under --strict' check good.brx --strict
expect_exit 0 'warnings alone' check good.brx
expect_exit 0 '--write-baseline' check good.brx --write-baseline known
expect 'it lists the warning' grep -q '^R05 [0-9a-f]*:1 sizes.brx ' known
expect_exit 0 'what is known is passed over' check good.brx --strict \
    --baseline known
expect_said '^no errors$' 'what is known is passed over'
{
    echo '# moved down'
    cat sizes.brx
} >moved && mv moved sizes.brx
expect_exit 0 'it is known on another line, too' check good.brx --strict \
    --baseline known
sed -i 's/cpu 50m/cpu 10m/; s/memory 8Mi/memory 9Mi/' sizes.brx
expect_exit 1 'what is new is told' check good.brx --strict --baseline known
expect_said 'R05' 'what is new is told'
expect_exit 0 'a build takes a baseline' build good.brx -o out --baseline known
expect_exit 4 'no such baseline' check good.brx --baseline nowhere
echo 'R07 what?' >broken
expect_exit 4 'a baseline that is none' check good.brx --baseline broken
expect_said 'line 1 of the baseline' 'a baseline that is none'
cp sizes.wrong sizes.brx
expect_exit 0 'a structural fault' check good.brx --write-baseline all
expect_exit 1 'is never passed over' check good.brx --baseline all
finish "check"
