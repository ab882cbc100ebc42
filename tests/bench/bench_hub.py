"""What the hub's ingest costs against plain COPY of the same rows, and what a crossing costs on the line."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import psycopg
import structlog

from sync.batch import batch_body, heads, read_batch, signed_message
from sync.hub.content import first_fault
from sync.hub.database import open_database
from sync.hub.ledger import Ledger
from sync.packing import pack, unpack
from sync.receipt import sign_receipt
from sync.uplink_core import Pace
from tests.bench.crossings import EVENTS, DayWriter, VirtualClock, body_of
from tests.bench.report import FOLDER, Result, percentile, report, spread
from tests.bench.wire import Wire
from tests.postgres import MISSING, Postgres, plain
from tests.sync.ground import key

BATCH = 500
KIOSK = "lane-1"
Row = tuple[int, int, str, str, bytes, bytes | None, bytes | None, str | None]
COLUMNS = ("int4", "int8", "varchar", "varchar", "bytea", "bytea", "bytea", "text")


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of one call, and of the processor in this thread."""
    begin, used = time.perf_counter(), time.thread_time()
    act()
    return (time.perf_counter() - begin) * 1e3, (time.thread_time() - used) * 1e3


class PlainCopy:
    """Rows at hand into the same kind of table, as a program does that checks nothing: COPY and commit."""

    def __init__(self, url: str, name: str, *, binary: bool) -> None:
        self._connection = psycopg.connect(plain(url))
        self._connection.execute(f"CREATE TABLE {name} (LIKE records INCLUDING ALL)".encode())
        self._connection.commit()
        self._copy = f"COPY {name} FROM STDIN{' (FORMAT BINARY)' if binary else ''}".encode()
        self._binary = binary

    def take(self, rows: Sequence[Row]) -> None:
        """One transaction."""
        with self._connection.cursor() as cursor, cursor.copy(self._copy) as copy:
            if self._binary:
                copy.set_types(COLUMNS)
            for row in rows:
                copy.write_row(row)
        self._connection.commit()

    def close(self) -> None:
        """Ends it."""
        self._connection.close()


def ingest(day: DayWriter, server: Postgres, rounds: int, warm: int) -> list[Result]:
    """Plain COPY, the hub plain and packed, in turns: every round is another batch of the same day."""
    url = server.database()
    engines = [open_database(Path(), made) for made in (url, server.database())]
    hubs = [Ledger(engine, VirtualClock()) for engine in engines]
    for hub in hubs:
        hub.enrol(KIOSK, day.device.public)
    hub_key = key()
    copies = {
        "text": PlainCopy(url, "plain_text", binary=False),
        "binary": PlainCopy(url, "plain", binary=True),
    }

    def take(hub: Ledger, body: bytes, signature: bytes, *, packed: bool) -> None:
        receipt = hub.take(KIOSK, body, signature, packed=packed)
        if receipt.answer != "stored":
            raise RuntimeError(f"not stored: {receipt.why}")
        sign_receipt(hub_key, receipt.body())

    names = ("plain COPY", "plain binary COPY", "ingest", "ingest, packed")
    times: dict[str, list[float]] = {name: [] for name in names}
    processor: dict[str, list[float]] = {name: [] for name in names}
    turns = random.Random(7)
    for number, run in enumerate(day.runs(BATCH, warm + rounds)):
        body = body_of(KIOSK, run)
        packed = pack(body)
        rows: list[Row] = [(1, r.sequence, r.at, r.kind, r.digest, r.head, r.salt, r.payload) for r in run[1]]
        plain_signature, packed_signature = (day.device.sign(signed_message(b)) for b in (body, packed))
        acts: dict[str, Callable[[], None]] = {
            names[0]: partial(copies["text"].take, rows),
            names[1]: partial(copies["binary"].take, rows),
            names[2]: partial(take, hubs[0], body, plain_signature, packed=False),
            names[3]: partial(take, hubs[1], packed, packed_signature, packed=True),
        }
        for name in turns.sample(names, len(names)):
            taken, used = timed(acts[name])
            if number >= warm:
                times[name].append(taken)
                processor[name].append(used)
    for copy in copies.values():
        copy.close()
    for engine in engines:
        engine.dispose()
    return _compared(names, times, processor)


