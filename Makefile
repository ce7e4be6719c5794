# fiscal: `make` lists the targets. Everything installs into .venv from locks with hashes.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode
LOCKS  := requirements
DATA   ?= data/raw
OUT    ?= outputs

.DEFAULT_GOAL := help
.PHONY: help report test lab docs bench mutation fuzz audit lint lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

report: $(VENV)/.run ## environment + analysis of data/raw + outputs/index.html
	$(BIN)/fiscal report $(DATA) --out $(OUT) --store data/processed

test: $(VENV)/.dev ## environment + the whole test suite
	$(BIN)/python -m pytest

lab: $(VENV)/.lab | data/processed/store.json ## open JupyterLab at notebooks/start.ipynb
	$(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/start.ipynb \
	  $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB)

data/processed/store.json: | $(VENV)/.lab
	$(BIN)/fiscal report $(DATA) --out $(OUT) --store data/processed

docs: $(VENV)/.docs ## documentation site from tutorials, room READMEs and docstrings → outputs/docs
	$(BIN)/python -m sphinx -q -W -b html -c docs docs/pages $(OUT)/docs

bench: $(VENV)/.dev ## benchmarks, written to outputs/bench.json
	$(BIN)/python -m benchmarks

mutation: $(VENV)/.dev ## change digits in accounts and count what the checks notice
	$(BIN)/python -m benchmarks.mutation

fuzz: $(VENV)/.dev ## damage 100,000 files of all formats and see that each is read or told
	$(BIN)/python -m benchmarks.fuzzing

audit: $(VENV)/.audit $(VENV)/.dev ## known weaknesses of the locks' packages (where an index answers), and their licences
	$(BIN)/python $(LOCKS)/audit.py

lint: $(VENV)/.dev ## ruff and mypy
	$(BIN)/ruff check . && $(BIN)/mypy

lock: $(VENV)/.uv ## renew the locks from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes -p 3.11 --all-extras pyproject.toml -o $(LOCKS)/all.lock
	for extras in run:build "dev:build dev ocr cluster synthetic" "lab:build lab" "docs:build docs" "audit:build audit"; do \
	  $(BIN)/uv pip compile -q --universal --generate-hashes -p 3.11 -c $(LOCKS)/all.lock \
	    $$(for e in $${extras#*:}; do printf ' --extra %s' $$e; done) \
	    pyproject.toml -o $(LOCKS)/$${extras%%:*}.lock || exit 1; done
	rm $(LOCKS)/all.lock

clean: ## remove what can be rebuilt
	rm -rf $(OUT)/* data/processed/* .pytest_cache .ruff_cache .mypy_cache

$(VENV)/.uv: $(LOCKS)/uv.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCKS)/uv.lock
	@touch $@

# .run, .dev and .lab mark a lock that is installed; the package itself is editable.
$(VENV)/.%: $(LOCKS)/%.lock pyproject.toml $(VENV)/.uv
	$(UV) -r $(LOCKS)/$*.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.SECONDARY:
