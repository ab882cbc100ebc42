"""The officer's screens for `screenshots` and for looking: made-up views, a real sign-in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from config.moment import Moment
from config.taking_along import Slip as Objections
from drivers.printer.owner import OwnedPrinter
from drivers.printer.port import Printed
from drivers.printer.simulated import EmulatedWire
from drivers.turnstile.port import LinkState, Passage
from kiosk.desk.crossed import Crossed, Said
from kiosk.desk.desk import OfficerDesk
from kiosk.desk.finding import Answer, LaneFinding
from kiosk.desk.lane_control import Action, LaneOrder, Notice, SignInEvent
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.desk.slip_desk import SlipDesk
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import Checked, CrossingView, DutyView, Fault, LaneView, ListView, Phase, RuleView
from kiosk.presenters.slip import Place
from kiosk.presenters.touch_keys import Layer
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.scenes import Scene, at_once, played
from verification.assessment import Revocation, Signature, Validity
from verification.entered import Choice as EntryChoice
from verification.entered import Entered, Supposed
from verification.evidence import Colour, Direction, Evidence, Kind, MedicalStatement, Origin, Personal, Use
from verification.reasons import ReasonId
from verification.snapshot import Freshness
from verification.verdict import Outcome

NOW = datetime(2023, 1, 8, 9, 30, tzinfo=UTC)
SIZES = ((1280, 800), (1920, 1080), (1080, 1920))
_OFFICER, _PIN = "O-17", "290817"


class _NoLane:
    """A lane that does nothing: pictures decide nobody's crossing."""

    on_notice: Callable[[str], None]

    def enter(self, crossing: str, officer: str, entered: Entered) -> None:
        """Nothing."""

    def take_back(self, crossing: str, officer: str) -> None:
        """Nothing."""

    def decide(self, crossing: str, officer: str, action: Action, reason: str, note: str = "") -> None:
        """Nothing."""

    def order(self, order: LaneOrder, officer: str, to: str = "") -> None:
        """Nothing."""

    def more_time(self, officer: str) -> None:
        """Nothing."""

    def release_once(self, officer: str, reason: str) -> None:
        """Nothing."""

    def record(self, event: SignInEvent) -> None:
        """Nothing."""


