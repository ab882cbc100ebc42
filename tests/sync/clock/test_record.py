"""The record of the floor: damaged, missing, rolled back, unwritable. Never "no floor"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sync.clock.core import Heard
from sync.clock.line import Source, line_from
from sync.clock.memory import Memory, MemoryDamaged, decode, encode
from sync.clock.order import FILE as ORDER
from sync.clock.order import REFUSED, Order, leave_order, take_order
from sync.clock.store import DAMAGED, FILE
from tests.sync.clock.bench import BUILT, NOON, Bench

MEMORY = Memory(NOON, NOON, NOON, "boot-1", 12.5, line_from(NOON, 10.0, 0.25, Source.HUB))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path).confirmed()


def test_what_is_remembered_is_what_was_known() -> None:
    assert decode(encode(MEMORY)) == MEMORY


def test_every_changed_byte_is_noticed() -> None:
    whole = encode(MEMORY)
    for place in range(len(whole)):
        for flip in (0x01, 0x20):
            bent = bytearray(whole)
            bent[place] ^= flip
            with pytest.raises(MemoryDamaged):
                decode(bytes(bent))


@pytest.mark.parametrize("cut", [0, 1, 50, -1])
def test_half_a_record_is_no_record(cut: int) -> None:
    with pytest.raises(MemoryDamaged):
        decode(encode(MEMORY)[:cut])


def test_a_damaged_record_without_a_journal_refers_until_two_clocks_agree(bench: Bench) -> None:
    (bench.folder / FILE).write_bytes(b"{}")
    bench.restart()
    assert bench.state == "LOST"
    assert "damaged" in bench.clock.damage
    assert (bench.folder / FILE).read_bytes() == b"{}"
    assert bench.hub_says(NOON + timedelta(days=365)) is Heard.DISPUTED
    assert bench.state == "LOST"
    bench.start()
    assert bench.state == "LOST"
    assert bench.hub_says(bench.machine.true) is Heard.TAKEN
    assert bench.state == "BELIEVED"
    assert (bench.folder / DAMAGED).read_bytes() == b"{}"
    bench.start()
    assert bench.state == "BELIEVED"


def test_a_damaged_record_and_a_dead_battery_take_two_officers(bench: Bench) -> None:
    (bench.folder / FILE).write_bytes(b"\0" * 300)
    bench.restart(battery=False)
    assert bench.state == "LOST"
    assert bench.now >= BUILT
    assert bench.hub_says(bench.machine.true) is Heard.DISPUTED
    leave_order(
        bench.folder,
        Order(bench.machine.true, bench.machine.boot_id, bench.machine.uptime, "O-1", "O-2"),
    )
    assert bench.clock.take_order() is not None
    assert bench.state == "BELIEVED"


@pytest.mark.parametrize("content", [None, b"", b"not a record", b"x" * 100_000])
def test_the_journal_s_floor_stands_in_for_the_record(bench: Bench, content: bytes | None) -> None:
    if content is None:
        (bench.folder / FILE).unlink()
    else:
        (bench.folder / FILE).write_bytes(content)
    bench.mark = NOON - timedelta(hours=2)
    bench.machine.turn(days=-1)
    bench.restart()
    assert bench.state == "BEHIND"
    assert bench.floor >= bench.mark


def test_an_old_copy_put_back_is_lifted_by_the_journal_and_named(bench: Bench) -> None:
    old = (bench.folder / FILE).read_bytes()
    bench.machine.pass_time(days=3)
    bench.clock.save()
    (bench.folder / FILE).write_bytes(old)
    bench.mark = NOON + timedelta(days=2)
    bench.machine.turn(days=-2)
    bench.restart()
    assert bench.state == "BEHIND"
    assert bench.floor >= bench.mark
    assert "old copy" in bench.clock.damage


def test_a_record_that_can_t_be_written_is_named_and_tried_again(bench: Bench) -> None:
    before = (bench.folder / FILE).read_bytes()
    hidden = bench.folder.with_name("hidden")
    bench.folder.rename(hidden)
    bench.machine.pass_time(hours=1)
    assert bench.state == "BELIEVED"
    assert bench.clock.unwritten
    hidden.rename(bench.folder)
    assert (bench.folder / FILE).read_bytes() == before
    bench.machine.pass_time(seconds=2)
    assert bench.state == "BELIEVED"
    assert not bench.clock.unwritten
    assert (bench.folder / FILE).read_bytes() != before


def test_the_record_is_not_written_at_every_look(bench: Bench) -> None:
    before = (bench.folder / FILE).read_bytes()
    for _ in range(100):
        bench.machine.pass_time(seconds=2)
        bench.clock.look()
    assert (bench.folder / FILE).read_bytes() == before
    bench.machine.pass_time(seconds=120)
    bench.clock.look()
    assert decode((bench.folder / FILE).read_bytes()).floor > NOON + timedelta(minutes=4)


def test_a_floor_of_the_far_future_is_no_floor_but_damage(bench: Bench) -> None:
    wild = Memory(datetime(2500, 1, 1, tzinfo=UTC), NOON, NOON, "boot-1", 1.0, None)
    (bench.folder / FILE).write_bytes(encode(wild))
    bench.restart()
    assert bench.state == "LOST"


def test_an_order_is_taken_once(tmp_path: Path) -> None:
    order = Order(NOON, "boot-1", 3.5, "O-1", "O-2")
    leave_order(tmp_path, order)
    assert take_order(tmp_path) == order
    assert take_order(tmp_path) is None


def test_an_order_that_can_t_be_read_changes_nothing(bench: Bench) -> None:
    (bench.folder / ORDER).write_bytes(b'{"to": "2026-01-01T00:00:00.000000Z"}')
    assert bench.clock.take_order() is None
    assert (bench.folder / REFUSED).exists()
    assert bench.now == NOON
