# Footfall's developer commands. `make` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
LINES ?= 2000000
# A real log in the combined format that bench imports as well; empty for none.
LOG ?=
# The folders of user agents collected by others, and of real logs; empty for those beside the checkout.
AGENTS ?=
CORPORA ?=
SCALE ?= 100000000
SEEDS ?= 60
SWIFT ?= swift
PYTHON ?= python3

# The release binary contains the Swift runtime, so it runs without an installed Swift.
# Functions of C libraries get sections of their own, so that the linker drops those that nothing calls, and are small: 0.9 MB less.
SMALL_C := -Xcc -ffunction-sections -Xcc -fdata-sections -Xcc -Os
RELEASE_FLAGS := --configuration release --static-swift-stdlib --product footfall $(SMALL_C)
QUALITY_FLAGS := --configuration release --static-swift-stdlib --product quality
# A module may import only what Package.swift declares for it: the module graph protects privacy (docs/privacy.md).
CHECK_FLAGS := --explicit-target-dependency-import-check error

# Python packages that only tests and documents use. Each set has a virtual environment below .build.
# Tests an API against its OpenAPI description.
SCHEMATHESIS := schemathesis==4.32.5
# Contains the Spark of its version, which needs Java 17.
SPARK := pyspark==4.3.0
# DuckDB only loads an extension of its own version.
READERS := pandas==3.0.6 duckdb==1.5.5 duckdb-extension-sqlite-scanner==1.5.5
SITE := sphinx==9.0.4 myst-parser==5.2.0 furo==2025.12.19

# The version of the program: the newest tag behind the commit, and how far behind it is. Package.swift says what it is without.
export FOOTFALL_VERSION ?= $(shell git describe --tags --match 'v[0-9]*' 2>/dev/null | sed 's/^v//')

RULES := .build/share/footfall
PLAIN := .build/release/footfall
TUNED_BINARY := .build/tuned/footfall
# The binary that test, instructions, formats and docs run, brought up to date before: .build/release/footfall or
# .build/tuned/footfall. By default tests run the debug binary that is built with them, and the rest the plain one.
BINARY ?=
# What packages hold: the tuned binary, or the plain one with TUNED=no, or BINARY.
TUNED ?= yes
PACKAGED = $(or $(BINARY),$(if $(filter no,$(TUNED)),$(PLAIN),$(TUNED_BINARY)))
PACKAGES := .build/packages
SOURCES := Package.swift $(shell find Sources -type f -not -path 'Sources/setup/*' -not -path 'Sources/packaging/*')
FORMATTED := Package.swift Sources Tests

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: packages $(RULES)/REVISIONS ## Install missing Debian packages, and get the rules for browsers and robots (-B: again)

build: setup .build/stamps/release ## Build the release binary, .build/release/footfall

tuned: $(TUNED_BINARY) ## Build .build/tuned/footfall, which uses a seventh less CPU; eleven minutes, 6 GB of memory

demo: build ## Import the bundled sample logs and print the report
	@bash fixtures/sample/demo.sh .build/release/footfall

test: setup $(BINARY) ## Run all tests; installs the Debian and Python packages that only tests use
	@bash Sources/setup/install-packages.sh tests
	@for set in schemathesis spark readers; do \
	  $(MAKE) $$set || echo "make: $$set could not be installed; the tests that need it will be skipped" >&2; done
	$(if $(BINARY),FOOTFALL_BINARY=$(abspath $(BINARY)) )$(SWIFT) test $(CHECK_FLAGS)

check: setup lint sample test ## Run what each change must pass: strict lint, warnings as errors, import check, sample, all tests

instructions: $(or $(BINARY),$(PLAIN)) ## Count the instructions of an import with valgrind; fails if a line exceeds its limit
	@bash Sources/setup/install-packages.sh tests
	$(PYTHON) -B Tests/Benchmarks/instructions.py --footfall $<$(if $(filter $(TUNED_BINARY),$<), --tuned)

