#!/bin/sh
# Tables, corpus and index first: a new image may bring new ones. Nothing is done where they are up to date.
set -eu
python -m knowledge prepare
exec python -m knowledge serve
