"""The pages of help for `screenshots` and for tests: made-up addresses, nobody's crossing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from PySide6.QtGui import QImage

from config.settings import Display
from config.taking_along import Privacy, Slip, Venue
from kiosk.lane_view import CrossingView, Help, LaneView, Phase
from kiosk.presenters.aside import Along
from kiosk.presenters.slip import Place
from kiosk.presenters.traveller_screen import Page
from kiosk.screens.traveller_shots import AT
from kiosk.screens.traveller_window import TravellerWindow
from sync.retention import Keeping
from verification.evidence import Evidence, Kind
from verification.reasons import ReasonId
from verification.verdict import Outcome

ALONG = Along(
    Place(
        "Shenzhen-Bay",
        "3",
        Slip(
            authority={
                "en": "Port Health Division",
                "zh_HK": "港口衞生科",
                "zh_CN": "港口卫生科",
                "pt": "Divisão de Saúde Portuária",
            },
            address={
                "en": "Hall 2, counter 14",
                "zh_HK": "二號大堂 14 號櫃位",
                "zh_CN": "二号大厅 14 号柜台",
                "pt": "Átrio 2, balcão 14",
            },
            telephone="+852 0000 0000",
            url="https://port-health.example/objections",
            renew_url={"HK": "https://health-code.example/renew"},
        ),
    ),
    Keeping(31, {}),
    Privacy(url="https://port-health.example/what-the-kiosk-keeps"),
    Venue(code="HKEN:0123456789abcdef", name={"en": "Shenzhen Bay Port", "zh_HK": "深圳灣口岸"}),
)
IDLE = LaneView(Phase.WAITING, "3", since_mono=98.0)
OLD = Evidence(Kind.HEALTH_COLOUR, "HK1", "HK", AT.utc - timedelta(days=2), AT.utc - timedelta(days=1))


def decided(phase: Phase, reason: ReasonId, *evidence: Evidence) -> LaneView:
    """A lane with somebody who was referred or refused."""
    outcome = Outcome.REFUSE if phase is Phase.REFUSED else Outcome.REFER
    crossing = CrossingView("0" * 32, outcome, (reason,), evidence=evidence, decided_at=AT.utc)
    until = 104.0 if phase is Phase.REFUSED else None
    return replace(IDLE, phase=phase, crossing=crossing, until_mono=until)


@dataclass(frozen=True, slots=True)
class Opened:
    """One picture: what the lane does, and which page is open."""

    name: str
    view: LaneView
    page: Page | None = None


def _called() -> LaneView:
    view = decided(Phase.REFERRED, ReasonId.HELP_ASKED)
    assert view.crossing is not None
    return replace(view, help=Help.CALLED, crossing=replace(view.crossing, called=True))


STORIES = (
    Opened("help-idle", IDLE),
    Opened("help-page", IDLE, Page.HELP),
    Opened("help-keeps", IDLE, Page.KEEPS),
    Opened("help-being-called", replace(IDLE, help=Help.NOTED)),
    Opened("help-called", _called()),
    Opened("help-referred", decided(Phase.REFERRED, ReasonId.UNKNOWN_SIGNER)),
    Opened("help-refused", decided(Phase.REFUSED, ReasonId.COLOUR_RED)),
    Opened("help-renew", decided(Phase.REFUSED, ReasonId.EXPIRED, OLD)),
    Opened("help-desk", decided(Phase.AT_DESK, ReasonId.UNKNOWN_SIGNER)),
    Opened("help-slip", decided(Phase.REFUSED, ReasonId.EXPIRED, OLD), Page.SLIP),
)


def helped(window: TravellerWindow, told: Opened, language: str) -> None:
    """Brings the window to a story."""
    window.help.close()
    window.show_lane(replace(IDLE, phase=Phase.HELD))
    window.show_lane(replace(IDLE))
    window.choose_language(language)
    window.show_lane(replace(told.view, language=language))
    if told.page is not None:
        window.help.aside.open(told.page, told.view, AT.mono)
    window.choose_language(language)


def help_photographs(display: Display, language: str, only: str = "") -> Iterator[tuple[Opened, QImage]]:
    """The pictures of one layout in one language."""
    wanted = [story for story in STORIES if only in story.name]
    if not wanted:
        return
    window = TravellerWindow(display, "3", clock=lambda: AT, still=True, along=ALONG)
    window.show()
    for story in wanted:
        helped(window, story, language)
        yield story, window.grab().toImage()
    window.close()
    window.deleteLater()
