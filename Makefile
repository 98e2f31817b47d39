# Everything a newcomer needs: `make run` and `make test` on Python 3.11+ (with venv) and make alone.

PYTHON ?= python3
JOBS ?= 2
N ?= 1000
SEED ?=
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help run test conformance check format assets schema released docs fuzz bench clean setup

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

run: assets ## Serve the demo company on http://127.0.0.1:8000
	@exec env FICHES_DEMO="$${FICHES_DEMO:-1}" $(BIN)/fiches serve

test: assets ## Run the tests (ARGS="-k name" for some of them)
	@$(BIN)/pytest -n $(JOBS) $(ARGS)

conformance: assets ## Run the tools of front-end developers, from npm, over the schema and the docs' clients
	@$(BIN)/python -m scripts.install_conformance
	@$(BIN)/pytest -m conformance -n $(JOBS) $(ARGS)

check: setup ## Check format, style, types and who imports whom
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup ## Put the code into shape
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

assets: setup ## Build the GraphiQL page, unless it is built
	@$(BIN)/python scripts/build_assets.py

schema: setup ## Write schema.graphql
	@$(BIN)/fiches schema > schema.graphql.new
	@mv schema.graphql.new schema.graphql

released: schema ## Keep the schema as that of a release, which later ones may not break
	@$(BIN)/python -m scripts.released_schema

docs: setup ## Write the pages that say what the code says, and the site into .cache/site
	@$(BIN)/python -m scripts.write_docs
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

fuzz: assets ## Run the property tests on N=1000 examples each (SEED=1 to repeat a run)
	@FUZZ_EXAMPLES=$(N) $(BIN)/pytest -p tests.fuzz -m hypothesis -n $(JOBS) \
		$(if $(SEED),--hypothesis-seed=$(SEED)) $(ARGS)

bench: setup ## Compare with other servers on a million records (ARGS=--quick for less)
	@$(BIN)/python -m bench.compare $(ARGS)

clean: ## Remove all that was made, but for the data in .data
	rm -rf $(VENV) .cache .*_cache .hypothesis graph/static/ide web/node_modules bench/peers/*/node_modules
	rm -rf conformance/node_modules conformance/generated conformance/clients
	find db graph scripts tests -name __pycache__ -prune -exec rm -rf {} +

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "fiches: there is no $(PYTHON): install Python 3.11 or newer, or name it: make PYTHON=…" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "fiches: $$("$(PYTHON)" -V) is too old: install 3.11 or newer, or name it: make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "fiches: $(PYTHON) has no venv module: install it (Debian: apt install python3-venv)" >&2; exit 1; }
	@echo "Installing into $(VENV) (once; needs the network) …"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@{ $(PIP) hatchling editables && $(PIP) --no-build-isolation --editable '.[dev]'; } || { \
		echo "fiches: packages could not be installed: see above, and try again with the network" >&2; exit 1; }
	@touch $@
