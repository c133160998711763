# `make run` and `make test` set everything up by themselves; see README.md.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test lint types unit content model bench lock clean help

help:  ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1: /p' Makefile

run: .venv/run  ## talk to Soft Spot in this terminal
	@$(BIN)/soft-spot chat

test: lint types unit  ## everything that must hold before a change lands

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: .venv/dev
	@$(BIN)/mypy

unit: .venv/dev
	@$(BIN)/pytest

content: .venv/dev  ## build the JSON that is read at run time from the authors' TOML
	@$(BIN)/soft-spot content build

model: .venv/dev  ## build the interaction models from the utterances
	@$(BIN)/soft-spot model build

bench: .venv/dev .venv/voice  ## measure how quick sessions and stores are and, with a real voice, how long holds last
	@$(BIN)/python -m benchmarks.sessions
	@$(BIN)/python -m benchmarks.stores
	@$(BIN)/python -m benchmarks.holds

# Everything is installed from the locks, with hashes; pyproject.toml says what goes into them.
lock: .venv/dev  ## pin anew what pyproject.toml asks for
	@$(PYTHON) tools/lock.py

clean:  ## remove what was set up
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/run .venv/dev .venv/voice: .venv/%:
	@$(PYTHON) tools/environment.py $*

# Whether an environment is up to date is for the tool to say, each time.
.PHONY: .venv/run .venv/dev .venv/voice
