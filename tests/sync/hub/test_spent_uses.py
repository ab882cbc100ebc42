"""Two lanes of a station share their single-use codes: one is first, the other is told, nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.canonical import utc_text
from sync.hub.models import Alarm
from sync.hub.spent_uses import NoStation, SpentUses
from sync.spent_words import Heard, Returned, UseTold
from tests.sync.ground import START, HandClock
from tests.sync.hub.ground import LaneKeys, StationHub

YESTERDAY, TODAY, OTHER = bytes(32), bytes([1]) * 32, bytes([2]) * 32


class Two:
    """Two lanes at one hub, and a third of another station."""

    def __init__(self, folder: Path, clock: HandClock, database: str | None = None) -> None:
        self.hub = StationHub(folder, clock, database=database)
        self.one = self.hub.enrol(LaneKeys("lane-1"))
        self.two = self.hub.enrol(LaneKeys("lane-2"))
        self.far = self.hub.enrol(LaneKeys("lane-1-far"), "macao")
        self.spent = SpentUses(self.hub.engine, clock)

    def ask(self, lane: int, reference: str, token: bytes = TODAY, *also: bytes, taken: bool = False) -> str:
        use = UseTold(reference, token, also, utc_text(START), taken)
        return self.spent.take(lane, [], [use])[0].heard.value

    def give_back(self, lane: int, reference: str, token: bytes = TODAY) -> None:
        self.spent.take(lane, [Returned(reference, token)], [])

    def alarms(self) -> list[str]:
        with Session(self.hub.engine) as session:
            return [f"{alarm.what}: {alarm.why}" for alarm in session.scalars(select(Alarm))]


@pytest.fixture
def lanes(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Two]:
    made = Two(tmp_path / "hub", clock, database)
    yield made
    made.hub.close()


def test_the_second_lane_is_told_who_was_first(lanes: Two) -> None:
    assert lanes.ask(lanes.one, "crossing-a") == "first"
    word = lanes.spent.take(lanes.two, [], [UseTold("crossing-b", TODAY, (), utc_text(START), taken=False)])[
        0
    ]
    assert (word.heard, word.lane, word.at) == (Heard.AGAIN, "lane-1", utc_text(START))
    assert lanes.alarms() == []


def test_the_same_crossing_asked_again_is_first_again(lanes: Two) -> None:
    assert [lanes.ask(lanes.one, "crossing-a") for _ in range(3)] == ["first"] * 3
    assert lanes.ask(lanes.one, "crossing-b") == "again"


def test_a_code_used_before_midnight_is_known_after_it(lanes: Two) -> None:
    assert lanes.ask(lanes.one, "crossing-a", YESTERDAY) == "first"
    assert lanes.ask(lanes.two, "crossing-b", TODAY, YESTERDAY) == "again"


def test_another_station_knows_nothing_of_it(lanes: Two) -> None:
    assert lanes.ask(lanes.one, "crossing-a") == "first"
    assert lanes.ask(lanes.far, "crossing-b") == "first"


def test_a_code_given_back_is_free_for_the_next(lanes: Two) -> None:
    lanes.ask(lanes.one, "crossing-a")
    lanes.give_back(lanes.two, "crossing-a")
    assert lanes.ask(lanes.two, "crossing-b") == "again", "only who used it can give it back"
    lanes.give_back(lanes.one, "crossing-a")
    assert lanes.ask(lanes.two, "crossing-c") == "first"


def test_a_question_that_comes_after_its_return_takes_nothing(lanes: Two) -> None:
    lanes.give_back(lanes.one, "crossing-a")
    assert lanes.ask(lanes.one, "crossing-a") == "returned"
    assert lanes.ask(lanes.two, "crossing-b") == "first"
    assert lanes.ask(lanes.one, "crossing-a") == "returned", "nor when it is heard once more"


def test_two_lanes_that_both_admitted_are_an_alarm_once(lanes: Two) -> None:
    assert lanes.ask(lanes.one, "crossing-a", taken=True) == "first"
    assert [lanes.ask(lanes.two, "crossing-b", taken=True) for _ in range(3)] == ["again"] * 3
    (alarm,) = lanes.alarms()
    assert alarm.startswith("spent_twice: ")
    assert all(word in alarm for word in ("crossing-a", "crossing-b", "lane-1"))


def test_where_the_first_of_two_gives_back_the_others_use_stands(lanes: Two) -> None:
    lanes.ask(lanes.one, "crossing-a", taken=True)
    lanes.ask(lanes.two, "crossing-b", taken=True)
    lanes.give_back(lanes.one, "crossing-a")
    assert lanes.ask(lanes.one, "crossing-c") == "again"
    assert lanes.ask(lanes.two, "crossing-b", taken=True) == "first"
    lanes.give_back(lanes.two, "crossing-b")
    assert lanes.ask(lanes.one, "crossing-d") == "first"


def test_a_lane_hears_what_the_others_did_in_order_and_once(lanes: Two) -> None:
    lanes.ask(lanes.one, "crossing-a")
    lanes.ask(lanes.two, "crossing-b", OTHER)
    feed = lanes.spent.changes(lanes.two, 0)
    assert [(change.token, change.spent, change.lane) for change in feed.changes] == [(TODAY, True, "lane-1")]
    assert lanes.spent.changes(lanes.two, feed.last).changes == []
    lanes.give_back(lanes.one, "crossing-a")
    more = lanes.spent.changes(lanes.two, feed.last)
    assert [(change.token, change.spent) for change in more.changes] == [(TODAY, False)]
    assert lanes.spent.changes(lanes.far, 0).changes == []
    assert not more.more


def test_what_no_key_could_recognise_is_forgotten(lanes: Two, clock: HandClock) -> None:
    lanes.ask(lanes.one, "crossing-a")
    clock.pass_time(days=31)
    assert lanes.spent.forget() == 0
    clock.pass_time(days=1, seconds=1)
    assert lanes.spent.forget() == 1
    assert lanes.spent.changes(lanes.two, 0).changes == []


def test_a_device_without_a_station_is_told_so(lanes: Two) -> None:
    with pytest.raises(NoStation):
        lanes.ask(9999, "crossing-a")
    with pytest.raises(NoStation):
        lanes.spent.changes(9999, 0)


def test_of_many_at_once_through_two_hubs_exactly_one_is_first(
    lanes: Two, tmp_path: Path, clock: HandClock, database: str | None
) -> None:
    second = StationHub(tmp_path / "hub", clock, lanes.hub.hub, database=database)
    rooms = [lanes.spent, SpentUses(second.engine, clock)]
    said: list[Heard] = []
    begin = threading.Barrier(8)

    def ask(number: int) -> None:
        lane = (lanes.one, lanes.two)[number % 2]
        use = UseTold(f"crossing-{number}", TODAY, (YESTERDAY,), utc_text(START), taken=False)
        begin.wait(20)
        said.append(rooms[number // 4].take(lane, [], [use])[0].heard)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    second.close()
    assert sorted(said) == ["again"] * 7 + ["first"]
