"""Where a code that somebody shows was used in the last 21 days, under every key of the day the hub holds."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from config.moment import system_clock
from kiosk.commands.hub_person import password_from
from kiosk.commands.hub_where import add_where

LONGEST_CODE = 16_384


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`hub lookback --code-file FILE --person LOGIN --reason WHY`."""
    parser.add_argument(
        "--code-file",
        type=Path,
        required=True,
        help="the text of the code as it was read; `-` is standard input",
    )
    parser.add_argument("--person", required=True, help="login of the supervisor who asks")
    parser.add_argument(
        "--reason", required=True, help="why, with the number of the case: 10 to 300 characters"
    )
    parser.add_argument("--password-file", type=Path, help="a file whose first line is the password")
    parser.add_argument(
        "--fingerprints-only", action="store_true", help="print them for the page instead of asking"
    )
    add_where(parser)


def run(args: argparse.Namespace) -> int:
    """0: answered; 1: refused, or the code has no fingerprint. `kiosk.commands.hub` catches the rest."""
    from sync.hub.database import open_database
    from sync.hub.lookback import Lookback, TooOften
    from sync.hub.passwords import Passwords, TooBusy
    from sync.hub.people import Denied, People
    from sync.hub.roles import Right
    from sync.hub.shown_code import fingerprints_of

    engine = open_database(args.data, args.database)
    try:
        asked = People(engine, system_clock, Passwords()).known(
            args.person, password_from(args.password_file) or ""
        )
    except TooBusy:
        return _no("Others sign in just now: try again.")
    if isinstance(asked, Denied):
        return _no(f"Login or password is wrong. The next try has to wait {asked.wait_s:.0f} seconds.")
    if not asked.may(Right.LOOK_BACK):
        return _no(f"{asked.login} is {asked.role.value}: only a supervisor may ask this.")
    reason = " ".join(args.reason.split())
    if not 10 <= len(reason) <= 300 or not reason.isprintable():
        return _no("--reason: 10 to 300 printable characters.")
    identity = identity_in(args.code_file)
    if identity is None:
        return _no(f"{args.code_file}: no health code that can be opened here.")
    fingerprints = fingerprints_of(identity, engine, system_clock)
    if not fingerprints:
        return _no("The hub has no keys of the day: no lane is enrolled with a station.")
    if args.fingerprints_only:
        print("\n".join(one.hex() for one in fingerprints))
        return 0
    try:
        about = (
            f"a code shown at the console, {len(fingerprints)} fingerprints, first {fingerprints[0].hex()}"
        )
        uses = Lookback(engine, system_clock).ask(asked, fingerprints, reason, about)
    except TooOften:
        return _no("You have asked as often as is allowed in an hour.")
    print(json.dumps({"uses": [asdict(use) for use in uses]}, indent=2))
    return 0


def identity_in(file: Path) -> bytes | None:
    """Issuer and signed bytes of the code in a file; whether it is valid does not matter here."""
    from verification.formats.registry import FORMATS
    from verification.snapshot import Snapshot
    from verification.trust.store import TrustList
    from verification.verifier import Verifier

    if str(file) == "-":
        code = sys.stdin.buffer.read(LONGEST_CODE)
    else:
        with file.open("rb") as opened:
            code = opened.read(LONGEST_CODE)
    nothing = Snapshot(TrustList(()), None)
    verifier = Verifier(lambda: nothing, frozenset(FORMATS))
    identity = verifier.verify(code.strip(), system_clock().utc).identity
    return None if identity is None else identity.signed


def _no(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
