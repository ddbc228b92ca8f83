#!/usr/bin/env bash
# Rasa, on loopback, with its one channel and nothing else: never --enable-api (docs/adr/0001).
cd "$(dirname "$0")/.."
export PYTHONWARNINGS=ignore SQLALCHEMY_SILENCE_UBER_WARNING=1 TF_CPP_MIN_LOG_LEVEL=3 RASA_TELEMETRY_ENABLED=false
exec .venv-rasa/bin/rasa run --model bot/models/rasa.tar.gz --endpoints bot/endpoints.yml --credentials bot/credentials.yml \
  -i "${RASA_HOST:-127.0.0.1}" -p "${RASA_PORT:-5005}" --log-level warning
