# 聚力 Juli. `make` alone lists what can be made.
#
# Every target sets up what it needs first: a fresh clone on Debian with Python 3.11 is enough.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
JULI_DATA ?= $(CURDIR)/.data
export JULI_DATA
export PYTHONUTF8 := 1

# A home that cannot be written to (containers, CI users) would break caches and the browser.
ifneq ($(shell test -n "$$HOME" -a -d "$$HOME" -a -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/.data/home
endif

PYTEST_ARGS ?=
SERVE_ARGS ?=

.PHONY: help setup run test check bench test-postgres lock docs screenshots migration messages clean \
        setup-run setup-dev format lint contracts types migrations house

help: ## show this list
	@printf '聚力 Juli\n\n'
	@grep -hE '^[a-z][a-z-]*:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | awk -F '\t' '{printf "  make %-15s %s\n", $$1, $$2}'
	@printf '\nData stands in %s (JULI_DATA); a database of your own is named by JULI_DATABASE_URL.\n' "$(JULI_DATA)"

setup: ## prepare everything: packages, front-end assets, translations, browser and fonts
	@$(PYTHON) tools/prepare.py all

setup-run:
	@$(PYTHON) tools/prepare.py run

setup-dev:
	@$(PYTHON) tools/prepare.py dev

run: setup-run ## start Juli with a sample district and print the sample accounts
	@exec $(BIN)/python tools/try_it.py $(SERVE_ARGS)

test: setup ## run all tests, in parallel
	@$(BIN)/python tools/run_tests.py $(PYTEST_ARGS)

check: setup format lint contracts types migrations house test ## all that CI runs, the cheapest first

format: setup-dev
	@echo '· format'; $(BIN)/ruff format --check --quiet . || { echo 'Run: $(BIN)/ruff format .'; exit 1; }

lint: setup-dev
	@echo '· lint'; $(BIN)/ruff check --quiet .

contracts: setup-dev
	@echo '· import contracts'; $(BIN)/lint-imports --no-logo 2>&1 | tail -n 40

types: setup-dev
	@echo '· types'; $(BIN)/mypy

migrations: setup-dev
	@echo '· migrations'; $(BIN)/python tools/missing_migrations.py

house: setup-dev
	@echo '· house rules'; $(BIN)/python -m pytest -q -m house tests/house

bench: setup ## measure what we promise about speed (long)
	@for each in $$(grep -l '__name__ == "__main__"' benchmarks/*.py); do \
		echo "· $$each"; $(BIN)/python -m benchmarks.$$(basename $$each .py) || exit 1; \
	done

test-postgres: setup ## run the tests on Debian's own PostgreSQL instead of the embedded one
	@tools/debian_postgres.sh $(BIN)/python tools/run_tests.py $(PYTEST_ARGS)

lock: setup-dev ## write requirements/*.txt again from pyproject.toml
	@tools/lock.sh

docs: setup-dev ## write docs/coverage.md and docs/rules.md again from their data
	@$(BIN)/python tools/coverage_table.py
	@$(BIN)/python tools/rules_table.py

screenshots: setup ## take a picture of every page into docs/screenshots (some minutes)
	@$(BIN)/python -m tools.screenshots

migration: setup-dev ## write a migration: make migration app=registry name=what_it_does
	@test -n "$(app)" -a -n "$(name)" || { echo 'usage: make migration app=registry name=what_it_does' >&2; exit 2; }
	@DJANGO_SETTINGS_MODULE=juli.config.settings $(BIN)/django-admin makemigrations $(app) --name $(name)

messages: setup-dev ## collect and compile the translations
	@$(BIN)/python tools/messages.py

clean: ## remove what setup made (keeps .data)
	rm -rf .venv node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
