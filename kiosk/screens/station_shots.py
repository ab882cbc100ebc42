"""The station desk's screens for `screenshots` and for looking: a made-up hub, a real sign-in."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from config.moment import Moment
from drivers.printer.owner import OwnedPrinter
from drivers.printer.port import Printed
from drivers.printer.simulated import EmulatedWire
from kiosk.desk.crossed import Crossed
from kiosk.desk.crossing_lookup import Why
from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.finding import Answer as Found
from kiosk.desk.finding import Failed, Finding
from kiosk.desk.hub_line import Answer, DeskLine, Picture
from kiosk.desk.lane_control import Action
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.orders_out import OrderNotice
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.desk.slip_desk import StationSlips
from kiosk.desk.station import StationDesk
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import CrossingView
from kiosk.presenters.slip import Place
from kiosk.referral_content import content_bytes
from kiosk.screens.officer_shots import CHOICES, FOUND, FOUND_DIGITS, OBJECTIONS, made_up_crossing
from kiosk.screens.scenes import Scene as Ready
from kiosk.screens.scenes import at_once, played
from kiosk.screens.station_window import StationWindow
from sync.canonical import utc_text
from sync.exchange import Exchange
from sync.referral import ForDesk, LaneShown, Shown, seal
from sync.sealing import SealKey
from verification.reasons import ReasonId

NOW = datetime(2023, 1, 8, 9, 30, tzinfo=UTC)
SIZES = ((1280, 800), (1920, 1080))
_OFFICER, _PIN, _NAME = "O-17", "290817", "desk-1"


class NoHub(DeskLine):
    """A line that brings nothing anywhere: pictures decide nobody's crossing. Claims are granted."""

    def __init__(
        self,
        clock: Callable[[], Moment],
        seen: Callable[[Picture], None],
        answered: Callable[[Answer], None],
        away: Callable[[str], None],
    ) -> None:
        super().__init__(_no_exchange, clock, seen, answered, away)
        self._grant = answered
        self.say, self.lose = seen, away

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing was started."""

    def claim(self, lane: str, crossing: str, officer: str) -> None:  # noqa: ARG002
        """At once."""
        self._grant(Answer("claim", lane, crossing))

    def sent(self, lane: str, crossing: str) -> None:
        """The hub took what the officer decided."""
        self._grant(Answer("decide", lane, crossing))


class _NoFinding(Finding):
    """Finds nothing by itself: what is found is shown to the page."""

    everywhere = True

    def _rows(self, reference: str, officer: str, why: Why) -> tuple[tuple[str, Crossed], ...]:  # noqa: ARG002
        return ()


@dataclass(frozen=True, slots=True)
class Scene:
    """What the desk is shown."""

    signed_in: bool = True
    referrals: tuple[Shown, ...] = ()
    take: str = ""
    digits: tuple[int, ...] = ()
    notice: str = ""
    away: bool = False
    silent: bool = False
    """The desk's loudspeaker does not work."""
    sent: bool = False
    """The officer has just decided about who was taken."""
    entry: bool = False
    """The officer begins to enter a paper document."""
    lane: str = ""
    """The lane that the officer has chosen to order something of."""
    finding: bool = False
    """The officer looks a crossing up by its reference."""
    found: Found | None = None
    """What the hub answered to that."""
    slip: bool = False
    """The officer gives the slip of who was taken."""
    printed: Printed | None = None
    """What became of printing it."""
    how: str = ""
    """How it has just ended with who was taken."""


