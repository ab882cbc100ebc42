"""One demonstration from beginning to end: the real kiosk, its simulated world, and the proof afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from config.moment import Clock, Moment, system_clock
from drivers.camera.synthetic.source import SyntheticCamera
from drivers.camera.synthetic.stage import Stage
from drivers.turnstile.from_settings import lane_gate
from kiosk.app import KioskApp
from kiosk.application import qt_application
from kiosk.demo import authorities
from kiosk.demo.cast import Cast
from kiosk.demo.director import Director
from kiosk.demo.feed import ViewFeed
from kiosk.demo.part import Ending, Part
from kiosk.demo.pictures import Photographer
from kiosk.demo.workshop import OFFICER, Workshop
from kiosk.desk.lane_control import Action
from kiosk.desk.simulated import ScriptedDecision, SimulatedOfficer
from kiosk.lane_view import LaneView
from kiosk.machinery import Devices
from kiosk.opening import Opening
from sync.uplink_core import Pace

SENT_S = 20.0
HONG_KONG = ZoneInfo("Asia/Hong_Kong")
NEAR_MIDNIGHT = timedelta(hours=23, minutes=30)
OFFICER_LOOKS_S = 0.6


@dataclass(frozen=True, slots=True)
class Wish:
    """How the demonstration is to be."""

    folder: Path
    travellers: int
    seed: int
    headless: bool
    windowed: bool
    size: tuple[int, int] = (1080, 1920)


@dataclass(frozen=True, slots=True)
class Played:
    """What came of it."""

    endings: tuple[Ending, ...]
    hub: dict[str, object]
    kiosk: dict[str, object]
    exit_code: int
    opened: int
    """Pulses the emulated gate really saw."""


def demo_clock() -> Clock:
    """The system's clock; half an hour behind it when the codes of the day would end while they are shown."""
    here = system_clock().utc.astimezone(HONG_KONG)
    since_midnight = timedelta(hours=here.hour, minutes=here.minute)
    back = timedelta(minutes=45) if since_midnight >= NEAR_MIDNIGHT else timedelta()

    def clock() -> Moment:
        now = system_clock()
        return Moment(now.mono, now.utc - back)

    return clock


def perform(wish: Wish, program: Sequence[str], tell: Callable[[Ending], None], opening: Opening) -> Played:
    """Plays it. `tell` hears of every ending at once. Raises `CannotStart`, `RuntimeError`, `OSError`."""
    clock = demo_clock()
    issuers = opening.meanwhile(lambda: authorities.found(clock().utc))
    cast = Cast(issuers, wish.seed)
    parts = opening.meanwhile(lambda: cast.parts(wish.travellers))
    workshop = Workshop(wish.folder, issuers, cast.revoked_cti, clock().utc)
    try:
        opening.meanwhile(lambda: workshop.open(program))
        return _play(wish, program, workshop, parts, clock, tell, opening)
    finally:
        workshop.close()


def _play(
    wish: Wish,
    program: Sequence[str],
    workshop: Workshop,
    parts: Sequence[Part],
    clock: Clock,
    tell: Callable[[Ending], None],
    opening: Opening,
) -> Played:
    fullscreen = not (wish.headless or wish.windowed)
    settings = workshop.settings(quick=wish.headless, fullscreen=fullscreen, size=wish.size)
    application = qt_application()
    feed, pause = ViewFeed(), threading.Event()
    stage = Stage(lambda: clock().mono, hall=wish.seed)
    devices = Devices(
        camera=lambda: SyntheticCamera(stage, lambda: clock().mono, pause.wait, seed=wish.seed),
        turnstile=lambda alive: lane_gate(settings.turnstile, settings.other_direction, program, alive),
    )
    pace = Pace(every_s=0.3, first_backoff_s=0.3, most_backoff_s=1.0)
    kiosk = KioskApp(
        settings, devices, program, clock, demo=True, pace=pace, watch=feed.show, opening=opening
    )
    SimulatedOfficer(kiosk.desk, OFFICER, workshop.pin, _script(parts))
    photographer = Photographer(kiosk.traveller, wish.folder / "screenshots")
    endings: list[Ending] = []

    def ended(ending: Ending) -> None:
        endings.append(ending)
        tell(ending)

    director = Director(stage, feed, workshop, ended, photographer.take, clock)

    def direct() -> None:
        try:
            director.run(parts)
            feed.wait(_all_sent, SENT_S)
        finally:
            kiosk.end()

    thread = threading.Thread(target=direct, name="director")
    thread.start()
    try:
        code = kiosk.run(application, fullscreen)
    finally:
        feed.close()
        thread.join()
        photographer.close()
    position = kiosk.machinery.journal.position
    return Played(
        endings=tuple(endings),
        hub=workshop.hub_holds(program),
        kiosk={"sequence": position.sequence, "head": position.head.hex()},
        exit_code=code,
        opened=workshop.emulator.firmware.pulses,
    )


def _script(parts: Sequence[Part]) -> list[ScriptedDecision]:
    """One decision for each part that an officer has to decide."""
    return [
        ScriptedDecision(part.reason, Action(part.override), "DOCUMENT_GENUINE", OFFICER_LOOKS_S)
        for part in parts
        if part.override and part.reason
    ]


def _all_sent(view: LaneView) -> bool:
    return view.unsent == 0
