"""Make the codes that officers practise with, for a lane that `run --practice` runs."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`practice codes --config FILE --out FOLDER`."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
    codes = parts.add_parser("codes", help="a sheet and single cards of the guided set, good today")
    codes.add_argument(
        "--config", type=Path, help="settings file of the lane (default: the shipped defaults)"
    )
    codes.add_argument(
        "--out", type=Path, required=True, metavar="FOLDER", help="where the sheet and cards go"
    )
    codes.add_argument("--language", help="of the sheet (default: the lane's first)")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: made; 2: one line says why not."""
    from config.settings import Settings, SettingsError, load_settings
    from kiosk.i18n.texts import LANGUAGES, TranslationsMissing
    from verification.issuing.authority import CannotIssue

    try:
        settings = load_settings(args.config) if args.config else Settings()
        language = args.language or settings.display.languages[0]
        if language not in LANGUAGES:
            raise SettingsError(f"--language: one of {', '.join(LANGUAGES)}")
        return _codes(settings, args.out, language)
    except (SettingsError, CannotIssue, TranslationsMissing) as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
    return 2


def _codes(settings: Settings, out: Path, language: str) -> int:
    from kiosk.lists import load_lists
    from kiosk.practice.cases import answered, cases
    from kiosk.practice.ground import open_ground, practice_settings
    from kiosk.practice.practised import practised
    from kiosk.practice.sheet import card_picture, sheet_pdf
    from kiosk.reports.pdf import printing_application

    at = datetime.now(UTC)
    ground = open_ground(settings.journal.folder, at)
    made, policy = cases(ground, at), practised(settings)
    if policy.own:
        lane = practice_settings(settings, ground, at)
        lists = load_lists(lane.trust, lane.lane.policy)
        made = answered(made, lists, frozenset(lane.lane.formats), at)
    application = printing_application()
    out.mkdir(parents=True, exist_ok=True)
    (out / "practice.pdf").write_bytes(sheet_pdf(made, at, language))
    for number, case in enumerate(made, start=1):
        card = out / f"{number}-{case.name}.png"
        if not card_picture(case, number, language).save(str(card)):
            raise OSError(28, "cannot be written", str(card))
    del application
    print(
        f"{len(made)} codes to practise with, good today: {out / 'practice.pdf'}, and one card each beside it"
    )
    print(policy.says)
    return 0
