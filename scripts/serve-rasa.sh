#!/usr/bin/env bash
# Rasa, on loopback, with its one channel and nothing else: never --enable-api (docs/adr/0001).
cd "$(dirname "$0")/.."
# Rasa fills ${RASA_TOKEN} into bot/credentials.yml from the environment alone.
if [ -n "${RASA_TOKEN_FILE:-}" ]; then RASA_TOKEN=$(cat "$RASA_TOKEN_FILE") && export RASA_TOKEN; fi
exec .venv-rasa/bin/python -m bot.run_rasa run --model bot/models/rasa.tar.gz --endpoints bot/endpoints.yml \
  --credentials bot/credentials.yml -i "${RASA_HOST:-127.0.0.1}" -p "${RASA_PORT:-5005}" --quiet
