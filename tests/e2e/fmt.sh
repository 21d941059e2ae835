#!/usr/bin/env bash
# broxc fmt on files: which are written and how, what --check and --diff say,
# and what happens to those that cannot be read or written.
#
#     fmt.sh BROXC PROGRAM
set -euo pipefail

broxc=$1
root=$(cd "$(dirname "$2")/../.." && pwd)
# shellcheck source=tests/e2e/lib/expect.sh
. "$root/tests/e2e/lib/expect.sh"
cd "$work"

printf 'brx 1\nproject shop { registry ghcr.io/shop\nrepository a/b }\n' >ragged
printf 'brx 1\nproject shop {\n    registry    ghcr.io/shop\n    repository  a/b\n}\n' >tidy
printf 'brx 1\nproject shop {\n' >broken

cp ragged one.brx
chmod 640 one.brx
expect_exit 3 '--check of a ragged file' fmt --check one.brx
expect_said '^one.brx$' '--check of a ragged file'
expect '--check writes nothing' cmp -s one.brx ragged
expect_exit 3 '--diff of a ragged file' fmt --diff one.brx
expect_said '^\+    repository  a/b$' '--diff of a ragged file'
expect '--diff writes nothing' cmp -s one.brx ragged
expect_exit 0 'a ragged file' fmt one.brx
expect_said '^one.brx$' 'a ragged file'
expect 'it is written' cmp one.brx tidy
expect 'its permissions stay' [ "$(stat -c %a one.brx)" = 640 ]
expect_exit 0 'a tidy file' fmt one.brx
expect 'a tidy file is not named' [ ! -s stdout ]
expect_exit 0 '--check of a tidy file' fmt --check one.brx

expect_exit 0 'standard input' fmt - <ragged
expect 'standard input comes out on standard output' cmp stdout tidy
expect_exit 0 'tidy standard input' fmt - <tidy
expect 'tidy standard input comes out, too' cmp stdout tidy

cp broken broken.brx
cp ragged two.brx
expect_exit 1 'a broken file among others' fmt broken.brx two.brx
expect_said 'L26' 'a broken file'
expect 'a broken file stays as it is' cmp -s broken.brx broken
expect 'the others are written' cmp -s two.brx tidy
expect_exit 4 'no such file' fmt nowhere.brx
expect_said 'nowhere.brx' 'no such file'

mkdir linked
cp ragged linked/real.brx
ln -s linked/real.brx link.brx
expect_exit 0 'a link' fmt link.brx
expect 'a link stays a link' [ -L link.brx ]
expect 'what it leads to is written' cmp -s linked/real.brx tidy
expect 'nothing is left beside it' [ "$(ls -A linked)" = real.brx ]

mkdir project
cp ragged project/envs.brx
mkdir project/deep
(cd project/deep && "$broxc" fmt >/dev/null)
expect 'without a file it is the envs.brx above' cmp -s project/envs.brx tidy
finish "fmt"
