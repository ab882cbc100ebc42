"""Prove the gate of this lane step by step, with somebody who pulls cables, and sign the sheet.

The kiosk must not run. Exit code 0: the gate is fit, or the sheet that was checked is genuine; 1: unfit, or a
needed step was left out, or not genuine; 2: nothing could be done.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from drivers.turnstile.commissioning.bench import LoopBack
    from drivers.turnstile.commissioning.control_line import ControlLine
    from kiosk.commissioning.sheet import Sheet
    from sync.signing import SigningKey


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`commission --config FILE [--loop-back ...]`, `commission --check SHEET --key DEVICE.pub.pem`."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--config", type=Path, help="the kiosk's settings file")
    what.add_argument("--check", type=Path, metavar="SHEET", help="check a sheet, and show it")
    parser.add_argument("--key", type=Path, help="with --check: the kiosk's device.pub.pem")
    parser.add_argument(
        "--loop-back",
        default="",
        metavar="WHERE",
        help="where the relay's contact is seen: input:N of its board, cts|dcd|dsr|ri:PORT, read-back, or "
        "person (default: read-back where the board can, else person)",
    )
    parser.add_argument("--turned", action="store_true", help="the direction that the lane can be turned to")
    parser.add_argument("--steps", default="", help="only these, with commas between")
    parser.add_argument("--by", default="", help="who does it, for the sheet")
    parser.add_argument("--pdf", type=Path, help="also as a page to print")


def run(args: argparse.Namespace) -> int:
    """Asks at the terminal; answers may come from a pipe."""
    if args.check:
        return _check(args.check, args.key)
    from kiosk.desk.orders import lane_runs

    try:
        settings = load_settings(args.config)
        if settings.turnstile.protocol == "none":
            print("This lane has no gate: turnstile.protocol is none.", file=sys.stderr)
            return 2
        if args.turned:
            settings = _turned(settings)
        if lane_runs(settings.journal.folder):
            print("The kiosk runs and holds its gate: stop it, then commission.", file=sys.stderr)
            return 2
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or settings.journal.folder}: {error.strerror}", file=sys.stderr)
        return 2
    return _commission(settings, args)


def _turned(settings: Settings) -> Settings:
    """The same lane, its gate as it is in the other direction. Raises `SettingsError`."""
    from drivers.turnstile.from_settings import lane_gate
    from kiosk.commissioning.sheet import TURNED, gates_of

    lane_gate(settings.turnstile, settings.other_direction, [])
    gate = gates_of(settings).get(TURNED)
    if gate is None:
        raise SettingsError("This lane has one direction: the settings name no other_direction.")
    return settings.model_copy(update={"turnstile": gate})


def _commission(settings: Settings, args: argparse.Namespace) -> int:
    from drivers.turnstile.commissioning.control_line import ControlLineUnusable
    from drivers.turnstile.wiring import UnsuitableSetting
    from kiosk.commissioning.asked import NotPossible, loop_back, steps
    from kiosk.commissioning.sheet import NAME, TURNED
    from kiosk.commissioning.words import text
    from sync.device_key import device_key
    from sync.journal_file import JournalUnavailable
    from sync.signing import KeyUnusable

    try:
        device = device_key(settings.journal.folder)
        chosen = steps(args.steps)
        loop, line = loop_back(args.loop_back, settings.turnstile)
        sheet = _tried(settings, loop, line, chosen, args.by)
        _keep(sheet, settings, device, args.pdf, TURNED if args.turned else NAME)
    except (NotPossible, UnsuitableSetting, ControlLineUnusable, KeyUnusable, JournalUnavailable) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print("\n" + text(sheet, device.public.fingerprint), end="")
    return 0 if sheet.verdict.value == "fit" else 1


def _tried(
    settings: Settings, loop: LoopBack, line: ControlLine | None, chosen: Sequence[str], by: str
) -> Sheet:
    from drivers.turnstile.commissioning.identity import stays, usb_identity
    from drivers.turnstile.commissioning.plan import PLAN
    from drivers.turnstile.commissioning.real import RealBench
    from drivers.turnstile.commissioning.steps import Case, perform
    from drivers.turnstile.protocols.catalogue import configured
    from kiosk.clock_watch import open_folder_clock
    from kiosk.commissioning.asked import watched_json
    from kiosk.commissioning.sheet import Sheet, gate_of
    from kiosk.commissioning.terminal import AtTerminal
    from kiosk.commissioning.words import outcome
    from kiosk.program import VERSION, program

    text = watched_json(settings.turnstile, loop)
    setup, dialect = configured(text)
    person = AtTerminal()
    person.hear(f"Commissioning of {dialect.name}; the contact is seen {loop.says}. Ctrl-C ends it with OFF.")
    stable = dialect.over_network or stays(settings.turnstile.path)
    with RealBench([*program(), "gate-worker", "--watched", text], line, setup.way) as bench:
        case = Case(bench, person, loop, dialect, setup, stable)
        rows = perform(PLAN, case, chosen, lambda row: person.hear("  " + outcome(row)))
    return Sheet(
        settings.lane.station,
        settings.lane.id,
        open_folder_clock(settings.journal.folder)().utc,
        VERSION,
        by[:80],
        gate_of(settings.turnstile),
        "" if dialect.over_network else usb_identity(settings.turnstile.path),
        loop.says,
        tuple(rows),
    )


def _keep(sheet: Sheet, settings: Settings, device: SigningKey, pdf: Path | None, name: str) -> None:
    """In the journal's folder, where `doctor` looks for it; and in the journal, that it was done."""
    from drivers.turnstile.commissioning.steps import Result
    from kiosk.clock_watch import open_folder_clock
    from kiosk.commissioning.sheet import save
    from kiosk.commissioning.words import lines, text
    from kiosk.desk.orders import record_made
    from sync.event_types import GateCommissioned

    folder = settings.journal.folder
    data = save(sheet, device, folder / name)
    (folder / name).with_suffix(".txt").write_text(text(sheet, device.public.fingerprint), encoding="utf-8")
    if pdf is not None:
        from kiosk.reports.sheet_pdf import sheet_pdf

        pdf.write_bytes(sheet_pdf(lines(sheet, device.public.fingerprint)))
    made = GateCommissioned(
        str(sheet.gate["protocol"]),
        sheet.verdict.value,
        tuple(sheet.named(Result.FAIL)),
        tuple(sheet.named(Result.SKIPPED)),
        hashlib.sha256(data).hexdigest(),
    )
    record_made(folder, made, open_folder_clock(folder))


def _check(file: Path, key: Path | None) -> int:
    from kiosk.commissioning.sheet import NotASheet, read
    from kiosk.commissioning.words import text
    from sync.signing import KeyUnusable, load_public

    if key is None:
        print("Name the key of the kiosk that signed it: --key device.pub.pem", file=sys.stderr)
        return 2
    try:
        public = load_public(key)
        print(text(read(file, public), public.fingerprint), end="")
    except NotASheet as error:
        print(f"NOT GENUINE: {error}", file=sys.stderr)
        return 1
    except KeyUnusable as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{file}: {error.strerror}", file=sys.stderr)
        return 2
    return 0
