"""What the station desk shows: who waits first, no stale green, no reason for nobody signed in."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.hub_line import Picture
from kiosk.desk.station import Mine
from kiosk.health.codes import codes
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import Phase
from kiosk.presenters import station_texts as t
from kiosk.presenters.station import SILENT_S, contact, lanes, notice, waiting
from kiosk.theme.palette import Role
from sync.referral import ForDesk, LaneShown, Shown


def lane(
    phase: str = "waiting", age_s: float | None = 1.0, *faults: dict[str, Any], name: str = "lane-1"
) -> LaneShown:
    report = None if age_s is None else {"phase": phase, "demo": False, "faults": list(faults)}
    return LaneShown(lane=name, age_s=age_s, report=report)


def shown(crossing: str = "c-1", **changes: Any) -> Shown:
    said: dict[str, Any] = {
        "lane": "lane-1",
        "crossing": crossing,
        "left_s": 90,
        "outcome": "REFUSE",
        "reasons": ["REVOKED"],
        "policy": "",
        "demo": False,
        "why_not_admit": "",
        "second": False,
        "approved_by": "",
        "sealed": "",
        "officer": "",
        "desk": "",
        "state": "open",
        "how": "",
        "by": "",
        "word": "",
    }
    return Shown.model_validate(said | changes)


def picture(*said: LaneShown, referrals: tuple[Shown, ...] = ()) -> Picture:
    return Picture(
        ForDesk(at="2026-03-01T08:00:00.000000Z", change=1, lanes=said, referrals=referrals), 100.0
    )


def test_a_lane_that_reports_is_shown_as_it_is() -> None:
    (row,) = lanes(picture(lane("passing")), True, 101.0, "en")
    assert (row.lane, row.role) == ("lane-1", Role.ADMIT)


@pytest.mark.parametrize("phase", list(Phase))
def test_a_lane_that_fell_silent_is_grey_whatever_it_said_last(phase: Phase) -> None:
    (row,) = lanes(picture(lane(phase.value, SILENT_S - 1)), True, 102.0, "en")
    assert row.role is Role.CLOSED
    assert "Lost contact" in row.headline


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fault_is_named_in_the_officers_words(language: str) -> None:
    out = lane("out_of_order", 1.0, {"code": "GT", "part": "turnstile"}, {"code": "??", "part": "made-up"})
    (row,) = lanes(picture(out), True, 101.0, language)
    assert f"GT {codes()['GT'].part[language]}" in row.detail
    assert "?? made-up" in row.detail


def test_a_lane_whose_traveller_another_officer_has_asks_nobody_else() -> None:
    said = picture(lane("referred"), referrals=(shown(officer="O-18", desk="desk-2"),))
    (row,) = lanes(said, True, 101.0, "en")
    assert row.headline == "O-18 at desk-2 has this one"
    (row,) = lanes(picture(lane("referred"), referrals=(shown(),)), True, 101.0, "en")
    assert row.headline == "A traveller waits for your decision"


def test_without_the_hub_every_lane_is_grey() -> None:
    (row,) = lanes(picture(lane("passing")), False, 101.0, "en")
    assert row.role is Role.CLOSED


def test_a_lane_never_heard_of_says_so() -> None:
    (row,) = lanes(picture(lane(age_s=None)), True, 100.0, "en")
    assert (row.role, row.detail) == (Role.CLOSED, t.NEVER_HEARD)


def test_the_strip_names_lanes_that_fell_silent_and_says_what_to_do() -> None:
    here, gone, off = (
        lane(name="lane-1"),
        lane(age_s=SILENT_S, name="lane-2"),
        lane("stopped", 90, name="lane-3"),
    )
    said = picture(here, gone, off, lane(age_s=None, name="lane-4"))
    lost = contact(said, True, 1.0, "", "en")
    assert (lost.headline, lost.role) == ("Not heard of any more: lane-2", Role.REFER)
    assert lost.detail.startswith("Go there.")
    assert contact(picture(here, off), True, 1.0, "", "en").role is Role.NEUTRAL
    many = picture(*(lane(age_s=90, name=f"l{number}") for number in range(6)))
    assert contact(many, True, 1.0, "", "en").headline.endswith(": l0, l1, l2, l3 +2")
    assert contact(said, False, 9.0, "", "en").headline == t.HUB_AWAY, "without the hub it knows of no lane"


def test_a_lane_that_was_switched_off_in_order_says_so_and_takes_no_orders() -> None:
    (row,) = lanes(picture(lane("stopped", 90)), True, 101.0, "en")
    assert (row.headline, row.role, row.takes_orders) == ("Switched off", Role.CLOSED, False)


def test_faults_of_a_lane_that_goes_on_are_named() -> None:
    (row,) = lanes(picture(lane("waiting", 1.0, {"code": "SO", "part": "sound"})), True, 100.0, "en")
    assert row.role is Role.REFER
    assert "SO sound" in row.detail


def test_a_lane_of_two_directions_says_which_one_beside_its_faults() -> None:
    fault = {"part": "lamp", "code": "LA", "stops": False}
    said = lane("waiting", 1.0, fault)
    duty = {"direction": "to_hong_kong", "turns_to": "to_mainland", "turned": True}
    assert said.report is not None
    said.report["duty"] = duty | {"shut": "", "muted": False, "alarm": False}
    (row,) = lanes(picture(said), True, 101.0, "en")
    assert row.detail.splitlines() == [
        "Faults: LA lamp",
        "Turned by an officer. Direction now: to Hong Kong.",
    ]
    assert row.takes_orders
    (old,) = lanes(picture(said), True, 200.0, "en")
    assert "Hong Kong" not in old.detail


def test_a_state_of_a_newer_lane_is_not_guessed() -> None:
    (row,) = lanes(picture(lane("dancing")), True, 100.0, "en")
    assert (row.headline, row.role) == (t.UNKNOWN_STATE, Role.CLOSED)


def test_a_referral_is_newer_than_the_report() -> None:
    (row,) = lanes(picture(lane("waiting"), referrals=(shown(),)), True, 100.0, "en")
    assert row.role is Role.REFER


def test_the_reason_is_for_officers_alone() -> None:
    (stranger,) = waiting((shown(),), None, 0.0, False, "en")
    (officer,) = waiting((shown(),), None, 0.0, True, "en")
    assert stranger.why == ""
    assert "R|REV" in officer.why


def test_who_waits_shortest_of_time_comes_first_and_who_is_over_last() -> None:
    rows = waiting(
        (
            shown("over", state="closed", how="admit", by="O-17", left_s=5),
            shown("taken", officer="O-18", desk="desk-2", left_s=3),
            shown("late", left_s=80),
            shown("soon", left_s=20),
        ),
        None,
        1.0,
        True,
        "en",
    )
    assert [row.crossing for row in rows] == ["soon", "late", "taken", "over"]
    assert [row.open for row in rows] == [True, True, False, False]
    assert rows[0].how == "waits, 19 s left"
    assert rows[2].how == "O-18 at desk-2 has this one"
    assert rows[3].how == "Admitted by O-17"


def test_ones_own_is_said_to_be_so_and_cannot_be_taken_again() -> None:
    (row,) = waiting((shown(officer="O-17", desk="desk-1"),), Mine("lane-1", "c-1"), 0.0, True, "en")
    assert row.mine
    assert not row.open


def test_the_strip_says_that_the_hub_is_gone_and_what_to_do() -> None:
    well = contact(picture(), True, 1.0, "", "en")
    gone = contact(picture(), False, 9.0, "", "en")
    never = contact(None, False, 9.0, "the hub can't be reached", "en")
    starting = contact(None, False, 0.5, "", "en")
    assert well.role is Role.NEUTRAL
    assert (gone.role, never.role, starting.role) == (Role.REFER, Role.REFER, Role.CLOSED)
    assert gone.headline == never.headline == t.HUB_AWAY
    assert starting.headline == t.HUB_STARTING


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_has_words(language: str) -> None:
    for word in DeskNotice:
        assert notice(word.value, language) != word.value


def test_hostile_words_of_a_report_are_one_line() -> None:
    fault = {"code": "X\n\u202eY", "part": "p" * 500}
    (row,) = lanes(picture(lane("waiting", 1.0, fault)), True, 100.0, "en")
    assert "\n" not in row.detail
    assert "\u202e" not in row.detail
    assert len(row.detail) < 80
