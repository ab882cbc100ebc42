"""Prove, read and count the records of a journal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.journal_reader import JournalReader
    from sync.signing import PublicKey


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`journal verify`, `journal tail`, `journal stats`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="follow the whole chain and its signatures")
    verify.add_argument(
        "--key", type=Path, help="the kiosk's device.pub.pem (default: the one in the folder)"
    )
    tail = actions.add_parser("tail", help="show the newest records")
    tail.add_argument("-n", "--count", type=int, default=20, help="how many (default: %(default)s)")
    stats = actions.add_parser("stats", help="count records, and say what the hub has not got, as JSON")
    for action in (verify, tail, stats):
        action.add_argument("--folder", type=Path, required=True, help="the journal's folder")


def run(args: argparse.Namespace) -> int:
    """Exit code 0: all is well; 1: the chain does not hold; 2: there is nothing to read."""
    from sync.journal_file import JournalUnavailable
    from sync.signing import KeyUnusable

    try:
        return {"verify": _verify, "tail": _tail, "stats": _stats}[args.action](args)
    except (JournalUnavailable, KeyUnusable) as error:
        print(error, file=sys.stderr)
        return 2


def _verify(args: argparse.Namespace) -> int:
    from sync.journal_proof import prove
    from sync.signing import KeyUnusable, load_public

    device = load_public(args.key or args.folder / "device.pub.pem")
    with _reading(args.folder) as reader:
        start = reader.start(device)
        report = prove(start, reader.all_records(), device)
        broken = report.broken or _against_receipt(args.folder, reader, device)
    last = report.position
    if start.sequence:
        print(f"records up to {start.sequence} were taken away once the hub had signed for them")
    lost = sum(end - first + 1 for first, end in report.lost)
    records = last.sequence - start.sequence - lost
    print(f"{records} records hold, {report.erased} of them erased; head {last.head.hex()}")
    for first, end in report.lost:
        print(f"a damaged file was set aside: what was written as {first} to {end} is there or at the hub")
    print(f"{report.checkpoints} checkpoints hold, the last covers record {report.signed_to}")
    print(f"device key {device.fingerprint}")
    if not broken:
        return 0
    print(f"BROKEN: {broken}.", file=sys.stderr)
    with suppress(KeyUnusable):
        if (own := load_public(args.folder / "device.pub.pem").fingerprint) != device.fingerprint:
            print(f"The folder's own key is {own}: --key may be another kiosk's.", file=sys.stderr)
    return 1


def _against_receipt(folder: Path, reader: JournalReader, device: PublicKey) -> str | None:
    """What was cut off at the end can't be seen from within; the hub's last receipt shows it."""
    from sync.chain import genesis
    from sync.outbox import held_by_hub

    held = held_by_hub(folder, genesis(device.raw))
    if not reader.agrees(held, device):
        return f"the hub has a receipt for record {held.sequence} that this journal does not match"
    return None


def _tail(args: argparse.Namespace) -> int:
    from sync.leaving import leaving

    with _reading(args.folder) as reader:
        for record in reader.all_records(reader.before_newest(max(0, args.count))):
            told = leaving(record)  # notes are for `shift notes`, which says who read them
            gone = "(erased)" if record.payload is None else "(a note: main.py shift notes)"
            payload = gone if told.payload is None else json.dumps(json.loads(told.payload))
            print(f"{record.sequence:>8}  {record.at}  {record.kind:<24} {payload}")
    return 0


def _stats(args: argparse.Namespace) -> int:
    from sync.chain import Position
    from sync.outbox import NAME, Outbox

    sent, letters = 0, []
    if (args.folder / NAME).exists():
        with closing(Outbox(args.folder)) as outbox:
            sent = outbox.watermark(Position(0, b"")).sequence
            letters = [
                {"sequence": each.sequence, "why": each.why, "at": each.at} for each in outbox.dead_letters()
            ]
    with _reading(args.folder) as reader:
        last = reader.last()
        written = [reader.written_after(0), reader.written_at(last)]
        kinds = reader.counts()
        summary = {
            "kiosk": reader.kiosk(),
            "records": sum(kinds.values()),
            "newest": last,
            "head": (reader.head_at(last) or b"").hex(),
            "first": written[0].isoformat() if written[0] else None,
            "last": written[1].isoformat() if written[1] else None,
            "kinds": kinds,
            "unsent": reader.waiting(sent),
            "dead_letters": letters,
            "bytes": sum(file.stat().st_size for file in args.folder.glob("journal.sqlite*")),
        }
    print(json.dumps(summary, indent=2))
    return 0


@contextmanager
def _reading(folder: Path) -> Iterator[JournalReader]:
    from sync.journal_reader import JournalReader

    with closing(JournalReader(folder)) as reader:
        yield reader
