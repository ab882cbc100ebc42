"""How every part is, to an officer: what is to be done by its code, and what works by name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.health.codes import codes
from kiosk.health.finding import Finding, broken, look, well
from kiosk.health.readiness import Readiness
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.officer_panel import health
from kiosk.presenters.parts import before_a_shift
from kiosk.theme.palette import Role

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DEAD = broken("CA", "There is no camera (made up): plug it in.")
WELL = (well("GT", "Connected."), well("TL", "Old."), well("TL", "Older."))


def report(*found: Finding) -> Readiness:
    return Readiness("s", "3", AT, (*found, *WELL))


def test_before_a_shift_trouble_stands_first_and_what_works_is_named_once() -> None:
    assert before_a_shift(report(DEAD), "en") == (
        "The lane is not ready for a shift: do this first",
        "CA camera: There is no camera (made up): plug it in.",
        "Works: gate, trust list",
    )


def test_a_lane_that_only_misses_its_lamp_is_ready_and_says_so() -> None:
    first, second, _ = before_a_shift(report(look("LA", "No lamp (made up).")), "en")
    assert (first, second) == ("The lane is ready for a shift", "LA lamp: No lamp (made up).")


@pytest.mark.parametrize("language", ["zh_HK", "zh_CN", "pt"])
def test_what_to_do_is_in_the_officers_language_with_the_detail_below(language: str) -> None:
    lines = before_a_shift(report(DEAD), language)
    assert codes()["CA"].advice[language] in lines[1]
    assert lines[2].strip() == DEAD.detail
    assert codes()["GT"].part[language] in lines[3]


def test_the_panel_has_the_letters_of_what_works_last_and_no_old_green() -> None:
    view = LaneView(Phase.WAITING, "3")
    last = health(view, True, AT, "en", report(DEAD))[-1]
    assert (last.part, last.words, last.role) == ("Works", "GT TL", Role.ADMIT)
    assert health(view, False, AT, "en", report()) == ()
    assert all(line.part != "Works" for line in health(view, True, AT, "en"))
