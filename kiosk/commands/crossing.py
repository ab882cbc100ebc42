"""Find a crossing again by the reference on a slip or a screen, and print its slip."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings
    from kiosk.desk.crossing_found import Found

LANGUAGES = ("zh_HK", "zh_CN", "en", "pt")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("reference", help="nine digits, as in '706 649 303'; spaces do not matter")
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--config", type=Path, help="the kiosk's settings file")
    where.add_argument("--folder", type=Path, help="the journal's folder, without settings")
    parser.add_argument("--slip", type=Path, metavar="FILE", help="write the slip as PDF (A6), to be printed")
    parser.add_argument("--language", choices=LANGUAGES, default="zh_HK", help="of the slip")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: found; 1: there is no such crossing here, or no slip of it; 2: it can't be read."""
    from config.settings import Settings, SettingsError, load_settings
    from kiosk.desk.crossing_found import found_by
    from kiosk.reference import read_reference
    from sync.journal_file import JournalUnavailable
    from sync.journal_reader import JournalReader

    reference = read_reference(args.reference)
    if reference is None:
        print(f"{args.reference}: a digit is wrong or missing; ask for all nine again.", file=sys.stderr)
        return 1
    try:
        settings = Settings() if args.config is None else load_settings(args.config)
        folder = args.folder or settings.journal.folder
        with closing(JournalReader(folder)) as reader:
            found = found_by(reader.all_records(), reference)
            kiosk = reader.kiosk()
    except (SettingsError, JournalUnavailable) as error:
        print(error, file=sys.stderr)
        return 2
    if not found:
        print(
            f"{args.reference}: this lane knows no such crossing; records are erased after 31 days at most."
        )
        return 1
    for one in found:
        _tell(one)
    if args.slip is None:
        return 0
    if len(found) > 1:
        print("Two crossings have these digits: the slip's time tells which is meant.", file=sys.stderr)
        return 1
    return _write_slip(found[0], settings, kiosk, args)


def _tell(found: Found) -> None:
    from kiosk.reference import in_groups, reference_of
    from verification.reasons import ReasonId, reason

    known = {one.value for one in ReasonId}
    print(f"{in_groups(reference_of(found.crossing))}  crossing {found.crossing}")
    for sequence, at, kind, told in found.records:
        fields = {name: value for name, value in told.items() if name not in ("crossing", "reasons", "note")}
        said = ", ".join(f"{name} {value}" for name, value in fields.items() if value not in ("", [], False))
        print(f"{sequence:>8}  {at}  {kind}  {said}".rstrip())
        for name in told.get("reasons", []):
            row = reason(ReasonId(name)) if name in known else None
            private = ", private: not for the traveller" if row and row.private else ""
            print(f"{'':10}{row.code}  {row.officer['en']}{private}" if row else f"{'':10}{name}")


def _write_slip(found: Found, settings: Settings, kiosk: str, args: argparse.Namespace) -> int:
    from kiosk.i18n.texts import TranslationsMissing
    from kiosk.presenters.slip import Place, slip
    from kiosk.reports.pdf import printing_application
    from kiosk.reports.slip_pdf import slip_pdf

    told = found.facts()
    if told is None:
        print("This crossing was admitted or never decided: there is no slip of it.", file=sys.stderr)
        return 1
    lane = settings.lane
    try:
        application = printing_application()
        place = Place(lane.station, kiosk or lane.id, settings.slip)
        args.slip.write_bytes(slip_pdf(slip(told, place, args.language)))
        del application
    except TranslationsMissing as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{args.slip}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"The slip is in {args.slip}.")
    return 0
