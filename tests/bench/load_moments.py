"""Lanes as they are: records in three moments of a crossing, sent by the rule of the uplink itself.

`sync.uplink_core` decides when a batch goes; only the journal, threads and the look at the hub's signature
are left out.
"""

from __future__ import annotations

import asyncio
import base64
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from config.moment import system_clock
from sync.batch import SIGNATURE_HEADER, batch_body, signed_message
from sync.canonical import canonical_json, utc_text
from sync.chain import Position, Record, link, payload_digest
from sync.packing import ENCODING, pack
from sync.receipt import MOST_GATHER_MS, Answer, Receipt
from sync.signing import SigningKey
from sync.uplink_core import Ask, Pace, UplinkCore, Wait
from tests.bench.crossings import steps
from tests.bench.plain_http import exchanged

ANSWER_S = 60.0
BATCH = 500
BY_PEOPLE, BY_GATE = ((1.0, 2.0), (1.0, 2.0), (2.0, 4.0)), (0.02, 0.08)
"""Seconds before the first code, the second, the passage; of the gate (`tests.bench.crossings`)."""
MEAN_S = 6.0


@dataclass
class Moments:
    """What came of it after `settled_at`."""

    settled_at: float
    ends: float
    batches: int = 0
    records: int = 0
    asked: int = 0
    answered_ms: list[float] = field(default_factory=list)
    """From a batch's first byte to its receipt."""
    held_ms: list[float] = field(default_factory=list)
    """From the writing of a batch's oldest record to its receipt."""
    gather_ms: list[int] = field(default_factory=list)
    """What the last receipts of all lanes asked for."""
    others_ms: list[float] = field(default_factory=list)
    """What any other short question to the hub took meanwhile, as one about a spent code does."""
    trouble: dict[str, int] = field(default_factory=dict)


class MomentLane:
    """One lane: who writes, and the uplink."""

    def __init__(
        self, name: str, key: SigningKey, position: Position, lot: random.Random, port: int, *, old: bool
    ) -> None:
        """`old`: it does not know that a hub may ask it to gather longer."""
        self.name, self.position = name, position
        self._key, self._lot, self._port = key, lot, port
        pace = Pace(most_gather_s=0.0) if old else Pace()
        self._core = UplinkCore(position, pace, lot.random, batch=BATCH)
        self._waiting: list[tuple[float, Record]] = []
        self._written = asyncio.Event()
        self._over = False
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.wish_ms = 0

    async def write(self, ends: float, every_s: float) -> None:
        """Crossings one after the other, from a moment by lot on."""
        await asyncio.sleep(min(self._lot.random() * every_s, ends - time.monotonic()))
        while time.monotonic() < ends:
            people = [self._lot.uniform(*span) * every_s / MEAN_S for span in BY_PEOPLE]
            pauses = (people[0], people[1], self._lot.uniform(*BY_GATE), people[2])
            for step, pause in zip(steps(self._lot), pauses, strict=True):
                await asyncio.sleep(max(0.0, min(pause, ends - time.monotonic())))
                for event in step if time.monotonic() < ends else ():
                    at, sequence = utc_text(system_clock().utc), self.position.sequence + 1
                    salt, payload = self._lot.randbytes(16), canonical_json(event.payload()).decode()
                    digest = payload_digest(salt, payload)
                    head = link(self.position.head, sequence, at, event.kind, digest)
                    self.position = Position(sequence, head)
                    self._waiting.append(
                        (time.monotonic(), Record(sequence, at, event.kind, digest, salt, payload))
                    )
                self._written.set()
        self._over = self._core.hurrying = True
        self._written.set()

    async def bring(self, count: Moments) -> None:
        """The uplink's thread, until all is at the hub."""
        while not (self._over and self._core.watermark == self.position):
            plan = self._core.plan(self.position.sequence, time.monotonic())
            if isinstance(plan, Wait):
                await self._wait(plan)
                continue
            try:
                await self._ask(count) if isinstance(plan, Ask) else await self._send(plan.after, count)
            except (OSError, TimeoutError, asyncio.IncompleteReadError, RuntimeError) as error:
                self._streams = None
                word = str(error) or type(error).__name__
                count.trouble[word] = count.trouble.get(word, 0) + 1
                self._core.failed("no answer", time.monotonic())
        if self._streams is not None:
            self._streams[1].close()
        count.gather_ms.append(self.wish_ms)

    async def _wait(self, plan: Wait) -> None:
        """As the uplink's thread does it."""
        self._written.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(plan.seconds):
                while True:
                    await self._written.wait()
                    self._written.clear()
                    if plan.pokable or self._over:
                        return

    async def _ask(self, count: Moments) -> None:
        count.asked += 1
        lines = f"GET /v1/kiosks/{self.name}/receipt?nonce={'n' * 16} HTTP/1.1\r\nHost: hub\r\n\r\n"
        self._take(await self._exchange(lines.encode()))

    async def _send(self, after: Position, count: Moments) -> None:
        written = self._waiting[:BATCH]
        body = pack(batch_body(self.name, after, [record for _, record in written]))
        signature = base64.b64encode(self._key.sign(signed_message(body))).decode()
        lines = (
            f"POST /v1/kiosks/{self.name}/batches HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n"
            f"Content-Encoding: {ENCODING}\r\nContent-Length: {len(body)}\r\n"
            f"{SIGNATURE_HEADER}: {signature}\r\n\r\n"
        )
        begun = time.monotonic()
        self._take(await self._exchange(lines.encode() + body))
        now = time.monotonic()
        if count.settled_at <= now <= count.ends:
            count.batches += 1
            count.records += len(written)
            count.answered_ms.append((now - begun) * 1e3)
            count.held_ms.append((now - written[0][0]) * 1e3)

    async def _exchange(self, request: bytes) -> dict[str, object]:
        async with asyncio.timeout(ANSWER_S):
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            status, table = await exchanged(*self._streams, request)
        if status != 200:
            raise RuntimeError(f"HTTP {status}")
        return table

    def _take(self, table: dict[str, object]) -> None:
        held = Position(int(str(table["sequence"])), bytes.fromhex(str(table["head"])))
        self.wish_ms = min(MOST_GATHER_MS, int(str(table.get("gather_ms", 0))))
        receipt = Receipt(
            self.name, "", Answer(str(table["answer"])), held, str(table["at"]), gather_ms=self.wish_ms
        )
        self._core.answered(receipt, time.monotonic(), lambda _: len(self._waiting), lambda _: True)
        while self._waiting and self._waiting[0][1].sequence <= held.sequence:
            del self._waiting[0]


async def ask_beside(port: int, count: Moments) -> None:
    """Asks the hub ten times a second whether it and its database are well."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (begun := time.monotonic()) < count.ends:
        await exchanged(reader, writer, b"GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n")
        now = time.monotonic()
        if now >= count.settled_at:
            count.others_ms.append((now - begun) * 1e3)
        await asyncio.sleep(0.1)
    writer.close()


async def moments(
    lanes: Sequence[MomentLane], port: int, settle_s: float, seconds: float, every_s: float
) -> Moments:
    """All lanes at work: counted for `seconds` after `settle_s`."""
    settled_at = time.monotonic() + settle_s
    count = Moments(settled_at, settled_at + seconds)
    await asyncio.gather(
        ask_beside(port, count),
        *(lane.write(count.ends, every_s) for lane in lanes),
        *(lane.bring(count) for lane in lanes),
    )
    return count
