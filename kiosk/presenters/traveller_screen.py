"""What the traveller's screen shows: words, shape, colour and tone, decided before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drivers.signals.port import Tone
from kiosk.presenters.line import Line as Line
from kiosk.theme.palette import Role


class Page(StrEnum):
    """Which screen is in front."""

    SCAN = "scan"
    GATHERING = "gathering"
    MOMENT = "moment"
    ADMIT = "admit"
    REFER = "refer"
    REFUSE = "refuse"
    DESK = "desk"
    GATE_FAILED = "gate_failed"
    HELD = "held"
    CLOSED = "closed"
    OUT_OF_ORDER = "out_of_order"
    EVACUATE = "evacuate"
    HELP = "help"
    """Without a phone, with children, in a wheelchair, in a group."""
    KEEPS = "keeps"
    """What this kiosk keeps about you."""
    SLIP = "slip"
    """What a referred or refused traveller may take along."""


ASIDE = (Page.HELP, Page.KEEPS, Page.SLIP)
"""Pages that a traveller opens; the lane goes on behind them, and every verdict closes the first two."""


class Shape(StrEnum):
    """The sign that says it without words and without colour."""

    PHONE = "phone"
    NOT_A_CODE = "not_a_code"
    CODE_READ = "code_read"
    WAIT_RING = "wait_ring"
    TICK_CIRCLE = "tick_circle"
    HAND_DIAMOND = "hand_diamond"
    BAR_OCTAGON = "bar_octagon"
    DESK = "desk"
    BARRIER = "barrier"
    WRENCH = "wrench"
    WAY_OUT = "way_out"


@dataclass(frozen=True, slots=True)
class Photograph:
    """A code to be photographed, and what it is."""

    content: str
    caption: Line
    renews: bool = False
    """Whether it leads to where a new code is made: with large letters, too, it stands on the verdict."""


@dataclass(frozen=True, slots=True)
class TravellerScreen:
    """One screen. It carries no personal data and nothing that tells a revoked code from another referral."""

    page: Page
    role: Role
    shape: Shape
    headline: tuple[Line, ...]
    """One line where one traveller is spoken to, one for each language where all are."""
    sub: tuple[Line, ...] = ()
    """The line under the headline; parallel to `headline` where that has one for each language."""
    echoes: tuple[Line, ...] = ()
    """The headline in the other languages."""
    steps: tuple[Line, ...] = ()
    """What to do next, in this order."""
    code: str = ""
    """Short code for the telephone, such as `V|EXP`."""
    arrow: str = ""
    """Which way to walk: `up`, `left` or `right`; empty: stay."""
    tone: Tone | None = None
    progress: float | None = None
    """What is left of this screen's time, 1 to 0; None where it waits for somebody."""
    ends_soon: bool = False
    """Whether it says so: somebody who needs longer has to touch it now."""
    farther: bool = False
    """Whether the code is held too near: the drawn phone then goes back instead of coming up."""
    photograph: Photograph | None = None
    table: tuple[tuple[Line, Line], ...] = ()
    """Rows of two, such as what is kept and for how long."""


def aloud(screen: TravellerScreen) -> str:
    """The window's name, which a screen reader reads when it changes. A reason stands in its own label;
    a page that the traveller opened, and that says the same to everybody, is read whole."""
    language = screen.headline[0].language
    steps = tuple(line for line in screen.steps if line.language == language)
    lines = (*screen.headline, *steps)
    if screen.page in (Page.HELP, Page.KEEPS):
        lines = (*screen.headline, *screen.sub, *(part for row in screen.table for part in row), *steps)
    said = (line.text for line in lines if line.text)
    return " ".join(one if one[-1] in ".!?。！？" else f"{one}." for one in said)
