#!/usr/bin/env bash
# How many lines of compiler/ do the tests reach?
#
#     tests/coverage/coverage.sh [CTEST-ARGUMENT...]
#
# From the project's folder. Builds the preset `coverage`, runs the unit, golden
# and property tests and those of the command from end to end, and prints the
# share of each room and of the whole. In build/coverage/share, `files` has the
# share of each file, `missed` the lines that nothing reached, and `tests` what
# ctest said. Fails below SHARE_LEAST percent. It takes minutes: by hand.
set -euo pipefail

share_least=90
cd "$(dirname "$0")/../.."
build=$PWD/build/coverage
out=$build/share
tests='^(unit|golden|property)\.|^docs\.(words|fields)$|^e2e\.(alert_rules|check|command|diff|diff_folder|fmt|graph|guides|hosts|init|rounds|sarif|verify|why|zone_reader|zone_tools)$'

cmake --preset coverage >/dev/null
cmake --build --preset coverage >/dev/null
find "$build" -name '*.gcda' -delete
mkdir -p "$out"
# What fails is told by the tests themselves; here it counts as it ran.
ctest --preset coverage -j "$(nproc)" -R "$tests" "$@" >"$out/tests" || true
tail -n 3 "$out/tests"
find "$build" -name '*.gcda' -path '*/compiler/*' -print0 |
    (cd "$build" && xargs -0 gcov --json-format --stdout) >"$out/counts"
node tests/coverage/share.mjs "$out" "$share_least"
