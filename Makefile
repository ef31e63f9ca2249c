# Everything one does here, as named steps; `make help` lists them.
# It takes git, make and Python 3.11 or later. What else is missing is installed, or named.

PYTHON ?= python3
PORT   ?= 8000
export PYTHON PORT

bin  := .venv/bin
# What was made is remembered by where and with what: move the folder or change the Python, and it is made anew.
made := .venv/made-$(shell (pwd; $(PYTHON) -VV) 2>&1 | cksum | cut -d' ' -f1)

# What sets type: WeasyPrint's libraries, and the fonts of a report's words and figures.
typesetting := libpangoft2-1.0-0 libharfbuzz-subset0 fonts-inter fonts-texgyre

catalogues := $(wildcard oversight/translations/*/LC_MESSAGES/*.po)

.PHONY: help setup translations run test check lint types arrows templates words torture bench fix gather lock wheel migration
.DEFAULT_GOAL := help
.NOTPARALLEL:

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)


# ---- set up ------------------------------------------------------------------------------------------

setup: $(made)/project translations  ## make the virtual environment and everything in it

$(made)/python:
	@sh .ci/tools/need python3-venv
	@echo "Making a virtual environment in .venv"
	@$(PYTHON) -m venv --clear .venv
	@mkdir -p $(made) && touch $@

$(made)/packages: requirements.lock | $(made)/python
	@echo "Installing the packages of requirements.lock (two minutes or so, the first time)"
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(made)/project: pyproject.toml $(made)/packages
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

translations: $(catalogues:.po=.mo)  ## compile the translations

%.mo: %.po | $(made)/packages
	@$(bin)/pybabel --quiet compile --input-file $< --output-file $@


# ---- use it --------------------------------------------------------------------------------------------

export OVERSIGHT_DEMO_PASSWORD ?= walk-through-the-office

run: export OVERSIGHT_DEMO = 1
run: needs-for-reports setup instance/up-to-date  ## open the demonstration office in this folder, on 127.0.0.1:$PORT
	@echo
	@echo "  The public's pages    http://127.0.0.1:$(PORT)/"
	@echo "  The published cases   http://127.0.0.1:$(PORT)/outcomes"
	@echo "  The office's people   http://127.0.0.1:$(PORT)/sign-in"
	@echo
	@echo "  Be caseworker, investigator, reviewer-1 to reviewer-4, publisher, director, director-2, liaison,"
	@echo "  auditor or administrator, each @demo.example; the password is $$OVERSIGHT_DEMO_PASSWORD"
	@echo "  Ctrl-C closes the office. Delete the folder instance/ to begin a new one."
	@echo
	@exec $(bin)/oversight serve

.PHONY: needs-for-reports
needs-for-reports:
	@sh .ci/tools/need python3-venv $(typesetting)

instance/demo-office: | $(made)/project
	@echo "Inventing an office, its people and their files (once)"
	@$(bin)/oversight demo
	@touch $@

instance/up-to-date: migrations/.current-head instance/demo-office
	@$(bin)/oversight init
	@touch $@


# ---- check it ------------------------------------------------------------------------------------------

test: needs-for-tests setup  ## run every test, on both databases and in the browser
	$(bin)/python -m pytest

.PHONY: needs-for-tests
needs-for-tests:
	@sh .ci/tools/need python3-venv chromium postgresql $(typesetting)

check: needs-for-tests lint types arrows templates words test  ## all that has to hold before a change lands

lint: setup  ## style and likely mistakes
	$(bin)/ruff check .
	$(bin)/ruff format --check .

types: setup  ## types, strictly
	$(bin)/mypy

arrows: setup  ## which rooms may import which
	$(bin)/lint-imports --no-logo

templates: setup  ## the pages' templates
	$(bin)/djlint --lint --quiet templates

words: setup  ## every word that people see is translated
	PYTHONPATH=.ci $(bin)/python -m tools.words

# Races, kills and clocks take longer than any other test may.
torture: needs-for-tests setup  ## race it, kill it, forge it, set its clock back, back up 100,000 files; FULL=1 for the longest counts
	$(bin)/python -m pytest tests/torture --torture --numprocesses=2 --override-ini=faulthandler_timeout=3600
	$(bin)/python -m bench keeping

bench: needs-for-tests setup  ## measure the workloads, as ratios to floors of the same run
	$(bin)/python -m bench


# ---- change it -----------------------------------------------------------------------------------------

fix: setup  ## put the code in order: imports, style
	$(bin)/ruff check --fix .
	$(bin)/ruff format .

gather: setup  ## collect words to translate from code and templates into the catalogues
	PYTHONPATH=.ci $(bin)/python -m tools.words --gather

migration: setup  ## write the next numbered migration from the models: make migration m="what it does"
	PYTHONPATH=.ci $(bin)/python -m tools.new_migration "$(m)"

lock: setup  ## choose packages anew from pyproject.toml and write them, with hashes, into requirements.lock
	$(bin)/uv pip compile --quiet --upgrade --universal --extra dev --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml --output-file requirements.lock

wheel: setup  ## build dist/oversight-….whl, with its templates, migrations and translations
	$(bin)/python -m hatchling build --target wheel
