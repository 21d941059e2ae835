#!/usr/bin/env bash
# Made by broxc from its own runtime. A step of a workflow runs it.
# shellcheck source=../lib/log.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/log.sh"
# shellcheck source=../lib/rollout.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib/rollout.sh"
# needs: lib/log.sh lib/rollout.sh
# shellcheck shell=bash
# Writes down, before a rolling deploy, which revision each that rolls is at.
# It is what roll-back-rolling.sh goes back to. Where pods with a colour still
# stand, the strategy was another one, and two sets of pods would serve.
#
# in   BRX_NAMESPACE
#      BRX_SERVICES  targets, one a line
# out  revisions     lines `TARGET REVISION`; 0: there is no such object
set -euo pipefail

brx_need BRX_NAMESPACE BRX_SERVICES
services=$(brx_lines BRX_SERVICES 1)

revisions=
for service in $services; do
    brx_no_colours "$service"
    revision=$(brx_revision "$service")
    [[ $revision =~ ^[0-9]+$ ]] ||
        brx_fail "$service has the revision '$revision'"
    revisions+="$service $revision"$'\n'
done
brx_log "${revisions%$'\n'}"
brx_output revisions "${revisions%$'\n'}"
