"""A thousand kiosks on loopback: real keys, real batches, real HTTP, real hub processes, for so many seconds.

`moments`: every kiosk has a traveller every few seconds, writes when something happens and sends by the rule
of its uplink, once as kiosks that know no `gather_ms` and once as they are.
`live`: the same travellers, each sent as one batch.
`capacity`: as many batches as the hubs take, to find where the end is.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import URL, create_engine, func, insert, select
from sqlalchemy.orm import Session

from config.moment import system_clock
from sync.batch import SIGNATURE_HEADER, batch_body, signed_message
from sync.canonical import canonical_json, utc_text
from sync.chain import Position, Record, genesis, link, payload_digest
from sync.hub.database import open_database
from sync.hub.models import Device, Stored
from sync.packing import ENCODING, pack
from sync.signing import SigningKey
from tests.bench.crossings import EVENTS, steps
from tests.bench.load_moments import MomentLane, Moments, moments
from tests.bench.plain_http import exchanged
from tests.bench.report import FOLDER, Result, percentile, report
from tests.postgres import MISSING, Postgres
from tests.sync.ground import START
from tests.sync.test_hub_process import HubProcess

ANSWER_S = 60.0
A_DAY = 20_000
"""Crossings of a busy lane: one every 4.32 seconds, day and night."""


@dataclass(slots=True)
class Kiosk:
    """One simulated kiosk: its key, its place in its chain, its connection."""

    name: str
    key: SigningKey
    position: Position
    lot: random.Random
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    def batch(self, crossings: int) -> tuple[bytes, bytes]:
        """The packed body and the request for the next so many crossings."""
        at, records = utc_text(system_clock().utc), []
        sequence, head = self.position.sequence, self.position.head
        events = [event for _ in range(crossings) for step in steps(self.lot) for event in step]
        for event in events:
            sequence += 1
            salt, payload = self.lot.randbytes(16), canonical_json(event.payload()).decode()
            digest = payload_digest(salt, payload)
            head = link(head, sequence, at, event.kind, digest)
            records.append(Record(sequence, at, event.kind, digest, salt, payload))
        body = pack(batch_body(self.name, self.position, records))
        self.position = Position(sequence, head)
        signature = base64.b64encode(self.key.sign(signed_message(body))).decode()
        head_lines = (
            f"POST /v1/kiosks/{self.name}/batches HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
            f"Content-Encoding: {ENCODING}\r\nContent-Length: {len(body)}\r\n"
            f"{SIGNATURE_HEADER}: {signature}\r\n\r\n"
        )
        return body, head_lines.encode() + body


@dataclass(slots=True)
class Count:
    """What came of it."""

    sent: int = 0
    stored: int = 0
    records: int = 0
    bytes: int = 0
    waited_ms: list[float] = field(default_factory=list)
    trouble: dict[str, int] = field(default_factory=dict)


class Load:
    """All kiosks in one process, each with a connection of its own that stays open."""

    def __init__(self, kiosks: Sequence[Kiosk], ports: Sequence[int]) -> None:
        self._kiosks = kiosks
        self.ports = ports

    async def live(self, seconds: float, every_s: float) -> Count:
        """Each kiosk sends a crossing every `every_s`, first at a moment by lot; lateness counts."""
        count, end = Count(), time.monotonic() + seconds

        async def one(number: int, kiosk: Kiosk) -> None:
            due = time.monotonic() + kiosk.lot.random() * every_s
            while due < end:
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                await self._send(number, kiosk, 1, count, since=due)
                due += every_s

        await asyncio.gather(*(one(number, kiosk) for number, kiosk in enumerate(self._kiosks)))
        await self._close()
        return count

    async def capacity(self, seconds: float, at_once: int, crossings: int) -> Count:
        """`at_once` batches of so many crossings in flight all the time, every kiosk in its turn."""
        count, end = Count(), time.monotonic() + seconds
        turn = iter(range(1 << 60))
        busy: set[int] = set()

        async def one() -> None:
            while time.monotonic() < end:
                number = next(turn) % len(self._kiosks)
                if number in busy:
                    continue
                busy.add(number)
                await self._send(number, self._kiosks[number], crossings, count, since=None)
                busy.discard(number)

        await asyncio.gather(*(one() for _ in range(at_once)))
        await self._close()
        return count

    async def _send(
        self, number: int, kiosk: Kiosk, crossings: int, count: Count, *, since: float | None
    ) -> None:
        before = kiosk.position
        body, request = kiosk.batch(crossings)
        begun = time.monotonic() if since is None else since
        count.sent += 1
        try:
            async with asyncio.timeout(ANSWER_S):
                if kiosk.streams is None:
                    port = self.ports[number % len(self.ports)]
                    kiosk.streams = await asyncio.open_connection("127.0.0.1", port)
                status, answer = await exchanged(*kiosk.streams, request)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            kiosk.position, kiosk.streams = before, None
            count.trouble[type(error).__name__] = count.trouble.get(type(error).__name__, 0) + 1
            return
        if status == 200 and answer.get("answer") == "stored":
            count.stored += 1
            count.records += crossings * EVENTS
            count.bytes += len(body)
            count.waited_ms.append((time.monotonic() - begun) * 1e3)
        else:
            kiosk.position = before
            count.trouble[f"HTTP {status}"] = count.trouble.get(f"HTTP {status}", 0) + 1

    async def _close(self) -> None:
        for kiosk in self._kiosks:
            if kiosk.streams is not None:
                kiosk.streams[1].close()
                kiosk.streams = None
        await asyncio.sleep(0)


def enrolled(count: int, url: URL | str | None, data: Path) -> list[Kiosk]:
    """So many kiosks, enrolled all at once past the hub's door."""
    engine = open_database(data, url)
    kiosks, rows = [], []
    for number in range(count):
        key = SigningKey.of(Ed25519PrivateKey.generate())
        start = genesis(key.public.raw)
        kiosks.append(Kiosk(f"lane-{number}", key, start, random.Random(number)))
        row = {"kiosk": f"lane-{number}", "public_key": key.public.raw, "enrolled_at": utc_text(START)}
        rows.append(row | {"sequence": start.sequence, "head": start.head})
    with engine.begin() as connection:
        connection.execute(insert(Device), rows)
    engine.dispose()
    return kiosks


