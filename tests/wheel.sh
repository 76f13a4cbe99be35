#!/usr/bin/env bash
# Use the wheel as a stranger would: a clean environment, an empty folder, nothing of this tree in reach.
set -euo pipefail

wheel=$(realpath "$1")
lock=$(realpath "$2")
away=$(mktemp -d)
trap 'rm -rf "$away"' EXIT
unset PYTHONPATH

"${PYTHON:-python3}" -m venv "$away/venv"
"$away/venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: -r "$lock"
"$away/venv/bin/python" -m pip install --quiet --no-deps --no-index "$wheel"
"$away/venv/bin/python" -m pip check

cd "$away"
export PATH="$away/venv/bin:$PATH"
tusoi --version
tusoi rules > rules.txt
tusoi rules R01 --format json | python3 -c 'import json, sys; assert json.load(sys.stdin)["example"]'
tusoi example minh-hoa
tusoi -C minh-hoa check
tusoi -C minh-hoa build --output "$away/site"
test -s site/index.html
test -s rules.txt
# What handbook.py gives every site is in the wheel.
test -s site/huong-dan.html
test -s site/en/huong-dan.html
test -s site/anh/mau.webp
pages=$(find site -name '*.html' | wc -l)
if [ "$pages" -le 100 ]; then
  echo "The installed wheel built only $pages pages of its example." >&2
  exit 1
fi
# The plugin is found by MkDocs itself, too.
(cd minh-hoa && mkdocs build --quiet --strict --site-dir "$away/by-mkdocs")
test "$(find by-mkdocs -name '*.html' | wc -l)" -eq "$pages"
echo "$(basename "$wheel"): installed outside the tree; the example gives $pages pages."
