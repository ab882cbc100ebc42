"""The watchdog on a clock of its own."""

from __future__ import annotations

from drivers.turnstile.watchdog import GRACE_S, HEARTBEAT_S, Watchdog


class Bench:
    def __init__(self) -> None:
        self.now = 0.0
        self.offs: list[float] = []
        self.died: list[int] = []
        self.woken = 0
        self.dog = Watchdog(self._off, self._wake, lambda: self.now, 1.0, self.died.append)

    def _off(self) -> None:
        self.offs.append(self.now)

    def _wake(self) -> None:
        self.woken += 1

    def at(self, now: float) -> None:
        self.now = now
        self.dog.look()


def test_a_release_that_stands_too_long_is_ended_again_and_again() -> None:
    bench = Bench()
    bench.dog.released()
    bench.at(0.99)
    assert bench.offs == []
    bench.at(1.0)
    bench.at(1.13)
    assert bench.offs == [1.0, 1.13]


def test_a_release_that_its_owner_ended_is_left_alone() -> None:
    bench = Bench()
    bench.dog.released()
    bench.now = 0.4
    bench.dog.off()
    bench.at(1.4)
    assert bench.offs == []


def test_a_kiosk_that_falls_silent_means_off_and_the_end() -> None:
    bench = Bench()
    bench.at(HEARTBEAT_S - 0.01)
    assert not bench.dog.orphaned
    bench.at(HEARTBEAT_S)
    assert bench.dog.orphaned
    assert bench.offs == [HEARTBEAT_S]
    assert bench.woken == 1


def test_a_kiosk_that_gives_signs_of_life_is_served_on() -> None:
    bench = Bench()
    for tenths in range(1, 100):
        bench.at(tenths / 10)
        bench.dog.beaten()
    assert not bench.dog.orphaned
    assert bench.offs == []


def test_a_process_that_does_not_end_by_itself_is_ended_after_one_more_off() -> None:
    bench = Bench()
    bench.at(HEARTBEAT_S)
    bench.at(HEARTBEAT_S + GRACE_S - 0.01)
    assert bench.died == []
    bench.at(HEARTBEAT_S + GRACE_S)
    assert bench.died == [4]
    assert len(bench.offs) == 2


def test_it_looks_again_no_later_than_the_next_thing_is_due() -> None:
    bench = Bench()
    assert bench.dog.look() == HEARTBEAT_S
    bench.dog.released()
    assert bench.dog.look() == 1.0
