"""Pages a traveller may open beside the lane's own: when they are in front, and when they give way. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from config.settings import Settings
from config.taking_along import Privacy, Venue, in_language
from kiosk.i18n.texts import text
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters import help_texts as t
from kiosk.presenters.keeps import keeps
from kiosk.presenters.renewal import renewal_address
from kiosk.presenters.slip import Facts, Place, facts, slip
from kiosk.presenters.traveller_screen import ASIDE, Line, Page, Photograph, Shape, TravellerScreen
from kiosk.theme.palette import Role
from sync.retention import Keeping

STAYS_S = 60.0
"""A page goes away so long after the last touch; every touch anywhere on the screen keeps it."""
IDLE = (Phase.WAITING, Phase.HELD, Phase.CLOSED, Phase.OUT_OF_ORDER)


@dataclass(frozen=True, slots=True)
class Along:
    """What the settings give a traveller to take along."""

    place: Place = field(default_factory=lambda: Place("station", "1"))
    keeping: Keeping = field(default_factory=Keeping)
    privacy: Privacy = field(default_factory=Privacy)
    venue: Venue = field(default_factory=Venue)


def along_of(settings: Settings, *, demo: bool, practice: bool = False) -> Along:
    """What a lane with these settings gives along."""
    journal = settings.journal
    return Along(
        Place(settings.lane.station, settings.lane.id, settings.slip, demo, practice),
        Keeping(journal.keep_days, journal.keep_kinds),
        settings.privacy,
        settings.venue,
    )


class Aside:
    """Which page is open. Times are monotonic seconds."""

    def __init__(self, along: Along) -> None:
        self.along = along
        self._page: Page | None = None
        self._until = 0.0
        self._phase = Phase.WAITING
        self._facts: Facts | None = None
        """Whose slip is open."""

    def offers_slip(self, view: LaneView) -> bool:
        """Whether there is one to take along now."""
        return facts(view) is not None

    def open(self, page: Page, view: LaneView, now: float) -> None:
        """The traveller opens a page."""
        told = facts(view)
        if view.phase is Phase.EVACUATE or (page is Page.SLIP and told is None):
            return
        self._page, self._phase, self._facts = page, view.phase, told
        self.touched(now)

    def close(self) -> None:
        """Back to the lane's own page."""
        self._page = self._facts = None

    def touched(self, now: float) -> None:
        """Somebody still looks at it."""
        self._until = now + STAYS_S

    def page(self, view: LaneView, now: float) -> Page | None:
        """What is in front of the lane's own page; None: nothing."""
        if self._page is not None and (now >= self._until or not self._may_stay(view)):
            self.close()
        return self._page

    def _may_stay(self, view: LaneView) -> bool:
        """No page hides a verdict, a new traveller or an alarm."""
        if self._page is Page.SLIP and self._facts is not None:
            told = facts(view)
            if told is not None:
                self._facts = told if told.crossing == self._facts.crossing else self._facts
                return told.crossing == self._facts.crossing
            return view.phase in IDLE
        return view.phase is self._phase or (view.phase in IDLE and self._phase in IDLE)

    def screen(self, view: LaneView, language: str, now: float) -> TravellerScreen | None:
        """The page in front, in one language; None: nothing is open."""
        page = self.page(view, now)
        if page is Page.SLIP and self._facts is not None:
            return slip_screen(self._facts, self.along.place, language)
        if page is Page.KEEPS:
            return keeps_screen(self.along, language)
        return help_screen(language) if page is Page.HELP else None

    def soon(self, view: LaneView, page: Page, language: str) -> TravellerScreen | None:
        """What the one touch that is near may open: from the page of help what is kept, else the slip."""
        if page is Page.HELP:
            return keeps_screen(self.along, language)
        told = facts(view)
        return slip_screen(told, self.along.place, language) if told and page not in ASIDE else None

    def take_along(self, view: LaneView, screen: TravellerScreen) -> TravellerScreen:
        """The lane's own page with what may be photographed on it: venue, renewal, else the slip."""
        language = screen.headline[0].language
        if screen.page is Page.SCAN and self.along.venue.code:
            name = in_language(self.along.venue.name, language) or text(t.VENUE, language)
            return replace(screen, photograph=Photograph(self.along.venue.code, Line(language, name)))
        told = facts(view)
        if told is None or screen.page not in (Page.REFER, Page.REFUSE, Page.DESK):
            return screen
        here = self.along.place.objections.renew_url
        if address := renewal_address(view, view.renew_url) or renewal_address(view, here):
            caption = Line(language, text(t.RENEW, language))
            return replace(screen, photograph=Photograph(address, caption, renews=True))
        content = slip(told, self.along.place, language).content
        return replace(screen, photograph=Photograph(content, Line(language, text(t.SLIP, language))))


def help_screen(language: str) -> TravellerScreen:
    """What to do without a phone, with children, in a wheelchair, in a group."""
    return TravellerScreen(
        page=Page.HELP,
        role=Role.NEUTRAL,
        shape=Shape.DESK,
        headline=(Line(language, text(t.TITLE, language)),),
        sub=(Line(language, text(t.STAFFED, language)),),
        steps=tuple(Line(language, text(need, language)) for need in t.NEEDS),
    )


def keeps_screen(along: Along, language: str) -> TravellerScreen:
    """What this kiosk keeps about you."""
    told = keeps(along.keeping, language, along.privacy.url)
    at_home = None
    if told.url:
        at_home = Photograph(told.url, Line(language, text(t.READ_AT_HOME, language)))
    return TravellerScreen(
        page=Page.KEEPS,
        role=Role.NEUTRAL,
        shape=Shape.DESK,
        headline=(Line(language, told.title),),
        sub=(Line(language, told.never), Line(language, told.then)),
        steps=(Line(language, told.seen),),
        table=tuple((Line(language, row.what), Line(language, row.days)) for row in told.rows),
        photograph=at_home,
    )


def slip_screen(told: Facts, place: Place, language: str) -> TravellerScreen:
    """The slip, large enough to be photographed from where people stand."""
    made = slip(told, place, language)
    title, *lines = made.lines
    return TravellerScreen(
        page=Page.SLIP,
        role=Role.NEUTRAL,
        shape=Shape.DESK,
        headline=(Line(language, title),),
        steps=tuple(Line(language, line) for line in lines),
        photograph=Photograph(made.content, Line(language, text(t.SLIP, language))),
    )
