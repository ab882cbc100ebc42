"""One crossing that is over, as an officer reads it: who is still asked for."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from kiosk.desk.crossed import Crossed, Said
from kiosk.presenters.crossed import read

AT = "2026-11-23T08:00:00.000000Z"


def second(*said: Said) -> str:
    crossed = Crossed(7, "0f" * 16, AT, "REFUSE", ("COLOUR_RED",), said=said, how="refused", closed_at=AT)
    return read(crossed, "en", ZoneInfo("Asia/Hong_Kong"), date(2026, 11, 23), lambda _: True, "O-18").second


def test_two_officers_are_asked_for_until_two_have_admitted() -> None:
    first = Said(9, AT, "O-17", "approved", late=True)
    assert second() == "To admit takes two officers: you, and another one after you."
    assert second(first).startswith("O-17 has admitted")
    assert second(first, Said(10, AT, "O-18", "admit", late=True)) == ""
