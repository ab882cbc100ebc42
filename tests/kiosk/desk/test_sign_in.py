"""The sign-in counts, waits, locks and forgets on a clock of its own: no PIN is compared here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from config.moment import Moment
from kiosk.desk.lane_control import SignInEvent
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Roster
from kiosk.desk.sign_in import FOR_GOOD, Check, Denied, Ending, Limits, SignIn, Why
from sync.event_types import OfficerSignedIn, OfficerSignedOut, OfficerSignInFailed
from tests.kiosk.desk.ground import OFFICER, PIN, QUICK, ROSTER, START, WRONG


class Door:
    """Somebody at the sign-in, with a clock."""

    def __init__(self, roster: Roster = ROSTER, before: SignIn | None = None, now: Moment = START) -> None:
        self.now = now
        self.sign_in = SignIn(roster, Limits(), before.tries if before else {}, now)
        self.events: list[SignInEvent] = []

    def try_pin(self, pin: str, typed: str = "O-17") -> Denied | None:
        answer = self.sign_in.attempt(typed, pin, self.now)
        if not isinstance(answer, Check):
            assert isinstance(answer, Denied)
            return answer
        denied, event = self.sign_in.checked(answer, pin == PIN and answer.officer is not None, self.now)
        self.events.append(event)
        return denied

    def wrong(self, times: int) -> None:
        """So many wrong tries, each as soon as it is let."""
        for _ in range(times):
            denied = self.try_pin(WRONG)
            if denied is not None:
                self.later(denied.wait_s)

    def later(self, seconds: float) -> None:
        self.now = self.now.later(seconds)


def test_the_right_pin_signs_in_and_is_recorded_without_the_pin() -> None:
    door = Door()
    assert door.try_pin(PIN) is None
    assert door.sign_in.officer is OFFICER
    assert door.events == [OfficerSignedIn("O-17", "pin")]
    assert PIN not in repr(door.events)


def test_a_check_never_shows_its_pin() -> None:
    answer = Door().sign_in.attempt("O-17", PIN, START)
    assert isinstance(answer, Check)
    assert PIN not in repr(answer)


def test_four_wrong_tries_cost_no_wait_and_the_fifth_costs_fifteen_seconds() -> None:
    door = Door()
    said = [door.try_pin(WRONG) for _ in range(5)]
    assert [denied and denied.why for denied in said] == [Why.WRONG] * 4 + [Why.WAIT]
    assert [denied and denied.left for denied in said[:4]] == [4, 3, 2, 1]
    assert said[4] == Denied(Why.WAIT, 15.0)
    assert door.events[4] == OfficerSignInFailed("O-17", 5, 15)


def test_during_the_wait_even_the_right_pin_is_not_looked_at() -> None:
    door = Door()
    door.wrong(4)
    door.try_pin(WRONG)
    door.later(14.9)
    denied = door.try_pin(PIN)
    assert denied is not None
    assert denied.why is Why.WAIT
    assert denied.wait_s == pytest.approx(0.1)
    door.later(0.2)
    assert door.try_pin(PIN) is None


def test_a_try_during_the_wait_does_not_lengthen_it_and_is_not_counted() -> None:
    door = Door()
    door.wrong(4)
    door.try_pin(WRONG)
    for _ in range(20):
        door.try_pin(WRONG)
    door.later(15)
    assert door.try_pin(PIN) is None
    assert len(door.events) == 6


def test_the_wait_doubles_with_every_further_wrong_try() -> None:
    door = Door()
    door.wrong(15)
    waits = [event.locked_s for event in door.events if isinstance(event, OfficerSignInFailed)]
    assert waits == [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7680, FOR_GOOD]


def test_after_fifteen_wrong_tries_no_wait_helps() -> None:
    door = Door()
    door.wrong(15)
    door.later(10 * 24 * 3600)
    assert door.try_pin(PIN) == Denied(Why.LOCKED)
    assert door.sign_in.officer is None


def test_one_locked_officer_does_not_lock_another() -> None:
    roster = ROSTER.with_officer(replace(OFFICER, id="O-18"))
    door = Door(roster)
    door.wrong(15)
    assert door.try_pin(PIN, "O-18") is None


def test_a_success_forgives_what_was_wrong_before() -> None:
    door = Door()
    door.wrong(4)
    door.try_pin(PIN)
    door.sign_in.sign_out("officer")
    denied = door.try_pin(WRONG)
    assert denied == Denied(Why.WRONG, left=4)


def test_a_try_is_counted_before_its_answer_is_known() -> None:
    door = Door()
    answer = door.sign_in.attempt("O-17", PIN, START)
    assert isinstance(answer, Check)
    assert answer.tries["O-17"].count == 1


def test_two_pins_are_never_checked_at_once() -> None:
    door = Door()
    assert isinstance(door.sign_in.attempt("O-17", PIN, START), Check)
    assert door.sign_in.attempt("O-17", PIN, START) is None


def test_a_lock_survives_a_restart() -> None:
    before = Door()
    before.wrong(15)
    after = Door(before=before.sign_in, now=before.now.later(3600))
    assert after.try_pin(PIN) == Denied(Why.LOCKED)


def test_a_wait_goes_on_after_a_restart_where_it_stood() -> None:
    before = Door()
    before.wrong(4)
    before.try_pin(WRONG)
    restarted = Moment(3.0, before.now.utc + timedelta(seconds=5))
    after = Door(before=before.sign_in, now=restarted)
    denied = after.try_pin(PIN)
    assert denied is not None
    assert denied.wait_s == pytest.approx(10.0)


def test_a_clock_set_back_does_not_shorten_a_wait() -> None:
    before = Door()
    before.wrong(4)
    before.try_pin(WRONG)
    after = Door(before=before.sign_in, now=Moment(3.0, before.now.utc - timedelta(days=400)))
    denied = after.try_pin(PIN)
    assert denied == Denied(Why.WAIT, 15.0)


def test_a_new_pin_unlocks() -> None:
    before = Door()
    before.wrong(15)
    renewed = Roster((replace(OFFICER, pin_hash=hash_pin(PIN, QUICK)),))
    assert Door(renewed, before=before.sign_in).try_pin(PIN) is None


def test_an_unknown_number_reads_like_a_wrong_pin_and_is_not_written_down() -> None:
    door = Door()
    denied = door.try_pin(PIN, typed="739165")
    assert denied == Denied(Why.WRONG)
    assert door.events == [OfficerSignInFailed("unknown", 1, 0)]


def test_damaged_records_of_tries_help_nobody() -> None:
    door = Door()
    door.sign_in.suspect_everybody(START)
    denied = door.try_pin(PIN)
    assert denied == Denied(Why.WAIT, 15.0)


def test_an_entry_that_has_ended_does_not_sign_in() -> None:
    ended = Roster((replace(OFFICER, not_after=START.utc),))
    door = Door(ended)
    assert door.try_pin(PIN) == Denied(Why.ENDED)
    assert door.sign_in.officer is None


def test_an_idle_officer_is_signed_out_after_half_an_hour() -> None:
    door = Door()
    door.try_pin(PIN)
    door.later(1799)
    assert door.sign_in.tick(door.now) is None
    door.later(1)
    assert door.sign_in.tick(door.now) == OfficerSignedOut("O-17", "idle")
    assert door.sign_in.officer is None


def test_work_keeps_a_session_alive_but_not_longer_than_twelve_hours() -> None:
    door = Door()
    door.try_pin(PIN)
    for _ in range(12 * 4 - 1):
        door.later(900)
        door.sign_in.touched(door.now)
        assert door.sign_in.tick(door.now) is None
    door.later(900)
    door.sign_in.touched(door.now)
    assert door.sign_in.tick(door.now) == OfficerSignedOut("O-17", "absolute")


def test_a_session_that_ends_soon_is_said_before_and_whether_a_touch_keeps_it() -> None:
    door = Door()
    assert door.sign_in.ending(door.now) is None, "nobody is signed in"
    door.try_pin(PIN)
    door.later(1739)
    assert door.sign_in.ending(door.now) is None
    door.later(1)
    assert door.sign_in.ending(door.now) == Ending(60.0, can_stay=True)
    door.sign_in.touched(door.now)
    assert door.sign_in.ending(door.now) is None
    for _ in range(45):
        door.later(900)
        door.sign_in.touched(door.now)
    door.later(660)
    assert door.sign_in.ending(door.now) == Ending(300.0, can_stay=False)


def test_a_session_ends_with_the_roster_entry() -> None:
    brief = Officer("O-17", OFFICER.role, OFFICER.pin_hash, START.utc + timedelta(minutes=5))
    door = Door(Roster((brief,)))
    door.try_pin(PIN)
    door.later(300)
    assert door.sign_in.tick(door.now) == OfficerSignedOut("O-17", "ended")


def test_signing_out_twice_is_recorded_once() -> None:
    door = Door()
    door.try_pin(PIN)
    assert door.sign_in.sign_out("officer") == OfficerSignedOut("O-17", "officer")
    assert door.sign_in.sign_out("officer") is None
