#!/usr/bin/env bash
# The OpenID provider that the console's tests sign in at (tests/console/oidc), in build/oidc-provider. Needs npm.
set -euo pipefail
cd "$(dirname "$0")/.."
from=tests/console/oidc into=build/oidc-provider
say() { printf '\033[1m[test]\033[0m %s\n' "$*"; }

stamp=$(cat "$from/package.json" "$from/package-lock.json" | sha256sum | cut -c1-16)
[ -f "$into/.stamp" ] && [ "$(cat "$into/.stamp")" = "$stamp" ] && exit
if ! command -v npm >/dev/null; then
  as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo -n"
  if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; }; then
    say "installing Node.js for the sign-in tests …"
    $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null
  fi
fi
command -v npm >/dev/null || {
  echo "No npm found. Install Node.js 20 or later (sudo apt-get install nodejs npm) and run make test again." >&2
  exit 1
}
say "the OpenID provider of the sign-in tests …"
mkdir -p "$into"
cp "$from/package.json" "$from/package-lock.json" "$into/"
npm ci --prefix "$into" --silent --no-audit --no-fund --ignore-scripts
echo "$stamp" > "$into/.stamp"
