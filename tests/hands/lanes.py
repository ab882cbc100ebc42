"""A lane for these stories: two directions, made-up officers, and a folder in the place of a stick."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Roster, save_roster
from kiosk.desk.roster import Role as Rank
from tests.flows.live_lane import ROOT, LiveLane
from verification.evidence import Colour, Use
from verification.issuing.authority import found_authority
from verification.issuing.colour_code import ColourCode, issue
from verification.revocation import station_list as revocation_list
from verification.signed_lists import sign_apart

OFFICER, OFFICER_PIN = "O-17", "295038"
SECOND, SECOND_PIN = "O-18", "517264"
SUPERVISOR, SUPERVISOR_PIN = "O-21", "640917"
"""People and PINs made up for this morning."""
WITHDRAWN = 7
"""The place of a code on its issuer's status list."""

DOOR = """
import sys
from pathlib import Path

sys.path.insert(0, {root!r})
import kiosk.program

kiosk.program.program = lambda: [sys.executable, __file__]
if sys.argv[1:2] == ["export"]:
    import sync.export.sticks as sticks

    here = Path({stick!r})
    sticks.sticks_here = lambda: [sticks.Stick(here, read_only=False)] if here.is_dir() else []
from kiosk.commands.door import main

raise SystemExit(main(sys.argv[1:]))
"""
"""`main.py` on a machine where a folder, while it is there, is mounted as a stick."""


def made_up_roster(file: Path) -> None:
    """An officer with a key for the desk, another one without, and a supervisor."""
    public, sealed = new_officer_key(OFFICER, OFFICER_PIN)
    officer = Officer(OFFICER, Rank.OFFICER, hash_pin(OFFICER_PIN), None, public, sealed)
    second = Officer(SECOND, Rank.OFFICER, hash_pin(SECOND_PIN))
    supervisor = Officer(SUPERVISOR, Rank.SUPERVISOR, hash_pin(SUPERVISOR_PIN))
    save_roster(file, Roster((officer, second, supervisor)))


def lane_in(folder: Path, surroundings: dict[str, str], width: int, height: int) -> LiveLane:
    """A lane that was not started yet. Its stick is `folder/stick`."""
    folder.mkdir()
    (folder / "stick").mkdir()
    lane = LiveLane(folder)
    lane.surroundings = surroundings
    lane.door = folder / "door.py"
    lane.door.write_text(DOOR.format(root=str(ROOT), stick=str(folder / "stick")), encoding="utf-8")
    made_up_roster(folder / "roster.json")
    words = lane.settings.read_text(encoding="utf-8")
    words = words.replace("width = 1080\nheight = 1920", f"width = {width}\nheight = {height}")
    lane.settings.write_text(f'{words}[officers]\nroster = "roster.json"\n', encoding="utf-8")
    return lane


def both_ways(lane: LiveLane) -> None:
    """Officers can turn it."""
    policy = json.loads((lane.folder / "policy.json").read_text(encoding="utf-8"))
    back = lane.folder / "back.json"
    back.write_text(json.dumps({**policy, "name": "the-other-way", "direction": "to_mainland"}))
    (lane.folder / "back.json.sig").write_bytes(sign_apart(back.read_bytes(), lane.lists_key))
    with lane.settings.open("a", encoding="utf-8") as settings:
        settings.write(
            '[other_direction]\ndirection = "to_mainland"\npolicy = "back.json"\nway_out = "left"\n'
        )


def with_printer(lane: LiveLane, printer: Path) -> None:
    """A slip printer is at the lane, and one code is withdrawn."""
    withdrawn = {"MO": frozenset({WITHDRAWN})}
    (lane.folder / "revoked.json").write_bytes(
        revocation_list.write(
            [], [("MO1", "MO")], "test station", datetime.now(UTC), lane.lists_key, withdrawn
        )
    )
    with lane.settings.open("a", encoding="utf-8") as settings:
        settings.write(f'[printer]\nkind = "serial"\npath = "{printer}"\n')


def withdrawn_code(lane: LiveLane) -> str:
    """Well signed, green, and on the revocation list: refused, and an officer is to say why."""
    return _own_code(lane, status=WITHDRAWN)


def code_for_one_crossing(lane: LiveLane) -> str:
    """Green, and used up by whoever passes with it."""
    return _own_code(lane, use=Use.SINGLE)


def strangers_code(lane: LiveLane) -> str:
    """Signed by somebody whom no trust list knows: referred."""
    return lane.code(found_authority("MO", frozenset({"MO1"}), datetime.now(UTC), demo=False))


def yesterdays_code(lane: LiveLane) -> str:
    """Well signed, and over: refused."""
    return _own_code(lane, hours=-24)


def _own_code(lane: LiveLane, hours: int = 6, status: int | None = None, use: Use = Use.MULTIPLE) -> str:
    """By the authority of the lane's own trust list, good for so many hours more."""
    ends = datetime.now(UTC) + timedelta(hours=hours)
    code = ColourCode(
        prefix="MO1",
        cti=os.urandom(16),
        issued_at=ends - timedelta(hours=6, minutes=1),
        expires_at=ends,
        colour=Colour.GREEN,
        status=status,
        use=use,
    )
    return issue(code, lane.authority)
