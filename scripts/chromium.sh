#!/usr/bin/env bash
# A Chromium for the browser tests: the system's where there is one, Debian's where it may be installed, Playwright's elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
for candidate in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  [ -n "$candidate" ] && [ -x "$candidate" ] && exit
done
.venv/bin/python -c "
from playwright.sync_api import sync_playwright as start
import pathlib, sys
with start() as p: sys.exit(not pathlib.Path(p.chromium.executable_path).exists())" 2>/dev/null && exit
as_root=""; [ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null && { [ -z "$as_root" ] || $as_root true 2>/dev/null; } && apt-cache show chromium >/dev/null 2>&1 || [ -z "$as_root" ]; then
  printf '\033[1m[test]\033[0m installing Chromium for the browser tests …\n'
  $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit
fi
printf '\033[1m[test]\033[0m fetching Playwright’s Chromium for the browser tests …\n'
.venv/bin/python -m playwright install chromium || {
  echo "No Chromium could be installed. Install one (sudo apt-get install chromium) or set CHROMIUM to its path, and run make test again." >&2
  exit 1
}
