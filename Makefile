# The commands of the project; `make` alone lists them.
# Everything that they need is set up by tools/setup, which does nothing twice.

PYTHON ?= python3
export PYTHON
RUN := .venv/bin
export PATH := $(CURDIR)/.tools/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help book install dist vscode docs test quick nightly format lint bench pictures constraints clean distclean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

book: ## set up what is missing, then build book/ into output/
	@tools/setup book
	@$(RUN)/publisher build book -o output

install: ## set up what is missing, and put the command publisher into ~/.local/bin
	@tools/setup book
	@tools/install

dist: ## build the wheel, the source archive and the list of components, in dist/
	@tools/setup checks
	@tools/dist

vscode: ## build the extension for VS Code, in dist/
	@tools/setup checks
	@tools/vscode

docs: ## build the documentation as a web site, in build/site/
	@tools/setup docs
	@$(RUN)/python tools/site

test: ## set up what is missing, then formatting, lint, types and all tests
	@tools/setup tests
	$(RUN)/ruff format --check
	$(RUN)/ruff check
	$(RUN)/mypy
	$(RUN)/python -m pytest -n 2 --dist loadfile --durations 10

quick: ## the unit tests, in less than a minute; tests/quick.txt lists them
	@tools/setup tests
	$(RUN)/python -m pytest -n 2 --dist loadfile @tests/quick.txt

nightly: ## the long tests: 200 kills, ten thousand spoilt editions, 300 notes in every place, 2,000 spoilt files
	@tools/setup nightly
	$(RUN)/python -m pytest -n 2 -m nightly tests

lint: ## formatting, lint and types, nothing changed
	@tools/setup checks
	$(RUN)/ruff format --check
	$(RUN)/ruff check
	$(RUN)/mypy

format: ## bring the code into its form
	@tools/setup checks
	$(RUN)/ruff check --fix-only --quiet
	$(RUN)/ruff format

pictures: book ## draw the pictures of README and docs
	@tools/setup tests
	@$(RUN)/publisher build examples/course-reader -o output --quiet
	@$(RUN)/publisher build book --format pdf --profile print --output output
	@$(RUN)/python tools/pictures output

bench: ## measure publisher beside its peers, write docs/benchmarks.md; BENCH="--only ROW --runs 3" for less
	@tools/setup bench
	@$(RUN)/python -m benchmarks $(BENCH)
	@$(RUN)/python -m benchmarks.anchoring
	@$(RUN)/python -m benchmarks.proving

bench-quick: ## the same with small volumes, once each, nothing written into docs/
	@tools/setup bench
	@$(RUN)/python -m benchmarks --quick $(BENCH)

constraints: ## pin the newest releases of all dependencies, with their hashes
	@tools/setup pins
	@tools/pin

clean: ## remove what was built, and the caches
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find output -mindepth 1 ! -name .gitkeep -exec rm -rf {} +
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove what was set up as well
	rm -rf .venv .tools
