"""The start of a shift, at the screen or by order: sound, lamp and every part are tested."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from kiosk.app import KioskApp
from sync.event import Event
from sync.event_types import ShiftClosed, ShiftOpened

OPENED = ShiftOpened("early", "O-17", True, (), ())
CLOSED = ShiftClosed("early", "O-17", 3, 1, 0)


@pytest.mark.parametrize(("event", "tested"), [(OPENED, ["signals", "parts"]), (CLOSED, [])])
def test_a_shift_that_opens_has_every_part_tested(event: Event, tested: list[str]) -> None:
    posted: list[Event] = []
    did: list[str] = []
    app = SimpleNamespace(
        machinery=SimpleNamespace(post=posted.append),
        _signals=SimpleNamespace(test_soon=lambda: did.append("signals")),
        _health=SimpleNamespace(look_soon=lambda: did.append("parts")),
    )
    KioskApp._shift_said(app, event)  # type: ignore[arg-type]
    assert (posted, did) == ([event], tested)
