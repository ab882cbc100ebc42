# Every target does its own set-up: system libraries, virtual environment, built texts and tones.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
SOURCES := main.py config verification drivers sync kiosk tests
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo voices test lint bench bench-revocation soak hands screen-reader screenshots pictures bundle bundle-check pins events clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## install what is missing: system libraries, .venv, built texts and tones
	@PYTHON=$(PYTHON) bash config/setup.sh $(FOR)

demo: setup ## show the kiosk doing its job (ARGS="--headless --travellers 40 --seed 7 --out DIR")
	@$(PY) main.py demo $(ARGS)

test: FOR := test
test: setup ## run lint, types and every test (under ten minutes)
	@$(PY) -m ruff check -q . && $(PY) -m ruff format -q --check .
	@mkdir -p build && { nice $(PY) -m mypy >build/types.txt 2>&1 & types=$$!; \
	  POSTGRES_REQUIRED=1 CHROMIUM_REQUIRED=1 $(PY) -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS); tests=$$?; \
	  wait $$types; typed=$$?; cat build/types.txt; [ $$tests = 0 ] && [ $$typed = 0 ]; }

lint: setup ## ruff and mypy strict
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy

bench: FOR := test
bench: setup ## print speed and memory as ratios from one run, write build/bench/*.json
	@$(PY) -m tests.bench $(ARGS)

bench-revocation: setup ## 1, 10 and 100 million revocations beside SQLite (a quarter of an hour, 8 GB; ARGS="--millions 1 10" for less)
	@$(PY) -m tests.bench.bench_revocation $(or $(ARGS),--full)

bench-%: FOR := test
bench-%: setup
	@$(PY) -m tests.bench $*

hands: FOR := hands
hands: setup ## play travellers, officer, supervisor and station desk by keys and pointer on X displays, pictures in build/hands
	@$(PY) -m tests.hands $(ARGS)

screen-reader: FOR := hands
screen-reader: setup ## let real Orca read the officer's screens aloud, by keys alone, and print what it says (docs/screens.md)
	@$(PY) -m tests.ears $(ARGS)

soak: FOR := test
soak: setup ## run the long counts and report them
	@$(PY) -m tests.soak $(ARGS)

fuzz: setup ## bend codes of every format for a minute, report the slowest and the hungriest (ARGS="--seconds 600")
	@$(PY) -m pip install -q --disable-pip-version-check --upgrade --require-hashes --only-binary :all: \
	  --target build/fuzz/atheris -r requirements/fuzz.txt || echo "atheris cannot be installed here: random edits do without"
	@PYTHONPATH=build/fuzz/atheris $(PY) -m tests.fuzz $(ARGS)

voices: FOR := voices
voices: setup ## let a machine speak the prompts until people record them (docs/signals.md)

screenshots: setup ## picture every screen in every language, layout and look into build/screenshots
	@$(PY) main.py screenshots $(ARGS)

pictures: setup ## make the exact pictures of the main screens anew, after what they look like was changed
	@$(PY) -m tests.kiosk.screens.pictures $(ARGS)

bundle: FOR := bundle
bundle: setup ## build one folder that runs where no Python is: build/dist/checkpoint-kiosk
	@$(PY) -m PyInstaller --noconfirm --log-level ERROR --distpath build/dist --workpath build/pyinstaller kiosk.spec
	@du -sh --apparent-size build/dist/checkpoint-kiosk

bundle-check: bundle ## build the bundle and run it with an empty environment, no Python in reach
	@sh config/bundle_check.sh build/dist/checkpoint-kiosk

pins: setup ## resolve requirements/*.in anew into hash-pinned requirements/*.txt
	@$(PY) -m pip install -q uv && for set in run dev fuzz bench; do \
	  $(PY) -m uv pip compile -q --upgrade --universal --generate-hashes --no-annotate --no-header --no-emit-index-url \
	    --no-emit-find-links --python-version 3.11 requirements/$$set.in -o requirements/$$set.txt; done

events: setup ## write sync/event_types.py, docs/events.md and docs/reasons.md from their tables
	@$(PY) -m sync.generate && $(PY) -m verification.reasons

clean: ## remove what was built (the virtual environment stays)
	@rm -rf build
