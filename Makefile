# The two commands that matter: `make run` and `make test`. Both set up what they need; nothing is installed outside .venv.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help setup run test quick coverage lint audit sbom clean

help: ## What one can do here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: .venv/.ready ## Prepare .venv, and nothing else

.venv/.ready: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Overstap needs Python 3.11 or newer. Have another one? make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Preparing .venv (once, about a minute) ..."
	@$(PYTHON) -m venv .venv || { echo "This Python cannot make a venv. On Debian: apt install python3-venv"; exit 1; }
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.tools: .venv/.ready requirements/dev.txt
	@echo "Adding what the tests need (once) ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

run: setup ## The bot: on Telegram when TELEGRAM_BOT_TOKEN is set, else in this terminal
	@$(BIN)/overstap run

# What Python and pytest made of the sources is kept, also where the environment says not to: in .venv, beside nobody's
# files. Making it anew takes seconds of every run.
test quick coverage: export PYTHONDONTWRITEBYTECODE =
test quick coverage: export PYTHONPYCACHEPREFIX = $(CURDIR)/.venv/cache/python

# Tests share nothing but the library, which is built before they are divided: each processor takes some. What holds only on
# a quiet machine comes after them, by itself.
DIVIDED := -n auto --dist worksteal
QUICK := -m "not slow and not alone and not postgresql"

test: setup .venv/.tools ## All tests
	@$(BIN)/python -m pytest $(DIVIDED) -m "not alone"
	@$(BIN)/python -m pytest -m alone

quick: setup .venv/.tools ## The tests without processes, other programs and PostgreSQL
	@$(BIN)/python -m pytest $(DIVIDED) $(QUICK)

coverage: setup .venv/.tools ## The quick tests, and which lines of bot/ none of them runs
	@rm -rf .venv/cache/overstap # what is taken from there is not built, and counts as not run
	@$(BIN)/python -m coverage run -m pytest $(QUICK)
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report

lint: setup .venv/.tools ## Fix the style of the code
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

# In an environment of their own: they look at ours, and are no part of it.
.venv/audit/.ready: .venv/.ready requirements/audit.txt
	@echo "Preparing what looks at packages (once) ..."
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt
	@touch $@

audit: .venv/audit/.ready ## Known holes in the packages that run; 1: there are, 2: the service cannot be reached
	@.venv/audit/bin/python scripts/audit_packages.py

sbom: .venv/audit/.ready ## What runs, as a CycloneDX list in dist/sbom.json
	@mkdir -p dist
	@.venv/audit/bin/cyclonedx-py requirements --pyproject pyproject.toml --of JSON --output-reproducible \
		--validate -o dist/sbom.json requirements/run.txt
	@echo "dist/sbom.json"

clean: ## Remove .venv; conversations and keys stay
	rm -rf .venv
