"""How late Qt's event loop is while the whole kiosk works: scanning 30 frames a second, verdicts, gate, hub.

The real program without a display: a camera at 1280x720 whose pictures it decodes, reader process, gate
process on an emulated gate, journal, hub process, an officer at the desk. What is no part of a lane's own
machine, drawing the camera's pictures and the hub, has the lowest priority. Beside it, in the same run, the
loop of an empty window.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from config.moment import system_clock
from config.priority import LOWEST
from drivers.camera.port import Camera, Frame
from drivers.turnstile.from_settings import turnstile_for
from kiosk.demo import authorities
from kiosk.demo.cast import WHOLE_CAST, Cast
from kiosk.demo.director import Director
from kiosk.demo.feed import ViewFeed
from kiosk.demo.part import Ending
from kiosk.demo.workshop import OFFICER, Workshop
from kiosk.lane_view import Phase
from kiosk.program import program
from tests.bench.far_camera import FarCamera
from tests.bench.punctuality import Punctuality
from tests.bench.report import FOLDER, Result, percentile, report, spread

if TYPE_CHECKING:
    from kiosk.app import KioskApp

AIM_MS = 33.0
IDLE_S = 5.0
ByPhase = dict[str, list[float]]
"""Milliseconds, by the phase the lane was in."""


class Counted(Camera):
    """A camera that counts its frames and when they came."""

    name = "counted"

    def __init__(self, camera: Camera, also: Callable[[Frame], None] | None = None) -> None:
        self._camera, self._also = camera, also
        self.frames = 0
        self.first = self.last = 0.0

    def open(self) -> None:
        self._camera.open()

    def read(self) -> Frame | None:
        frame = self._camera.read()
        if frame is not None:
            self.last = frame.captured_at
            self.first = self.first or self.last
            self.frames += 1
            if self._also:
                self._also(frame)
        return frame

    def close(self) -> None:
        self._camera.close()

    @property
    def rate(self) -> float:
        """Frames a second."""
        return (self.frames - 1) / (self.last - self.first) if self.frames > 1 else 0.0


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_loop")
    parser.add_argument("--travellers", type=int, default=WHOLE_CAST)
    parser.add_argument("--idle-s", type=float, default=IDLE_S, help="how long the empty window is watched")
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    empty = idle(chosen.idle_s)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        watch, rate, endings = busy(Path(place), chosen.travellers)
    report("loop", results(empty, watch.late, watch.work, rate, endings))
    return 0


def idle(seconds: float) -> list[float]:
    """The lateness of a loop that has nothing to do but show an empty window, in milliseconds."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    from kiosk.application import qt_application

    application = qt_application()
    window, watch = QWidget(), Punctuality(time.monotonic, lambda: "empty")
    window.resize(1080, 1920)
    window.show()
    watch.start()
    QTimer.singleShot(round(seconds * 1000), application.quit)
    application.exec()
    watch.stop()
    window.close()
    return watch.all()


class Visitor(Protocol):
    """Somebody who shows something in the same loop, and ends the program when all was seen."""

    label: str

    def begin(self, kiosk: KioskApp) -> None:
        """The program is made and about to run."""

    def frame(self, frame: Frame) -> None:
        """What the camera gave, on its thread."""


def busy(
    folder: Path,
    travellers: int,
    visitor: Visitor | None = None,
    *,
    before: Callable[[Workshop], None] | None = None,
    first: int = 0,
) -> tuple[Punctuality, float, list[Ending]]:
    """Lateness by phase of the lane (or the visitor's label), the camera's rate, how the crossings ended.

    `before` sets up more once the hub runs; the cast begins with its member number `first`.
    """
    from kiosk.app import KioskApp
    from kiosk.application import qt_application
    from kiosk.demo.performance import _script
    from kiosk.desk.simulated import SimulatedOfficer
    from kiosk.machinery import Devices
    from sync.uplink_core import Pace

    issuers = authorities.found(system_clock().utc)
    cast = Cast(issuers, 7)
    parts = cast.parts(first + travellers)[first:]
    workshop = Workshop(folder, issuers, cast.revoked_cti, system_clock().utc)
    try:
        workshop.open(["nice", "-n", str(LOWEST), *program()])
        if before:
            before(workshop)
        settings = workshop.settings(quick=True, fullscreen=False, size=(1080, 1920))
        application = qt_application()
        feed, stage = ViewFeed(), FarCamera(seed=7)
        camera = Counted(stage, visitor.frame if visitor else None)
        devices = Devices(
            camera=lambda: camera, turnstile=lambda alive: turnstile_for(settings.turnstile, program(), alive)
        )
        kiosk = KioskApp(
            settings, devices, program(), system_clock, demo=True, pace=Pace(every_s=0.5), watch=feed.show
        )

        def label() -> str:
            if visitor:
                return visitor.label
            return str(kiosk.desk.view.phase) if kiosk.desk.view else "start"

        watch = Punctuality(time.monotonic, label)
        if visitor:
            visitor.begin(kiosk)
        officer = SimulatedOfficer(kiosk.desk, OFFICER, workshop.pin, _script(parts))
        endings: list[Ending] = []
        director = Director(stage, feed, workshop, endings.append, lambda _: None, system_clock)

        def direct() -> None:
            try:
                director.run(parts)
            finally:
                kiosk.end()

        thread = threading.Thread(target=direct, name="director")
        thread.start()
        watch.start()
        try:
            kiosk.run(application, fullscreen=False)
        finally:
            watch.stop()
            feed.close()
            thread.join()
        del officer
        return watch, camera.rate, endings
    finally:
        workshop.close()


def results(
    empty: list[float], late: ByPhase, work: ByPhase, rate: float, endings: list[Ending]
) -> list[Result]:
    """The figures; the start, in which windows and lists are made, stands apart."""
    apart = ("start", str(Phase.OUT_OF_ORDER))
    everything = [ms for phase, values in late.items() if phase not in apart for ms in values]
    own = [ms for phase, values in work.items() if phase not in apart for ms in values]
    rows = spread("empty window, lateness", empty, "ms")
    *figures, p99 = spread("kiosk, lateness", everything, "ms")
    rows += [*figures, Result(p99.name, p99.value, "ms", aim=AIM_MS)]
    rows.append(Result("kiosk, lateness most", max(everything, default=0.0), "ms"))
    rows.append(Result("loop's own work at a stretch p99", percentile(own, 0.99), "ms"))
    rows.append(Result("loop's own work at a stretch most", max(own, default=0.0), "ms"))
    for phase in sorted(late):
        name = f"  {phase}{' (apart)' if phase in apart else ''}"
        rows.append(Result(f"{name} lateness p99", percentile(late[phase], 0.99), "ms"))
        rows.append(Result(f"{name} own work most", max(work[phase]), "ms"))
    rows.append(Result("camera", rate, "fps"))
    as_cast = sum(ending.as_cast for ending in endings)
    rows.append(Result("crossings as the cast says", as_cast, f"of {len(endings)}"))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
