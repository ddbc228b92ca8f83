#!/usr/bin/env bash
# `make run`: sets up what is missing, starts the four processes, waits until they can answer, prints the addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
# What stands in front of `make run` goes before .env: GATEWAY_PORT=8081 make run.
if [ -f .env ]; then given=$(export -p); set -a; . ./.env; set +a; eval "$given"; unset given; fi

scripts/setup.sh run
scripts/train-rasa.sh
export RADGIVAREN_DATA=${RADGIVAREN_DATA:-./data}
# FAISS and torch on many small questions: a second thread only waits for the first (half the throughput).
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 OMP_WAIT_POLICY=PASSIVE TOKENIZERS_PARALLELISM=false

export RADGIVAREN_RUN=$RADGIVAREN_DATA/run; mkdir -p "$RADGIVAREN_RUN"
export GATEWAY_PORT=${GATEWAY_PORT:-8080} KNOWLEDGE_PORT=${KNOWLEDGE_PORT:-8000} ACTIONS_PORT=${ACTIONS_PORT:-5055} RASA_PORT=${RASA_PORT:-5005}
export KNOWLEDGE_URL=${KNOWLEDGE_URL:-http://127.0.0.1:$KNOWLEDGE_PORT} ACTIONS_URL=${ACTIONS_URL:-http://127.0.0.1:$ACTIONS_PORT}
export RASA_URL=${RASA_URL:-http://127.0.0.1:$RASA_PORT}
if [ -z "${RASA_TOKEN:-}${RASA_TOKEN_FILE:-}" ]; then RASA_TOKEN=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(32))'); fi
export RASA_TOKEN
exec .venv/bin/python scripts/start.py
