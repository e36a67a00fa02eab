# Everything one does with Vårdrum. Needs Python 3.11 or newer, make and git; installs all else.
PYTHON ?= python3
BIN := .venv/bin
CODE := functions media_container local tests tools

# `make run PORT=9000`; a PORT of the shell's environment is somebody else's.
ifeq ($(origin PORT),command line)
export VARDRUM_PORT := $(PORT)
endif

UNIT := $(filter-out tests/integration/ tests/e2e/ tests/bench/,$(wildcard tests/*/))
# What shares neither ports nor state runs on two cores, a file at a time; what takes times runs after it, with nothing beside it.
UNIT_AT_ONCE = $(BIN)/python -m pytest -q -n 2 --dist loadfile -m "not measured and not timed" $(UNIT)
UNIT_TIMED = $(BIN)/python -m pytest -q -m "timed and not measured" $(UNIT)

.PHONY: help run setup setup-tests test test-unit test-integration test-e2e test-soak test-networks test-web check format \
	package bench-join bench-cold bench-booking bench-media bench-saturation bench-latency pictures audit lock clean

help:  ## what there is
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 20

run: setup  ## everything on this machine: PORT SIM_PORT MEDIA_HTTP_PORT MEDIA_UDP_PORT AWS_PORT MEDIA_NODES=2 RESET=1
	@exec $(BIN)/python -m local

setup:  ## install and build what is missing or has changed
	@$(PYTHON) -m tools.setup

setup-tests:
	@$(PYTHON) -m tools.setup --tests

test: setup-tests  ## all tests: web client, unit, integration, browser
	@failed=0; \
	(cd web && ../$(BIN)/npm --silent test) || failed=1; \
	$(UNIT_AT_ONCE) || failed=1; \
	$(UNIT_TIMED) || failed=1; \
	$(BIN)/python -m pytest tests/integration tests/e2e || failed=1; \
	MEDIA_HOT_PATH=python $(BIN)/python -m pytest tests/integration/media || failed=1; \
	exit $$failed

test-unit: setup
	@failed=0; $(UNIT_AT_ONCE) || failed=1; $(UNIT_TIMED) || failed=1; exit $$failed

test-integration: setup-tests
	@$(BIN)/python -m pytest tests/integration
	@MEDIA_HOT_PATH=python $(BIN)/python -m pytest tests/integration/media

test-e2e: setup-tests
	@$(BIN)/python -m pytest tests/e2e

test-soak: setup  ## 2,000 people come to a media node and go, by either packet path; figures as JSON
	@MEDIA_HOT_PATH=python SOAK_JOINS=2000 $(BIN)/python -m pytest -q -s tests/integration/media/test_soak.py
	@SOAK_JOINS=2000 $(BIN)/python -m pytest -q -s tests/integration/media/test_soak.py

test-networks: setup-tests  ## bad networks and hand-over between browsers, against the goals of docs/media.md
	@HAND_OVER_GOALS=1 $(BIN)/python -m pytest -q -s -m "" tests/e2e/test_bad_networks.py tests/e2e/test_hand_over.py

test-web: setup
	@cd web && ../$(BIN)/npm --silent test

check: setup  ## all that can be checked without running: style, types, import arrows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(CODE)
	PYTHONPATH=functions:media_container:. $(BIN)/lint-imports
	cd web && ../$(BIN)/npm --silent run check

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd web && ../$(BIN)/npm --silent run format

package: setup  ## build/package: what is deployed; STAGE=dev, staging or prod
	@$(BIN)/python -m tools.packaging

bench-join: setup-tests  ## click to first remote frame
	@PYTHONPATH=functions:media_container:. $(BIN)/python -m tests.bench.bench_join

bench-cold: setup  ## what the functions import at a cold start
	@$(BIN)/python -m tests.bench.bench_cold

bench-booking: setup  ## round trips of a booking, the start page's cost, bookings imported a second, booking to SMS
	@PYTHONPATH=functions:media_container:. $(BIN)/python -m tests.bench.bench_booking

bench-media: setup  ## CPU per forwarded packet
	@$(BIN)/python -m tests.bench.bench_media

bench-saturation: setup  ## calls and packets that one core carries
	@$(BIN)/python -m tests.bench.bench_saturation

bench-latency: setup  ## what a packet waits for, memory and CPU of a participant
	@$(BIN)/python -m tests.bench.bench_latency

pictures: setup-tests  ## the pictures in README, from the running product
	@PYTHONPATH=functions:media_container:. $(BIN)/python -m tests.e2e.make_pictures

audit: setup  ## known faults of all that is pinned (asks osv.dev), and its bill in build/sbom.json
	@$(BIN)/python -m tools.audit

lock: setup  ## write down the exact packages that are installed
	@$(PYTHON) -m tools.lock

clean:  ## remove all that was made, data of the local stack included
	rm -rf .venv .venv-aws .local build web/node_modules web/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf media_container/native/build media_container/native/*.egg-info
