"""Write a shift or a period as one signed archive, to a new folder or to the stick that is put in."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from kiosk.commands.iso_time import iso_time_with_zone

if TYPE_CHECKING:
    from sync.export.layout import Progress
    from sync.export.selecting import Selection
    from sync.journal_reader import JournalReader


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`export --folder JOURNAL (--to NEW-FOLDER | --to-stick) [--shift NAME | --from T --until T]`."""
    parser.add_argument("--folder", type=Path, required=True, help="the journal's folder")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", type=Path, help="new folder to make")
    where.add_argument("--to-stick", action="store_true", help="a new folder on the USB stick that is put in")
    parser.add_argument("--shift", help="one shift by its name; `last` for the newest")
    parser.add_argument("--from", dest="since", type=iso_time_with_zone, help="first moment of a period")
    parser.add_argument("--until", type=iso_time_with_zone, help="first moment behind the period")
    parser.add_argument("--first", type=int, help="first record by number (default: the oldest)")
    parser.add_argument("--last", type=int, help="last record by number (default: the newest)")
    parser.add_argument("--no-report", action="store_true", help="without the printable report")
    parser.add_argument("--officer", default="", help="service number of the supervisor, for the record")
    parser.add_argument(
        "--progress", action="store_true", help="say how far it is, as JSON lines, for programs"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0: saved; 1: cancelled; 2: not saved. Ctrl-C and SIGTERM cancel: nothing is left behind."""
    from kiosk.desk.roster import valid_id
    from kiosk.practice.place import is_practice
    from sync.device_key import FILE
    from sync.export.place import Cancelled, ExportFailed
    from sync.journal_file import NAME, JournalUnavailable
    from sync.signing import KeyUnusable

    say = _say_json if args.progress else _say_words
    if is_practice(args.folder):
        say({"failed": "practice", "words": "These records are of practice: they are not exported."})
        return 2
    for needed in (NAME, FILE):
        if not (args.folder / needed).is_file():
            print(f"There is no {needed} in {args.folder}: name the journal's folder.", file=sys.stderr)
            return 2
    chosen = [
        args.shift is not None,
        bool(args.since or args.until),
        args.first is not None or args.last is not None,
    ]
    if sum(chosen) > 1 or (args.officer and not valid_id(args.officer)):
        print("Name a shift, or a period, or records by number; an officer as in S-1.", file=sys.stderr)
        return 2
    stopped: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        return _export(args, say, stopped)
    except Cancelled as cancelled:
        say({"failed": "cancelled", "words": str(cancelled)})
        return 1
    except ExportFailed as error:
        say({"failed": error.what, "words": str(error)})
        return 2
    except (JournalUnavailable, KeyUnusable) as error:
        say({"failed": "other", "words": str(error)})
        return 2
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _export(args: argparse.Namespace, say: Callable[[dict[str, object]], None], stopped: list[int]) -> int:
    import hashlib

    from config.priority import after_everything_else
    from kiosk.clock_watch import advice, open_folder_clock
    from kiosk.desk.orders import record_made
    from sync.device_key import device_key
    from sync.event_types import ExportMade
    from sync.export.archive import export
    from sync.export.layout import MANIFEST, About
    from sync.export.place import Cancelled
    from sync.journal_reader import JournalReader

    if args.progress:
        after_everything_else()  # the lane goes on beside it
    clock = open_folder_clock(args.folder)
    if not clock.works:
        print(f"The time of this export is not to be relied on. {advice(clock.status)}", file=sys.stderr)
    with closing(JournalReader(args.folder)) as reader:
        chosen, lane = _selection(reader, args), reader.kiosk()
    at = clock().utc
    destination = _on_the_stick(lane, chosen, at.strftime("%Y%m%d-%H%M%S")) if args.to_stick else args.to
    report = None
    if not args.no_report:
        from kiosk.reports.pdf import PrintedReport

        report = PrintedReport(lane, of_shift=chosen.subject.kind is About.SHIFT)

    def watch(progress: Progress) -> None:
        if stopped:
            raise Cancelled
        say({"stage": progress.stage.value, "done": progress.done, "total": progress.total})

    done = export(
        args.folder,
        destination,
        device_key(args.folder),
        at,
        first=chosen.first,
        last=chosen.last,
        subject=chosen.subject,
        companion=report,
        watch=watch,
    )
    digest = hashlib.sha256((done.folder / MANIFEST).read_bytes()).hexdigest()
    place, about = "stick" if args.to_stick else "folder", chosen.subject.kind.value
    record_made(
        args.folder, ExportMade(args.officer, about, done.first, done.last.sequence, digest, place), clock
    )
    words = f"Saved records {done.first} to {done.last.sequence} in {done.folder}. You may remove the stick."
    say({"saved": str(done.folder), "words": words})
    return 0


def _selection(reader: JournalReader, args: argparse.Namespace) -> Selection:
    from kiosk.desk.shift_acts import known_shifts
    from sync.export.layout import About, Subject
    from sync.export.place import ExportFailed
    from sync.export.selecting import Selection, select_period

    if args.shift is not None:
        known = known_shifts(reader)
        shift = next((one for one in reversed(known) if args.shift in ("last", one.id)), None)
        if shift is None:
            raise ExportFailed("There is no such shift here: `shift show` names the newest.")
        return Selection(shift.first, shift.last or reader.last(), Subject(About.SHIFT, shift=shift.id))
    if args.since or args.until:
        return select_period(reader, args.since, args.until)
    oldest = reader.records(0, 1, 1)
    first = args.first if args.first is not None else oldest[0].sequence if oldest else 1
    return Selection(first, reader.last() if args.last is None else args.last, Subject(About.RECORDS))


def _on_the_stick(lane: str, chosen: Selection, now: str) -> Path:
    """A new folder on the one stick there is, without what an export of this lane left there half-made.

    Raises `ExportFailed`.
    """
    from sync.export.place import ExportFailed, clear_half_made
    from sync.export.sticks import sticks_here

    found = sticks_here()
    if not found:
        raise ExportFailed("There is no stick: put one in and try again.", "no_stick")
    if len(found) > 1:
        names = ", ".join(str(one.place) for one in found)
        raise ExportFailed(f"There is more than one stick ({names}): leave only one in.", "many_sticks")
    if found[0].read_only:
        raise ExportFailed(f"{found[0].place} is locked: slide the stick's lock, or take another.", "locked")
    ours = f"checkpoint-{lane or 'lane'}-"
    clear_half_made(found[0].place, ours)
    name = chosen.subject.shift or f"{chosen.first}-{chosen.last}"
    return found[0].place / f"{ours}{name}-{now}"


def _say_json(said: dict[str, object]) -> None:
    print(json.dumps(said), flush=True)


def _say_words(said: dict[str, object]) -> None:
    if "words" in said:
        print(said["words"], file=sys.stderr if "failed" in said else sys.stdout)
