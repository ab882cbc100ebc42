"""A hub with much to do asks its lanes for fewer batches: measured there, believed and bounded here."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from sync.canonical import canonical_json
from sync.chain import Position
from sync.hub.app import create_app
from sync.hub.gather_hint import GatherHint
from sync.journal import Journal
from sync.line import Line, Signed
from sync.receipt import Answer, Receipt, read_receipt, sign_receipt
from sync.session import open_session
from sync.signing import SigningKey
from sync.uplink import Uplink
from sync.uplink_core import Pace, Send, UplinkCore, Wait
from tests.sync.ground import DirectLine, HandClock, key, open_hub, write
from tests.sync.hub.served import served

KIOSK = "lane-1"
START = Position(0, bytes(32))
HELD = Receipt(KIOSK, "n", Answer.HELD, START, "2026-03-01T08:00:00.000000Z")
GENEROUS_S = 20.0
MANY = 60
"""More than a hub's process has threads for requests."""


def told(gather_ms: int, pace: Pace | None = None) -> UplinkCore:
    """A line whose hub said so at 0 s."""
    line = UplinkCore(START, pace or Pace(gather_s=0.25), lambda: 1.0, batch=50)
    line.answered(replace(HELD, gather_ms=gather_ms), 0.0, lambda _: 0, lambda _: True)
    return line


@pytest.mark.parametrize(
    ("asked_ms", "seconds"), [(0, 0.25), (100, 0.25), (1500, 1.5), (5000, 5.0), (3_600_000, 5.0)]
)
def test_a_hub_is_obeyed_up_to_five_seconds_and_never_below_the_lanes_own(
    asked_ms: int, seconds: float
) -> None:
    assert told(asked_ms).plan(2, 10.0) == Wait(seconds, pokable=False)


def test_a_wish_is_good_until_the_next_answer() -> None:
    line = told(1500)
    line.answered(HELD, 1.0, lambda _: 0, lambda _: True)
    assert line.plan(2, 10.0) == Wait(0.25, pokable=False)


def test_each_batch_waits_between_half_of_it_and_all_by_lot_so_that_lanes_do_not_come_together() -> None:
    lots = iter([0.0, 0.5])
    line = UplinkCore(START, Pace(gather_s=0.25), lambda: next(lots), batch=50)
    held = replace(HELD, gather_ms=4000)
    line.answered(held, 0.0, lambda _: 0, lambda _: True)
    assert [line.plan(2, 10.0), line.plan(3, 11.0)] == [Wait(2.0, pokable=False), Wait(1.0, pokable=False)]
    line.answered(replace(held, position=Position(3, bytes(32))), 12.0, lambda _: 0, lambda _: True)
    assert line.plan(4, 12.0) == Wait(3.0, pokable=False)


def test_what_fills_a_batch_waits_for_no_hub() -> None:
    assert told(5000).plan(50, 10.0) == Send(START)


@pytest.mark.parametrize(
    ("written", "read"), [(1500, 1500), (10**12, 5000), (-1, 0), (1.5, 0), (True, 0), ("1500", 0), (None, 0)]
)
def test_a_wish_nobody_can_read_is_none_and_the_receipt_counts(written: object, read: int) -> None:
    hub = key()
    plain = HELD.body()
    assert b"gather_ms" not in plain, "a hub at rest says what older ones say"
    body = canonical_json({"gather_ms": written}).replace(b"}", b",") + plain[1:]
    assert read_receipt(body, sign_receipt(hub, body), hub.public) == replace(HELD, gather_ms=read)


def test_the_hub_signs_what_it_asks_for(tmp_path: Path, clock: HandClock) -> None:
    hub, lane = key(), key()
    ledger = open_hub(tmp_path, clock)
    ledger.enrol(KIOSK, lane.public)
    with served(create_app(ledger, hub, hint=GatherHint(1.5))) as url, open_session() as session:
        assert Line(url, KIOSK, lane, hub.public, session).ask("n" * 16).receipt.gather_ms == 1500