def _compared(
    names: Sequence[str], times: dict[str, list[float]], processor: dict[str, list[float]]
) -> list[Result]:
    results = [row for name in names for row in spread(f"{name} of {BATCH}", times[name], "ms")]
    results += [
        Result(f"{name} of {BATCH}, processor of its thread", percentile(processor[name], 0.5), "ms")
        for name in names
    ]
    base = percentile(times[names[0]], 0.5)
    for name in names[1:]:
        median = percentile(times[name], 0.5)
        aim = 2.0 if name == "ingest" else None
        results.append(Result(f"{name} / plain COPY", median, "ms", median / base, names[0], aim))
    median = percentile(times["ingest"], 0.5)
    return [*results, Result("ingest, records a second in one thread", BATCH / median * 1e3, "1/s")]


def shares(day: DayWriter) -> list[Result]:
    """Where the time of a batch goes before it reaches the database."""
    run = next(iter(day.runs(BATCH, 1)))
    body = body_of(KIOSK, run)
    packed, batch = pack(body), read_batch(body)
    signature = day.device.sign(signed_message(body))
    acts: dict[str, Callable[[], object]] = {
        "signature checked": lambda: day.device.public.verifies(signature, signed_message(body)),
        "unpacked": lambda: unpack(packed, len(body)),
        "read, payloads hashed": lambda: read_batch(body),
        "chained": lambda: heads(batch),
        "content looked at": lambda: first_fault(batch, 0, BATCH),
        "made, at the kiosk": lambda: batch_body(KIOSK, run[0], run[1]),
        "packed, at the kiosk": lambda: pack(body),
    }
    return [
        Result(f"batch of {BATCH}: {name}", percentile([timed(act)[0] for _ in range(30)], 0.5), "ms")
        for name, act in acts.items()
    ]


def of_ingest(folder: Path, rounds: int, warm: int) -> list[Result]:
    """A day of batches against a server of its own, then where the time of one goes."""
    day = DayWriter(folder / "journal")
    day.write((warm + rounds) * BATCH // EVENTS + 100, every_s=4.3, at_once=1)
    day.close()
    with Postgres() as server:
        return ingest(day, server, rounds, warm) + shares(day)


def on_the_wire(folder: Path, crossings: int) -> list[Result]:
    """Bytes both ways through a real line and a real hub, live and when catching up, packed and plain."""
    results = []
    records = crossings * EVENTS
    ways = (
        ("caught up in batches of 500", None),
        ("live, each step alone", 0.0),
        ("live, gathered", Pace().gather_s),
    )
    for name, gather_s in ways:
        sizes = {}
        for packing in (False, True):
            day = DayWriter(folder / f"{name}-{packing}")
            if gather_s is not None:
                ends = day.write_as_it_happens(crossings, gather_s=gather_s)
            else:
                day.write(crossings, every_s=4.3, at_once=1)
                ends = [*range(BATCH, day.position.sequence, BATCH), day.position.sequence]
            day.close()
            sizes[packing] = Wire(folder / f"hub, {name}-{packing}", day).carry(ends, packing=packing)
        per = {packing: size / crossings for packing, size in sizes.items()}
        results += [
            Result(f"wire, {name}: plain", per[False], "B", None),
            Result(f"wire, {name}: a crossing", per[True], "B", per[True] / per[False], "plain"),
            Result(f"wire, {name}: a record", sizes[True] / records, "B"),
        ]
    return results


def main(arguments: Sequence[str] = ()) -> int:
    """Always 0, without a PostgreSQL server 2: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_hub")
    parser.add_argument("--warm", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--crossings", type=int, default=60, help="of the measurement of bytes")
    parser.add_argument("--only", choices=("ingest", "bytes"), help="one half of it")
    chosen = parser.parse_args(arguments)
    if not Postgres.installed:
        print(MISSING, file=sys.stderr)
        return 2
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        results = [] if chosen.only == "bytes" else of_ingest(Path(place), chosen.rounds, chosen.warm)
        if chosen.only != "ingest":
            results += on_the_wire(Path(place), chosen.crossings)
    report("hub", results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