@contextmanager
def hubs(data: Path, count: int, url: str | None) -> Iterator[list[HubProcess]]:
    """So many hub processes on one database, without limits for a single address: all kiosks are this one."""
    started: list[HubProcess] = []
    try:
        for _ in range(count):
            hub = HubProcess(data, url)
            hub.options = ["--rate", "0", "--clients", "4000"]
            started.append(hub)
            hub.start()
        yield started
    finally:
        for hub in started:
            if hub.process is not None:
                hub.end(signal.SIGTERM)


def cpu_s(process: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def run(chosen: argparse.Namespace, data: Path, url: str | None, count: int, database: str) -> list[Result]:
    """Both kinds of load on `count` hub processes."""
    kiosks = enrolled(chosen.kiosks, url, data)
    name = f"{count} hub{'s' if count > 1 else ''}, {database}"
    results = []
    with hubs(data, count, url) as running:
        load = Load(kiosks, [hub.port for hub in running])
        processes = [hub.process.pid for hub in running if hub.process is not None]
        plans = [("live", 1)] + [("capacity", crossings) for crossings in chosen.crossings]
        plans = plans if chosen.live else []
        for kind, crossings in plans:
            before, begun = sum(map(cpu_s, processes)), time.monotonic()
            if kind == "live":
                done = asyncio.run(load.live(chosen.seconds, chosen.every))
            else:
                done = asyncio.run(load.capacity(chosen.seconds, chosen.at_once, crossings))
            took, used = time.monotonic() - begun, sum(map(cpu_s, processes)) - before
            what = f"{name}: {kind}" + (f" x{crossings * EVENTS}" if kind == "capacity" else "")
            results += _counted(what, done, took, used)
        for old in (False, True) if chosen.settle else ():
            before, begun = sum(map(cpu_s, processes)), time.monotonic()
            lanes = [
                MomentLane(
                    one.name, one.key, one.position, one.lot, load.ports[place % len(running)], old=old
                )
                for place, one in enumerate(kiosks)
            ]
            came = asyncio.run(moments(lanes, load.ports[0], chosen.settle, chosen.seconds, chosen.every))
            took, used = time.monotonic() - begun, sum(map(cpu_s, processes)) - before
            for one, lane in zip(kiosks, lanes, strict=True):
                one.position = lane.position
            what = f"{name}: moments{', without a hint' if old else ''}"
            results += _of_moments(what, came, chosen.seconds, used / took)
    _check_all_there(kiosks, url, data)
    return results


def _of_moments(what: str, came: Moments, seconds: float, used: float) -> list[Result]:
    for trouble, times in sorted(came.trouble.items()):
        print(f"{what}: {times} times {trouble}")
    nothing = [float("nan")]
    others = came.others_ms or nothing
    answered, held = came.answered_ms or nothing, came.held_ms or nothing
    return [
        Result(f"{what}, batches stored", came.batches / seconds, "1/s"),
        Result(f"{what}, crossings stored", came.records / EVENTS / seconds, "1/s"),
        Result(f"{what}, answered median", percentile(answered, 0.5), "ms"),
        Result(f"{what}, answered p99", percentile(answered, 0.99), "ms"),
        Result(f"{what}, another question answered median", percentile(others, 0.5), "ms"),
        Result(f"{what}, another question answered p99", percentile(others, 0.99), "ms"),
        Result(f"{what}, held after its writing median", percentile(held, 0.5), "ms"),
        Result(f"{what}, held after its writing p99", percentile(held, 0.99), "ms"),
        Result(f"{what}, asked to gather at the end, median", percentile(came.gather_ms, 0.5), "ms"),
        Result(f"{what}, hub processor", used * 100, "%"),
    ]


def _counted(what: str, done: Count, took: float, used: float) -> list[Result]:
    waited = done.waited_ms or [float("nan")]
    for trouble, times in sorted(done.trouble.items()):
        print(f"{what}: {times} times {trouble}")
    return [
        Result(f"{what}, batches stored", done.stored / took, "1/s"),
        Result(f"{what}, crossings stored", done.records / EVENTS / took, "1/s"),
        Result(f"{what}, answered median", percentile(waited, 0.5), "ms"),
        Result(f"{what}, answered p99", percentile(waited, 0.99), "ms"),
        Result(f"{what}, not stored", float(done.sent - done.stored), ""),
        Result(f"{what}, hub processor a batch", used / max(done.stored, 1) * 1e3, "ms"),
    ]


def _check_all_there(kiosks: Sequence[Kiosk], url: str | None, data: Path) -> None:
    """What was acknowledged is what is held; a batch whose answer was lost may be there as well."""
    engine = create_engine(url) if url else open_database(data)
    with Session(engine) as session:
        places = session.execute(select(Device.kiosk, Device.sequence))
        held = {place.kiosk: place.sequence for place in places}
        rows = session.scalar(select(func.count()).select_from(Stored))
    engine.dispose()
    if rows != sum(held.values()) or any(held[kiosk.name] < kiosk.position.sequence for kiosk in kiosks):
        raise RuntimeError("the hub does not hold what it acknowledged")


def main(arguments: Sequence[str] = ()) -> int:
    """Always 0, without a PostgreSQL server 2: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_load", description=__doc__)
    parser.add_argument("--kiosks", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=15.0, help="of each measurement")
    parser.add_argument("--every", type=float, default=86_400 / A_DAY, help="seconds between travellers")
    parser.add_argument("--at-once", type=int, default=16, help="batches in flight when looking for the end")
    parser.add_argument("--crossings", type=int, nargs="*", default=[1, 12, 62], help="in a batch, there")
    parser.add_argument("--settle", type=float, default=20.0, help="seconds before moments count; 0: none")
    parser.add_argument("--live", type=int, default=1, help="0: leave out all but moments")
    parser.add_argument("--hubs", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--sqlite", action="store_true", help="one hub on SQLite as well")
    chosen = parser.parse_args(arguments)
    if not Postgres.installed:
        print(MISSING, file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    results = []
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER)))
        server = stack.enter_context(Postgres())
        for count in chosen.hubs:
            (data := place / f"hub-{count}").mkdir()
            results += run(chosen, data, server.database(), count, "PostgreSQL")
        if chosen.sqlite:
            (data := place / "sqlite").mkdir()
            results += run(chosen, data, None, 1, "SQLite")
    report("load", results)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
