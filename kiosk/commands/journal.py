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
    from sync.chain import genesis
    from sync.journal_proof import prove
    from sync.signing import KeyUnusable, load_public

    device = load_public(args.key or args.folder / "device.pub.pem")
    with _reading(args.folder) as reader:
        report = prove(genesis(device.raw), reader.all_records(), device)
        broken = report.broken or _against_receipt(args.folder, reader, genesis(device.raw).head)
    last = report.position
    lost = sum(end - first + 1 for first, end in report.lost)
    print(f"{last.sequence - lost} records hold, {report.erased} of them erased; head {last.head.hex()}")
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


def _against_receipt(folder: Path, reader: JournalReader, start: bytes) -> str | None:
    """What was cut off at the end can't be seen from within; the hub's last receipt shows it."""
    from sync.chain import Position
    from sync.outbox import NAME, Outbox

    if not (folder / NAME).exists():
        return None
    with closing(Outbox(folder)) as outbox:
        held = outbox.watermark(Position(0, start))
    if not reader.agrees(held, Position(0, start)):
        return f"the hub has a receipt for record {held.sequence} that this journal does not match"
    return None


def _tail(args: argparse.Namespace) -> int:
    with _reading(args.folder) as reader:
        after = max(0, reader.last() - max(0, args.count))
        for record in reader.all_records(after):
            payload = "(erased)" if record.payload is None else json.dumps(json.loads(record.payload))
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
        written = [reader.written_at(number) for number in (1, last)]
        summary = {
            "kiosk": reader.kiosk(),
            "records": reader.waiting(0),
            "newest": last,
            "head": (reader.head_at(last) or b"").hex(),
            "first": written[0].isoformat() if written[0] else None,
            "last": written[1].isoformat() if written[1] else None,
            "kinds": reader.counts(),
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
