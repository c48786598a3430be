# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Test processes at once: each has a chat server and a browser of its own.
WORKERS ?= 2
# More for pytest, such as PYTEST='-m "not slow"'.
PYTEST ?=
AXE := $(VENV)/axe
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Only files whose SHA-256 is listed in requirements/, and no package that would have to be built first.
INSTALL := $(PIP) --require-hashes --only-binary :all:
# The project itself, when everything that it needs is there.
PROJECT := $(PIP) --no-deps --no-build-isolation --editable .

# On Linux, PyPI's torch brings several gigabytes for graphics cards, which nothing here uses.
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH_LOG := $(VENV)/torch.log
define TORCH
if [ "$$(uname -s)" = Linux ] && ! $(INSTALL) --no-deps --retries 0 --timeout 10 --index-url $(TORCH_INDEX) \
	--requirement requirements/torch-cpu.txt 2>$(TORCH_LOG); then \
	if grep 'DO NOT MATCH THE HASHES' $(TORCH_LOG); then cat $(TORCH_LOG); exit 1; fi; \
	echo "$(TORCH_INDEX) is out of reach: torch comes from the ordinary index, in a build of several gigabytes."; \
	$(INSTALL) --requirement requirements/run.txt --requirement requirements/torch-cuda.txt; \
fi
endef

.PHONY: run test quick check format docs pictures translations sample clean

run: $(VENV)/.installed  ## set up, add the sample report, open the chat on 127.0.0.1
	$(BIN)/whrd setup
	$(BIN)/whrd ingest data/sample/women-human-rights-defenders-sample.pdf
	$(BIN)/whrd chat

test: check axe  ## set up with the test extras, check, and run the whole suite
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile $(PYTEST)

quick: $(VENV)/.installed-test  ## the tests that need no browser, no model server and no killed processes
	$(BIN)/python -m pytest -m "not browser and not models and not processes and not slow"

# Which random choices, how many files a class, how many kills.
SEED ?= 1
FILES ?= 60
KILLS ?= 60

.PHONY: torture
torture: $(VENV)/.installed-test  ## hostile files of every class, killed processes, a full disk: about half an hour
	$(BIN)/python tests/torture/torture.py --seed $(SEED) --files $(FILES) --kills $(KILLS)

# The address of a real chat model on this computer, asked beside the three that lie.
MODEL ?=

.PHONY: injection
injection: $(VENV)/.installed-test  ## reports that speak to the model, models that lie: what reaches a reader; some minutes
	$(BIN)/python tests/injection/injection.py $(if $(MODEL),--model $(MODEL))

.PHONY: axe
axe: $(VENV)/.installed-test  ## fetch axe-core for the tests of accessibility, where npm is; it is no part of the project
	@test -f $(AXE)/axe.min.js || { command -v npm >/dev/null && mkdir -p $(AXE) && cd $(AXE) \
		&& npm pack --silent axe-core@4.14.1 >/dev/null && tar xzf axe-core-4.14.1.tgz --strip-components=1 package/axe.min.js; } \
		|| echo 'No axe-core (npm is not here, or not the network): the tests of accessibility are skipped.'

check: $(VENV)/.installed-test  ## format, lint, strict types, import directions, licences
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	for part in ingest evaluation torture injection; do \
		MYPYPATH=.:tests/app:tests/$$part $(BIN)/mypy --config-file tests/mypy.ini tests/$$part/*.py || exit 1; done
	$(BIN)/lint-imports
	$(BIN)/python -m supply.licences --check

format: $(VENV)/.installed-test  ## format and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.installed-test  ## write the page of help texts
	$(BIN)/python docs/make_commands.py

licences: $(VENV)/.installed-test  ## write the page of licences
	$(BIN)/python -m supply.licences

# Tools that look at the environment have one of their own.
TOOLS := $(VENV)/supply
SUPPLY = PATH="$(CURDIR)/$(TOOLS)/bin:$$PATH" $(TOOLS)/bin/python -m supply
UPGRADE ?=

.PHONY: lock licences sbom audit
lock: $(TOOLS)/.installed  ## write requirements/ after a change of pyproject.toml; newer versions with UPGRADE=--upgrade
	$(SUPPLY).lock $(UPGRADE)

sbom: $(VENV)/.installed $(TOOLS)/.installed  ## write what is installed, and the weights, to build/sbom.json (CycloneDX)
	$(SUPPLY).sbom $(BIN)/python build/sbom.json

audit: $(TOOLS)/.installed  ## compare the locked versions with published advisories; needs the network
	$(SUPPLY).audit

$(TOOLS)/.installed: requirements/supply.txt
	test -x $(TOOLS)/bin/python || $(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r $<
	touch $@

pictures: $(VENV)/.installed-test  ## make the pictures of the README again
	$(BIN)/python docs/make_pictures.py

translations: $(VENV)/.installed-test  ## bring the screen's catalogues of words up to date
	$(BIN)/python -m app.chat.extraction

sample: $(VENV)/.installed-test  ## build the sample report's PDF from its Markdown
	$(INSTALL) --requirement requirements/sample.txt
	$(BIN)/python data/sample/build.py

clean:  ## remove the environment
	rm -rf $(VENV)

$(VENV)/.installed: pyproject.toml requirements/run.txt requirements/torch-cpu.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make run PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo 'Installing (about 3 GB, once) …'
	@$(TORCH)
	$(INSTALL) --requirement requirements/run.txt
	$(PROJECT)
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements/test.txt
	$(INSTALL) --requirement requirements/test.txt
	$(BIN)/whrd setup
	touch $@
