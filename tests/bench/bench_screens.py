"""How late Qt's event loop is on every screen there is, while the whole lane works in the same loop.

The lane is `bench_loop`'s: camera at 30 frames a second, reader, gate, journal, hub, travellers and an
officer, its own window painting. In the same loop each screen of `screenshots` is opened in a second window
for a while, fed with the camera's frames and stirred ten times a second. Coming to a screen counts, from the
first key or message to the last paint, each message and each key in a turn of the loop, as they come in life.
Making the window does not count: an officer's panel and a desk stand there already when a screen of theirs
comes up, and the panel's first opening is a row of its own. A p99 is over the whole time a screen is open,
and the three latest of some 300 calls are beyond it. Run it where nothing else runs, `--only` a part at a
time.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from config.moment import system_clock
from drivers.camera.port import Frame
from kiosk.lane_view import LaneView, Phase
from kiosk.screens.crossings_shots import crossings_scenes
from kiosk.screens.help_shots import ALONG, STORIES, helped
from kiosk.screens.kiosk_window import KioskWindow
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.officer_shots import Stage, officer_scenes
from kiosk.screens.shift import ShiftPage
from kiosk.screens.shift_shots import made_up_figures, shift_scenes
from kiosk.screens.starting_shots import first_window
from kiosk.screens.station_shots import station_scenes
from kiosk.screens.station_window import StationWindow
from kiosk.screens.traveller_shots import LAYOUTS, SHORT_SET, stories
from kiosk.screens.traveller_window import TravellerWindow
from tests.bench.bench_loop import AIM_MS, busy
from tests.bench.report import FOLDER, Result, percentile, report

if TYPE_CHECKING:
    from kiosk.app import KioskApp

EACH_S = 5.0
STIR_MS = 100
LOOK_MS = 200
TRAVELLERS = 10_000
"""More than come while it lasts."""
LANGUAGE = "zh_HK"
SIZE = (1920, 1080)
BETWEEN = "between"
Shown = tuple[str, Callable[[], Iterator[object]], Callable[[], object]]
"""A screen's name, what brings it up step by step, and what stirs it."""


def traveller_screens(keep: list[TravellerWindow], gone: list[TravellerWindow]) -> Iterator[Shown]:
    """Every screen of the traveller and every page of help, in one moving window."""
    display, turn = LAYOUTS["portrait"], count(1)
    window = TravellerWindow(display, "3", True, spoken=True, along=ALONG)
    keep.append(window)
    window.show()
    for story in stories():
        if story.name not in SHORT_SET:
            continue
        window.show_lane(LaneView(Phase.HELD, "3"))
        mono = system_clock().mono
        until = mono + 20 if story.view.until_mono else None
        view = replace(story.view, demo=True, since_mono=mono, until_mono=until)

        def stir(view: LaneView = view, sight: object = story.sight) -> None:
            window.show_lane(replace(view, unsent=next(turn)))
            window.show_sight(sight)

        yield f"traveller {story.name}", once(stir), stir
    for opened in STORIES:
        yield f"traveller {opened.name}", once(partial(helped, window, opened, LANGUAGE)), window._present
    gone.append(window)  # the camera's thread may hold it still, and must not be the last to let go
    keep.clear()
    window.close()


def office_screens() -> Iterator[Shown]:
    """The officer's panel, the shift's page, the list of crossings, the station desk: each open before."""
    figures, turn = made_up_figures(), count(1)
    yield from officers_door()
    for scenes in (officer_scenes, shift_scenes, crossings_scenes, station_scenes):
        for name, widget, act in scenes((LANGUAGE,), (SIZE,)):
            widget.show()
            page = widget.findChild(ShiftPage) if "shift" in name else None

            def stir(widget: QWidget = widget, page: ShiftPage | None = page) -> None:
                widget.update()
                if isinstance(widget, OfficerPanel | StationWindow):
                    widget.refresh()
                if page:
                    page.show_figures(replace(figures, records=9000 + next(turn)), page._shift)

            yield name.removesuffix(f"-{LANGUAGE}-{SIZE[0]}x{SIZE[1]}"), act, stir


