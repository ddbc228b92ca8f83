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
said=$(mktemp -d)  # by what runs beside something else, until that is done
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$said"' EXIT
rasa() { RASA_TOKEN=unused ACTIONS_URL=http://127.0.0.1:5055 .venv-rasa/bin/python -m bot.run_rasa "$@" --quiet; }
rasas_own_tests() {
  rasa data validate --data bot/data --domain domain.yml --fail-on-warnings &&
    rasa test core --e2e --model bot/models/rasa.tar.gz --endpoints bot/endpoints.yml \
      --stories tests/rasa/test_stories.yml --fail-on-prediction-errors --no-plot --out build/rasa-test
}
export OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false
pytest() { .venv/bin/python -m pytest --durations 12 --durations-min 5 "$@"; }
failed=0
if [ $# -gt 0 ]; then
  say "Rasa's data and stories"
  rasas_own_tests
  pytest "$@" || failed=1
else
  # Three runs, since the browser's driver keeps an event loop of its own in the process. The real processes mostly wait,
  # so the browser takes what they leave of the machine, and Rasa's own tests what the first run leaves.
  # A file is one worker's from its first test to its last: what a file builds is built once. Files come in the order of
  # tests/conftest.py, slow ones first; xdist's own, by the number of tests, leaves the slowest to the end. In the browser
  # a test needs no other, and goes to whoever is free.
  rasas_own_tests >"$said/rasa" 2>&1 &
  rasa_tests=$!
  say "pytest: parts and contracts, and beside them Rasa's data and stories"
  pytest --numprocesses auto --dist loadfile --no-loadscope-reorder --ignore tests/browser --ignore tests/system || failed=1
  pytest --numprocesses auto --dist worksteal tests/browser >"$said/browser" 2>&1 &
  browser_tests=$!
  say "pytest: the four real processes, and beside them widget and console in a browser"
  pytest tests/system || failed=1
  say "Rasa's data and stories"
  wait $rasa_tests || failed=1
  cat "$said/rasa"
  say "pytest: widget and console in a browser"
  wait $browser_tests || failed=1
  cat "$said/browser"
fi
exit $failed
