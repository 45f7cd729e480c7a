# `make demo` and `make test` need Python 3.11 or later, git and make; everything else is installed into .venv.
PYTHON ?= python3
VERSIONS ?= 3.11 3.12 3.13
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
TOO_OLD := Flask-Garrison needs Python 3.11 or later, and this is %d.%d. Name another one: make $(MAKECMDGOALS) PYTHON=python3.13
PIP := -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --upgrade \
	pyproject.toml --extra all

.DEFAULT_GOAL := help
.PHONY: help demo test test-all lint bench lock clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 18

demo: $(VENV)/.demo ## attack a small app, bare and guarded, then serve it guarded; ARGS=--no-serve ends there
	$(BIN)/garrison demo $(ARGS)

test: $(VENV)/.test ## run the whole test suite; ARGS="-k word" runs a part of it
	$(BIN)/pytest -n auto $(ARGS)

test-all: ## run it on each of VERSIONS, and name those that are not on this machine
	.ci/test-all $(VERSIONS)

lint: $(VENV)/.lint ## check style, types, layers and the documentation
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports
	$(BIN)/sphinx-build --quiet -W --keep-going -b html docs docs/_build/html

bench: $(VENV)/.test ## measure what the guard costs beside its peers
	$(BIN)/python benchmarks/overhead.py $(ARGS)

lock: ## write the newest versions that fit to requirements/ (needs uv)
	$(LOCK) --group test --output-file requirements/test.lock
	$(LOCK) --group build --constraint requirements/test.lock --output-file requirements/demo.lock
	$(LOCK) --group lint --constraint requirements/test.lock --output-file requirements/lint.lock

clean: ## remove what the commands above made
	rm -rf .venv .venvs build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else "$(TOO_OLD)" % v)'
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# One stamp for each lock: a second call installs nothing.
$(VENV)/.%: requirements/%.lock pyproject.toml $(VENV)/bin/python
	$(BIN)/python $(PIP) --require-hashes -r $<
	$(BIN)/python $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.lint: | $(VENV)/.test
