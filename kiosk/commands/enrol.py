"""Enrol this kiosk at its hub: shows a code, waits until a person at the hub has compared it."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from sync.enrolling import Begun

TRIES = 3
LOOK_EVERY_S = 1.0
SAID = {
    "refused": "The hub refused: ask there why.",
    "gone": "Nobody decided in time: run this again.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which kiosk, and where its hub is."""
    parser.add_argument("--config", type=Path, help="the kiosk's settings file (default: shipped defaults)")
    parser.add_argument("--hub", metavar="URL", help="where the hub is (default: hub.url of the settings)")
    parser.add_argument("--ca", type=Path, help="the hub's certificate authority (default: hub.ca)")
    parser.add_argument(
        "--out", type=Path, help="gets the hub's key (default: hub.key, or beside the journal)"
    )
    parser.add_argument(
        "--reply", metavar="XXXX", help="hand the running kiosk, which shows its code, the hub's characters"
    )
    parser.add_argument("--desk", action="store_true", help="as a desk of the station's officers, no lane")
    parser.add_argument("--wait", type=float, default=900.0, help="seconds to wait (default: %(default)s)")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: enrolled; 1: refused, or the reply was wrong; 2: it could not be tried."""
    from kiosk.enrolment_watch import enrolling_alone, give_reply, hub_key_file
    from sync.line import NoAnswer
    from sync.process_lock import Busy
    from sync.signing import KeyUnusable

    try:
        settings = load_settings(args.config) if args.config else Settings()
        if args.reply is not None:
            give_reply(settings.journal.folder, args.reply)
            print("Handed to the running kiosk: its screen says what came of it.")
            return 0
        url = args.hub or settings.hub.url
        if not url.startswith(("http://", "https://")):
            print("Say where the hub is: --hub https://...", file=sys.stderr)
            return 2
        authority = args.ca or settings.hub.ca
        if authority is not None and not authority.is_file():
            print(f"{authority} is no file: put the hub's certificate authority there", file=sys.stderr)
            return 2
        settings.journal.folder.mkdir(parents=True, exist_ok=True)
        with enrolling_alone(settings.journal.folder):
            return _enrol(settings, url, authority, args.out or hub_key_file(settings), args.wait, args.desk)
    except Busy:
        print(
            "The running kiosk shows its own code: approve that one, then `main.py enrol --reply XXXX`.",
            file=sys.stderr,
        )
    except (SettingsError, KeyUnusable) as error:
        print(error, file=sys.stderr)
    except NoAnswer as error:
        print(f"{url}: {error}", file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return 2


def _enrol(settings: Settings, url: str, authority: Path | None, out: Path, wait_s: float, desk: bool) -> int:
    from kiosk.program import VERSION
    from sync.device_key import device_key
    from sync.enrolling import PROVED, begin
    from sync.sealing import seal_key
    from sync.session import open_session

    folder, lane = settings.journal.folder, settings.lane
    device, seal = device_key(folder), seal_key(folder)
    with open_session(authority) as session:
        begun = begin(url, lane.id, lane.station, VERSION, device, seal.public, session, desk=desk)
        who = f"{lane.id}, a desk of" if desk else f"{lane.id} of"
        print(f"{who} {lane.station} asks to be enrolled.\n\n    {begun.codes.code}\n")
        print(f"At the hub: main.py hub approve {begun.codes.code} --data DIR", flush=True)
        state = _wait(begun, time.monotonic() + wait_s)
    if state not in ("approved", PROVED):
        print(SAID.get(state, SAID["gone"]), file=sys.stderr)
        return 1
    if state == PROVED:
        print("The hub approved this code; its certificate shows that it is the station's hub.")
    elif not _replied(begun.codes.reply):
        print("That is not what this hub has to show: nothing was changed. Begin again.", file=sys.stderr)
        return 1
    _keep(begun, out)
    print(f"Enrolled. The hub's key {begun.hub.fingerprint} is in {out}. In the settings file:\n")
    print(f'[hub]\nurl = "{url}"\nkey = "{out}"')
    if authority is not None:
        print(f'ca = "{authority}"')
    return 0


def _wait(begun: Begun, until: float) -> str:
    """The hub's last word; a hub that is away for a while is asked again."""
    from sync.line import NoAnswer

    pause = threading.Event()
    while time.monotonic() < until:
        try:
            state = begun.state()
        except NoAnswer:
            state = "waiting"
        if state not in ("waiting", "asked"):
            return state
        pause.wait(LOOK_EVERY_S)
    return "gone"


def _replied(reply: str) -> bool:
    """Whether the person typed what the true hub shows: nobody who stands between can know it.

    Raises EOFError where nobody can type.
    """
    from sync.enrolment import as_typed

    for _ in range(TRIES):
        print("The hub approved and shows four characters. Type them here: ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if as_typed(line) == reply:
            return True
        print("Those are not they.", flush=True)
    return False


def _keep(begun: Begun, out: Path) -> None:
    from sync.signing import write_private

    out.parent.mkdir(parents=True, exist_ok=True)
    write_private(out, begun.hub.pem, mode=0o644)