def officers_door() -> Iterator[Shown]:
    """The panel as it is laid over the traveller's screen for the first time since the start."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        panel = stage.begin("officer-sign-in", LANGUAGE)
        window = KioskWindow(TravellerWindow(LAYOUTS["landscape"], "3", True), panel)
        window.show()
        yield "officer-first-opened", once(window.open_panel), panel.refresh
        window.close()
        stage.session.stop()


def once(act: Callable[[], object]) -> Callable[[], Iterator[object]]:
    """What is done in one turn of the loop."""

    def acts() -> Iterator[object]:
        yield act()

    return acts


def every_screen(keep: list[TravellerWindow], gone: list[TravellerWindow]) -> Iterator[Shown]:
    """All of them, one after the other."""
    first = first_window(LAYOUTS["portrait"], LANGUAGE)
    yield "starting", once(first.show), first.update
    first.close()
    yield from traveller_screens(keep, gone)
    yield from office_screens()


class Tour:
    """Opens one screen after the other while the lane works, then ends the program."""

    def __init__(self, each_s: float, most: int | None, only: str) -> None:
        self.label = BETWEEN
        self._each_ms, self._left = round(each_s * 1000), most
        self._fed: list[TravellerWindow] = []
        self._gone: list[TravellerWindow] = []
        screens = every_screen(self._fed, self._gone)
        self._screens = (shown for shown in screens if re.match(only, shown[0]))
        self._stirring = QTimer()

    def begin(self, kiosk: KioskApp) -> None:
        """Waits until the lane does."""
        self._kiosk = kiosk
        self._stirring.setInterval(STIR_MS)
        self._wait()

    def frame(self, frame: Frame) -> None:
        """The camera's pictures go to the open window, too."""
        for window in list(self._fed):
            window.show_frame(frame.pixels)

    def _wait(self) -> None:
        view = self._kiosk.desk.view
        ready = view is not None and view.phase is Phase.WAITING
        QTimer.singleShot(LOOK_MS, self._next if ready else self._wait)

    def _next(self) -> None:
        self.label = BETWEEN
        self._stirring.stop()
        self._stirring = QTimer()
        self._stirring.setInterval(STIR_MS)
        shown = next(self._screens, None) if self._left is None or self._left > 0 else None
        if shown is None:
            self._screens.close()
            self._kiosk.end()
            return
        name, enter, stir = shown
        self._left = self._left and self._left - 1
        self._stirring.timeout.connect(stir)
        QTimer.singleShot(LOOK_MS, lambda: self._open(name, enter))

    def _open(self, name: str, enter: Callable[[], Iterator[object]]) -> None:
        """From here on it counts: the making of the state is over, and the loop has come to rest."""
        self.label = name
        self._step(enter())

    def _step(self, steps: Iterator[object]) -> None:
        if next(steps, steps) is not steps:
            QTimer.singleShot(0, lambda: self._step(steps))
            return
        self._stirring.start()
        QTimer.singleShot(self._each_ms, self._next)


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_screens")
    parser.add_argument("--each-s", type=float, default=EACH_S, help="how long each screen is open")
    parser.add_argument("--screens", type=int, help="only so many of them")
    parser.add_argument("--only", default="", metavar="PATTERN", help="whose name begins like this")
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    from kiosk.application import qt_application

    application = qt_application()
    tour = Tour(chosen.each_s, chosen.screens, chosen.only)
    with tempfile.TemporaryDirectory(dir=FOLDER) as place:
        watch, rate, endings = busy(Path(place), TRAVELLERS, tour)
    del application
    late = {name: values for name, values in watch.late.items() if name != BETWEEN}
    rows = [Result(name, percentile(values, 0.99), "ms", aim=AIM_MS) for name, values in sorted(late.items())]
    work = {name: max(values) for name, values in watch.work.items() if name != BETWEEN}
    for name in sorted(work, key=work.__getitem__, reverse=True):
        rows.append(Result(f"own work at a stretch, {name}", work[name], "ms"))
    everything = [ms for values in late.values() for ms in values]
    rows.append(Result("every screen, lateness p99", percentile(everything, 0.99), "ms", aim=AIM_MS))
    rows.append(Result("screens", len(late), ""))
    rows.append(Result("screens within the aim", sum(row.met for row in rows[: len(late)]), ""))
    rows.append(Result("camera", rate, "fps"))
    rows.append(Result("crossings meanwhile", len(endings), ""))
    report("screens", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
