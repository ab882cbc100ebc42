"""Two workers in virtual time: who reads when one is killed, hangs, is slow, or does not come up."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from drivers.reader import duty
from drivers.reader.duty import Duty

TICK_S = 0.01
FRAME_EVERY_S = 1 / 30
START_TAKES_S = 1.0
"""A process that starts under load."""
READ_TAKES_S = 0.02


class Worker:
    """One made-up worker: it greets after its start, reads what it is woken for, and may be ailing."""

    def __init__(self, number: int, begun_at: float, starts: bool) -> None:
        self.number, self.greets_at = number, begun_at + START_TAKES_S if starts else float("inf")
        self.reading: tuple[int, float] | None = None
        """The frame it reads, and when it is done with it."""
        self.woken = False
        self.takes = READ_TAKES_S


class World:
    """A camera of 30 frames a second, workers, and the duty between them. `gaps` come from `readings`."""

    def __init__(self, *, reserve: bool = True) -> None:
        self.duty, self.now = Duty(reserve=reserve), 100.0
        self.workers: dict[int, Worker] = {}
        self.readings: list[float] = []
        self.frames: list[float] = []
        self.ended: list[int] = []
        self.faults: list[str | None] = []
        self.starts = True
        self.poison: set[int] = set()
        """Frames that kill whoever reads them."""

    def run(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        end = self.now + seconds
        while self.now < end and not until():
            self.now += TICK_S
            if not self.frames or self.now - self.frames[-1] >= FRAME_EVERY_S:
                self.frames.append(self.now)
                self._wake(self.duty.frame(len(self.frames) - 1, self.now))
            for worker in tuple(self.workers.values()):
                self._live(worker)
            self._obey()
            if not self.faults or self.faults[-1] != self.duty.fault:
                self.faults.append(self.duty.fault)

    def _live(self, worker: Worker) -> None:
        if self.now >= worker.greets_at:
            worker.greets_at = float("inf")
            self.duty.greeted(worker.number, self.now)
        if worker.reading is not None and self.now >= worker.reading[1]:
            frame, worker.reading = worker.reading[0], None
            if self.duty.answered(worker.number, frame, self.frames[frame], self.now):
                self.readings.append(self.now)
        if worker.woken and worker.reading is None:
            worker.woken = False
            newest = len(self.frames) - 1
            if newest in self.poison:
                self.kill(worker.number)
            else:
                worker.reading = (newest, self.now + worker.takes)

    def _obey(self) -> None:
        orders = self.duty.orders(self.now)
        self._wake(orders.wake)
        for number in orders.end:
            self.kill(number)
        if orders.begin is not None:
            self.workers[orders.begin] = Worker(orders.begin, self.now, self.starts)

    def _wake(self, numbers: tuple[int, ...]) -> None:
        for number in numbers:
            self.workers[number].woken = True

    def kill(self, number: int) -> None:
        del self.workers[number]
        self.ended.append(number)
        self.duty.lost(number, self.now)

    @property
    def at_work(self) -> Worker:
        assert self.duty.on_duty is not None
        return self.workers[self.duty.on_duty]

    def silence(self) -> float:
        """From now to the next reading."""
        began, heard = self.now, len(self.readings)
        self.run(10, until=lambda: len(self.readings) > heard)
        return self.now - began


@pytest.fixture
def world() -> World:
    world = World()
    world.run(6)
    assert world.duty.has_reserve and world.faults == [None]
    return world


def test_the_reserve_is_begun_only_when_the_first_one_has_long_been_up() -> None:
    world = World()
    world.run(START_TAKES_S + duty.RESERVE_AFTER_S - 0.1)
    assert world.duty.begun == 1
    world.run(0.3)
    assert world.duty.begun == 2


def test_a_killed_worker_costs_one_frame(world: World) -> None:
    world.kill(world.at_work.number)
    assert world.silence() <= FRAME_EVERY_S + READ_TAKES_S + 2 * TICK_S


def test_a_hanging_worker_costs_less_than_half_a_second_and_is_ended(world: World) -> None:
    hung = world.at_work
    hung.takes = float("inf")
    world.run(0.1, until=lambda: hung.reading is not None and hung.reading[1] == float("inf"))
    assert world.silence() < 0.5
    world.run(1)
    assert world.ended == [hung.number] and world.faults == [None]


def test_without_a_reserve_a_hang_costs_the_start_of_another() -> None:
    world = World(reserve=False)
    world.run(6)
    world.at_work.takes = float("inf")
    world.run(0.1)
    assert duty.ANSWER_S < world.silence() < duty.ANSWER_S + START_TAKES_S + 0.1
    assert world.duty.begun == 2 and duty.RESTARTED in world.faults


def test_a_slow_worker_is_relieved_and_stands_by_once_it_has_answered(world: World) -> None:
    slow = world.at_work
    slow.takes = (duty.RELIEVED_S + duty.ANSWER_S) / 2
    world.run(duty.ANSWER_S)
    slow.takes = READ_TAKES_S
    world.run(2)
    assert world.ended == [] and world.duty.on_duty != slow.number
    assert world.duty.begun == 2 and world.duty.has_reserve and world.duty.alone is None


def test_a_lost_worker_is_named_until_another_stands_behind(world: World) -> None:
    world.kill(world.at_work.number)
    world.run(0.1)
    assert world.duty.alone == duty.RELIEVED and world.duty.fault is None
    world.run(START_TAKES_S + 0.1)
    assert world.duty.alone is None and world.duty.has_reserve


def test_a_reserve_that_dies_costs_nothing_and_is_begun_again(world: World) -> None:
    reserve = next(number for number in world.workers if number != world.duty.on_duty)
    on_duty = world.duty.on_duty
    world.kill(reserve)
    assert world.silence() <= FRAME_EVERY_S + READ_TAKES_S + 2 * TICK_S
    world.run(START_TAKES_S + 0.1)
    assert world.duty.on_duty == on_duty and world.duty.has_reserve


def test_a_reserve_that_hangs_is_found_out_by_its_exercise(world: World) -> None:
    reserve = next(worker for worker in world.workers.values() if worker.number != world.duty.on_duty)
    reserve.takes = float("inf")
    world.run(duty.EXERCISE_S + duty.ANSWER_S + START_TAKES_S + 1)
    assert world.ended == [reserve.number] and world.duty.has_reserve


def test_a_reserve_in_the_middle_of_its_exercise_takes_over_all_the_same(world: World) -> None:
    reserve = next(worker for worker in world.workers.values() if worker.number != world.duty.on_duty)
    world.run(duty.EXERCISE_S + 1, until=lambda: reserve.reading is not None)
    assert reserve.reading is not None
    world.kill(world.at_work.number)
    assert world.silence() <= FRAME_EVERY_S + READ_TAKES_S + 2 * TICK_S
    assert world.duty.on_duty == reserve.number


def test_a_frame_that_kills_its_reader_does_not_kill_the_next(world: World) -> None:
    world.run(0.2, until=lambda: world.at_work.reading is None)
    world.poison = {len(world.frames)}
    world.run(0.5)
    assert len(world.ended) == 1 and world.faults == [None]


def test_a_worker_that_never_greets_is_ended_and_tried_again_more_and_more_slowly() -> None:
    world = World()
    world.starts = False
    world.run(2 * duty.START_S + 1)
    assert world.ended == [1, 2] and world.faults == [None, duty.NOT_STARTING]
    world = World()
    begun = [_dies_at_once(world) for _ in range(8)]
    waits = [round(later - earlier, 1) for earlier, later in pairwise(begun)]
    assert waits == [0.2, 0.4, 0.8, 1.6, 2.0, 2.0, 2.0]


def _dies_at_once(world: World) -> float:
    before = world.duty.begun
    while world.duty.begun == before:
        world.run(TICK_S)
    world.kill(world.duty.begun)
    return world.now


def test_a_late_reading_of_an_older_frame_does_not_count() -> None:
    both = Duty()
    both.orders(0)
    both.greeted(1, 0)
    both.orders(duty.RESERVE_AFTER_S)
    both.greeted(2, 2)
    assert both.frame(7, 10.0) == (1,)
    assert both.frame(8, 10.2) == (1,)
    assert both.orders(10.35).wake == (2,)
    assert both.answered(2, 8, 10.2, 10.4)
    assert not both.answered(1, 7, 10.0, 10.45)


def test_a_worker_with_nothing_to_do_is_not_taken_for_hung(world: World) -> None:
    world.run(0.2, until=lambda: world.at_work.reading is None and not world.at_work.woken)
    world.duty.orders(world.now + 60)
    assert world.duty.orders(world.now + 60).end == ()
