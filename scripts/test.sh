#!/usr/bin/env bash
# `make test`: sets up all that the tests need, then runs every one of them.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\033[1m[test]\033[0m %s\n' "$*"; }

scripts/setup.sh dev
scripts/chromium.sh
scripts/oidc-provider.sh || [ "${CI:-}" != true ]  # without npm the sign-in tests are passed by, aloud
scripts/teams-sim.sh packages || [ "${CI:-}" != true ]  # what draws the cards of Teams
scripts/train-rasa.sh
export RASA_TOKEN=unused ACTIONS_URL=http://127.0.0.1:5055
say "Rasa's data"
.venv-rasa/bin/python -m bot.run_rasa data validate --data bot/data --domain domain.yml --fail-on-warnings --quiet
say "Rasa's stories"
.venv-rasa/bin/python -m bot.run_rasa test core --e2e --model bot/models/rasa.tar.gz --endpoints bot/endpoints.yml \
  --stories tests/rasa/test_stories.yml --fail-on-prediction-errors --no-plot --out build/rasa-test --quiet
unset RASA_TOKEN ACTIONS_URL
export OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false
pytest() { .venv/bin/python -m pytest "$@" || failed=1; }
failed=0
if [ $# -gt 0 ]; then
  pytest "$@"
else
  # Three runs: the browser's driver keeps an event loop of its own in the process, and the real processes want the machine.
  # A file is one worker's from its first test to its last: what a file builds is built once. Files come in the order of
  # tests/conftest.py, slow ones first; xdist's own, by the number of tests, leaves the slowest to the end.
  say "pytest: parts and contracts"
  pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --ignore tests/browser --ignore tests/system
  say "pytest: widget and console in a browser"
  pytest --numprocesses auto --dist loadfile tests/browser
  say "pytest: the four real processes"
  pytest tests/system
fi
exit $failed
