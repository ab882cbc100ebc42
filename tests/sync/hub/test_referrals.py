"""A referral at the hub: one officer takes it, one decides it, whoever else tries is told, nothing stays."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.hub.desks import NoDesk, NotPossible
from sync.hub.referral_models import Referral, ReferralDecision, ReferralOver
from sync.referral import LaneSays
from tests.sync.ground import HandClock
from tests.sync.hub.ground import CHAN
from tests.sync.hub.waiting_ground import Station, opened


@pytest.fixture
def station(tmp_path: Path, clock: HandClock, database: str | None) -> Iterator[Station]:
    made = Station(tmp_path / "hub", clock, database)
    yield made
    made.close()


def rows(station: Station) -> list[Referral]:
    with Session(station.hub.engine) as session:
        return list(session.scalars(select(Referral).order_by(Referral.id)))


def test_a_referral_is_seen_by_every_desk_of_the_station_and_by_no_other(station: Station) -> None:
    station.opens()
    (one,) = station.shown()
    assert (one.lane, one.crossing, one.state, one.left_s, one.sealed) == (
        "lane-1",
        "c-1",
        "open",
        120,
        "c2VhbGVk",
    )
    assert station.shown(station.other) == [one]
    assert station.shown(station.far) == []
    with pytest.raises(NoDesk):
        station.desks.picture(station.two)


def test_the_desks_of_the_station_are_told_to_its_lanes(station: Station) -> None:
    known = station.referrals.for_lane(station.one, 0)
    assert [desk.name for desk in known.desks] == ["desk-1", "desk-2"]
    assert known.desks[0].seal == station.keys["desk-1"].seal.public.raw.hex()
    station.hub.devices.revoke("desk-2", "stolen", CHAN)
    assert [desk.name for desk in station.referrals.for_lane(station.one, 0).desks] == ["desk-1"]


def test_a_desk_is_no_lane_of_the_picture(station: Station) -> None:
    assert [(lane.lane, lane.report) for lane in station.desks.picture(station.desk).lanes] == [
        ("lane-1", None),
        ("lane-2", None),
    ]


def test_who_takes_it_first_has_it_and_the_other_hears_who(station: Station) -> None:
    station.opens()
    assert station.claim() == "claimed"
    assert station.claim("O-18", station.other) == "taken"
    assert station.claim("O-17", station.other) == "taken", "the same officer, but at another desk"
    assert station.claim() == "claimed", "said again, it is renewed"
    assert [(one.officer, one.desk) for one in station.shown(station.other)] == [("O-17", "desk-1")]


def test_a_desk_that_fell_silent_does_not_keep_it(station: Station, clock: HandClock) -> None:
    station.opens()
    station.claim()
    clock.pass_time(seconds=16)
    assert station.shown()[0].officer == ""
    assert station.claim("O-18", station.other) == "claimed"
    assert station.decide() == "not_taken"


def test_what_is_let_go_can_be_taken(station: Station) -> None:
    station.opens()
    station.claim()
    station.desks.release(station.other, "lane-1", "c-1")
    assert station.claim("O-18", station.other) == "taken", "only who has it can let it go"
    station.desks.release(station.desk, "lane-1", "c-1")
    assert station.claim("O-18", station.other) == "claimed"


def test_a_decision_waits_for_its_lane_alone(station: Station) -> None:
    station.opens()
    station.claim()
    number = station.decide()
    assert isinstance(number, int)
    (carried,) = station.referrals.for_lane(station.one, 0).decisions
    assert (carried.number, carried.crossing) == (number, "c-1")
    assert station.referrals.for_lane(station.one, number).decisions == ()
    assert station.referrals.for_lane(station.two, 0).decisions == ()
    assert station.shown()[0].state == "decided"
    station.hears(number, "taken")
    assert station.referrals.for_lane(station.one, 0).decisions == ()


def test_nobody_decides_what_he_has_not_taken(station: Station) -> None:
    station.opens()
    assert station.decide() == "not_taken"
    station.claim()
    assert station.decide("O-18", desk=station.other) == "not_taken"
    assert station.decide("O-18") == "not_taken"


def test_the_first_decision_counts_and_said_again_it_is_the_same(station: Station) -> None:
    station.opens()
    station.claim()
    statement = station.statement()
    number = station.send(statement)
    assert station.send(statement) == number
    assert station.decide(action="refuse") == "decided"
    assert station.claim("O-18", station.other) == "decided"


def test_two_processes_at_once_take_one_claim_and_one_decision(station: Station) -> None:
    station.opens()
    said: list[str] = []
    together = threading.Barrier(2)

    def try_it(desk: int, officer: str) -> None:
        _, desks = station.second_process()
        together.wait(20)
        try:
            desks.claim(desk, "lane-1", "c-1", officer)
            station.decide(officer, desk=desk, rooms=desks)
            said.append("decided")
        except NotPossible as no:
            said.append(no.word)

    threads = [
        threading.Thread(target=try_it, args=one) for one in ((station.desk, "O-17"), (station.other, "O-18"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(said) in (["decided", "decided"], ["decided", "taken"])
    with Session(station.hub.engine) as session:
        assert len(session.scalars(select(ReferralDecision)).all()) == 1


def test_the_database_itself_refuses_a_second_decision_in_one_place(station: Station) -> None:
    from sqlalchemy.exc import IntegrityError

    station.opens()
    station.claim()
    station.decide()
    with Session(station.hub.engine) as session:
        first = session.scalars(select(ReferralDecision)).one()
        session.add(
            ReferralDecision(
                referral_id=first.referral_id,
                device_id=first.device_id,
                place=1,
                officer="O-18",
                action="refuse",
                desk_id=first.desk_id,
                statement="{}",
                signature=bytes(64),
                at=first.at,
                word="",
            )
        )
        with pytest.raises(IntegrityError):
            session.flush()


def test_a_decision_that_the_lane_does_not_believe_makes_room_for_another(station: Station) -> None:
    station.opens()
    station.claim()
    number = station.decide()
    assert isinstance(number, int)
    station.hears(number, "forged")
    assert [(one.state, one.word, one.officer) for one in station.shown()] == [("open", "forged", "O-17")]
    assert isinstance(station.decide(), int)


def test_two_officers_decide_where_it_takes_two(station: Station) -> None:
    station.opens(second=True)
    station.claim()
    first = station.decide()
    assert isinstance(first, int)
    station.hears(first, "second_officer")
    station.opens(second=True, approved_by="O-17")
    assert [(one.state, one.officer, one.approved_by) for one in station.shown()] == [("open", "", "O-17")]
    assert station.claim() == "second_officer"
    assert station.claim("O-18", station.other) == "claimed"
    second = station.decide("O-18", desk=station.other)
    assert isinstance(second, int)
    station.hears(second, "taken")
    station.closes("admit", "O-18")
    assert [(one.how, one.by) for one in station.shown()] == [("admit", "O-18")]


def test_what_the_lane_finished_itself_is_told_to_who_had_taken_it(station: Station) -> None:
    station.opens()
    station.claim()
    station.closes("refuse", "S-3")
    assert station.decide() == "over"
    assert [(one.state, one.how, one.by, one.sealed) for one in station.shown()] == [
        ("closed", "refuse", "S-3", "")
    ]


def test_a_decision_just_after_the_time_ran_out_is_still_brought_for_the_record(
    station: Station, clock: HandClock
) -> None:
    station.opens()
    station.claim()
    station.closes("timed_out")
    clock.pass_time(seconds=10)
    assert isinstance(station.decide(), int)
    assert len(station.referrals.for_lane(station.one, 0).decisions) == 1
    assert station.shown()[0].state == "closed"


def test_long_after_nothing_is_brought(station: Station, clock: HandClock) -> None:
    station.opens(left_s=5)
    station.claim()
    clock.pass_time(seconds=70)
    assert station.decide() == "over"
    assert station.shown() == []


def test_it_ends_with_the_lanes_time_also_where_the_lane_says_no_more(
    station: Station, clock: HandClock
) -> None:
    station.opens(left_s=30)
    clock.pass_time(seconds=31)
    (one,) = station.shown()
    assert (one.state, one.how, one.sealed, one.left_s) == ("closed", "timed_out", "", 0)
    assert station.claim() == "over"


def test_said_again_it_is_the_same_and_its_time_grows_no_longer(station: Station, clock: HandClock) -> None:
    station.opens()
    before = station.desks.change(station.desk)
    clock.pass_time(seconds=20)
    station.opens(left_s=100)
    assert station.desks.change(station.desk) == before
    station.opens(left_s=3000)
    assert [one.left_s for one in station.shown()] == [100]


def test_a_referral_that_is_over_is_not_opened_again_by_an_old_message(station: Station) -> None:
    station.opens()
    station.closes("admit", "O-17")
    station.opens()
    assert [one.state for one in station.shown()] == ["closed"]


def test_a_lane_has_one_traveller(station: Station) -> None:
    station.opens()
    station.opens("c-2")
    assert {one.crossing: one.state for one in station.shown()} == {"c-1": "closed", "c-2": "open"}


def test_what_desks_could_read_is_gone_once_it_is_over_and_the_rest_a_day_later(
    station: Station, clock: HandClock
) -> None:
    station.opens()
    station.opens("c-2", station.two, left_s=10)
    station.closes("admit", "O-17")
    assert [row.sealed for row in rows(station)] == ["", "c2VhbGVk"]
    clock.pass_time(seconds=11)
    assert station.referrals.tidy() == 1
    assert [row.sealed for row in rows(station)] == ["", ""]
    assert station.referrals.tidy() == 0
    clock.pass_time(days=1, seconds=120)
    station.referrals.tidy()
    assert rows(station) == []
    assert station.referrals.tidy() == 0


@pytest.mark.parametrize("decided", [True, False])
def test_a_referral_that_was_recorded_is_never_shown_again_for_a_month(
    station: Station, clock: HandClock, decided: bool
) -> None:
    station.opens()
    if decided:
        station.claim()
        assert isinstance(station.decide(), int)
        station.closes("admit", "O-17")
    passed = 0
    for day in (2, 7, 30):
        clock.pass_time(days=day - passed)
        passed = day
        station.referrals.tidy()
        station.opens(f"there-now-{day}")
        station.opens("c-1")
        station.opens("c-1", again=1000)
        assert [one.crossing for one in station.shown()] == [f"there-now-{day}"], "he keeps his referral"
        assert station.claim() == "unknown"
    clock.pass_time(days=60)
    station.referrals.tidy()
    clock.pass_time(days=60)
    station.referrals.tidy()
    with Session(station.hub.engine) as session:
        assert session.scalars(select(ReferralOver)).all() == []


def test_two_hubs_forget_the_same_referrals_at_once(station: Station, clock: HandClock) -> None:
    station.opens()
    clock.pass_time(days=2)
    with Session(station.hub.engine) as session, session.begin():
        session.add(
            ReferralOver(device_id=station.one, crossing="c-1", expires_at="2026-11-23T00:00:00.000000Z")
        )
    station.referrals.tidy()
    assert rows(station) == []


def test_old_decisions_go_with_their_referral(station: Station, clock: HandClock) -> None:
    station.opens()
    station.claim()
    assert isinstance(station.decide(), int)
    clock.pass_time(days=2)
    station.referrals.tidy()
    with Session(station.hub.engine) as session:
        assert session.scalars(select(ReferralDecision)).all() == []


def test_a_lane_answers_only_for_its_own_decisions(station: Station) -> None:
    station.opens()
    station.claim()
    number = station.decide()
    assert isinstance(number, int)
    from sync.referral import Heard

    station.referrals.says(station.two, LaneSays(heard=(Heard(number=number, word="forged"),)))
    assert station.shown()[0].state == "decided"
    station.referrals.says(station.two, LaneSays(opened=(opened("c-1"),)))
    assert {(one.lane, one.state) for one in station.shown()} == {("lane-1", "decided"), ("lane-2", "open")}


def test_a_decision_taken_back_opens_the_referral_again_for_who_took_it_back(
    station: Station, clock: HandClock
) -> None:
    station.opens()
    station.claim()
    first = station.decide(action="refuse")
    assert isinstance(first, int)
    station.hears(first, "taken")
    station.closes("refuse", "O-17")
    clock.pass_time(seconds=3)
    assert station.decide("O-18", "undo", station.other) == "too_late", "it is not theirs"
    undo = station.decide(action="undo")
    assert isinstance(undo, int)
    assert [one.number for one in station.referrals.for_lane(station.one, first).decisions] == [undo]
    station.hears(undo, "undone")
    station.opens(again=1)
    (one,) = station.shown()
    assert (one.state, one.how, one.word, one.officer, one.left_s) == ("open", "", "", "O-17", 120)
    station.opens(again=1)
    assert station.claim() == "claimed"
    second = station.decide()
    assert isinstance(second, int)
    station.hears(second, "taken")
    station.closes("admit", "O-17")
    station.opens(again=1)
    assert station.shown()[0].state == "closed", "opened again once for each time it was taken back"


def test_what_the_lane_would_not_take_back_stays_decided(station: Station, clock: HandClock) -> None:
    station.opens()
    assert station.decide(action="undo") == "too_late", "nothing was decided yet"
    station.claim()
    first = station.decide()
    assert isinstance(first, int)
    station.hears(first, "taken")
    undo = station.decide(action="undo")
    assert isinstance(undo, int)
    station.hears(undo, "too_late")
    assert [(one.state, one.word) for one in station.shown()] == [("decided", "too_late")]
    assert station.decide() == "decided"
    clock.pass_time(seconds=60)
    assert station.decide(action="undo") == "too_late"


def test_the_first_of_two_stays_the_first_when_the_second_takes_a_decision_back(station: Station) -> None:
    station.opens()
    station.claim()
    first = station.decide()
    assert isinstance(first, int)
    station.hears(first, "second_officer")
    station.claim("O-18", station.other)
    second = station.decide("O-18", "refuse", station.other)
    assert isinstance(second, int)
    station.hears(second, "taken")
    undo = station.decide("O-18", "undo", station.other)
    assert isinstance(undo, int)
    station.opens(again=1)
    assert station.claim() == "taken", "O-18 has it a little longer"
    assert isinstance(station.decide("O-18", "admit", station.other), int)
