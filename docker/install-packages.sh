#!/bin/sh
# Makes an environment from a hashed lock file, at the build of an image.
#   install-packages.sh FOLDER LOCK            everything in the lock
#   install-packages.sh FOLDER LOCK LIST       what the list names and what that needs, in the lock's versions, against its hashes
#   install-packages.sh FOLDER LOCK LIST torch the same, with PyTorch's CPU build first: the lock leaves it out (scripts/setup.sh)
set -eu
folder=$1 lock=$2 list=${3:-} torch=${4:-}
tools=$(mktemp -d)

# uv first, by pip and by its own hashes; it stays in the build stage.
awk '/^uv==/ {on=1} /^[a-z]/ && !/^uv==/ {on=0} on' requirements.lock > "$tools/uv.lock"
python -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes --no-deps -r "$tools/uv.lock"
uv="$tools/bin/uv"
export UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_NO_CACHE=1

"$uv" venv --quiet --python "$(command -v python)" "$folder"
if [ "$torch" = torch ]; then
  "$uv" pip install --python "$folder" --no-deps --torch-backend cpu "$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)"
fi
if [ -n "$list" ]; then
  # uv checks the hashes of a constraints file too, also for what is only needed by something else.
  "$uv" pip install --python "$folder" --constraints "$lock" -r "$list"
else
  "$uv" pip install --python "$folder" --require-hashes --no-deps -r "$lock"
fi
