# Footfall's developer commands. `make` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
LINES ?= 2000000
# A real log in the combined format that bench imports besides; empty for none.
LOG ?=
# The folder of agents that others have collected; empty for the one beside the checkout.
AGENTS ?=
SCALE ?= 100000000
SEEDS ?= 60
SWIFT ?= swift
PYTHON ?= python3

# The release binary carries the Swift runtime, so that it runs where no Swift is installed.
RELEASE_FLAGS := --configuration release --static-swift-stdlib --product footfall
QUALITY_FLAGS := --configuration release --static-swift-stdlib --product quality
# A module may import only what Package.swift declares for it: the module graph is a promise (docs/privacy.md).
CHECK_FLAGS := --explicit-target-dependency-import-check error

# PySpark brings the Spark of its version, which needs Java 17.
# Tries an API by its OpenAPI description.
SCHEMATHESIS := schemathesis-4.32.5
SPARK := pyspark-4.3.0
# DuckDB loads an extension of its own version only.
READERS := pandas duckdb==1.5.5 duckdb-extension-sqlite-scanner==1.5.5

RULES := .build/share/footfall
TUNED := .build/tuned/footfall
SOURCES := Package.swift $(shell find Sources -type f -not -path 'Sources/setup/*')
FORMATTED := Package.swift Sources Tests

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: packages $(RULES)/REVISIONS ## Install missing Debian packages, bring the rules for browsers and bots (-B: anew)

build: setup .build/stamps/release ## Build the release binary, .build/release/footfall

tuned: $(TUNED) ## Build .build/tuned/footfall, which takes a seventh less CPU; eleven minutes, 6 GB of memory

demo: build ## Import the bundled sample logs and print the report
	@bash fixtures/sample/demo.sh .build/release/footfall

test: setup ## Run all tests; brings Debian packages that only tests use, schemathesis, and PySpark
	@bash Sources/setup/install-packages.sh tests
	@$(MAKE) schemathesis || echo 'make: schemathesis could not be installed; the test that needs it will be skipped' >&2
	@$(MAKE) spark || echo 'make: PySpark could not be installed; the tests that need it will be skipped' >&2
	$(SWIFT) test $(CHECK_FLAGS)

check: setup lint sample test ## The gate: strict lint, warnings as errors, import check, sample, all tests

instructions: build ## Count the instructions of an import by valgrind; fails where a line takes more than its limit
	@bash Sources/setup/install-packages.sh tests
	$(PYTHON) -B Tests/Benchmarks/instructions.py

formats: build ## Read a log of each format behind each envelope, with strays, changes and unknown columns; right or refused
	$(PYTHON) -B Tests/Scenarios/format_matrix.py --footfall .build/release/footfall --data $(RULES)

lint: ## Check the format of all Swift sources
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)

format: ## Format all Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive $(FORMATTED)

sample: ## Check that the bundled sample and geo files are what their generators write
	$(PYTHON) -B fixtures/sample/generate.py --check
	$(PYTHON) -B fixtures/geo/generate.py --check

soak: build ## Lives of logs with 60 seeds each (SEEDS=60), 2,000 kills, each write and 600 power losses, for an hour
	$(PYTHON) -B Tests/Scenarios/scenarios.py --footfall .build/release/footfall --data $(RULES) --seeds $(SEEDS)
	$(PYTHON) -B Tests/Scenarios/crashes.py --footfall .build/release/footfall --kills 2000 --points 0 --states 600

readers: ## Install pandas and DuckDB beside the build, so that the tests ask the questions of docs/sql.md by them, too
	$(PYTHON) -m venv .build/readers
	.build/readers/bin/pip install --quiet --disable-pip-version-check $(READERS)

schemathesis: .build/schemathesis/$(SCHEMATHESIS) ## Install schemathesis beside the build, so that the tests try the collect API by it

spark: .build/spark/$(SPARK) ## Install PySpark beside the build, so that the tests run jobs by it

