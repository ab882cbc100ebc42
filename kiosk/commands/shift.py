"""Open and close a shift, show its figures, erase a period early, look back for a code, read notes."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kiosk.commands.iso_time import iso_time_with_zone
from kiosk.desk.erasure import ErasureReason, LookbackReason, valid_case

if TYPE_CHECKING:
    from kiosk.desk.orders import Order
    from kiosk.desk.roster import Officer

FIRST, SECOND = "Supervisor's", "Second supervisor's"
SHORTEST_REFERENCE = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`shift open|close|show|erase|lookback|notes`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    begun = actions.add_parser("open", help="a supervisor opens a shift")
    ended = actions.add_parser("close", help="a supervisor closes the shift")
    show = actions.add_parser("show", help="show the figures of the newest shift, or of the one named")
    show.add_argument("--shift", help="the shift's name, as in S-20261123-0800")
    show.add_argument("--json", action="store_true", help="all figures, for programs")
    erase = actions.add_parser(
        "erase", help="two supervisors erase the payloads of a period before their time"
    )
    erase.add_argument("--from", dest="since", type=iso_time_with_zone, required=True, help="first moment")
    erase.add_argument(
        "--to", dest="until", type=iso_time_with_zone, required=True, help="first moment after it"
    )
    erase.add_argument("--reason", choices=[one.value for one in ErasureReason], required=True)
    back = actions.add_parser("lookback", help="in which crossings of this lane a code was used")
    back.add_argument("--code-file", type=Path, required=True, help="the code's text; `-` is standard input")
    back.add_argument("--reason", choices=[one.value for one in LookbackReason], required=True)
    notes = actions.add_parser("notes", help="read the officers' notes this device keeps about a crossing")
    notes.add_argument("reference", help="nine digits of screen or slip, or the end of the identifier")
    for action in (erase, back):
        action.add_argument("--case", required=True, help="number of the file that holds the why")
    for action in (begun, ended, erase, back, notes):
        action.add_argument(
            "--roster", type=Path, help="the roster (default: the bundle's, else officers.roster)"
        )
        action.add_argument("--stdin", action="store_true", help="read numbers and PINs from standard input")
    for action in (begun, ended, show, erase, back, notes):
        where = action.add_mutually_exclusive_group(required=True)
        where.add_argument("--config", type=Path, help="the kiosk's settings file")
        where.add_argument("--folder", type=Path, help="the journal's folder, without settings")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: done; 1: not allowed, or nothing found; 2: it can't be read or written."""
    from config.settings import SettingsError, load_settings
    from kiosk.desk.roster import RosterError
    from sync.export.place import ExportFailed
    from sync.journal_file import NAME, JournalUnavailable
    from sync.signing import KeyUnusable

    try:
        settings = None if args.config is None else load_settings(args.config)
        folder: Path = args.folder if settings is None else settings.journal.folder
        if not (folder / NAME).is_file():
            print(f"There is no {NAME} in {folder}: name the journal's folder.", file=sys.stderr)
            return 2
        if args.action == "show":
            return _show(folder, args.shift, args.json)
        if "case" in args and not valid_case(args.case):
            return _no("--case: 3 to 40 letters, digits and / . _ - are expected, as in 2026/0117.")
        who = _supervisors(args, folder)
        if who is None:
            return 1
        acts = {"open": _begin, "close": _end, "erase": _erase, "lookback": _look_back, "notes": _notes}
        return acts[args.action](args, folder, who)
    except ExportFailed as error:
        return _no(str(error))
    except (SettingsError, RosterError, JournalUnavailable, KeyUnusable) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2


def _supervisors(args: argparse.Namespace, folder: Path) -> list[Officer] | None:
    from config.settings import load_settings
    from kiosk.clock_watch import open_folder_clock
    from kiosk.commands.console import asked, from_stdin, roster_in_force, signed_in, two_different
    from kiosk.desk.roster import Role

    settings = None if args.config is None else load_settings(args.config)
    roster = roster_in_force(settings, args.roster)
    places = (FIRST, SECOND) if args.action == "erase" else (FIRST,)
    now = open_folder_clock(folder)().utc
    who = signed_in(roster, folder, now, from_stdin if args.stdin else asked, places, Role.SUPERVISOR)
    if who is None or (len(places) == 2 and two_different(who) is None):
        return None
    return who


def _begin(_args: argparse.Namespace, folder: Path, who: list[Officer]) -> int:
    from kiosk.desk.orders import OpenShift
    from kiosk.desk.shift import may_open
    from kiosk.desk.shift_acts import known_shifts
    from sync.journal_reader import JournalReader

    with closing(JournalReader(folder)) as reader:
        no = may_open(who[0], known_shifts(reader))
    return _no(_SHIFT_NO[no]) if no else _order(folder, OpenShift(who[0].id), "The shift is open.")


def _end(_args: argparse.Namespace, folder: Path, who: list[Officer]) -> int:
    from kiosk.desk.orders import CloseShift
    from kiosk.desk.shift import may_close
    from kiosk.desk.shift_acts import known_shifts
    from sync.journal_reader import JournalReader

    with closing(JournalReader(folder)) as reader:
        no = may_close(who[0], known_shifts(reader))
    return _no(_SHIFT_NO[no]) if no else _order(folder, CloseShift(who[0].id), "The shift is closed.")


