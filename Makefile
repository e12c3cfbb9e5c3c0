# Everything a developer types. `make run` and `make test` need a Debian with python3 and make.

PYTHON ?= python3
export PYTHON
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help env env-dev run demo static test check faults screens pictures site messages permissions traceability bench mutation build archive lock clean

help:
	@echo "make run      the program on a demo site        make test   every check and every test"
	@echo "make check    lint, types, floors, guards       make screens  a picture of every page"
	@echo "make demo     only the demo site, no window     make bench    how fast it is"
	@echo "make build    the program as one folder         make lock     lock the dependencies anew"
	@echo "make archive  the same as one file for Linux, with its sum"
	@echo "make env      what running needs                make messages find the app's texts, for translators"
	@echo "make faults   what it survives, counted to the end  make clean  remove what was made"
	@echo "make mutation which small faults the tests find"
	@echo "make site     the guides as web pages           make pictures the pictures of the guides"
	@echo "make permissions   who may do what, as a page   make traceability   which tests show which requirement"

env:
	@tools/environment run

env-dev:
	@tools/environment dev

run: env
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	    $(BIN)/crfapp demo --open; \
	else \
	    echo "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set): making the demo site in ./demo without a window."; \
	    $(BIN)/crfapp demo --headless --out demo; \
	fi

demo: env
	$(BIN)/crfapp demo --headless --out demo

# What takes seconds; a test run begins with it.
static: env-dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# The guards say whether the committed pages are up to date; the page with results is for this machine alone.
check: static
	$(BIN)/python -m pytest -q tests/guards
	$(BIN)/python -m tools.site
	$(BIN)/python -m tools.traceability

# What is measured has the machine to itself; all else runs on every core, tests of one file together.
test: static
	$(BIN)/python -m pytest tests/bench
	$(BIN)/python -m pytest -n auto --dist loadfile --ignore=tests/bench

# Power cuts, failing calls, full disks, kills, fuzzed files: to the end, then the page docs/validation/faults.md.
# They mount file systems and so ask for root; FAULTS=tests/faults/test_x.py runs some of them.
faults: env-dev
	CRFAPP_FAULTS=full $(BIN)/python -m pytest -q $(or $(FAULTS),tests/faults)
	$(BIN)/python -m tools.faults

# Which small faults the tests find, then the page docs/validation/mutation.md; a sample with a fixed seed.
# All of one target: python -m tools.mutation --target merge --sample 0
mutation: env-dev
	$(BIN)/python -m tools.mutation

screens: env
	$(BIN)/crfapp screens --out screens

# The pictures of the guides, of a new demo site: docs/pictures.
pictures: env-dev
	$(BIN)/python -m tools.pictures

# The guides as web pages that need no network: build/site/index.html.
site: env-dev
	$(BIN)/python -m tools.site

# Brings resources/translations/crfapp.pot and the catalogue of each language up to date; then translate.
messages: env-dev
	$(BIN)/python -m tools.messages

# The page that somebody approves; a test holds the program to it.
permissions: env-dev
	$(BIN)/python -m tools.permissions

# Which tests show which requirement; with the results of the last full run in build/traceability.md.
traceability: env-dev
	$(BIN)/python -m tools.traceability

# Compared with tests/bench/baseline.json; ends with 1 where something got worse. BENCH=full takes the sizes of the
# design, an hour and more; BENCH="--json", "--keep" or names of measures go to the program as they are.
bench: env-dev
	@CRFAPP_BENCH=$(filter full,$(BENCH)) $(BIN)/python -m tests.bench $(filter-out full,$(BENCH))

build: env-dev
	$(BIN)/python -m tools.bundle

# The same as one file to hand out, with its sum.
archive: build
	$(BIN)/python -m tools.archive

# No address of an index is written, so that the lock works wherever packages come from.
# make lock LOCK_OPTIONS=--upgrade takes newer versions; without it the ones locked stay.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --custom-compile-command "make lock" $(LOCK_OPTIONS)
lock: env-dev
	$(LOCK) pyproject.toml --output-file requirements/run.txt
	$(LOCK) pyproject.toml --extra dev --constraints requirements/run.txt --output-file requirements/dev.txt
	$(LOCK) requirements/build.in --constraints requirements/dev.txt --output-file requirements/build.txt

clean:
	rm -rf .venv build dist demo screens .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find resources -name '*.mo' -delete
	find crfapp tests -name __pycache__ -type d -prune -exec rm -rf {} +
