# Checkpoint Client. `make` alone says what there is to do.
# A .ready stamp is written last, so that an installation broken off half-way is done again.

python := .venv/bin/python
ARGS ?=
HEADLESS ?=
# Qt wants UTF-8; a bare machine names no character set at all.
export LANG ?= C.UTF-8
SERVER_DATA ?= $(HOME)/.local/share/checkpoint-server
SERVER_PORT ?= 8470

.DEFAULT_GOAL := help
.PHONY: help demo run test lint bench soak kills defects fuzz server frozen
.DELETE_ON_ERROR:

help:
	@echo 'Checkpoint Client: border checks with or without a line.'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.ready ## The program in its demonstration post; HEADLESS=1 walks it without a display
	$(python) -m ui.demo $(if $(HEADLESS),--headless)

run: .venv/.ready ## The program on this computer's own profile
	.venv/bin/checkpoint-client $(ARGS)

test: .venv/.ready-test ## All tests, on all cores; ARGS="tests/test_mrz.py -k names" for some of them
	QT_QPA_PLATFORM=offscreen $(python) -m pytest -n auto --dist worksteal $(ARGS)

lint: .venv/.ready ## Style, types and the directions between modules
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy
	.venv/bin/lint-imports

bench: .venv/.ready-test ## Every number we promised beside the number measured here
	QT_QPA_PLATFORM=offscreen $(python) -m tests.bench $(ARGS)

defects: .venv/.ready-test ## Known ways to lose records, put in one at a time: the tests must notice each
	$(python) -m tests.defects $(ARGS)

fuzz: .venv/.ready-test ## Spoiled bytes for every reader; ARGS="--seconds 30" for each of them
	$(python) -m tests.fuzz $(ARGS)

soak: .venv/.ready-test ## Thirty days of five posts on a line that breaks; ARGS="--seed 7" for others
	$(python) -m tests.soak $(ARGS)

kills: .venv/.ready-test ## kill -9 at every step and a thousand times at random; ARGS="--rounds 50" for less
	$(python) -m tests.kills $(ARGS)

server: .venv/.ready ## A central server for trying things out, data in SERVER_DATA
	test -d '$(SERVER_DATA)' || .venv/bin/checkpoint-server init --data '$(SERVER_DATA)'
	@echo 'Let a workstation in: .venv/bin/checkpoint-server token --data "$(SERVER_DATA)" --post OSH-01 --out provisioning.json'
	.venv/bin/checkpoint-server serve --data '$(SERVER_DATA)' --port $(SERVER_PORT) $(ARGS)

frozen: .venv/.ready-frozen ## The one-folder program in dist/, which then tests itself
	PYTHONHASHSEED=1 $(python) -m PyInstaller --noconfirm --log-level ERROR installer/checkpoint-client.spec
	dist/checkpoint-client/checkpoint-client --self-test

.venv/.ready: requirements.lock pyproject.toml
	sh installer/system-packages.sh run
	.venv/bin/python -m pip --version >/dev/null 2>&1 || { rm -rf .venv && "$$(sh installer/python.sh)" -m venv .venv; }
	@echo 'Installing the Python packages of requirements.lock into .venv'
	$(python) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(python) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/.ready-test: .venv/.ready
	sh installer/system-packages.sh run test
	touch $@

.venv/.ready-frozen: .venv/.ready
	sh installer/system-packages.sh run frozen
	touch $@
