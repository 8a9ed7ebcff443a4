# make run: install, build the first snapshot, serve.  make test: install, then format, lint, types, imports, tests.
# HOST, PORT, WORKERS and CHATBOT_DATA_DIR can be set, for example: PORT=8001 make run

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --constraint .constraints.txt
NO_NETWORK := (echo "Installing failed. The first installation needs the network (or PIP_FIND_LINKS with the packages); \
later runs need none. The lines above say what could not be had." >&2; exit 1)

.PHONY: run test check-python clean lock

run: $(VENV)/installed
	@exec $(BIN)/chatbot serve

test: $(VENV)/test-installed
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
ifdef PYTEST
	@$(BIN)/pytest $(PYTEST)
else
	@$(BIN)/pytest --numprocesses auto -m "not slow and not browser"
	@$(BIN)/pytest -m "slow or browser"
endif

check-python:
	@test -n "$(PYTHON)" && $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed and was not found; install it, or name it: make run PYTHON=/path/to/python3.12" >&2; exit 1)

# PyTorch goes first, so that a CPU build is taken where one is offered (README, Installing).
$(VENV)/installed: pyproject.toml .constraints.txt | check-python
	@echo "Installing into $(VENV) (once; a few minutes)."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || (echo "The virtual environment could not be made; on Debian and Ubuntu install the package python3-venv." >&2; exit 1)
	@$(BIN)/python -c "import torch" 2>/dev/null || $(PIP) torch==2.13.0 || $(NO_NETWORK)
	@$(PIP) --editable . || $(NO_NETWORK)
	@touch $@

$(VENV)/test-installed: $(VENV)/installed
	@$(PIP) --editable '.[test]' || $(NO_NETWORK)
	@touch $@

lock: $(VENV)/test-installed
	@$(BIN)/python -m pip freeze --exclude-editable | grep -v -i -e '^parliamentary' -e '^-e ' | sed 's/+cpu$$//' > .constraints.txt

clean:
	@rm -rf $(VENV) index/snapshots index/building index/current index/history.jsonl
