#!/bin/sh
# Proves a bundle where no Python is: bundle_check.sh FOLDER. Runs it with an empty environment and looks at the results.
set -eu
bundle=$(cd "${1:?usage: bundle_check.sh FOLDER}" && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cd "$room"

kiosk() { env -i PATH=/nonexistent "$bundle/checkpoint-kiosk" "$@"; }
fail() { printf 'bundle-check: %s\n' "$*" >&2; exit 1; }
# says WHAT EXPECTED-EXIT-CODE WORD COMMAND...: the command ends with that code and prints that word
says() {
  what=$1 code=$2 word=$3; shift 3
  ended=0; kiosk "$@" >said 2>&1 || ended=$?
  [ "$ended" = "$code" ] || { tail -5 said >&2; fail "$what: exit code $ended instead of $code"; }
  [ -z "$word" ] || grep -q -e "$word" said || { tail -5 said >&2; fail "$what: '$word' is not in what it says"; }
  ! grep -q Traceback said || { tail -5 said >&2; fail "$what: a mistake in the program"; }
  ! grep -q 'Fontconfig error' said || fail "$what: no fonts are set up; install fontconfig-config and fonts-noto-cjk"
  printf '  %s\n' "$what"
}

touch before
says "help" 0 "verify codes" --help
says "a demonstration without a display" 0 "6 of 6" demo --headless --travellers 6 --out demo
grep -q '"expected"' demo/summary.json || fail "the demonstration wrote no summary"
ls demo/screenshots/*.png >/dev/null || fail "the demonstration took no pictures"
! grep -q -i 'qt\.' said || fail "Qt complains: $(grep -i 'qt\.' said | head -1)"
says "its journal proves itself" 0 "" journal verify --folder demo/journal
says "its export too" 0 "" verify-export demo/export
says "without --out it goes to the current folder" 0 "1 of 1" demo --headless --travellers 1
[ -e checkpoint-kiosk-demo/summary.json ] || fail "a demonstration without --out is not in the current folder"

says "an authority" 0 "HK" issue authority --out authority --issuer HK --formats HK1,HC1 --not-a-specimen
says "a trust list" 0 "trust.json" issue trust-list --authority authority --key list.pem --out trust.json
says "a revocation list" 0 "" issue revocation-list --authority authority --key list.pem --out withdrawn.json
says "a colour code" 0 "" issue code --authority authority --format HK1 --colour green --not-a-specimen --png hk.png --out hk.txt
says "a certificate" 0 "" issue code --authority authority --format HC1 --png hc.png --not-a-specimen --out hc.txt
public=$(ls list*.pub.pem list*pub* 2>/dev/null | head -1)
lists="--trust-list trust.json --trust-key $public --revocation withdrawn.json"
# shellcheck disable=SC2086
says "verify admits them, as text and as pictures" 0 '"ADMIT"' verify --json $lists hk.txt hk.png hc.txt hc.png
[ "$(grep -c '"ADMIT"' said)" = 4 ] || fail "verify did not admit all four"
says "verify refers what it has no list for" 1 '"NO_TRUST_LIST"' verify --json hc.png
echo 'https://menu.example/table/9' >menu.txt
says "verify tells a menu from a health code" 1 '"OTHER"' verify --json menu.txt
says "an unreadable input is one line" 2 "nothing.png" verify --json nothing.png
says "settings are checked" 0 "valid" run --check
says "every screen is pictured" 0 "pictures" screenshots --out pictures --only refuse

mkfifo orders reports
gate='{"protocol":"lcus","path":"/nowhere/gate","channel":1,"pulse_ms":400,"max_on_ms":1000,"passage_s":5,"way":"forward"}'
env -i PATH=/nonexistent "$bundle/checkpoint-kiosk" gate-worker "$gate" <orders >reports 2>said &
exec 3>orders 4<reports
read -r greeting <&4 || { tail -5 said >&2; fail "the gate's process does not start"; }
loaded=$(cat "/proc/$!/maps")
exec 3>&- 4<&-
wait
case $loaded in *Qt6* | *cv2* | *numpy*) fail "the gate's process has loaded Qt, OpenCV or NumPy" ;; *libpython*) ;;
  *) fail "the gate's process ended at once, after: $greeting" ;; esac
printf '  the gate has a process of its own, free of Qt, OpenCV and NumPy\n'

written=$(find "$bundle" -newer before | head -1)
[ -z "$written" ] || fail "the bundle writes into its own folder: $written"
[ -e "$bundle/_internal/libzbar.so.0" ] || fail "libzbar does not travel with the bundle"
printf 'bundle-check: %s, all of it runs\n' "$(du -sh --apparent-size "$bundle" | cut -f1)"
