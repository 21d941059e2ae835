#!/usr/bin/env bash
# How many lines of compiler/ do the tests reach?
#
#     tests/coverage/coverage.sh [CTEST-ARGUMENT...]
#
# From the project's folder. Builds the preset `coverage`, runs the unit, golden
# and property tests and those of the command from end to end, and prints the
# share of each room and of the whole; `files` beside them, in build/coverage,
# has the share of each file, and `missed` the lines that nothing reached. Fails
# below SHARE_LEAST percent. It takes minutes, and is run by hand.
set -euo pipefail

share_least=90
cd "$(dirname "$0")/../.."
out=$PWD/build/coverage
tests='^(unit|golden|property)\.|^e2e\.(alert_rules|check|command|diff|diff_folder|fmt|graph|guides|hosts|init|rounds|sarif|verify|why|zone_reader|zone_tools)$'

cmake --preset coverage >/dev/null
cmake --build --preset coverage >/dev/null
find "$out" -name '*.gcda' -delete
# What fails is told by the tests themselves; here it counts as it ran.
ctest --preset coverage -j "$(nproc)" -R "$tests" "$@" >"$out/tests" || true
tail -n 3 "$out/tests"
find "$out" -name '*.gcda' -path '*/compiler/*' -print0 |
    (cd "$out" && xargs -0 gcov --json-format --stdout) >"$out/counts"
node tests/coverage/share.mjs "$out" "$share_least"