def station_screens(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[tuple[str, QWidget]]:
    """Pairs of name and widget, sized and ready to be grabbed. Each widget is the caller's until the next."""
    return played(station_scenes(languages, sizes))


def station_scenes(
    languages: Sequence[str] = LANGUAGES, sizes: Sequence[tuple[int, int]] = SIZES
) -> Iterator[Ready]:
    """As `officer_scenes` has them."""
    with tempfile.TemporaryDirectory() as folder:
        stage = _Stage(Path(folder))
        for language in languages:
            for width, height in sizes:
                for name, scene in SCENES.items():
                    window = stage.begin(scene, language)
                    window.resize(width, height)
                    yield f"{name}-{language}-{width}x{height}", window, partial(stage.act, window, scene)
                    window.close()
                    window.deleteLater()
        stage.desk.stop()


class _Stage:
    """One desk on which the scenes are played."""

    def __init__(self, folder: Path) -> None:
        self._now = Moment(1000.0, NOW)
        public, sealed = new_officer_key(_OFFICER, _PIN)
        roster = Roster((Officer(_OFFICER, Role.OFFICER, hash_pin(_PIN), None, public, sealed),))
        self.session = OfficerSession(
            roster, Lockouts(folder / "lockouts.json"), self._clock, lambda _: None, with_key=True
        )
        self._lines: list[NoHub] = []
        self.desk = StationDesk(_NAME, self.session, self._line, self._clock, _SEAL)
        place = Place("shenzhen-bay", _NAME, OBJECTIONS, demo=True)
        self.slips = StationSlips(place, OwnedPrinter(EmulatedWire()), 576, lambda _event: None)

    def play(self, scene: Scene, language: str) -> StationWindow:
        """A window in the state of one scene."""
        window = self.begin(scene, language)
        at_once(self.act(window, scene))
        return window

    def begin(self, scene: Scene, language: str) -> StationWindow:
        """A window as it stands before that scene: nobody waits."""
        self._now = self._now.later(10)
        self.desk.let_go()
        self._sign(scene.signed_in)
        self.session.touched()
        window = StationWindow(self.desk, language)
        window.reference.attach(_NoFinding(lambda _: None))
        window.slip.attach(self.slips, "zh_HK")
        self._lines[0].say(Picture(_said(()), self._now.mono))
        return window

    def act(self, window: StationWindow, scene: Scene) -> Iterator[None]:
        """Plays the scene; after each message and each touch the loop may have its turn."""
        self._lines[0].say(Picture(_said(scene.referrals), self._now.mono))
        yield
        if scene.take:
            self.desk.take("lane-2", scene.take)
            yield
        for digit in scene.digits:
            window.bar.press_digit(digit)
            yield
        if scene.sent:
            self.desk.decide(scene.take, Action.REFUSE, "NOT_THE_HOLDER")
            yield
            self._lines[0].sent("lane-2", scene.take)
        if scene.how:
            done = [_ended(one, scene.how) if one.crossing == scene.take else one for one in scene.referrals]
            self._lines[0].say(Picture(_said(tuple(done)), self._now.mono))
            yield
        if scene.slip:
            window.slip.key.click()
            yield
        if scene.printed is not None:
            self.slips.became.emit(scene.take, scene.printed)
            yield
        if scene.entry:
            window.enter.click()
        if scene.lane:
            window.choose_lane(scene.lane)
            yield
        if scene.finding:
            window.reference.key.click()
            yield
        if scene.found is not None:
            window.reference.page.field.setText(FOUND_DIGITS)
            window.reference.page.show_answer(scene.found)
        if scene.notice:
            self.desk.noticed.emit(scene.notice)
        window.show_sound(not scene.silent)
        if scene.away:
            self._now = self._now.later(9)
            self._lines[0].lose("the hub can't be reached")
            yield
        window.refresh()

    def _line(
        self, seen: Callable[[Picture], None], answered: Callable[[Answer], None], away: Callable[[str], None]
    ) -> DeskLine:
        self._lines.append(NoHub(self._clock, seen, answered, away))
        return self._lines[0]

    def _clock(self) -> Moment:
        return self._now

    def _sign(self, in_: bool) -> None:
        if not in_:
            self.session.sign_out()
        elif self.session.officer is None:
            self.session.try_pin(_OFFICER, _PIN)
            loop = QEventLoop()
            self.session.changed.connect(loop.quit)
            while self.session.checking:
                loop.exec()


def _no_exchange() -> Exchange:
    raise NotImplementedError("a picture has no hub")


_SEAL = SealKey.of(X25519PrivateKey.generate())


def _report(phase: str, *faults: dict[str, object]) -> dict[str, object]:
    shut = {"held": "hold", "closed": "close"}.get(phase, "")
    duty = {"direction": "to_mainland", "turns_to": "to_hong_kong", "turned": False}
    duty |= {"shut": shut, "muted": False, "alarm": False}
    entries = [{"kind": one.kind.value, "issuers": list(one.issuers)} for one in CHOICES]
    return {"phase": phase, "demo": False, "faults": list(faults), "duty": duty, "entries": entries}


_LANES = (
    LaneShown(lane="lane-1", age_s=1.0, report=_report("passing")),
    LaneShown(lane="lane-2", age_s=2.5, report=_report("referred")),
    LaneShown(
        lane="lane-3",
        age_s=1.5,
        report=_report("out_of_order", {"part": "turnstile", "code": "GT", "stops": True}),
    ),
    LaneShown(lane="lane-4", age_s=190.0, report=_report("waiting")),
    LaneShown(
        lane="lane-5", age_s=0.5, report=_report("waiting", {"part": "sound", "code": "SN", "stops": False})
    ),
    LaneShown(lane="lane-6", age_s=3.0, report=_report("held") | {"demo": True}),
    LaneShown(lane="lane-7", age_s=None, report=None),
)
_CALM = (LaneShown(lane="lane-2", age_s=2.5, report=_report("waiting")),)
"""Where nobody waits."""


def _said(referrals: tuple[Shown, ...]) -> ForDesk:
    lanes = _LANES if referrals else (_LANES[0], *_CALM, *_LANES[2:])
    return ForDesk(at=utc_text(NOW), change=1, lanes=lanes, referrals=referrals)


def _waits(
    lane: str,
    crossing: CrossingView,
    left_s: int,
    *,
    second: bool = False,
    state: str = "open",
    officer: str = "",
    how: str = "",
) -> Shown:
    return Shown(
        lane=lane,
        crossing=crossing.crossing,
        left_s=left_s,
        outcome="REFUSE" if crossing.outcome == "REFUSE" else "REFER",
        reasons=tuple(reason.value for reason in crossing.reasons),
        policy="to-mainland 4",
        demo=True,
        why_not_admit="",
        second=second,
        approved_by=crossing.approved_by,
        sealed=seal([_SEAL.public], lane, crossing.crossing, content_bytes(crossing, CHOICES)),
        officer=officer,
        desk="desk-2" if officer else "",
        state=state,  # type: ignore[arg-type]
        how=how,
        by="O-18" if how else "",
        word="",
    )


def _ended(one: Shown, how: str) -> Shown:
    return one.model_copy(update={"state": "closed", "how": how, "by": _OFFICER, "officer": "", "desk": ""})


_STRANGER = made_up_crossing("made-up-00007c41", ReasonId.UNKNOWN_SIGNER)
_REVOKED = made_up_crossing("made-up-0000b2d8", ReasonId.REVOKED)
_FOUR = (
    _waits("lane-2", _STRANGER, 75),
    _waits("lane-5", made_up_crossing("made-up-0000e013", ReasonId.EVIDENCE_MISSING), 104),
    _waits("lane-1", made_up_crossing("made-up-0000a9f0", ReasonId.HOLDER_UNBOUND), 88, officer="O-18"),
    _waits(
        "lane-6", made_up_crossing("made-up-00001d55", ReasonId.SPOT_CHECK), 0, state="closed", how="admit"
    ),
)
_TWO = (_waits("lane-2", replace(_REVOKED, approved_by="O-21"), 61, second=True), *_FOUR[1:])
SCENES = {
    "station-sign-in": Scene(signed_in=False, referrals=_FOUR),
    "station-quiet": Scene(),
    "station-waiting": Scene(referrals=_FOUR),
    "station-silent": Scene(referrals=_FOUR, silent=True),
    "station-taken": Scene(referrals=_FOUR, take=_STRANGER.crossing),
    "station-reason": Scene(referrals=_FOUR, take=_STRANGER.crossing, digits=(1,)),
    "station-confirm": Scene(referrals=_FOUR, take=_STRANGER.crossing, digits=(1, 1)),
    "station-two-officers": Scene(referrals=_TWO, take=_REVOKED.crossing),
    "station-notice": Scene(referrals=_FOUR, notice=DeskNotice.TAKEN),
    "station-take-back": Scene(referrals=_FOUR, take=_STRANGER.crossing, sent=True),
    "station-slip": Scene(referrals=_FOUR, take=_STRANGER.crossing, slip=True),
    "station-slip-failed": Scene(referrals=_FOUR, take=_STRANGER.crossing, slip=True, printed=Printed.FAILED),
    "station-refused": Scene(referrals=_FOUR, take=_STRANGER.crossing, how="refuse"),
    "station-refused-slip": Scene(
        referrals=_FOUR, take=_STRANGER.crossing, how="refuse", slip=True, printed=Printed.DONE
    ),
    "station-entry": Scene(referrals=_FOUR, take=_STRANGER.crossing, entry=True),
    "station-lane": Scene(referrals=_FOUR, lane="lane-5", notice=OrderNotice.OBEYED),
    "station-lane-paper": Scene(lane="lane-5"),
    "station-lane-held": Scene(referrals=_FOUR, lane="lane-6"),
    "station-lane-silent": Scene(referrals=_FOUR, lane="lane-4", notice=OrderNotice.NO_ANSWER),
    "station-find": Scene(finding=True),
    "station-found": Scene(finding=True, found=Found("", (("lane-3", FOUND), ("lane-7", FOUND)))),
    "station-not-found": Scene(finding=True, found=Found("")),
    "station-find-away": Scene(finding=True, found=Found("", failed=Failed.AWAY)),
    "station-hub-away": Scene(referrals=_FOUR, away=True),
}
