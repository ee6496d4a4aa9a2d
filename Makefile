# `make help` lists the commands. Only python3 (3.11 or newer) with venv, and make itself, are needed.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
# On all cores, which pip does not, and without what a running bot never imports. Some packages carry files for other
# Pythons, so what can't be compiled is left.
NOT_COMPILED := site-packages/(pip|setuptools|poetry|pygments|holidays/(countries|financial)|sqlalchemy/testing)
COMPILE := @-$(BIN)/python -m compileall -qq -j 0 -x '$(NOT_COMPILED)' .venv/lib

# The lock names every package, so pip resolves nothing: Debian's pip 23 looks past a pin when a package asks for it with
# an extra (coverage[toml]), and then stops at a newer version that has no hash here.
INSTALL := $(PIP) install --require-hashes --no-deps --no-compile

# A stamp is named after what was installed: the locked packages, the project's description, the interpreter, the place.
# Nothing is asked of the network, and nothing is done, while its stamp is there.
stamp = .venv/$(1)-$(shell { cat pyproject.toml $(2); $(PYTHON) -VV; pwd; } 2>&1 | sha256sum | cut -c1-16)
RUNTIME := $(call stamp,runtime,requirements.txt)
TOOLS := $(call stamp,tools,requirements-dev.txt)

# One resolution serves every Python from 3.11 on and both x86_64 and aarch64; it names no place to download from.
LOCK := pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --annotation-style line

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test dev-test chaos bench check format lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{ printf "make %-10s %s\n", $$1, $$2 }'

setup: $(RUNTIME) ## .venv with what the bot needs (does nothing when it is up to date)

setup-dev: $(RUNTIME) $(TOOLS) ## the same, and what the tests and checks need

demo: setup ## the whole bot on this machine: open http://127.0.0.1:8080
	@exec $(BIN)/buurtbode demo

test: setup-dev ## every test, on SQLite and on PostgreSQL, with branch coverage
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term --cov-fail-under=90 $(ARGS)

dev-test: setup-dev ## every test in Python's development mode: what is left open or running fails the test that left it
	@PYTHONDEVMODE=1 $(BIN)/python -m pytest -n 2 --dist loadgroup --no-cov -o faulthandler_timeout=1200 $(ARGS)

chaos: setup-dev ## every fault of docs/faults.md in full size, four at a time: most of them wait
	@BUURTBODE_CHAOS=full $(BIN)/python -m pytest -n 4 --dist load --maxschedchunk 1 -m chaos --no-cov -o faulthandler_timeout=1200 $(ARGS)

bench: setup-dev ## figures and their targets in one table; let nothing else run meanwhile
	@$(BIN)/python -m pytest -q -p no:cacheprovider -o faulthandler_timeout=1200 $(wildcard tests/benchmarks/benchmark_*.py) $(ARGS)

check: setup-dev ## format, lint, types, floors, and the files for containers
	@$(BIN)/python -m pip --disable-pip-version-check check --quiet
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/hadolint --failure-threshold style Dockerfile
	@$(BIN)/compose-lint check --quiet --no-env --skip-suppressed --strict-config --fail-on low compose.yaml compose.postgres.yaml

format: setup-dev ## put the code in its form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: ## newest versions that fit pyproject.toml, pinned by hash (in a throw-away environment)
	@dir=`mktemp -d` && trap 'rm -rf "$$dir"' EXIT && $(PYTHON) -m venv $$dir && $$dir/bin/pip install --quiet --disable-pip-version-check uv && \
	$$dir/bin/uv $(LOCK) --upgrade --group build --group dev --output-file requirements-dev.txt && \
	$$dir/bin/uv $(LOCK) --group build --constraint requirements-dev.txt --output-file requirements.txt
	@! grep -nE '://|--(index|find|trusted)' requirements.txt requirements-dev.txt

clean: ## remove everything that was made here, .venv too
	rm -rf .venv .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Buurtbode needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V 2>&1`. Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@[ "`$(BIN)/python -VV 2>&1`" = "`$(PYTHON) -VV 2>&1`" ] && $(BIN)/pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@rm -f .venv/runtime-*
	@echo "Installing what the bot needs into .venv"
	@$(INSTALL) -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	$(COMPILE) bot handlers storage
	@touch $@

$(TOOLS): $(RUNTIME)
	@rm -f .venv/tools-*
	@echo "Installing what the tests and checks need into .venv"
	@$(INSTALL) -r requirements-dev.txt
	$(COMPILE)
	@touch $@
