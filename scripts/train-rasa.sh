#!/usr/bin/env bash
# Trains Rasa's model where what it is made from has changed since the last time.
set -euo pipefail
cd "$(dirname "$0")/.."
inputs=$(cat config.yml domain.yml bot/requirements.lock $(find bot/data bot/rasa_channel -type f \( -name '*.yml' -o -name '*.py' \) | sort) | sha256sum | cut -c1-16)
[ -f bot/models/rasa.tar.gz ] && [ "$(cat bot/models/.inputs 2>/dev/null)" = "$inputs" ] && exit
printf '\033[1m[rasa]\033[0m training the dialogue model (about half a minute) …\n'
mkdir -p bot/models
log=$(mktemp)
.venv-rasa/bin/python -m bot.run_rasa train --data bot/data --domain domain.yml --config config.yml --out bot/models --fixed-model-name rasa --quiet \
  >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; exit 1; }
rm -f "$log"
echo "$inputs" > bot/models/.inputs
