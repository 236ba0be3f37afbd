# Everything a fresh machine needs is Python 3.11 or newer and make; the rest goes into .venv.

# The first of these that runs, is new enough and can make an environment. Set PYTHON=… to choose another.
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11 python; do \
	$$each -c '$(NEW_ENOUGH)' 2>/dev/null && { echo $$each; break; }; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
CODE := kernel tui plugins fixtures examples/qiantai_parcels examples/web_service
SECONDS ?= 60
BENCHES := $(sort $(wildcard bench/*.py))

.DEFAULT_GOAL := help
.PHONY: help desk test check lint ruff-check ruff-format types mypy pyright contracts bench peers desks national-days mutants outcomes soak fuzz docs clean

help: ## these lines
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST)

desk: .venv/.desk ## open the desk on the demo estate
	@$(BIN)/qiantai demo

test: .venv/.dev ## run all tests, on every core
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: lint types contracts test ## what CI runs: style, types, import contracts, tests

lint: ruff-check ruff-format ## ruff, the linter and the formatter
ruff-check: .venv/.dev
	$(BIN)/ruff check .
ruff-format: .venv/.dev
	$(BIN)/ruff format --check .

types: mypy pyright ## mypy strict everywhere, pyright strict on the kernel
mypy: .venv/.dev
	$(BIN)/mypy $(CODE) tests bench $(wildcard tools)
pyright: .venv/.dev
	$(BIN)/pyright

contracts: .venv/.dev ## who may import whom
	$(BIN)/lint-imports --no-logo

bench: .venv/.dev ## what it costs: every bench/*.py
	@set -e; for each in $(BENCHES); do echo "== $$each"; $(BIN)/python $$each; done

peers: .venv/.dev ## install the programs that bench/peers.py sets the store beside
	$(PIP) -e '.[peers]'

national-days: .venv/.dev ## write the calendar's data anew from the libraries that know the notices
	$(BIN)/python tools/make_national_days.py

soak: .venv/.dev ## what holds of whatever anybody does or breaks, tried some thousands of times
	$(BIN)/python -m pytest --hypothesis-profile=soak $(addprefix tests/,kernel/test_estate.py kernel/test_invariants.py plugins/test_replay.py)
	$(BIN)/python -m pytest --hypothesis-profile=soak tests/tui -k "no_words_break or no_text_breaks or whatever_is_said"
	$(BIN)/python -m tests.soak

fuzz: .venv/.fuzz ## hostile bytes for every reader, guided by what they reach: make fuzz SECONDS=600
	$(BIN)/python -m tools.fuzz --seconds $(SECONDS)

desks: .venv/.dev ## eight desks, ten thousand cases on each database, one desk killed in the middle
	$(BIN)/python -m tests.plugins.busy_desks sqlite 8 10000
	$(BIN)/python -m tests.plugins.busy_desks postgresql 8 10000

mutants: .venv/.dev ## break the rules one place at a time, tables and code, and see what notices
	nice -n 19 $(BIN)/python -m tools.mutants

outcomes: .venv/.dev ## write anew what comes of every command in every state for everybody
	$(BIN)/python -m tests.kernel.outcomes_told

docs: .venv/.dev ## write the tables, diagrams and printed examples in docs/ anew, and the list of default keys
	$(BIN)/python -m tools.write_docs
	$(BIN)/python -m tools.default_keys

clean: ## remove .venv and every cache
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .fuzz build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(or $(PYTHON),false) -c '$(NEW_ENOUGH)' 2>/dev/null || { \
	echo 'Python 3.11 or newer, with its venv module, is needed (on Debian and Ubuntu: apt install python3-venv).'; \
	echo 'Found: $(or $(PYTHON),none that fits). Set it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)'; exit 1; } >&2
	@$(PYTHON) -m venv .venv

# A stamp a set of extras: a second run installs nothing.
.venv/.desk: pyproject.toml constraints.txt | .venv/bin/python
	@echo 'Setting up .venv for the desk; this happens once.' >&2
	@$(PIP) -e '.[desk]'
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/bin/python
	@echo 'Setting up .venv for the desk, the tests and the checks; this happens once.' >&2
	@$(PIP) -e '.[dev]'
	@touch $@ .venv/.desk

.venv/.fuzz: pyproject.toml constraints.txt | .venv/.dev
	@$(PIP) -e '.[fuzz]'
	@touch $@
