"""A minute at the gate: sixty travellers, one close behind the other, and how soon each sees a verdict.

The real program without a display: synthetic camera at 1280x720, reader process, lane, journal with its
fsync, hub process, gate process on an emulated turnstile whose people pass in half a second, the
traveller's window. The next phone is raised while the one before walks through. A verdict counts as seen
when the loop has painted the window; the time runs from the frame in which the code was read, as the camera
gave it.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer

from config.moment import system_clock
from drivers.camera.synthetic.appearance import Appearance
from drivers.camera.synthetic.source import SyntheticCamera
from drivers.camera.synthetic.stage import Prop, Stage
from drivers.turnstile.from_settings import turnstile_for
from drivers.turnstile.port import Passage
from kiosk.app import KioskApp
from kiosk.application import qt_application
from kiosk.demo import authorities
from kiosk.demo.feed import ViewFeed
from kiosk.demo.workshop import Workshop
from kiosk.lane_view import LaneView, Phase
from kiosk.machinery import Devices
from kiosk.program import program
from sync.uplink_core import Pace
from tests.bench.report import FOLDER, Result, percentile, report, spread
from verification.evidence import Colour
from verification.issuing import colour_code
from verification.issuing.authority import Authority
from verification.issuing.colour_code import ColourCode
from verification.verdict import Gathering, Outcome, Verdict

TRAVELLERS = 60
AIM_EACH_S = 1.0
AIM_SEEN_MS = 150.0
READY_S, LOST_S = 30.0, 10.0


@dataclass(slots=True)
class Crossed:
    """One traveller, in monotonic seconds."""

    judged: float
    took_ms: float = 0.0
    painted: float = 0.0

    @property
    def seen_ms(self) -> float:
        """From the frame's moment to the painted verdict."""
        return self.took_ms + (self.painted - self.judged) * 1000


@dataclass(slots=True)
class Minute:
    """What a queue of travellers met."""

    crossed: dict[str, Crossed] = field(default_factory=dict)
    ended: dict[str, tuple[Outcome | None, Passage | None]] = field(default_factory=dict)
    began: float = 0.0
    over: float = 0.0