def officer_screens(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[tuple[str, QWidget]]:
    """Pairs of name and widget, sized and ready to be grabbed. Each widget is the caller's until the next."""
    return played(officer_scenes(languages, sizes))


def officer_scenes(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[Scene]:
    """A panel at rest, sized, and what brings its screen up."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        for language in languages:
            for width, height in sizes:
                for name in SCENES:
                    panel = stage.begin(name, language)
                    panel.resize(width, height)
                    yield (
                        f"{name}-{language}-{width}x{height}",
                        panel,
                        partial(stage.act, panel, name, language),
                    )
                    panel.close()
                    panel.deleteLater()
        stage.session.stop()


class Stage:
    """One desk on which the scenes are played."""

    def __init__(self, folder: Path, *, supervisor: bool = False) -> None:
        self._now = Moment(1000.0, NOW)
        roster = Roster((Officer(_OFFICER, Role.SUPERVISOR if supervisor else Role.OFFICER, hash_pin(_PIN)),))
        lane = _NoLane()
        self.session = OfficerSession(roster, Lockouts(folder / "lockouts.json"), self.clock, lane.record)
        self.desk = OfficerDesk(
            self.session,
            lane,
            self.clock,
            lambda reasons: ReasonId.REVOKED in reasons,
            entry_choices=lambda: CHOICES,
        )
        place = Place("shenzhen-bay", "lane-1", OBJECTIONS, demo=True)
        self.finding = LaneFinding(folder, lambda _event: None)
        self.slips = SlipDesk(place, OwnedPrinter(EmulatedWire()), 576, lambda _event: None)

    def play(self, name: str, language: str) -> OfficerPanel:
        """A panel in the state of one scene."""
        panel = self.begin(name, language)
        at_once(self.act(panel, name, language))
        return panel

    def begin(self, name: str, language: str) -> OfficerPanel:
        """A panel before that scene: nothing to decide, and the right officer at it, or nobody."""
        self._now = self._now.later(10)
        self._sign(name not in SIGNED_OUT)
        self.session.touched()
        if name == "officer-ending":
            self._now = self._now.later(1755)
        self.desk.show_view(_CALM)
        panel = OfficerPanel(self.desk, language)
        panel.slip.attach(self.slips, "zh_HK")
        panel.reference.attach(self.finding)
        return panel

    def act(self, panel: OfficerPanel, name: str, language: str) -> Iterator[None]:
        """Plays the scene; after each message and each touch the loop may have its turn."""
        left = self._now.mono + 75 if SCENES[name].phase is Phase.REFERRED else None
        view = SCENES[name]
        if view.crossing is not None and view.crossing.override:
            crossing = replace(view.crossing, take_back_until=self._now.mono + 4)
            view = replace(view, crossing=crossing)
        self.desk.show_view(replace(view, until_mono=left))
        yield
        if name == "officer-wrong-pin":
            self._try(panel, "000000")
        elif name == "officer-reason":
            panel.bar.press_digit(1)
        elif name == "officer-confirm":
            panel.bar.press_digit(1)
            yield
            panel.bar.press_digit(1)
        elif name in NOTES:
            panel.bar.press_digit(1)
            yield
            panel.bar.bring_keys()
            yield
            if panel.bar.keyboard is not None:
                panel.bar.keyboard.phrases[0].click()
                yield
                panel.bar.keyboard.turn(NOTES[name])
        elif name in SLIPS:
            panel.slip.key.click()
            yield
            if SLIPS[name] is not None:
                self.slips.became.emit(_STRANGER.crossing, SLIPS[name])
        elif name == "officer-letters":
            panel.sign_in.abc.click()
        elif name == "officer-card":
            self.session.card_read.emit(_OFFICER)
        elif name in ENTRIES:
            panel.enter.click()
            for answer in ENTRIES[name]:
                yield
                draft = panel.entry.draft
                assert draft is not None
                panel.entry.begin(draft.answer(answer), language)
        elif name in FINDING:
            panel.reference.key.click()
            yield
            if name == "officer-found":
                panel.reference.page.show_answer(Answer("", (("", FOUND),)))
            elif name == "officer-not-found":
                panel.reference.page.field.setText(FOUND_DIGITS)
                panel.reference.page.show_answer(Answer(""))
        elif name == "officer-notice":
            self.desk.noticed.emit(Notice.CROSSING_OVER)
        elif name == "officer-lost-contact":
            self._now = self._now.later(7)
            self.desk.tick()
        self.session.touched()

    def clock(self) -> Moment:
        """The scene's time."""
        return self._now

    def _sign(self, in_: bool) -> None:
        if not in_:
            self.session.sign_out()
        elif self.session.officer is None:
            self._wait(lambda: self.session.try_pin(_OFFICER, _PIN))

    def _try(self, panel: OfficerPanel, pin: str) -> None:
        panel.sign_in.number.setText(_OFFICER)
        self._wait(lambda: self.session.try_pin(_OFFICER, pin))

    def _wait(self, begin: Callable[[], None]) -> None:
        begin()
        loop = QEventLoop()
        self.session.changed.connect(loop.quit)
        while self.session.checking:
            loop.exec()


def _evidence(colour: Colour, name: str, *, use: Use = Use.MULTIPLE) -> Evidence:
    declaration = use is Use.SINGLE
    return Evidence(
        kind=Kind.CUSTOMS_DECLARATION if declaration else Kind.HEALTH_COLOUR,
        scheme="CD1" if declaration else "HK1",
        issuer="CN" if declaration else "HK",
        issued_at=NOW - timedelta(hours=3),
        expires_at=NOW + timedelta(hours=6),
        colour=None if declaration else colour,
        direction=Direction.TO_MAINLAND,
        use=use,
        personal=Personal(masked_name=name),
        specimen=True,
    )


def _past(
    number: int, outcome: Outcome, reason: ReasonId, passage: Passage | None, override: str = ""
) -> CrossingView:
    at = NOW - timedelta(seconds=17 * number)
    return CrossingView(
        f"made-up-{number}", outcome, (reason,), passage=passage, decided_at=at, override=override
    )


_LAST = (
    _past(1, Outcome.ADMIT, ReasonId.ADMITTED, Passage.PASSED),
    _past(2, Outcome.REFER, ReasonId.UNKNOWN_SIGNER, Passage.PASSED, "admit"),
    _past(3, Outcome.REFUSE, ReasonId.SIGNATURE_INVALID, None),
    _past(4, Outcome.REFUSE, ReasonId.EXPIRED, None),
    _past(5, Outcome.REFUSE, ReasonId.REVOKED, None, "desk"),
    _past(6, Outcome.ADMIT, ReasonId.ADMITTED, Passage.NO_PASSAGE),
    _past(7, Outcome.ADMIT, ReasonId.ADMITTED, Passage.TAILGATE),
    _past(8, Outcome.REFUSE, ReasonId.ALREADY_USED, None, "refuse"),
)
_LISTS = (
    ListView("trust", Freshness.FRESH, NOW - timedelta(hours=3)),
    ListView("revocation", Freshness.AGEING, NOW - timedelta(hours=40)),
    ListView("policy", Freshness.FRESH, NOW - timedelta(days=9)),
)
_CALM = LaneView(
    Phase.WAITING, "lane-1", demo=True, link=LinkState.UP, lists=_LISTS, last=_LAST, since_mono=1000.0
)
_STRANGER = CrossingView(
    "made-up-00007c41",
    Outcome.REFER,
    (ReasonId.UNKNOWN_SIGNER,),
    evidence=(_evidence(Colour.GREEN, "T*** E******"),),
    checks=(Checked(Signature.UNKNOWN_SIGNER, Validity.VALID, Revocation.NOT_APPLICABLE),),
    decided_at=NOW,
)


def made_up_crossing(crossing: str, reason: ReasonId) -> CrossingView:
    """A traveller who waits for an officer."""
    outcome = Outcome.REFUSE if reason is ReasonId.REVOKED else Outcome.REFER
    return replace(_STRANGER, crossing=crossing, outcome=outcome, reasons=(reason,))


_REFERRED = replace(_CALM, phase=Phase.REFERRED, crossing=_STRANGER)
_REVOKED = replace(
    _STRANGER,
    outcome=Outcome.REFUSE,
    reasons=(ReasonId.REVOKED,),
    evidence=(
        _evidence(Colour.YELLOW, "T*** E******"),
        _evidence(Colour.GREEN, "T*** E******", use=Use.SINGLE),
    ),
    checks=(
        Checked(Signature.VALID, Validity.VALID, Revocation.REVOKED),
        Checked(Signature.VALID, Validity.VALID, Revocation.STALE),
    ),
)
_PAPER = Evidence(
    kind=Kind.TEST,
    scheme="PT",
    issuer="PT",
    issued_at=NOW - timedelta(days=3),
    expires_at=None,
    medical=MedicalStatement(negative=True),
    origin=Origin.ENTERED,
)
_ENTERED = replace(
    _STRANGER,
    reasons=(ReasonId.ENTERED_BY_OFFICER, ReasonId.TOO_OLD),
    evidence=(_PAPER,),
    checks=(),
    supposed=Supposed(Outcome.REFER, (ReasonId.TOO_OLD,)),
    entered=1,
)
_DECIDED = replace(_STRANGER, override="refuse", decided_by=_OFFICER)
CHOICES = (
    EntryChoice(Kind.HEALTH_COLOUR, ("HK", "GD", "MO")),
    EntryChoice(Kind.TEST, ("AT", "BE", "DE", "ES", "FR", "HK", "IT", "JP", "MO", "NZ", "PT", "SG")),
    EntryChoice(Kind.VACCINATION, ("HK", "MO", "PT")),
)
ENTRIES: dict[str, tuple[str, ...]] = {
    "officer-entry-kind": (),
    "officer-entry-issuer": ("test",),
    "officer-entry-day": ("test", "PT", "yes"),
    "officer-entry-seen": ("test", "PT", "yes", "today", "no_end", "original"),
}
_UNMET = replace(
    _STRANGER,
    reasons=(ReasonId.RULE_FAILED,),
    rules=(
        RuleView("TEST-UNDER-12", "A test is enough for a child under 12 only."),
        RuleView("VR-XX-0001", "The vaccination must be complete, and given at least 14 days ago."),
    ),
)
_TWO_LISTS = (
    *_LISTS[:1],
    ListView("revocation", Freshness.FRESH, NOW - timedelta(hours=1), "station.json"),
    ListView("revocation", Freshness.AGEING, NOW - timedelta(hours=40), "health-cards.json"),
)
FINDING = ("officer-find", "officer-found", "officer-not-found")
FOUND = Crossed(
    7,
    "made-up-00007c41",
    "2023-01-08T09:21:07.000000Z",
    "REFER",
    (ReasonId.UNKNOWN_SIGNER.value, ReasonId.SPOT_CHECK.value),
    said=(Said(9, "2023-01-08T09:22:40.000000Z", "O-22", "admit", "DOCUMENT_GENUINE"),),
    passage="PASSED",
    how="passed",
    closed_at="2023-01-08T09:22:52.000000Z",
)
FOUND_DIGITS = "867 846 614"
NOTES = {f"officer-note-{layer}": layer for layer in Layer}
SLIPS = {"officer-slip": None, "officer-slip-printed": Printed.DONE, "officer-slip-failed": Printed.FAILED}
OBJECTIONS = Objections(
    authority={"en": "Port Health Division", "zh_HK": "港口衞生科"},
    address={"en": "Hall 2, counter 14"},
    telephone="+852 0000 0000",
    url="https://port-health.example/objections",
)
SIGNED_OUT = ("officer-sign-in", "officer-letters", "officer-wrong-pin", "officer-card")
SCENES = {
    "officer-sign-in": _CALM,
    "officer-letters": _CALM,
    "officer-wrong-pin": _REFERRED,
    "officer-quiet": _CALM,
    "officer-ending": _REFERRED,
    "officer-notice": _CALM,
    "officer-referral": _REFERRED,
    "officer-reason": _REFERRED,
    "officer-confirm": _REFERRED,
    **dict.fromkeys(NOTES, _REFERRED),
    **dict.fromkeys(SLIPS, _REFERRED),
    "officer-revoked": replace(_REFERRED, crossing=_REVOKED),
    "officer-rules": replace(_REFERRED, crossing=_UNMET, lists=_TWO_LISTS),
    "officer-out-of-order": replace(
        _CALM,
        phase=Phase.OUT_OF_ORDER,
        link=LinkState.DOWN,
        unsent=1204,
        faults=(
            Fault("turnstile", "GT", "The gate's cable is out: push it in; the lane goes on by itself."),
            Fault("hub", "HU", "The hub cannot be reached; records are kept here."),
        ),
    ),
    "officer-card": _CALM,
    **dict.fromkeys(FINDING, _CALM),
    "officer-turned": replace(_CALM, duty=DutyView("to_hong_kong", "to_mainland", turned=True)),
    "officer-take-back": replace(_CALM, phase=Phase.REFUSED, crossing=_DECIDED),
    "officer-entered": replace(_REFERRED, crossing=_ENTERED),
    **dict.fromkeys(ENTRIES, _CALM),
    "officer-lost-contact": _REFERRED,
    "officer-evacuate": replace(_CALM, phase=Phase.EVACUATE),
}