formats: $(or $(BINARY),$(PLAIN)) ## Read logs in all formats and envelopes, with odd lines; fails unless all are right or refused
	$(PYTHON) -B Tests/Scenarios/format_matrix.py --footfall $< --data $(RULES)

lint: ## Check the format of all Swift sources
	$(SWIFT) format lint --strict --parallel --recursive $(FORMATTED)

format: ## Format all Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive $(FORMATTED)

sample: ## Check that the bundled sample and geo files match the output of their generators
	$(PYTHON) -B fixtures/sample/generate.py --check
	$(PYTHON) -B fixtures/geo/generate.py --check

soak: build ## Run scenarios for an hour: 60 seeds (SEEDS=60), 2,000 kills, each write, 600 power losses
	$(PYTHON) -B Tests/Scenarios/scenarios.py --footfall .build/release/footfall --data $(RULES) --seeds $(SEEDS)
	$(PYTHON) -B Tests/Scenarios/crashes.py --footfall .build/release/footfall --kills 2000 --points 0 --states 600

readers: .build/stamps/readers ## Install pandas and DuckDB, by which tests ask the questions of docs/sql.md

schemathesis: .build/stamps/schemathesis ## Install schemathesis, by which tests try the collect API

spark: .build/stamps/spark ## Install PySpark, by which tests run jobs

docs: $(or $(BINARY),$(PLAIN)) .build/stamps/site ## Build the documents as HTML with search, .build/docs/index.html; fails on broken links
	$(PYTHON) -B docs/site/build.py .build/site/bin/sphinx-build $< .build/docs

bench: tuned ## Measure imports against gzip, wc and goaccess (LINES=2000000); fails if over budget
	$(PYTHON) -B Tests/Benchmarks/bench.py --footfall $(TUNED_BINARY) --lines $(LINES) $(if $(LOG),--log $(LOG))
	$(SWIFT) build $(QUALITY_FLAGS)
	.build/release/quality $(RULES) $(AGENTS) --speed
	$(PYTHON) -B Tests/Benchmarks/ledger_costs.py --footfall $(TUNED_BINARY) --lines $(LINES)
	$(PYTHON) -B Tests/Benchmarks/dense_year.py --footfall $(TUNED_BINARY)

bench-size: $(or $(BINARY),$(PLAIN)) ## Measure the sizes of binary and package, start and memory; fails over a limit (AGAINST=BINARY)
	$(PYTHON) -B Tests/Benchmarks/size.py --footfall $< $(if $(AGAINST),--against $(AGAINST)) \
	  $(patsubst %,--package %,$(firstword $(wildcard .build/packages/footfall_*.deb)))

bench-against: build ## Compare the CPU of imports with that of revision REV, in pairs (LINES; LOG of a small site, BUSY, SITES=3000)
	$(PYTHON) -B Tests/Benchmarks/against.py $(or $(REV),$(error name a revision: make bench-against REV=main~1)) \
	  --swift $(SWIFT) --flags "$(RELEASE_FLAGS)" --lines $(LINES) $(if $(LOG),--log $(LOG)) $(if $(BUSY),--busy $(BUSY)) \
	  --sites $(or $(SITES),0)

quality: build ## Measure how well robots, devices and personal data are identified, and write docs/quality.md
	$(SWIFT) build $(QUALITY_FLAGS)
	status=0; .build/release/quality $(RULES) $(AGENTS) > .build/quality.md || status=$$?; \
	  $(PYTHON) -B Tests/Quality/behaviour.py --footfall .build/release/footfall --data $(RULES) \
	    $(if $(CORPORA),--corpora '$(CORPORA)') >> .build/quality.md || status=$$?; \
	  $(PYTHON) -B Tests/Quality/redaction.py --quality .build/release/quality \
	    $(if $(CORPORA),--corpora '$(CORPORA)') >> .build/quality.md || status=$$?; cat .build/quality.md; \
	  if (( status == 0 )); then cp .build/quality.md docs/quality.md; fi; exit $$status

bench-stages: build ## Sample an import with perf, and write the cost of each stage into docs/performance.md
	$(PYTHON) -B Tests/Benchmarks/stages.py --lines $(LINES)

