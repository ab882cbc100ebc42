#!/usr/bin/env bash
# Makes a bare Debian 12 ready: system libraries it lacks, .venv from hash-pinned requirements, built texts and tones.
# Does nothing, quickly, when everything is there. Says what to do when it cannot go on.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }

command -v "$PYTHON" >/dev/null || stop "there is no $PYTHON; install it with: apt-get install python3 python3-venv"
"$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop "Python 3.11 or newer is needed, this is $("$PYTHON" -V)"

# --- system libraries -------------------------------------------------------------------------------------------
# library that must load -> package that brings it
libraries=(
  libGL.so.1:libgl1 libEGL.so.1:libegl1 libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0
  libdbus-1.so.3:libdbus-1-3 libglib-2.0.so.0:libglib2.0-0 libxcb-cursor.so.0:libxcb-cursor0
  libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0
  libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libzbar.so.0:libzbar0
)
missing=()
for entry in "${libraries[@]}"; do
  "$PYTHON" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "${entry%%:*}" 2>/dev/null || missing+=("${entry#*:}")
done
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || stop "these are missing and there is no apt-get to install them: ${missing[*]}"
  root=(); [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null || stop "run as root: apt-get install ${missing[*]}"; root=(sudo); }
  say "installing system packages: ${missing[*]}"
  log=$(mktemp)
  { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || { tail -5 "$log" >&2; stop "apt-get could not install them; its last words are above"; }
  rm -f "$log"
fi

# --- virtual environment ----------------------------------------------------------------------------------------
want=$(cat requirements/dev.txt <("$PYTHON" -V) | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/made-from 2>/dev/null)" != "$want" ]; then
  say "making .venv from requirements/dev.txt (a few minutes the first time)"
  rm -f .venv/made-from
  [ -x .venv/bin/python ] || "$PYTHON" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt >&2 ||
    stop "the Python packages could not be installed; is a package registry reachable?"
  echo "$want" >.venv/made-from
fi

# --- built texts and tones --------------------------------------------------------------------------------------
stamp=$(cat kiosk/i18n/*.ts kiosk/i18n/*.py kiosk/sounds/*.py | sha256sum | cut -d' ' -f1)
if [ "$(cat build/made-from 2>/dev/null)" != "$stamp" ]; then
  mkdir -p build
  .venv/bin/python -m kiosk.i18n.build && .venv/bin/python -m kiosk.sounds.build
  echo "$stamp" >build/made-from
fi
