"""How late the event loop is while a finger scrolls the list of crossings: 1,000 and 20,000 of a journal.

`python -m tests.bench.bench_list [--rows N N …] [--steps N]`

Each list is opened, gone through from the newest crossing to the oldest, chunk by chunk as they come, then
up and down in long and short pushes while new ones come in on top. Meanwhile a timer measures how late it is.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from config.moment import system_clock
from sync.device_key import device_key
from sync.event_types import CrossingClosed, CrossingDecided, CrossingOpened, GatePassage
from sync.journal import Journal
from tests.bench.report import FOLDER, Result, percentile, report
from tests.bench.resident import resident

if TYPE_CHECKING:
    from kiosk.screens.officer_last import LastCrossings

AIM_MS = 33.0
AT_ONCE = 500
NEWS_EVERY = 40
"""Steps between two new crossings."""


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_list")
    parser.add_argument("--rows", type=int, nargs="+", default=[1000, 20_000])
    parser.add_argument("--steps", type=int, default=600)
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    results: list[Result] = []
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
            results += scrolled(Path(folder), rows, chosen.steps)
    report("list", results)
    return 0


def scrolled(folder: Path, rows: int, steps: int) -> list[Result]:
    """The figures of one list."""
    from PySide6.QtCore import QTimer

    from kiosk.application import qt_application
    from kiosk.desk.crossings_desk import CrossingsDesk
    from kiosk.desk.shift import HONG_KONG
    from kiosk.screens.officer_last import LastCrossings
    from tests.bench.punctuality import Punctuality

    application = qt_application()
    journal = Journal(folder, system_clock, device_key(folder), kiosk="made-up")
    written = 0
    for first in range(0, rows, AT_ONCE):
        write(journal, range(first, min(rows, first + AT_ONCE)))
    doing = "opening"
    watch = Punctuality(time.monotonic, lambda: doing)
    desk = CrossingsDesk(folder, lambda _event: None, lambda _reasons: False)
    shown = LastCrossings()
    shown.resize(1080, 1100)
    shown.attach(desk)
    shown.show()
    shown.show_lane((), "zh_HK", HONG_KONG, system_clock().utc)
    memory: list[float] = []
    pushes = places(shown, steps)
    turn = QTimer()

    def step() -> None:
        nonlocal doing, written
        if shown.rows.rowCount() < rows:
            if shown.rows.rowCount():
                doing = "first time through"
                shown.scrollToBottom()
            return
        if not memory:
            doing = "scrolling"
            memory.append(resident().own)
        value = next(pushes, None)
        if value is None:
            application.quit()
            return
        written += 1
        if written % NEWS_EVERY == 0:
            write(journal, [rows + written])
            desk.look()
        shown.verticalScrollBar().setValue(value)

    turn.timeout.connect(step)
    before = resident().own
    watch.start()
    turn.start(16)
    application.exec()
    turn.stop()
    watch.stop()
    desk.stop()
    shown.close()
    shown.deleteLater()
    journal.close()
    found = []
    for what, late in sorted(watch.late.items()):
        found.append(Result(f"{rows} rows, {what}: lateness p99", percentile(late, 0.99), "ms"))
        found.append(Result(f"{rows} rows, {what}: lateness, most", max(late), "ms"))
        work = watch.work[what]
        found.append(Result(f"{rows} rows, {what}: own work of a step p99", percentile(work, 0.99), "ms"))
    steps_late = [one for what, late in watch.late.items() if what != "opening" for one in late]
    every = percentile(steps_late, 0.99)
    found.append(Result(f"{rows} rows, every step: lateness p99", every, "ms", aim=AIM_MS))
    found.append(Result(f"{rows} rows: memory more when all were reached", memory[0] - before, "MB"))
    return found


def places(shown: LastCrossings, steps: int) -> Iterator[int]:
    """Where the list is pushed to: long pushes through all of it, and short ones as a finger makes them."""
    bar = shown.verticalScrollBar()
    for number in range(steps):
        if number % 4 == 0:
            yield bar.maximum() * ((number * 37) % 101) // 101
        else:
            yield max(0, bar.value() - 60)


def write(journal: Journal, numbers: Sequence[int]) -> None:
    """Crossings of these numbers: four records each, as the lane writes them."""
    events = []
    for number in numbers:
        name = f"made-up-{number:06}"
        events += [
            CrossingOpened(name, "any"),
            CrossingDecided(name, "ADMIT", ("ADMITTED",), "made-up", 41.0, ()),
            GatePassage(name, f"a-{number}", "PASSED"),
            CrossingClosed(name, "passed"),
        ]
    journal.append(events, system_clock().utc - timedelta(seconds=1))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
