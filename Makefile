# Every target sets up what it needs: a virtual environment of the project's own, no root.
VENV := .venv
PY := $(VENV)/bin/python
TOOL := $(VENV)/bin/srattool
STAMP := $(VENV)/.installed
RUN_STAMP := $(VENV)/.installed-to-run
PYTHON ?= python3
JOBS ?= auto
SHARED ?= ../shared
SHIPPED := example:two-sockets-removable-riser

.DEFAULT_GOAL := help
.PHONY: packed cxl-soak tier-soak event-soak fleet-soak boot-test boot-soak docs-true man help run test setup fmt lint types layers check peers fuzz fidelity bench fixtures golden docs package pictures site web clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml srat_tool/version.py
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --config-settings editable_mode=compat -e '.[dev]'
	@touch $@

# Running needs none of the development tools, and is set up in a quarter of the time.
$(RUN_STAMP): pyproject.toml srat_tool/version.py
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@test -e $(STAMP) || $(PY) -m pip install --quiet --disable-pip-version-check --config-settings editable_mode=compat -e .
	@touch $@

setup: $(STAMP) ## make the virtual environment and install the project into it

run: $(RUN_STAMP) ## plan an example machine
	@$(TOOL) plan --movablecore=acpi $(SHIPPED)
	@printf '\nNext:\n'
	@printf '  %s\n' '$(TOOL) plan --movablecore=acpi --explain $(SHIPPED)' \
	  '$(TOOL) inspect $(SHIPPED)' \
	  'sudo $(TOOL) plan --movablecore=acpi        # this machine' \
	  '$(TOOL) --help'

test: $(STAMP) ## the whole test suite
	@$(PY) -m pytest -n $(JOBS)

fmt: $(STAMP) ## format the sources
	@$(VENV)/bin/ruff check --fix-only --quiet srat_tool tests bench docs && $(VENV)/bin/ruff format --quiet srat_tool tests bench docs

lint: $(STAMP) ## ruff, format included
	@$(VENV)/bin/ruff check srat_tool tests bench docs
	@$(VENV)/bin/ruff format --check srat_tool tests bench docs

types: $(STAMP) ## mypy --strict
	@$(VENV)/bin/mypy

layers: $(STAMP) ## the import contracts
	@$(VENV)/bin/lint-imports --no-cache

docs-true: $(STAMP)
	@$(PY) docs/generate.py --check

check: lint types layers docs-true test ## everything that must hold before a commit lands

fuzz: $(STAMP) ## damaged inputs through every door for SECONDS (300), from SEED; guided by atheris where it is installed
	@$(PY) -m tests.fuzz --seconds $(or $(SECONDS),300) --seed $(or $(SEED),0)

bench: $(STAMP) ## CPU and memory compared with other programs, as ratios
	@$(PY) bench/run.py

MACHINES ?= 100000
CONFIGURATIONS ?= 10000
fleet-soak: $(STAMP) ## plan a seeded fleet of MACHINES with CONFIGURATIONS; every report must equal the seed
	@$(PY) -m tests.fleet.soak --machines $(MACHINES) --configurations $(CONFIGURATIONS) --reports 500

clean: ## remove what the targets made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .hypothesis

docs: $(STAMP) ## write docs/ from the commands' help and the rules' pages, the manual page too
	@$(PY) docs/generate.py

man: docs ## show the manual page that was made from the commands
	@man -l docs/srattool.1

packed: $(STAMP) ## write srat_tool/grammar/packed.py from the declarations of the tables
	@$(PY) -m srat_tool.grammar.derive

fixtures: $(STAMP) ## build fixtures/bin from the specs
	@$(PY) -m tests.golden.fixtures

golden: $(STAMP) ## write fixtures/golden anew, to be reviewed as a diff
	@$(PY) -m tests.golden.goldens

boot-test: $(STAMP) ## boot the library's machines on the kernels at hand ($$SRATTOOL_KERNEL, /boot)
	@$(PY) -m pytest tests/peers/test_boot.py -v

N ?= 200
boot-soak: $(STAMP) ## boot N random machines on the kernels at hand, in every view; differences become small specs
	@$(PY) -m tests.soak.soak --count $(N)
	@$(PY) -m tests.soak.tiers --count $(N)

tier-soak: $(STAMP) ## boot N random machines with an HMAT into user space; compare sysfs with the plan
	@$(PY) -m tests.soak.tiers --count $(N)

cxl-soak: $(STAMP) ## boot N random machines with CXL memory under $$SRATTOOL_QEMU, make regions, compare with the plan
	@$(PY) -m tests.soak.cxl --count $(N)

event-soak: $(STAMP) ## let N random sequences of events happen on the kernels at hand
	@$(PY) -m tests.soak.events --count $(N)

fidelity: $(STAMP) ## how many recorded boots and logs are right, category by category
	@python3 $(SHARED)/tools/fidelity.py --tool $(TOOL)

package: ## build the source archive and the wheel into dist/, and try both (SUITE=no: without the suite)
	@.ci/package

web: $(STAMP) ## write build/web/, the page that needs no installation (npm: Pyodide; pip: the wheels)
	@npm install --fetch-retries=1 --silent --no-audit --no-fund --prefix build/npm pyodide
	@rm -rf build/wheels && $(PY) -m pip wheel --quiet --disable-pip-version-check -w build/wheels .
	@$(PY) web/build.py build/npm/node_modules/pyodide build/wheels build/web

site: $(STAMP) ## write build/site/, the documents as static pages (installs the extra site: Sphinx)
	@$(PY) -m pip install --quiet --disable-pip-version-check --config-settings editable_mode=compat -e '.[site]'
	@$(PY) docs/site/build.py build/site

pictures: $(STAMP) ## draw the pictures of the documents
	@$(PY) -m tests.golden.pictures
