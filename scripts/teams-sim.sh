#!/usr/bin/env bash
# `make teams-sim`: fetches what draws cards (npm, once, into build/), then starts the simulator (docs/teams.md).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -f .env ]; then given=$(export -p); set -a; . ./.env; set +a; eval "$given"; unset given; fi
packages=build/teams-sim
if ! [ -e $packages/node_modules/adaptivecards/dist/adaptivecards.min.js ]; then
  command -v npm >/dev/null || { echo "npm saknas: installera Node.js. / npm is missing: install Node.js." >&2; exit 1; }
  mkdir -p $packages
  npm install --silent --no-audit --no-fund --prefix $packages adaptivecards@3.0.6 markdown-it@15.0.3
fi
[ "${1:-}" = packages ] && exit
exec .venv/bin/python -m tests.sims.teams --libraries $packages/node_modules "$@"
