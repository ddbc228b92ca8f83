#!/usr/bin/env bash
# Rasa, on loopback, with its one channel and nothing else: never --enable-api (docs/adr/0001).
cd "$(dirname "$0")/.."
exec .venv-rasa/bin/python -m bot.run_rasa run --model bot/models/rasa.tar.gz --endpoints bot/endpoints.yml \
  --credentials bot/credentials.yml -i "${RASA_HOST:-127.0.0.1}" -p "${RASA_PORT:-5005}" --quiet
