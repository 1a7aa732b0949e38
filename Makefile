# Treadle from a bare clone: every target sets up what it needs by itself (requirements/install.py; quiet, once).
SHELL := /bin/sh
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
SOURCES := $(wildcard app.py functions shared stacks local treadle samples bench tests requirements)
GROUPS := core tables learning scoring admission stacks local treadle samples tests check
BENCHES := $(patsubst bench/%.py,%,$(wildcard bench/[a-z]*.py))
COMPILE := .venv/bin/uv pip compile -q --generate-hashes --no-header --fork-strategy fewest
.DEFAULT_GOAL := help
PROOFS := interleave mutants chaos-kill chaos-reply chaos-throttle events fake-is-engine fidelity
PROVE = $(PYTHON) -m tests.proofs.$(subst -,_,$@) $(if $(N),--count $(N)) $(if $(SEED),--seed $(SEED)) \
	$(if $(ENGINE),--engine $(ENGINE)) $(if $(WHOLE),--whole)
.PHONY: help ready demo up down test test-all check format synth bench deploy destroy pins clean $(PROOFS)

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1	/p' Makefile | expand -t 18

ready: ## set up .venv and node_modules (every other target does it by itself)
	@for python in python3 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python requirements/install.py; fi; done; \
	echo "treadle: needs Python 3.11 or newer with venv: install python3.13 (on Debian python3-venv too), then run make again" >&2; exit 1

demo: ready ## turn the whole wheel on real data, in a cloud of its own
	@$(PYTHON) -m samples.demo flights

up: ready synth ## the embedded cloud in the background; FRESH=1 starts empty
	@$(PYTHON) -m local up $(if $(FRESH),--fresh)

down: ready ## end the embedded cloud; what was registered, trained or uploaded stays
	@$(PYTHON) -m local down

test: ready ## the quick tier of every suite
	@$(PYTEST) -n 2 -m "not slow"

test-all: ready check ## every test, the slow ones too, and every proof at its whole size
	@$(PYTEST) -n 2 --hypothesis-profile=thorough
	@$(MAKE) --no-print-directory WHOLE=1 $(PROOFS)
	@$(MAKE) --no-print-directory WHOLE=1 ENGINE=fake interleave

interleave: ready ## prove: 8 actors at once, N=1000 seeded schedules from SEED=1; ENGINE=fake in memory
	@$(PROVE)

mutants: ready ## prove: each condition, audit write and fence taken out is noticed; SEED=1
	@$(PROVE)

chaos-kill: ready synth ## prove: SIGKILL before and after each call of the story; 30 of them, WHOLE=1 all
	@$(PROVE)

chaos-reply: ready synth ## prove: the reply of every write lost, once and twice; WHOLE=1 all
	@$(PROVE)

chaos-throttle: ready synth ## prove: a fifth of all calls throttled, conflicting or failing
	@$(PROVE)

events: ready synth ## prove: N=1000 uploads told of 1 to 5 times, shuffled, 1 % lost; WHOLE=1 through a cloud's queue too
	@$(PROVE)

fake-is-engine: ready ## prove: the registry in memory answers N=2000 command sequences as DynamoDB does
	@$(PROVE)

fidelity: ready ## prove: the local engines differ from AWS exactly as docs/local.md says
	@$(PROVE)

check: ready ## lint, format, types, imports, architecture
	@.venv/bin/ruff check --quiet $(SOURCES)
	@.venv/bin/ruff format --check --quiet $(SOURCES)
	@.venv/bin/mypy $(SOURCES)
	@.venv/bin/lint-imports --no-logo
	@$(PYTEST) -q tests/architecture

format: ready ## write the format and the fixes that are safe
	@.venv/bin/ruff check --quiet --fix $(SOURCES)
	@.venv/bin/ruff format --quiet $(SOURCES)

synth: ready ## the CloudFormation templates into cdk.out, offline; nothing when they are current
	@$(PYTHON) -m stacks.synth

bench: ready ## every benchmark, one after the other
	@for module in $(BENCHES); do $(PYTHON) -m bench.$$module || exit 1; done

deploy: ready ## build the layers and deploy with the CDK; says what is missing
	@$(PYTHON) -m stacks.deploy deploy

destroy: ready ## undo make deploy
	@$(PYTHON) -m stacks.deploy destroy

pins: ready ## newest versions that work together into requirements.txt and the layers' lists
	@$(COMPILE) --universal --no-annotate --upgrade --group setup pyproject.toml -o requirements/uv.txt
	@$(COMPILE) --universal --upgrade $(addprefix --group ,$(GROUPS)) pyproject.toml -o requirements.txt
	@$(PYTHON) -m stacks.layers.pins

clean: ## all that was made here; ends the embedded cloud first
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m local down; fi
	@rm -rf .venv node_modules cdk.out .treadle .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
