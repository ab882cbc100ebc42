"""What people and parts do in the stories, and the steps that many stories share."""

from __future__ import annotations

from collections.abc import Callable

from drivers.turnstile.port import Passage, PassageReported
from kiosk.presenters.traveller_screen import Page
from tests.flows.checkpoint import Checkpoint
from tests.flows.story import Step
from verification.evidence import Colour

Deed = Callable[[Checkpoint], object]


def green(at: Checkpoint) -> None:
    at.holds(at.code())


def red(at: Checkpoint) -> None:
    at.holds(at.code(Colour.RED))


def single_use(at: Checkpoint) -> None:
    at.holds(at.used_once())


def forged(at: Checkpoint) -> None:
    at.holds(at.code(by=at.forger))


def reported(how: Passage) -> Deed:
    """The gate says what became of the last one it let through."""
    return lambda at: at.gate_says(PassageReported(at.gate.asked[-1], how))


def decides(what: str, reason: int = 0) -> Deed:
    """An officer touches what, then a reason, then the last key."""

    def three_touches(at: Checkpoint) -> None:
        at.touches(what)
        at.touches(at.panel.bar.buttons[reason])
        assert at.panel.bar.confirm is not None
        at.touches(at.panel.bar.confirm)

    return three_touches


def waits(seconds: float) -> Deed:
    return lambda at: at.waits(seconds)


NOBODY = Step("nobody stands there", waits(0.5), Page.SCAN, "Ready for the next traveller")
ON_DUTY = Step("an officer signs in", lambda at: at.signs_in(), Page.SCAN, "O-17")
ASKED = Step("she holds a green code", green, Page.MOMENT, "Admitted, asking the gate", pulses=1)
OPENS = Step("the gate takes it", lambda at: at.gate_takes_it(), Page.ADMIT, "is passing", pulses=1)
THROUGH = Step("she is through", reported(Passage.PASSED), Page.SCAN, "Ready", pulses=1)
CROSSES = (ASKED, OPENS, THROUGH)