class Loaded:
    """A hub with so many batches in it at a time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.hint = GatherHint(mono=lambda: self.now)

    def seconds(self, count: int, at_once: float) -> int:
        """Eight batches leave it in each second; the wish afterwards, in milliseconds."""
        for _ in range(count * 8):
            self.now += 0.125
            taking, end = self.hint.taking(), self.now
            self.now = end - at_once / 8
            taking.__enter__()
            self.now = end
            taking.__exit__(None, None, None)
        return self.hint.ms


def test_lanes_of_a_hub_with_little_to_do_gather_as_they_like() -> None:
    assert Loaded().seconds(5, at_once=7) == 0


def test_a_hub_with_more_than_it_can_do_asks_for_more_once_lanes_have_heard() -> None:
    hub = Loaded()
    said = [hub.seconds(1, at_once=300) for _ in range(12)]
    assert said[:9] == [400, 800, 1600, 1600, 3200, 3200, 3200, 3200, 5000]
    assert set(said[9:]) == {5000}


def test_it_comes_down_slowly_and_to_nothing() -> None:
    hub = Loaded()
    hub.seconds(12, at_once=300)
    assert hub.seconds(10, at_once=6) == 5000, "between busy and calm it stays"
    assert 2500 < hub.seconds(10, at_once=1) < 5000
    assert hub.seconds(120, at_once=1) == 0


class Asking(DirectLine):
    """A hub that asks for five seconds."""

    def signed(self, body: bytes, name: str) -> Signed:
        sent = super().signed(body, name)
        return replace(sent, receipt=replace(sent.receipt, gather_ms=5000))


def test_a_program_that_ends_sends_what_was_gathering(
    tmp_path: Path, folder: Path, journal: Journal, clock: HandClock, device: SigningKey
) -> None:
    ledger = open_hub(tmp_path / "hub", clock)
    ledger.enrol(KIOSK, device.public)
    asked, stored = threading.Event(), threading.Event()

    class Watched(Asking):
        def ask(self, nonce: str) -> Signed:
            asked.set()
            return super().ask(nonce)

        def deliver(self, body: bytes) -> bytes:
            taken = super().deliver(body)
            stored.set()
            return taken

    line = Watched(ledger, KIOSK, device, key())
    uplink = Uplink(folder, KIOSK, device, line, clock, lambda _: None)  # type: ignore[arg-type]
    uplink.start()
    try:
        assert asked.wait(GENEROUS_S)
        write(journal, clock, 3)
        uplink.poke()
        assert not stored.wait(0.5), "its clock stands still: it gathers for ever"
        uplink.hurry()
        assert stored.wait(GENEROUS_S)
    finally:
        uplink.stop()
    assert ledger.status()[0].sequence == journal.position.sequence


def test_batches_that_wait_leave_the_hubs_threads_to_every_other_question(
    tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, taken = open_hub(tmp_path, clock), threading.Event()

    def take(*_: object, **__: object) -> Receipt:
        assert taken.wait(GENEROUS_S)
        return replace(HELD, answer=Answer.STORED)

    monkeypatch.setattr(ledger, "take", take)

    async def ask(url: str) -> tuple[int, list[int]]:
        async with httpx.AsyncClient(
            base_url=url, timeout=GENEROUS_S, trust_env=False, limits=httpx.Limits()
        ) as client:
            posts = [
                asyncio.create_task(client.post(f"/v1/kiosks/{KIOSK}/batches", content=b"x"))
                for _ in range(MANY)
            ]
            await asyncio.sleep(0.2)
            well = await client.get("/healthz")
            taken.set()
            return well.status_code, [answer.status_code for answer in await asyncio.gather(*posts)]

    with served(create_app(ledger, key())) as url:
        assert asyncio.run(ask(url)) == (200, [200] * MANY)
