#!/usr/bin/env bash
# Makes a bare Debian 12 ready: system libraries it lacks, .venv from hash-pinned requirements, built texts and tones.
# `setup.sh bundle` adds what building the bundle needs, `setup.sh test` what only tests and benchmarks need,
# `setup.sh hands` an X display and hands for it, `setup.sh voices` the machine's voice for spoken prompts. Does
# nothing, quickly, when everything is there; when it cannot go on it says in one line what to do.
set -euo pipefail
cd "$(dirname "$0")/.."
PYTHON=${PYTHON:-python3}
say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
last_word() { grep -E '^(E:|ERROR|Error|sudo:)' "$log" | tail -1 || tail -1 "$log"; }

command -v "$PYTHON" >/dev/null || stop "there is no $PYTHON; install it with: apt-get install python3 python3-venv"
version=$("$PYTHON" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3]); sys.exit(sys.version_info < (3, 11))') ||
  stop "Python 3.11 or newer is needed, $PYTHON is ${version:-broken}; name another with: make PYTHON=python3.11"

# --- system libraries -------------------------------------------------------------------------------------------
# library that must load : package that brings it
needed=(
  libGL.so.1:libgl1 libEGL.so.1:libegl1 libfontconfig.so.1:libfontconfig1 libxkbcommon.so.0:libxkbcommon0
  libdbus-1.so.3:libdbus-1-3 libglib-2.0.so.0:libglib2.0-0 libxcb-cursor.so.0:libxcb-cursor0
  libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-shape.so.0:libxcb-shape0
  libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libzbar.so.0:libzbar0
)
[ "${1:-}" = bundle ] && needed+=("libpython${version%.*}.so.1.0:libpython${version%.*}")
mapfile -t missing < <("$PYTHON" - "${needed[@]}" <<'END'
import ctypes
import importlib.util
import sys

for library, package in (entry.split(":") for entry in sys.argv[1:]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
    print("python3-venv")
END
)
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || missing+=(fonts-noto-cjk)
[ "${1:-}" != voices ] || command -v espeak-ng >/dev/null || missing+=(espeak-ng)
[ "${1:-}" != bundle ] || command -v objdump >/dev/null || missing+=(binutils)
# program that tests start and stop themselves : package that brings it
tested_with=(
  "/usr/lib/postgresql/*/bin/postgres:postgresql" /usr/bin/chromium:chromium /usr/bin/chromedriver:chromium-driver
  /usr/bin/openssl:openssl /usr/bin/espeak-ng:espeak-ng /usr/bin/strace:strace
)
if [ "${1:-}" = hands ]; then  # a display of its own, hands on it, an eye, and who tells where keys are
  for entry in Xvfb:xvfb xdotool:xdotool import:imagemagick dbus-daemon:dbus-daemon \
    /usr/libexec/at-spi-bus-launcher:at-spi2-core; do
    command -v "${entry%:*}" >/dev/null || missing+=("${entry##*:}")
  done
  /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || missing+=(python3-gi gir1.2-atspi-2.0)
fi
if [ "${1:-}" = test ]; then
  for entry in "${tested_with[@]}"; do
    compgen -G "${entry%:*}" >/dev/null || missing+=("${entry##*:}")
  done
fi
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || stop "missing, and there is no apt-get to install them: ${missing[*]}"
  root=(); [ "$(id -u)" = 0 ] || root=(sudo)
  [ ${#root[@]} = 0 ] || command -v sudo >/dev/null || stop "as root, please, then again: apt-get install ${missing[*]}"
  say "installing system packages: ${missing[*]}"
  "${root[@]}" apt-get update -qq >"$log" 2>&1 || true  # what was known before may do
  no_server=/etc/postgresql-common/createcluster.d/checkpoint-kiosk.conf  # the programs, no database of the machine's own
  [[ " ${missing[*]} " != *" postgresql "* ]] ||
    echo 'create_main_cluster = false' | "${root[@]}" install -D -m 644 /dev/stdin "$no_server"
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" \
    >>"$log" 2>&1 </dev/null || stop "apt-get could not install them; is a package registry reachable? $(last_word)"
  "${root[@]}" rm -f "$no_server"
fi

# --- virtual environment ----------------------------------------------------------------------------------------
want=$({ cat requirements/dev.txt; echo "$version $PWD"; } | sha256sum | cut -d' ' -f1)
if [ "$(cat .venv/made-from 2>/dev/null)" != "$want" ]; then
  say "making .venv from requirements/dev.txt (a few minutes the first time)"
  rm -f .venv/made-from
  [ "$(.venv/bin/python -c 'import pip, sys; print("%d.%d.%d" % sys.version_info[:3], sys.prefix)' 2>/dev/null)" = "$version $PWD/.venv" ] ||
    "$PYTHON" -m venv --clear .venv >"$log" 2>&1 || stop "no virtual environment could be made in .venv: $(last_word)"
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt >"$log" 2>&1 </dev/null ||
    stop "pip could not install the Python packages; is a package registry reachable? $(last_word)"
  echo "$want" >.venv/made-from
fi

# --- built texts and tones --------------------------------------------------------------------------------------
stamp=$(cat kiosk/i18n/*.ts kiosk/i18n/*.py kiosk/sounds/*.py drivers/signals/*.py | sha256sum | cut -d' ' -f1)
if [ "$(cat build/made-from 2>/dev/null)" != "$stamp" ]; then
  mkdir -p build
  .venv/bin/python -m kiosk.i18n.build && .venv/bin/python -m kiosk.sounds.build
  echo "$stamp" >build/made-from
fi
# Placeholders for people's recordings (docs/signals.md), only where a voice is installed.
if command -v espeak-ng >/dev/null; then
  spoken=$(cat kiosk/sounds/*.toml kiosk/sounds/*.py kiosk/i18n/*.ts verification/reasons.toml | sha256sum | cut -d' ' -f1)
  if [ "$(cat build/voices/made-from 2>/dev/null)" != "$spoken" ]; then
    .venv/bin/python -m kiosk.sounds.voices >"$log" 2>&1 && echo "$spoken" >build/voices/made-from ||
      say "no spoken prompts: $(tail -1 "$log")"
  fi
fi
