# Each word sets up what it needs and is stale, and nothing else.

BIN := .venv/bin
# The locks are whole, so pip need not look for what else is wanted; older ones ask
# for the newest release of what is wanted with an extra, and then refuse it.
PIP := $(BIN)/python -m pip --disable-pip-version-check install -qq --no-deps
VENDOR := src/weft/web/static/vendor/lock.sha256
# Benchmarks in their short form, so that all of them end within minutes.
BENCHMARKS := $(filter-out %/__init__.py,$(wildcard benchmarks/*.py))
# Tools of slow tests are not loaded for the others: it takes seconds in each process.
QUICK := -m "not browser and not fault and not slow" -p no:schemathesis -p no:faker
# Nor is what goes through all layers: each of those tests opens a store of its own.
QUICK += $(addprefix --ignore=tests/,app cli examples web)

# What was compiled is kept, whatever the machine prefers: compiling source and tests
# anew in each process takes longer than many of the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup run check test bench lint browser
.DELETE_ON_ERROR:

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

setup: .venv/setup ## make .venv with the weft command, and fetch the front end
	@echo "Ready: $(BIN)/weft"

run: .venv/setup ## start Weft with an example firm in it, and print the address
	@$(BIN)/weft serve --example bank

check: lint ## the quick loop: lint, types, contracts, unit tests (< 60 s)
	@$(BIN)/pytest -q -n 2 --dist worksteal $(QUICK)

test: .venv/test browser ## every test, in a real browser and on both databases
	@$(BIN)/pytest -n 2 --dist worksteal

bench: .venv/bench ## every benchmark in its short form
	@set -e; for file in $(BENCHMARKS); do \
		echo "== $$file"; $(BIN)/python $$file --short; \
	done

lint: .venv/test # what tests/test_house.py runs too
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary

browser: .venv/test
	@scripts/browser

# Stamps: what is older than the file it was made from is made anew.

.venv/made:
	@echo "Making .venv"
	@scripts/venv
	@touch $@

.venv/run: requirements/run.txt | .venv/made
	@echo "Installing what Weft stands on"
	@$(PIP) --require-hashes -r $<
	@touch $@

$(VENDOR): package.json package-lock.json hatch_build.py | .venv/run
	@echo "Fetching the front end"
	@command -v npm >/dev/null || $(PIP) --require-hashes -r requirements/npm.txt
	@$(BIN)/python hatch_build.py

.venv/setup: pyproject.toml | .venv/run $(VENDOR)
	@$(PIP) --no-build-isolation --editable .
	@touch $@

.venv/test: requirements/test.txt | .venv/setup
	@echo "Installing the tools"
	@$(PIP) --require-hashes -r $<
	@touch $@

.venv/bench: requirements/bench.txt | .venv/test
	@echo "Installing the peers that the benchmarks measure against"
	@$(PIP) --require-hashes -r $<
	@rm -rf .venv/lib/python3*/site-packages/tests # a peer's, which would hide ours
	@touch $@
