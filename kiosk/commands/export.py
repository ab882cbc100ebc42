"""Write the journal's records to a folder with a signed manifest, for a supervisor or an auditor."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`export --folder JOURNAL --to NEW-FOLDER`."""
    parser.add_argument("--folder", type=Path, required=True, help="the journal's folder")
    parser.add_argument("--to", type=Path, required=True, help="new folder to make")
    parser.add_argument("--first", type=int, default=1, help="first record (default: %(default)s)")
    parser.add_argument("--last", type=int, help="last record (default: the newest)")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: saved; 2: not saved."""
    from kiosk.clock_watch import advice, open_folder_clock
    from sync.device_key import FILE, device_key
    from sync.export import ExportFailed, export
    from sync.journal_file import NAME, JournalUnavailable
    from sync.signing import KeyUnusable

    for needed in (NAME, FILE):
        if not (args.folder / needed).is_file():
            print(f"There is no {needed} in {args.folder}: name the journal's folder.", file=sys.stderr)
            return 2
    clock = open_folder_clock(args.folder)
    if not clock.works:
        print(f"The time of this export is not to be relied on. {advice(clock.status)}", file=sys.stderr)
    try:
        done = export(
            args.folder,
            args.to,
            device_key(args.folder),
            clock().utc,
            first=args.first,
            last=args.last,
        )
    except (ExportFailed, JournalUnavailable, KeyUnusable) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Saved records {done.first} to {done.last.sequence} in {done.folder}. You may remove the stick.")
    return 0
