#!/usr/bin/env bash
# Resolves the hashed lock files anew. torch stays out: scripts/setup.sh takes its CPU build first.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
# Against torch's CPU wheel where pip knows a folder with one, so that no CUDA package is locked.
export UV_FIND_LINKS=${UV_FIND_LINKS:-$(.venv/bin/python -m pip config get global.find-links 2>/dev/null || true)}
options=(--quiet --upgrade --generate-hashes --no-header --no-emit-package torch --python-version 3.11)
[ -n "$UV_FIND_LINKS" ] || options+=(--torch-backend cpu)
"$uv" pip compile "${options[@]}" pyproject.toml -o requirements.lock
"$uv" pip compile "${options[@]}" --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
"$uv" pip compile --quiet --upgrade --generate-hashes --no-header --python .venv-rasa bot/requirements.txt -o bot/requirements.lock
