#!/usr/bin/env bash
# Makes the two environments that Rådgivaren runs in, from hashed lock files, and leaves alone what is up to date.
#   .venv        Python 3.11+  knowledge, actions, gateway, tools
#   .venv-rasa   Python 3.10   Rasa and nothing else (docs/adr/0001)
# usage: scripts/setup.sh [run|dev]     dev adds what tests and checks need
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}
lock=requirements.lock
[ "$kind" = dev ] && lock=requirements-dev.lock

say() { printf '\033[1m[set-up]\033[0m %s\n' "$*"; }
die() { printf '\033[1m[set-up]\033[0m %s\n' "$@" >&2; exit 1; }

# A name on PATH proves nothing: a version manager's shim can stand there with no interpreter behind it.
# So each candidate is run, and must bring what we build on.
find_python() { # find_python 3.10 -> path, or nothing
  local version=$1 candidate
  for candidate in \
    $(ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$version".*/bin/python 2>/dev/null | sort -rV) \
    "$(command -v "python$version" || true)" "$(command -v python3 || true)"; do
    [ -n "$candidate" ] || continue
    "$candidate" -c "import sys, venv, ensurepip, ssl, sqlite3; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null &&
      { echo "$candidate"; return; }
  done
}

stamp_of() { sha256sum "$@" scripts/setup.sh | sha256sum | cut -c1-16; }
done_with() { [ -f "$1/.stamp" ] && [ "$(cat "$1/.stamp")" = "$2" ]; }

main_environment() {
  local stamp python=""
  stamp=$(stamp_of "$lock")
  # The development environment holds everything that running needs.
  done_with .venv "$stamp" && return
  [ "$kind" = run ] && done_with .venv "$(stamp_of requirements-dev.lock)" && return
  for version in 3.11 3.12 3.13; do
    python=$(find_python "$version"); [ -n "$python" ] && break
  done
  [ -n "$python" ] || die "No working Python 3.11, 3.12 or 3.13 found." \
    "Install one with its venv module (Debian/Ubuntu: sudo apt-get install python3 python3-venv) and run make again."
  say "environment for knowledge, actions and gateway (.venv, $("$python" --version)) …"
  [ -x .venv/bin/python ] && .venv/bin/python -c "import pip" 2>/dev/null || { rm -rf .venv; "$python" -m venv .venv; }
  rm -f .venv/.stamp
  say "1/3 uv, which installs the rest"
  awk '/^uv==/ {on=1} /^[a-z]/ && !/^uv==/ {on=0} on' "$lock" > .venv/uv.lock
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
  say "2/3 PyTorch, CPU build (about 200 MB)"
  torch=$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' pyproject.toml)
  .venv/bin/python -c "import importlib.metadata as m, sys; sys.exit(m.version('torch') != '${torch#torch==}+cpu')" 2>/dev/null ||
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps "$torch+cpu" 2>/dev/null ||
    .venv/bin/uv pip install --python .venv --no-deps --torch-backend cpu "$torch" ||
    die "PyTorch's CPU build ($torch) could not be fetched. Check the network, or put its wheel in a folder and set PIP_FIND_LINKS to it."
  say "3/3 packages from $lock"
  uv_install .venv "$lock"
  echo "$stamp" > .venv/.stamp
}

rasa_environment() {
  local stamp python
  stamp=$(stamp_of bot/requirements.lock)
  done_with .venv-rasa "$stamp" && return
  python=$(find_python 3.10)
  say "environment for Rasa (.venv-rasa, ${python:-Python 3.10 fetched by uv}; about 2.5 GB) …"
  rm -rf .venv-rasa
  .venv/bin/uv venv --quiet --python "${python:-3.10}" .venv-rasa ||
    die "Rasa needs Python 3.10, which is not here and could not be fetched." \
        "Install it (pyenv install 3.10, or your distribution's python3.10 and python3.10-venv) and run make again."
  uv_install .venv-rasa bot/requirements.lock
  echo "$stamp" > .venv-rasa/.stamp
}

uv_install() { # uv_install environment lock
  # Compiled now, once: TensorFlow and torch take half a minute longer at every start where Python may not keep its own.
  # uv does not read pip's configuration: hand over the index it names, so that a house with its own mirror needs no second setting.
  local index; index=$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)
  ${index:+env UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"} \
    .venv/bin/uv pip install --python "$1" --require-hashes --no-deps --compile-bytecode -r "$2"
}

main_environment
rasa_environment
