#!/usr/bin/env bash
# Gives a fuzz target what it once found, and the project's own files of its
# kind: seeds.sh TARGET
set -euo pipefail

name=${1##*/seeds_}
cd "$(dirname "$0")/../.."
case $name in
syntax) others=(testdata examples -name '*.brx' -size -64k) ;;
lock) others=(testdata -name '*.lock') ;;
zone) others=(testdata/zones -name '*.zone') ;;
manifest) others=(testdata/kubernetes testdata/yamlcheck -name '*.yaml') ;;
document) others=(testdata/error -name '*.md') ;;
rules) others=(testdata/lexer -name '*.brx') ;;
*) others=(examples -name '*.brx') ;;
esac
{
    find "testdata/fuzz/$name" -type f
    find "${others[@]}" -type f
} | "$1"