def _show(folder: Path, name: str | None, as_json: bool) -> int:
    from kiosk.desk.shift_acts import figures_of, known_shifts
    from kiosk.presenters.shift import sheet
    from sync.journal_reader import JournalReader

    with closing(JournalReader(folder)) as reader:
        known = known_shifts(reader)
        shift = next((one for one in reversed(known) if name in (None, one.id)), None)
        if shift is None:
            return _no("There is no such shift here." if name else "No shift was opened here yet.")
        figures, lane = figures_of(reader, shift), reader.kiosk()
    if as_json:
        table = asdict(figures) | {"shift": shift.id, "open": shift.last is None}
        table["overrides"] = {f"{action} {reason}": n for (action, reason), n in figures.overrides.items()}
        print(json.dumps(table, indent=2))
        return 0
    shown = sheet(figures, shift, lane, "en")
    print("\n".join(line for line in (shown.title, *shown.lines, shown.demo) if line))
    for row in shown.rows:
        print(f"{row.label:<30} {row.value}")
    for table_ in shown.tables:
        print(f"\n{table_.title}")
        print("\n".join(f"  {one.words:>7}  {one.label}" for one in table_.counts) or f"  {shown.nothing}")
    print(f"\n{shown.officers_title}")
    print("\n".join(f"  {row.label:<9} {row.value}" for row in shown.officers) or f"  {shown.nothing}")
    for words in shown.notices:
        print(f"! {words}")
    return 0


def _erase(args: argparse.Namespace, folder: Path, who: list[Officer]) -> int:
    from kiosk.desk.orders import EraseEarly
    from sync.export.selecting import select_period
    from sync.journal_reader import JournalReader

    with closing(JournalReader(folder)) as reader:
        chosen = select_period(reader, args.since, args.until)
    order = EraseEarly(who[0].id, who[1].id, args.reason, args.case, chosen.first, chosen.last)
    return _order(folder, order, f"Records {chosen.first} to {chosen.last} are erased; their digests stay.")


def _look_back(args: argparse.Namespace, folder: Path, who: list[Officer]) -> int:
    """The crossings are printed after the question itself was recorded."""
    from kiosk.commands.hub_lookback import identity_in
    from kiosk.desk.lookback import crossings_of, fingerprints_here
    from sync.event_types import LookbackAsked
    from sync.journal_reader import JournalReader

    signed = identity_in(args.code_file)
    if signed is None:
        return _no(f"{args.code_file}: no health code that can be opened here.")
    with closing(JournalReader(folder)) as reader:
        found = crossings_of(reader, fingerprints_here(folder, signed))
    asked = LookbackAsked(who[0].id, args.reason, args.case, len(found))
    code = _order(folder, asked, f"{len(found)} crossings; the question is recorded.", sys.stderr)
    if code == 0:
        print(json.dumps({"crossings": [asdict(one) for one in found]}, indent=2))
    return code


def _notes(args: argparse.Namespace, folder: Path, who: list[Officer]) -> int:
    """The notes are printed after it was recorded that somebody reads them."""
    from kiosk.desk.notes_kept import notes_about
    from sync.event_types import NotesRead
    from sync.journal_reader import JournalReader

    if len(args.reference) < SHORTEST_REFERENCE:
        return _no(
            f"{args.reference}: at least the last {SHORTEST_REFERENCE} signs of a crossing are needed."
        )
    with closing(JournalReader(folder)) as reader:
        found = notes_about(reader, args.reference)
    read = NotesRead(who[0].id, args.reference[:64], len(found))
    code = _order(folder, read, f"{len(found)} notes; that they were read is recorded.", sys.stderr)
    if code == 0:
        print(json.dumps({"notes": [asdict(one) for one in found]}, indent=2, ensure_ascii=False))
    return code


def _order(folder: Path, order: Order, done: str, out: TextIO | None = None) -> int:
    """Left for the lane that runs, or done at once where none does."""
    from kiosk.clock_watch import open_folder_clock
    from kiosk.desk.orders import lane_runs, leave, perform
    from kiosk.desk.shift import readiness
    from sync.device_key import device_key
    from sync.journal import Journal

    stream = out or sys.stdout
    if lane_runs(folder):
        leave(folder, order)
        print(f"Ordered; the lane takes it up within seconds. {done}", file=stream)
        return 0
    clock = open_folder_clock(folder)
    with closing(Journal(folder, clock, device_key(folder))) as journal:
        no = perform(
            order,
            journal,
            folder,
            clock,
            lambda event: journal.append([event], clock().utc),
            readiness(None),
        )
    if no is not None:
        return _no(_SHIFT_NO[no])
    print(done, file=stream)
    return 0


_SHIFT_NO = {
    "not_a_supervisor": "Only a supervisor opens and closes a shift.",
    "open_already": "A shift is open already: close it first.",
    "none_open": "No shift is open.",
}


def _no(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