bench: tuned ## Measure imports against gzip, wc and goaccess (LINES=2000000); fails when over budget
	$(PYTHON) -B Tests/Benchmarks/bench.py --footfall $(TUNED) --lines $(LINES) $(if $(LOG),--log $(LOG))
	$(SWIFT) build $(QUALITY_FLAGS)
	.build/release/quality $(RULES) $(AGENTS) --speed
	$(PYTHON) -B Tests/Benchmarks/ledger_costs.py --footfall $(TUNED) --lines $(LINES)
	$(PYTHON) -B Tests/Benchmarks/dense_year.py --footfall $(TUNED)

quality: setup ## Tell recall, false positives, classes and devices on agents collected elsewhere; write docs/quality.md
	$(SWIFT) build $(QUALITY_FLAGS)
	.build/release/quality $(RULES) $(AGENTS) > .build/quality.md; status=$$?; cat .build/quality.md; \
	  if (( status == 0 )); then cp .build/quality.md docs/quality.md; fi; exit $$status

bench-stages: build ## Sample an import by perf and write the cost of each stage into docs/performance.md
	$(PYTHON) -B Tests/Benchmarks/stages.py --lines $(LINES)

bench-jobs: build spark ## Measure map, reduce and merge against an import, and Spark with one and two executors
	$(PYTHON) -B Tests/Benchmarks/jobs.py --footfall $(CURDIR)/.build/release/footfall --data $(CURDIR)/$(RULES) \
	  --spark $(CURDIR)/.build/spark/bin/python3 --lines $(LINES)

bench-serve: build ## Measure the collect API by wrk; fails below 5,000 requests/s or above 50 ms for one in a hundred
	$(PYTHON) -B Tests/Benchmarks/serve.py

bench-scale: tuned ## Import SCALE lines (100,000,000) made on the fly; fails when the last tenth is slower or memory grows
	$(PYTHON) -B Tests/Benchmarks/scale.py --footfall $(TUNED) --lines $(SCALE)

install: $(if $(wildcard $(TUNED)),tuned,build) ## Install to PREFIX (default /usr/local): bin/footfall (the tuned one, if made) and share/footfall
	install -D -s -m 755 $(or $(wildcard $(TUNED)),.build/release/footfall) '$(DESTDIR)$(PREFIX)/bin/footfall'
	install -D -m 644 -t '$(DESTDIR)$(PREFIX)/share/footfall' $(RULES)/*

uninstall: ## Remove what install put under PREFIX; databases and vaults stay
	rm -f '$(DESTDIR)$(PREFIX)/bin/footfall'
	rm -rf '$(DESTDIR)$(PREFIX)/share/footfall'

clean: ## Remove everything that was built
	rm -rf .build

packages:
	@bash Sources/setup/install-packages.sh

$(RULES)/REVISIONS: Sources/setup/bring-rules.py | packages
	@mkdir -p $(RULES)
	$(PYTHON) -B $< $(RULES)
	@touch $@

.build/schemathesis/$(SCHEMATHESIS):
	@rm -rf .build/schemathesis
	$(PYTHON) -m venv .build/schemathesis
	.build/schemathesis/bin/pip install --quiet --disable-pip-version-check $(subst -,==,$(SCHEMATHESIS))
	@touch $@

.build/spark/$(SPARK):
	@rm -rf .build/spark
	$(PYTHON) -m venv .build/spark
	.build/spark/bin/pip install --quiet --disable-pip-version-check $(subst -,==,$(SPARK))
	@touch $@

.build/stamps/release: $(SOURCES) | setup
	$(SWIFT) build $(RELEASE_FLAGS)
	@mkdir -p $(@D)
	@touch $@

$(TUNED): $(SOURCES) Sources/setup/tune.sh | setup
	@bash Sources/setup/tune.sh $(SWIFT) $(RELEASE_FLAGS)

.PHONY: formats tuned readers schemathesis spark bench-jobs help setup build demo test check lint format sample soak bench bench-serve bench-stages bench-scale quality install uninstall clean packages