bench-jobs: build spark ## Measure map, reduce and merge against an import, and Spark with one and two executors
	$(PYTHON) -B Tests/Benchmarks/jobs.py --footfall $(CURDIR)/.build/release/footfall --data $(CURDIR)/$(RULES) \
	  --spark $(CURDIR)/.build/spark/bin/python3 --lines $(LINES)

bench-serve: build ## Measure the collect API with wrk; fails below 5,000 requests/s or if 1 % take over 50 ms
	$(PYTHON) -B Tests/Benchmarks/serve.py

bench-scale: tuned ## Import SCALE lines (100,000,000) made on the fly; fails if the last tenth is slower or memory grows
	$(PYTHON) -B Tests/Benchmarks/scale.py --footfall $(TUNED_BINARY) --lines $(SCALE)

deb: $(PACKAGED) $(RULES)/REVISIONS ## Build a Debian package of the tuned binary in .build/packages (TUNED=no: of the plain one)
	@bash Sources/setup/install-packages.sh packaging
	@rm -f $(PACKAGES)/*.deb
	PYTHON='$(PYTHON)' bash Sources/packaging/deb.sh $(PACKAGED) $(RULES) $(PACKAGES)

tarball: $(PACKAGED) $(RULES)/REVISIONS ## Build footfall-VERSION-linux-MACHINE.tar.xz, for other systems than Debian (TUNED=no)
	@bash Sources/setup/install-packages.sh packaging
	@mkdir -p $(PACKAGES) && rm -f $(PACKAGES)/*.tar.xz
	$(PYTHON) -B Sources/packaging/tarball.py $(PACKAGED) $(RULES) $(PACKAGES)

packages-test: deb tarball ## Install, upgrade, break and remove both packages in bare Debian 12 and 13; needs root
	@bash Sources/setup/install-packages.sh tests
	$(PYTHON) -B Tests/Scenarios/packages.py --footfall $(PACKAGED) --data $(RULES) --packages $(PACKAGES)

install: $(if $(wildcard $(TUNED_BINARY)),tuned,build) ## Install to PREFIX (default /usr/local): bin/footfall (the tuned one, if built) and share/footfall
	install -D -s -m 755 $(or $(wildcard $(TUNED_BINARY)),.build/release/footfall) '$(DESTDIR)$(PREFIX)/bin/footfall'
	install -D -m 644 -t '$(DESTDIR)$(PREFIX)/share/footfall' $(RULES)/*

uninstall: ## Remove the files that install put under PREFIX, but no databases or vaults
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

$(PLAIN): build

# Installed again when the versions above change.
.build/stamps/schemathesis: PACKAGES = $(SCHEMATHESIS)
.build/stamps/spark: PACKAGES = $(SPARK)
.build/stamps/readers: PACKAGES = $(READERS)
.build/stamps/site: PACKAGES = $(SITE)
.build/stamps/schemathesis .build/stamps/spark .build/stamps/readers .build/stamps/site: Makefile
	@[[ -x .build/$(@F)/bin/python3 && $$(cat $@ 2>/dev/null) == '$(PACKAGES)' ]] || { rm -rf .build/$(@F) && \
	  $(PYTHON) -m venv .build/$(@F) && \
	  .build/$(@F)/bin/pip install --quiet --disable-pip-version-check $(PACKAGES); }
	@mkdir -p $(@D) && echo '$(PACKAGES)' > $@

.build/stamps/release: $(SOURCES) | setup
	$(SWIFT) build $(RELEASE_FLAGS)
	@mkdir -p $(@D)
	@touch $@

$(TUNED_BINARY): $(SOURCES) Sources/setup/tune.sh | setup
	@bash Sources/setup/tune.sh $(SWIFT) $(RELEASE_FLAGS)

.PHONY: deb tarball packages-test docs formats tuned bench-size readers schemathesis spark bench-against bench-jobs help setup build demo test check lint format sample soak bench bench-serve bench-stages bench-scale quality install uninstall clean packages