class Painted(QObject):
    """Notes when the window has painted a crossing's verdict: right after the event that painted it."""

    def __init__(self, kiosk: KioskApp, minute: Minute) -> None:
        super().__init__()
        self._kiosk, self._minute = kiosk, minute
        kiosk.traveller.window().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every repaint of the window passes here before it is done."""
        if event.type() is QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self._done)
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        view = self._kiosk.desk.view
        if view is None or view.crossing is None or view.crossing.outcome is None:
            return
        crossed = self._minute.crossed.get(view.crossing.crossing)
        if crossed and not crossed.painted:
            crossed.painted = system_clock().mono


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_minute")
    parser.add_argument("--travellers", type=int, default=TRAVELLERS)
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        minute = queue(Path(place), chosen.travellers)
    report("minute", results(minute, chosen.travellers))
    return 0


def queue(folder: Path, travellers: int) -> Minute:
    """Sends them through, each when the one before is being let through."""
    minute = Minute()
    painted: list[Painted] = []

    def begin(kiosk: KioskApp) -> None:
        _listen(kiosk, minute)
        painted.append(Painted(kiosk, minute))

    def show(view: LaneView) -> None:
        crossing = view.crossing
        noted = minute.crossed.get(crossing.crossing) if crossing else None
        if crossing and noted and crossing.read_to_verdict_ms is not None:
            noted.took_ms = crossing.read_to_verdict_ms
        for past in view.last:
            minute.ended[past.crossing] = (past.outcome, past.passage)

    def walk(stage: Stage, feed: ViewFeed, issuer: Authority) -> None:
        _walk(stage, feed, issuer, minute, travellers)

    at_the_gate(folder, begin, show, walk)
    return minute


def at_the_gate(
    folder: Path,
    begin: Callable[[KioskApp], None],
    show: Callable[[LaneView], None],
    walk: Callable[[Stage, ViewFeed, Authority], None],
) -> Path:
    """Runs the whole kiosk until `walk`, on a thread of its own, ends. Returns the journal's folder.

    `show` is called with every view, on the lane's thread.
    """
    issuers = authorities.found(system_clock().utc)
    workshop = Workshop(folder, issuers, b"\0" * 16, system_clock().utc)
    feed, pause = ViewFeed(), threading.Event()
    try:
        workshop.open(program())
        settings = workshop.settings(quick=True, fullscreen=False, size=(1080, 1920))
        application = qt_application()
        stage = Stage(lambda: system_clock().mono, hall=7)

        def watch(view: LaneView) -> None:
            show(view)
            feed.show(view)

        devices = Devices(
            camera=lambda: SyntheticCamera(stage, lambda: system_clock().mono, pause.wait, seed=7),
            turnstile=lambda alive: turnstile_for(settings.turnstile, program(), alive),
        )
        kiosk = KioskApp(
            settings, devices, program(), system_clock, demo=True, pace=Pace(every_s=0.5), watch=watch
        )
        begin(kiosk)

        def direct() -> None:
            try:
                walk(stage, feed, issuers.hong_kong)
            finally:
                kiosk.end()

        thread = threading.Thread(target=direct, name="queue")
        thread.start()
        try:
            kiosk.run(application, fullscreen=False)
        finally:
            feed.close()
            thread.join()
        return workshop.journal
    finally:
        workshop.close()


def _listen(kiosk: KioskApp, minute: Minute) -> None:
    """Notes when the policy has judged whom."""
    judge = kiosk.machinery.rulebook.judge

    def judged(assessments: object, at: datetime, crossing: str = "") -> Verdict | Gathering:
        decision = judge(assessments, at, crossing)  # type: ignore[arg-type]
        minute.crossed.setdefault(crossing, Crossed(system_clock().mono))
        return decision

    kiosk.machinery.rulebook.judge = judged  # type: ignore[method-assign]


def _walk(stage: Stage, feed: ViewFeed, issuer: Authority, minute: Minute, travellers: int) -> None:
    lots = random.Random(11)
    feed.wait(lambda view: view.phase is Phase.WAITING, READY_S)
    minute.began = system_clock().mono
    seen: set[str] = set()
    for number in range(travellers):
        stage.show(Prop(green_code(issuer, lots), Appearance(look=number % 4)))
        view = feed.wait(
            lambda view: view.phase is Phase.PASSING and view.crossing is not None and _who(view) not in seen,
            LOST_S,
        )
        if view is None:
            break
        seen.add(_who(view))
    feed.wait(lambda view: view.phase is Phase.WAITING, LOST_S)
    minute.over = system_clock().mono
    stage.clear()


def _who(view: LaneView) -> str:
    return view.crossing.crossing if view.crossing else ""


def green_code(issuer: Authority, lots: random.Random, name: str = "S******N T*******R") -> bytes:
    """A new one, good today."""
    at = system_clock().utc - timedelta(minutes=1)
    made = ColourCode(
        prefix="HK1",
        cti=lots.randbytes(16),
        issued_at=at,
        expires_at=colour_code.lifetime("HK1", at),
        colour=Colour.GREEN,
        masked_name=name,
    )
    return colour_code.issue(made, issuer).encode()


def results(minute: Minute, travellers: int) -> list[Result]:
    """The figures of one queue."""
    passed = [ended for ended in minute.ended.values() if ended == (Outcome.ADMIT, Passage.PASSED)]
    each = (minute.over - minute.began) / travellers
    seen = [crossed.seen_ms for crossed in minute.crossed.values() if crossed.painted]
    rows = [
        Result("each traveller, start to passed", each, "s", aim=AIM_EACH_S),
        Result("travellers a minute", 60 / each, ""),
        Result("admitted once and passed", len(minute.crossed), f"of {travellers}"),
        Result("of them in the list of last crossings, passed", len(passed), ""),
    ]
    median, p95, p99 = spread("code's frame to painted verdict", seen or [0.0], "ms")
    rows += [median, Result(p95.name, p95.value, "ms", aim=AIM_SEEN_MS), p99]
    took = [crossed.took_ms for crossed in minute.crossed.values()]
    rows.append(Result("of it, frame to verdict median", percentile(took or [0.0], 0.5), "ms"))
    rows.append(Result("verdicts painted", len(seen), f"of {travellers}"))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
