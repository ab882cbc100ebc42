"""A code for one use, two lanes, one hub: spent at one it is refused at the other, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sync.event_types import CodeSpentTwice, StationKeysMissing, StationKeysTaken
from sync.hub.app import create_app
from sync.hub.ledger import Ledger
from sync.signing import SigningKey
from tests.sync.ground import HandClock, key
from tests.sync.hub.ground import CHAN, STATION, LaneKeys, StationHub
from tests.sync.hub.lanes import DECLARATION, StationLane
from tests.sync.hub.served import served
from verification.policy import Policy, built_in
from verification.reasons import ReasonId
from verification.verdict import Outcome

NOTED = built_in().model_copy(update={"single_use_elsewhere": "admit_noted"})
Join = Callable[..., StationLane]


class Station:
    """A hub that can be cut off and come back under its old address."""

    def __init__(self, folder: Path, clock: HandClock) -> None:
        self.folder, self.clock = folder, clock
        self.hub = StationHub(folder / "hub", clock)
        self.lanes: list[StationLane] = []
        self._serving = ExitStack()
        self.url = ""

    def serve(self) -> None:
        self.url = self._serving.enter_context(served(self.hub.app, self.port))

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1]) if self.url else 0

    def cut(self) -> None:
        self._serving.close()

    def lane(self, name: str, policy: Policy | None = None, *, keys: LaneKeys | None = None) -> StationLane:
        known = keys or LaneKeys(name)
        if keys is None:
            self.hub.enrol(known)
        made = StationLane(self.folder / name, known, self.url, self.hub.hub.public, self.clock, policy)
        self.lanes.append(made)
        return made


@pytest.fixture
def station(tmp_path: Path, clock: HandClock) -> Iterator[Station]:
    made = Station(tmp_path, clock)
    made.serve()
    yield made
    for lane in made.lanes:
        lane.stop()
    made.cut()


def test_a_code_spent_at_one_lane_is_refused_at_the_other_at_once(station: Station) -> None:
    one, two = station.lane("lane-1"), station.lane("lane-2")
    one.start(), two.start()
    assert one.show().reasons == (ReasonId.ADMITTED,)
    again = two.show()
    assert (again.outcome, again.reasons[0]) == (Outcome.REFUSE, ReasonId.ALREADY_USED)
    assert one.show().reasons[0] is ReasonId.ALREADY_USED
    assert two.show(b"another").outcome is Outcome.ADMIT


def test_a_code_nobody_passed_on_is_free_at_every_lane(station: Station) -> None:
    one, two = station.lane("lane-1"), station.lane("lane-2")
    one.start(), two.start()
    one.nobody_passed(one.show())
    one.wait_until(lambda: one.journal.spent_line.due() == ([], []))
    assert two.show().outcome is Outcome.ADMIT
    assert one.show().reasons[0] is ReasonId.ALREADY_USED


def test_a_lane_that_loses_the_hub_still_knows_what_was_spent_before(station: Station) -> None:
    one, two = station.lane("lane-1", NOTED), station.lane("lane-2", NOTED)
    one.start(), two.start()
    one.show()
    two.wait_until(lambda: two.lanes.knows(b"use " + DECLARATION, station.clock().utc))
    station.cut()
    two.round()
    assert two.show().reasons[0] is ReasonId.ALREADY_USED


@pytest.mark.parametrize(
    ("policy", "outcome", "first"),
    [
        (None, Outcome.REFER, ReasonId.OTHER_LANES_UNKNOWN),
        (NOTED, Outcome.ADMIT, ReasonId.ADMITTED_NOTED),
    ],
)
def test_without_the_hub_the_policy_decides_and_the_lane_says_so(
    station: Station, policy: Policy | None, outcome: Outcome, first: ReasonId
) -> None:
    lane = station.lane("lane-1", policy)
    lane.start()
    station.cut()
    lane.round()
    verdict = lane.show()
    assert (verdict.outcome, verdict.reasons[0]) == (outcome, first)
    assert "can't be checked" in str(lane.troubles["other lanes"])


def test_what_was_spent_alone_is_merged_and_two_admissions_are_an_alarm(station: Station) -> None:
    one, two = station.lane("lane-1", NOTED), station.lane("lane-2", NOTED)
    one.start(), two.start()
    station.cut()
    one.round(), two.round()
    assert [lane.show().outcome for lane in (one, two)] == [Outcome.ADMIT] * 2
    assert one.show(b"only here").outcome is Outcome.ADMIT
    station.serve()
    one.round(), two.round(), two.round()
    (twice,) = [event for event in (*one.told, *two.told) if isinstance(event, CodeSpentTwice)]
    assert len(twice.crossing) == 32
    ledger = Ledger(station.hub.engine, station.clock)
    assert sum(kiosk.alarms for kiosk in ledger.status()) == 1
    assert two.show(b"only here").reasons[0] is ReasonId.ALREADY_USED
    one.round(), two.round()
    assert sum(kiosk.alarms for kiosk in ledger.status()) == 1


def test_what_was_asked_when_the_lane_died_is_given_back_after_its_start(station: Station) -> None:
    one, two = station.lane("lane-1"), station.lane("lane-2")
    one.start(), two.start()
    at = station.clock().utc
    asked = one.lanes.ask([b"use " + DECLARATION], at, "crossing-one")
    assert asked.answered
    assert two.show().reasons[0] is ReasonId.ALREADY_USED
    keys = one.keys
    one.stop(), station.lanes.remove(one)
    again = station.lane("lane-1", keys=keys)
    again.start()
    again.wait_until(lambda: again.journal.spent_line.due() == ([], []))
    assert two.show().outcome is Outcome.ADMIT


def test_an_answer_that_comes_too_late_takes_nothing(station: Station) -> None:
    one, two = station.lane("lane-1"), station.lane("lane-2")
    one.start(), two.start()
    one.lanes._answer_s = 0.2
    one.open.clear()
    assert one.show().reasons[0] is ReasonId.OTHER_LANES_UNKNOWN
    one.wait_until(lambda: one.journal.spent_line.due() == ([], []))
    one.open.set()
    one.wait_until(lambda: one.journal.spent_line.due() == ([], []))
    assert two.show().outcome is Outcome.ADMIT


def test_a_code_spent_before_midnight_is_refused_at_the_other_lane_after_it(
    station: Station, clock: HandClock
) -> None:
    one, two = station.lane("lane-1"), station.lane("lane-2")
    one.start(), two.start()
    one.show()
    clock.pass_time(hours=20)
    assert two.show().reasons[0] is ReasonId.ALREADY_USED


def test_lanes_of_a_station_know_a_code_by_the_same_fingerprint_from_midnight_on(
    station: Station, clock: HandClock
) -> None:
    one, two = station.lane("lane-1"), station.lane("lane-2")
    first = one.journal.fingerprint(b"code", clock().utc)
    one.start(), two.start()
    assert one.journal.fingerprint(b"code", clock().utc) == first, "a day ends with the key it began with"
    assert one.journal.fingerprint(b"code", clock().utc) != two.journal.fingerprint(b"code", clock().utc)
    clock.pass_time(days=1)
    assert one.journal.fingerprint(b"code", clock().utc) == two.journal.fingerprint(b"code", clock().utc)
    (taken,) = [event for event in one.told if isinstance(event, StationKeysTaken)]
    assert taken == StationKeysTaken(station=STATION, until="2026-04-30")


def test_keys_of_the_station_outlive_a_restart_and_are_destroyed_with_their_day(
    station: Station, clock: HandClock
) -> None:
    lane = station.lane("lane-1")
    lane.start()
    clock.pass_time(days=1)
    day = clock().utc.date()
    before = lane.journal.fingerprint(b"code", clock().utc)
    keys = lane.keys
    lane.stop(), station.lanes.remove(lane)
    again = station.lane("lane-1", keys=keys)
    assert again.journal.fingerprint(b"code", clock().utc) == before
    file = again.folder / "day-keys" / "station" / f"{day}.key"
    assert file.stat().st_mode & 0o777 == 0o600
    clock.pass_time(days=31)
    again.journal.housekeep()
    assert not file.exists()


def test_a_lane_without_a_station_uses_its_own_keys_and_says_so(station: Station) -> None:
    keys = LaneKeys("lane-9")
    Ledger(station.hub.engine, station.clock).enrol("lane-9", keys.device.public)
    lane = station.lane("lane-9", keys=keys)
    lane.contact.step(lane.exchange())
    assert "knows no station" in str(lane.troubles["keys"])
    assert [type(event) for event in lane.told] == [StationKeysMissing]
    lane.round()
    assert lane.show().reasons[0] is ReasonId.OTHER_LANES_UNKNOWN


def test_a_revoked_lane_hears_what_to_do_and_so_does_one_that_is_too_old(station: Station) -> None:
    lane = station.lane("lane-1")
    station.hub.devices.require_version("1.0.1", CHAN)
    lane.contact.step(lane.exchange())
    assert "version 1.0.0, the hub asks for 1.0.1" in str(lane.troubles["outdated"])
    station.hub.devices.require_version("1.0", CHAN)
    lane.contact.step(lane.exchange())
    assert lane.troubles["outdated"] is None
    station.hub.devices.revoke("lane-1", "stolen from the store", CHAN)
    lane.contact.step(lane.exchange())
    assert "stolen from the store" in str(lane.troubles["revoked"])
    assert "main.py enrol" in str(lane.troubles["revoked"])


def test_a_revoked_lane_stays_revoked_after_a_restart_without_a_network(station: Station) -> None:
    lane = station.lane("lane-1")
    device = station.hub.devices
    device.revoke("lane-1", "stolen from the store", CHAN)
    lane.contact.step(lane.exchange())
    station.cut()
    keys = lane.keys
    lane.stop(), station.lanes.remove(lane)
    again = station.lane("lane-1", keys=keys)
    again.contact.remember()
    assert "stolen from the store" in str(again.troubles["revoked"])
    again.contact.step(again.exchange())
    assert "stolen from the store" in str(again.troubles["revoked"]), "no answer is no pardon"


def test_a_hub_set_back_to_an_older_copy_is_followed_from_the_beginning(station: Station) -> None:
    lane = station.lane("lane-1")
    lane.elsewhere.take("another", 4711, [])
    lane.round()
    feed, last = lane.elsewhere.place()
    assert (feed != "another", last) == (True, 0)


def test_an_impostor_of_the_hub_admits_nobody(station: Station, tmp_path: Path, clock: HandClock) -> None:
    impostor: SigningKey = key()
    lane = station.lane("lane-1")
    lane.contact.step(lane.exchange())
    station.cut()
    with served(create_app(Ledger(station.hub.engine, clock), impostor), station.port):
        lane.round()
        assert lane.show().reasons[0] is ReasonId.OTHER_LANES_UNKNOWN
