# Two commands for a person: `make demo` and `make test`. Everything else is what they are made of.
PYTHON ?= python3.11
VENV := .venv
TOOLS := .tools
UV := $(TOOLS)/bin/uv
BIN := $(VENV)/bin
STAMP := $(VENV)/.synced
# Bytecode is kept whatever the shell says: else each of the hundreds of processes of a test run compiles the project again.
unexport PYTHONDONTWRITEBYTECODE
LAKE := $(abspath $(or $(COSO_HOME),data))

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow lint format lock clean docs

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

setup: $(STAMP)  ## create .venv from the hash-pinned lock

$(UV): requirements/tools.lock
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/tools.lock
	@touch $(UV)

# uv sync removes what the lock does not name; the project itself is added afterwards, in place.
$(STAMP): requirements/dev.lock pyproject.toml $(UV)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements/dev.lock
	$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@touch $(STAMP)

demo: $(STAMP)  ## set up, run the sample portals and the whole pipeline, print what came out
	$(BIN)/coso demo

test: $(STAMP)  ## set up, run the fast tests
	$(BIN)/pytest

test-slow: $(STAMP)  ## the tests marked slow
	$(BIN)/pytest -m slow

lint: $(STAMP)  ## ruff, mypy strict, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar dbt_project

format: $(STAMP)  ## let ruff rewrite the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

weights: $(STAMP)  ## fit the network of reading by likeness to the annotated passages
	$(BIN)/python tests/extraction/likeness_fitting.py

lock: $(UV)  ## resolve the inputs again (hashes, no host names)
	rm -f requirements/core.lock requirements/dev.lock
	cd requirements && ../$(UV) pip compile --quiet --generate-hashes --no-header \
		--python-version 3.11 --exclude-newer 2026-10-07 core.in -o core.lock
	cd requirements && ../$(UV) pip compile --quiet --generate-hashes --no-header \
		--python-version 3.11 --exclude-newer 2026-10-07 dev.in -o dev.lock

docs: $(STAMP)  ## dbt's catalogue and lineage of the last run as one page: build/dbt-docs/static_index.html
	@test -f $(LAKE)/warehouse/build.duckdb || { echo "no warehouse under $(LAKE): run 'make demo' or 'coso run' first"; exit 1; }
	@COSO_HOME=$(LAKE) COSO_WAREHOUSE=$(LAKE)/warehouse/build.duckdb COSO_TODAY=$$(date +%F) $(BIN)/dbt --quiet docs generate --static \
		--project-dir dbt_project --profiles-dir dbt_project --target-path $(abspath build/dbt-docs) --log-path $(abspath build/dbt-docs)
	@echo $(abspath build/dbt-docs)/static_index.html

clean:  ## remove the environments and caches (never the data)
	rm -rf $(VENV) $(TOOLS) .mypy_cache .ruff_cache .pytest_cache
