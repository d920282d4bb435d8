# Two commands are enough on a machine with Python >= 3.11 and make: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CASE   ?= demo-case
SERVE  ?= 1
PORT   ?= 8642
WORKERS ?= auto

.PHONY: env demo test lint types gates bench clean

env: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Overt needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Set PYTHON=python3.11 or newer.") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: --constraint constraints.txt --group dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

demo: env
	$(BIN)/overt demo $(CASE) --again $(if $(filter 0,$(SERVE)),--no-serve,--port $(PORT))

test: env
	$(BIN)/python -m pytest -n $(WORKERS)

lint: env
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: env
	$(BIN)/mypy

gates: env
	$(BIN)/python -m bench gates

bench: env
	$(BIN)/python -m bench

clean:
	rm -rf $(VENV) demo-case
