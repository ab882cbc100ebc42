"""The uplink brings every record to the hub and believes only what the hub signed for this very request."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.batch import Batch
from sync.chain import Position
from sync.event import Event
from sync.event_types import FaultCleared, FaultRaised, UplinkLost, UplinkRefused, UplinkRestored
from sync.hub import content
from sync.hub.ledger import Ledger
from sync.journal import Journal
from sync.line import NoAnswer
from sync.outbox import Outbox
from sync.receipt import Answer, Receipt
from sync.signing import SigningKey
from sync.uplink import Uplink
from sync.uplink_core import Ask, Pace, Send, UplinkCore, Wait
from tests.sync.ground import DirectLine, HandClock, key, open_hub, write

KIOSK = "lane-1"
AT_ONCE = Pace(gather_s=0.0)


class Rig:
    """A kiosk and its hub, stepped by hand."""

    def __init__(self, folder: Path, hub_folder: Path, clock: HandClock, device: SigningKey) -> None:
        self.folder, self.clock, self.device = folder, clock, device
        self.ledger: Ledger = open_hub(hub_folder, clock)
        self.ledger.enrol(KIOSK, device.public)
        self.line = DirectLine(self.ledger, KIOSK, device, key())
        self.told: list[Event] = []
        self.uplink = self.connect()

    def connect(self, batch: int = 500) -> Uplink:
        self.uplink = Uplink(
            self.folder,
            KIOSK,
            self.device,
            self.line,  # type: ignore[arg-type]
            self.clock,
            self.told.append,
            batch=batch,
            pace=AT_ONCE,
            chance=lambda: 1.0,
        )
        return self.uplink

    def restart(self, batch: int = 500) -> None:
        self.uplink.close()
        self.connect(batch)

    def run(self, steps: int = 1000) -> int:
        """Steps until there is nothing to do; returns how many it took."""
        for count in range(steps):
            if self.uplink.step() is not None:
                return count
        raise AssertionError("the uplink never came to rest")

    @property
    def held(self) -> int:
        return self.ledger.status()[0].sequence


@pytest.fixture
def rig(
    tmp_path: Path, folder: Path, journal: Journal, clock: HandClock, device: SigningKey
) -> Iterator[Rig]:
    made = Rig(folder, tmp_path / "hub", clock, device)
    yield made
    made.uplink.close()


def test_what_the_journal_has_the_hub_gets(rig: Rig, journal: Journal, clock: HandClock) -> None:
    write(journal, clock, 7)
    rig.run()
    assert rig.ledger.held(KIOSK, "n").position == journal.position
    status = rig.uplink.status()
    assert (status.connected, status.unsent, status.watermark) == (True, 0, journal.position)


def test_without_the_hub_records_wait_and_their_age_is_known(
    rig: Rig, journal: Journal, clock: HandClock
) -> None:
    rig.line.cut = True
    write(journal, clock, 7)
    clock.pass_time(hours=30)
    rig.run()
    status = rig.uplink.status()
    assert (status.connected, status.unsent, status.oldest_unsent_s) == (False, 7, 30 * 3600)
    assert "can't be reached" in status.trouble


def test_the_loss_and_the_return_are_told_once(rig: Rig, journal: Journal, clock: HandClock) -> None:
    rig.run()
    rig.line.cut = True
    write(journal, clock, 3)
    for _ in range(5):
        rig.run()
        clock.pass_time(seconds=61)
    rig.line.cut = False
    rig.run()
    assert [type(event) for event in rig.told] == [UplinkLost, UplinkRestored]
    assert rig.told[1].payload() == {"waiting": 3}


def test_days_offline_are_caught_up_batch_by_batch(rig: Rig, journal: Journal, clock: HandClock) -> None:
    rig.line.cut = True
    rig.run()
    write(journal, clock, 20_000)
    clock.pass_time(days=9)
    rig.line.cut = False
    sizes: list[int] = []
    deliver = rig.line.deliver

    def noting(body: bytes) -> bytes:
        sizes.append(len(body))
        return deliver(body)

    rig.line.deliver = noting  # type: ignore[method-assign]
    steps = rig.run()
    assert rig.ledger.held(KIOSK, "n").position == journal.position
    assert steps >= 20_000 / 500
    assert max(sizes) < 300_000


def test_the_watermark_survives_a_restart(rig: Rig, journal: Journal, clock: HandClock) -> None:
    write(journal, clock, 5)
    rig.run()
    rig.restart()
    assert rig.uplink.status().unsent == 0
    assert rig.uplink.status().watermark == journal.position


def test_a_lost_receipt_leads_to_no_second_copy(rig: Rig, journal: Journal, clock: HandClock) -> None:
    deliver = rig.line.deliver

    def swallow(body: bytes) -> bytes:
        deliver(body)
        raise NoAnswer("the hub did not answer in time")

    rig.uplink.step()
    write(journal, clock, 5)
    rig.line.deliver = swallow  # type: ignore[method-assign]
    rig.uplink.step()
    assert rig.held == 5
    assert rig.uplink.status().unsent == 5
    rig.line.deliver = deliver  # type: ignore[method-assign]
    clock.pass_time(seconds=61)
    rig.run()
    assert rig.uplink.status().unsent == 0


def test_a_hub_set_back_to_an_older_copy_gets_the_rest_again(
    rig: Rig, tmp_path: Path, journal: Journal, clock: HandClock
) -> None:
    write(journal, clock, 9)
    rig.run()
    rig.line.ledger = rig.ledger = open_hub(tmp_path / "older-copy", clock)
    rig.ledger.enrol(KIOSK, rig.device.public)
    write(journal, clock, 2)
    rig.run()
    assert rig.ledger.held(KIOSK, "n").position == journal.position


def test_receipts_of_a_hub_this_kiosk_does_not_know_count_for_nothing(
    rig: Rig, journal: Journal, clock: HandClock
) -> None:
    write(journal, clock, 5)
    rig.line.trusted = key().public
    rig.run()
    status = rig.uplink.status()
    assert (status.connected, status.unsent) == (False, 5)
    assert "not signed by the hub this kiosk knows" in status.trouble


def test_a_record_the_hub_refuses_goes_to_the_dead_letters_and_the_rest_goes_on(
    rig: Rig, journal: Journal, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, clock, 9)
    fault = content.first_fault

    def picky(batch: Batch, start: int, stop: int) -> tuple[int, str] | None:
        odd = [number - batch.after.sequence - 1 for number in (3, 5)]
        here = [place for place in odd if start <= place < stop and batch.payloads[place] is not None]
        return (here[0], "too odd") if here else fault(batch, start, stop)

    monkeypatch.setattr(content, "first_fault", picky)
    rig.run()
    assert rig.ledger.held(KIOSK, "n").position == journal.position
    assert rig.told == [UplinkRefused(sequence=3, why="too odd"), UplinkRefused(sequence=5, why="too odd")]
    assert rig.uplink.status().dead_letters == 2
    outbox = Outbox(rig.folder)
    assert [letter.sequence for letter in outbox.dead_letters()] == [3, 5]
    outbox.close()
    assert journal.verify_chain().erased == 0


def test_another_history_at_the_hub_stops_the_sending_and_names_the_fault(
    rig: Rig, tmp_path: Path, journal: Journal, clock: HandClock
) -> None:
    other_folder = tmp_path / "other"
    other = Journal(other_folder, clock, rig.device)
    write(other, clock, 4)
    twin = Uplink(other_folder, KIOSK, rig.device, rig.line, clock, rig.told.append, pace=AT_ONCE)  # type: ignore[arg-type]
    while twin.step() is None:
        pass
    twin.close()
    other.close()
    write(journal, clock, 9)
    rig.run()
    assert rig.held == 4
    assert isinstance(rig.told[-1], FaultRaised)
    assert "different histories" in rig.uplink.status().trouble
    assert rig.uplink.status().unsent == 9


def test_a_changed_record_is_not_sent(rig: Rig, journal: Journal, clock: HandClock) -> None:
    write(journal, clock, 5)
    journal._connection.execute("UPDATE events SET payload = '{}' WHERE sequence = 2")
    rig.run()
    assert rig.held == 0
    assert "payload of record 2 was changed" in rig.uplink.status().trouble


def test_erased_records_still_reach_the_hub_as_digests(rig: Rig, journal: Journal, clock: HandClock) -> None:
    rig.line.cut = True
    write(journal, clock, 5)
    clock.pass_time(days=32)
    journal.housekeep()
    rig.line.cut = False
    rig.run()
    assert rig.ledger.held(KIOSK, "n").position == journal.position


def core(chance: float = 1.0) -> tuple[UplinkCore, Receipt]:
    start = Position(0, bytes(32))
    return UplinkCore(start, AT_ONCE, lambda: chance), Receipt(KIOSK, "n", Answer.HELD, start, "")


def test_the_wait_doubles_to_a_minute_and_no_further() -> None:
    line, _ = core()
    waits = []
    mono = 0.0
    for _ in range(9):
        line.failed("no", mono)
        wait = line.plan(1, mono)
        assert isinstance(wait, Wait)
        waits.append(wait.seconds)
        mono += wait.seconds
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_lanes_do_not_all_call_at_once() -> None:
    waits = set()
    for chance in (0.0, 0.5, 1.0):
        line, _ = core(chance)
        line.failed("no", 0.0)
        waits.add(line.plan(1, 0.0))
    assert len(waits) == 3


def test_before_the_first_word_the_hub_is_asked_and_then_sent_to() -> None:
    line, held = core()
    assert line.plan(5, 0.0) == Ask()
    line.answered(held, 0.0, lambda _: 5, lambda _: True)
    assert line.plan(5, 0.0) == Send(held.position)


def test_an_idle_line_is_asked_now_and_then_so_that_connected_is_true() -> None:
    line, held = core()
    line.answered(held, 0.0, lambda _: 0, lambda _: True)
    assert isinstance(line.plan(0, 1.0), Wait)
    assert line.plan(0, 15.0) == Ask()


def test_a_hub_that_answers_questions_and_takes_no_records_is_lost_once_and_back_once() -> None:
    line, held = core()
    line.answered(held, 0.0, lambda _: 5, lambda _: True)
    line.plan(5, 0.0)
    assert [type(one) for one in line.failed("its disk is full", 0.0).events] == [UplinkLost]
    mono, waits = 0.0, []
    for last in range(6, 10):
        wait = line.plan(last, mono)
        assert isinstance(wait, Wait)
        waits.append(wait.seconds)
        mono += wait.seconds
        assert line.plan(last, mono) == Ask()
        assert line.answered(held, mono, lambda _, last=last: last, lambda _: True).events == ()
        assert (line.connected, line.trouble) == (False, "its disk is full")
        assert line.plan(last, mono) == Send(held.position)
        assert line.failed("its disk is full", mono).events == ()
    assert waits == [1, 2, 4, 8]
    mono += 16
    line.answered(held, mono, lambda _: 10, lambda _: True)
    stored = Receipt(KIOSK, "n", Answer.STORED, Position(10, b"h" * 32), "")
    assert line.answered(stored, mono, lambda _: 0, lambda _: True).events == (UplinkRestored(waiting=10),)
    assert line.connected and not line.trouble


def test_a_line_that_was_lost_over_a_batch_is_back_when_nothing_waits_any_more() -> None:
    line, held = core()
    line.answered(held, 0.0, lambda _: 1, lambda _: True)
    line.plan(1, 0.0)
    line.failed("no", 0.0)
    stored = dataclasses.replace(held, position=Position(1, b"h" * 32))
    assert line.answered(stored, 5.0, lambda _: 0, lambda _: True).events == (UplinkRestored(waiting=0),)


def test_a_healed_fork_is_told(rig: Rig) -> None:
    line, held = core()
    line.answered(dataclasses.replace(held, answer=Answer.FORK), 0.0, lambda _: 5, lambda _: True)
    assert line.plan(5, 100.0) == Ask()
    effects = line.answered(held, 100.0, lambda _: 5, lambda _: True)
    assert [type(event) for event in effects.events] == [FaultCleared]
    assert line.plan(5, 100.0) != Ask()


def gathering() -> UplinkCore:
    """A line that was told at 0 s that the hub is there and holds nothing."""
    start = Position(0, bytes(32))
    line = UplinkCore(start, Pace(gather_s=0.25), lambda: 1.0, batch=50)
    line.answered(Receipt(KIOSK, "n", Answer.HELD, start, ""), 0.0, lambda _: 0, lambda _: True)
    return line


def test_what_is_written_at_nearly_the_same_time_goes_together() -> None:
    line = gathering()
    assert line.plan(2, 10.0) == Wait(0.25, pokable=False)
    assert line.plan(5, 10.125) == Wait(0.125, pokable=False)
    assert line.plan(7, 10.25) == Send(line.watermark)


def test_a_lane_that_never_pauses_is_not_waited_for() -> None:
    line = gathering()
    sent = [mono for mono in range(50) if isinstance(line.plan(mono + 1, 10 + mono / 64), Send)]
    assert sent[0] == 16


def test_what_came_while_a_batch_was_on_its_way_gathers_anew_and_no_longer() -> None:
    line = gathering()
    line.plan(2, 10.0)
    held = Position(2, b"h" * 32)
    line.answered(Receipt(KIOSK, "n", Answer.STORED, held, ""), 10.5, lambda _: 1, lambda _: True)
    assert line.plan(3, 10.5) == Wait(0.25, pokable=False)
    assert line.plan(3, 10.75) == Send(held)


def test_no_record_waits_for_half_a_second_on_a_line_that_answers() -> None:
    assert 2 * Pace().gather_s < 0.5


def test_a_full_batch_waits_for_nothing() -> None:
    assert gathering().plan(50, 10.0) == Send(Position(0, bytes(32)))


def test_what_waited_for_the_hub_does_not_wait_again() -> None:
    line = gathering()
    line.failed("no", 10.0)
    line.plan(3, 10.0)
    line.answered(Receipt(KIOSK, "n", Answer.HELD, line.watermark, ""), 20.0, lambda _: 3, lambda _: True)
    assert line.plan(3, 20.0) == Send(line.watermark)


def test_the_next_record_after_a_quiet_time_gathers_from_its_own_moment() -> None:
    line = gathering()
    line.plan(2, 10.0)
    line.answered(
        Receipt(KIOSK, "n", Answer.STORED, Position(2, b"h" * 32), ""), 10.3, lambda _: 0, lambda _: True
    )
    assert line.plan(2, 12.0) == Wait(2.0, pokable=True)
    assert line.plan(3, 13.0) == Wait(0.25, pokable=False)
