#!/bin/sh
# Rasa fills ${RASA_TOKEN} into bot/credentials.yml from the environment alone; here the token comes as a file.
set -eu
RASA_TOKEN=$(cat "${RASA_TOKEN_FILE:?RASA_TOKEN_FILE is not set: Rasa needs the token that the gateway sends}")
[ -n "$RASA_TOKEN" ] || { echo "RASA_TOKEN_FILE=$RASA_TOKEN_FILE is empty: Rasa needs the token that the gateway sends" >&2; exit 1; }
export RASA_TOKEN
exec scripts/serve-rasa.sh
