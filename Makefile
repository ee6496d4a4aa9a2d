# Two commands: `make demo` shows the product, `make test` proves it. Both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help setup demo test check format lock clean bench
.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

setup: $(VENV)/.tools ## make .venv with everything; does nothing when it is up to date

$(VENV)/.product: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Buurtbode needs Python 3.11 or newer."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing (once) …"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.product requirements-dev.txt
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.product ## the whole product on http://127.0.0.1:8080, without Telegram
	@$(BIN)/buurtbode demo

test: setup ## every test, on SQLite and PostgreSQL, with branch coverage
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term --cov-fail-under=90

check: setup ## the gate: format, lint, types, floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: setup ## put the code in its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## pin all versions by hash again (needs uv; see CONTRIBUTING.md)
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml requirements-build.in -o requirements.txt
	@uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --extra dev requirements-build.in -c requirements.txt -o requirements-dev.txt

clean: ## remove what was made
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* build *.egg-info
