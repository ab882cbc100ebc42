"""The station's words to its officers, on the panel until they are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kiosk.presenters.officer_panel import health
from sync.bundle.station_files import Notice
from tests.kiosk.desk.ground import CALM, START

NOTICE = Notice({"en": "Gate 4 is shut.", "zh_HK": "四號閘口關閉。"}, START.utc + timedelta(hours=1))


def lines(hours: float, language: str) -> list[str]:
    now = START.utc + timedelta(hours=hours)
    return [line.words for line in health(replace(CALM, notices=(NOTICE,)), True, now, language)]


def test_a_notice_is_shown_in_the_officers_language_or_in_english() -> None:
    assert "四號閘口關閉。" in lines(0, "zh_HK")
    assert "Gate 4 is shut." in lines(0, "pt")


def test_a_notice_that_is_over_is_not_shown() -> None:
    assert "Gate 4 is shut." not in lines(2, "en")


def test_without_contact_no_notice_is_shown() -> None:
    assert health(replace(CALM, notices=(NOTICE,)), False, START.utc, "en") == ()
