"""A supervisor exports a shift of a million events at the page of the shift, while the whole lane goes on.

The lane is `bench_loop`'s: camera at 30 frames a second, reader, gate, journal, hub, travellers, an officer.
Its own journal holds the shifts, its hub all of them, and the lane writes behind. In the same loop the
shift's page is open, and its `ShiftDesk` starts the export as in the product, only that a folder on the
journal's own disk stands in for a stick. Beside the export is seen what a traveller waits, how late the loop
is, what an append to the journal takes, how long its write-ahead log gets, and what each process holds in
memory.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer

from config.moment import system_clock
from drivers.camera.port import Frame
from kiosk.demo.cast import WHOLE_CAST
from kiosk.demo.part import Ending
from kiosk.demo.workshop import Workshop
from kiosk.desk.roster import Officer, Role
from kiosk.desk.shift import Shift
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.lane_view import Phase
from kiosk.program import ROOT, program
from kiosk.screens.shift import ShiftPage
from tests.bench.bench_loop import AIM_MS, busy
from tests.bench.long_shifts import SUPERVISOR, fill, hand_over
from tests.bench.punctuality import Punctuality
from tests.bench.report import FOLDER, Result, percentile, report
from tests.bench.to_folder import command
from verification.verdict import Verdict

if TYPE_CHECKING:
    from kiosk.app import KioskApp

EVENTS = (10_000, 100_000, 1_000_000)
ALONE_S = 20.0
TRAVELLERS = 10_000
"""More than come while it lasts."""
SAMPLE_MS = 250
START, ALONE, COUNT, PAGE = "start", "lane alone", "shift page's first count", "shift page open"
LABELS = (ALONE, COUNT, PAGE)


@dataclass(slots=True)
class Noted:
    """What was seen while one thing went on."""

    began: float = 0.0
    ended: float = 0.0
    frames: int = 0
    appends: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)
    """Milliseconds from the code's frame to the painted verdict."""
    collections: list[float] = field(default_factory=list)
    """Milliseconds of each time Python looked through all its objects for what can be let go."""
    log_mb: float = 0.0
    kiosk_mb: list[float] = field(default_factory=list)
    export_mb: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """How long it went on."""
        return self.ended - self.began


class Supervisor(QObject):
    """Looks on for a while, opens the shift's page, exports one shift after the other, ends the program."""

    def __init__(self, place: Path, alone_s: float, most_s: float | None) -> None:
        super().__init__()
        self.label = START
        self.noted: dict[str, Noted] = {}
        self.verdicts: dict[str, str] = {}
        """What went on when a crossing was judged."""
        self.failed: list[str] = []
        self.shifts: list[Shift] = []
        self.cancelled = 0
        self._place, self._alone_ms = place, round(alone_s * 1000)
        self._most = QTimer(self)
        self._most.setSingleShot(True)
        self._most.setInterval(round((most_s or 0) * 1000))
        self._judged: dict[str, float] = {}
        self._collecting = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._sample)

    def prepare(self, workshop: Workshop, sizes: Sequence[int]) -> None:
        """Journal and hub, before the lane starts."""
        self._folder = workshop.journal
        self.shifts = fill(workshop.journal, sizes)[: len(sizes)]
        hand_over(workshop)

    def begin(self, kiosk: KioskApp) -> None:
        """Listens to the parts that are measured, and waits until the lane waits for travellers."""
        self._kiosk = kiosk
        self._listen()
        kiosk.traveller.window().installEventFilter(self)
        gc.callbacks.append(self._collects)
        self._desk = ShiftDesk(self._folder, command(self._place), system_clock, kiosk.machinery.post)
        self._page = ShiftPage(kiosk.desk, self._desk, "demo-1")
        self._page.resize(1280, 800)
        self._most.timeout.connect(self._desk.cancel)
        self._desk.saved.connect(lambda _name: self._next())
        self._desk.failed.connect(self._broken)
        self._desk.counted.connect(self._counted)
        self._left = list(self.shifts)
        self._wait()

    def frame(self, _frame: Frame) -> None:
        """One more from the camera."""
        if (noted := self.noted.get(self.label)) is not None:
            noted.frames += 1

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every repaint of the traveller's window passes here before it is done."""
        if event.type() is QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self._painted)
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        view = self._kiosk.desk.view
        if view is not None and view.phase is Phase.WAITING:
            self._timer.start(SAMPLE_MS)
            self._now(ALONE)
            QTimer.singleShot(self._alone_ms, self._open)
        else:
            QTimer.singleShot(200, self._wait)

    def _now(self, label: str) -> None:
        now = time.monotonic()
        if self.label in self.noted:
            self.noted[self.label].ended = now
        self.noted[label] = Noted(now)
        self.label = label
        self._sample()

    def _open(self) -> None:
        self._now(COUNT)
        self._page.show()

    def _counted(self, *_figures: object) -> None:
        if self.label == COUNT:
            self._now(PAGE)
            QTimer.singleShot(self._alone_ms // 2, self._next)

    def _next(self) -> None:
        self._most.stop()
        if not self._left or self.failed:
            self._now("end")
            self._timer.stop()
            gc.callbacks.remove(self._collects)
            self._page.close()
            self._desk.stop()
            self._kiosk.end()
            return
        if self._desk.exporting:
            QTimer.singleShot(50, self._next)
            return
        shift = self._left.pop(0)
        self._now(f"export of {records_of(shift, self._folder):,}")
        if self._most.interval():
            self._most.start()
        self._desk.export(Officer(SUPERVISOR, Role.SUPERVISOR, ""), shift)

    def _broken(self, what: str) -> None:
        if what == "cancelled":
            self.cancelled += 1
        else:
            self.failed.append(what)
        self._next()

    # --- what is measured ---

    def _listen(self) -> None:
        machinery = self._kiosk.machinery
        judge, append = machinery.rulebook.judge, machinery.journal.append

        def judged(assessments: Any, at: Any, crossing: str = "") -> Any:
            decision = judge(assessments, at, crossing)
            if isinstance(decision, Verdict) and crossing not in self._judged:
                self._judged[crossing] = system_clock().mono
                self.verdicts[crossing] = self.label
            return decision

        def appended(*told: Any, **more: Any) -> int:
            begun = time.perf_counter()
            try:
                return append(*told, **more)
            finally:
                if (noted := self.noted.get(self.label)) is not None:
                    noted.appends.append((time.perf_counter() - begun) * 1e3)

        machinery.rulebook.judge = judged  # type: ignore[method-assign]
        machinery.journal.append = appended  # type: ignore[method-assign]

    def _collects(self, phase: str, told: dict[str, int]) -> None:
        if told["generation"] < 2:
            return
        if phase == "start":
            self._collecting = time.perf_counter()
        elif (noted := self.noted.get(self.label)) is not None:
            noted.collections.append((time.perf_counter() - self._collecting) * 1e3)

    def _painted(self) -> None:
        view = self._kiosk.desk.view
        if view is None or view.crossing is None or view.crossing.outcome is None:
            return
        took = view.crossing.read_to_verdict_ms
        judged = self._judged.get(view.crossing.crossing, 0.0)
        if took is not None and judged:
            self._judged[view.crossing.crossing] = 0.0
            noted = self.noted.get(self.verdicts[view.crossing.crossing])
            if noted is not None:
                noted.seen.append(took + (system_clock().mono - judged) * 1e3)

    def _sample(self) -> None:
        noted = self.noted[self.label]
        log = self._folder / "journal.sqlite-wal"
        noted.log_mb = max(noted.log_mb, log.stat().st_size / 1e6 if log.exists() else 0.0)
        noted.kiosk_mb.append(resident_mb("self"))
        process = self._desk._export
        if process is not None and process.processId():
            noted.export_mb.append(resident_mb(process.processId()))


def records_of(shift: Shift, folder: Path) -> int:
    """How many records an export of the shift would hold now."""
    from contextlib import closing

    from sync.journal_reader import JournalReader

    with closing(JournalReader(folder)) as reader:
        return (shift.last or reader.last()) - shift.first + 1


def resident_mb(process: int | str) -> float:
    """What a process holds in memory now; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_shift_export")
    parser.add_argument("--events", type=int, nargs="+", default=EVENTS, help="of each shift")
    parser.add_argument("--alone-s", type=float, default=ALONE_S, help="how long the lane is watched alone")
    parser.add_argument("--most-s", type=float, help="an export that takes longer is cancelled")
    parser.add_argument("--folder", type=Path, help="kept, and gone on with the next time")
    parser.add_argument("--only-prepare", action="store_true", help="fill journal and hub, measure nothing")
    chosen = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    if chosen.folder:
        chosen.folder.mkdir(parents=True, exist_ok=True)
    kept = nullcontext(str(chosen.folder)) if chosen.folder else tempfile.TemporaryDirectory(dir=FOLDER)
    with kept as folder, tempfile.TemporaryDirectory(dir=folder) as archives:
        supervisor = Supervisor(Path(archives), chosen.alone_s, chosen.most_s)

        def prepare(workshop: Workshop) -> None:
            begun = time.monotonic()
            supervisor.prepare(workshop, chosen.events)
            print(f"prepared in {time.monotonic() - begun:.0f} s", flush=True)
            if chosen.only_prepare:
                raise SystemExit(0)

        from kiosk.application import qt_application

        application = qt_application()
        watch, _rate, endings = busy(Path(folder), TRAVELLERS, supervisor, before=prepare, first=WHOLE_CAST)
        del application
        if supervisor.failed:
            raise SystemExit(f"the export ended with {supervisor.failed}")
        holds = [verified(place, Path(folder) / "journal") for place in sorted(Path(archives).iterdir())]
    report("shift_export", results(supervisor, watch, endings, holds))
    return 0


def verified(archive: Path, journal: Path) -> bool:
    """What `verify-export` says, in a process of its own."""
    check = [*program(), "verify-export", str(archive), "--key", str(journal / "device.pub.pem")]
    return subprocess.run(check, cwd=ROOT, capture_output=True, check=False).returncode == 0


def results(
    supervisor: Supervisor, watch: Punctuality, endings: list[Ending], holds: list[bool]
) -> list[Result]:
    """The figures, by what went on."""
    rows: list[Result] = []
    for label, noted in supervisor.noted.items():
        if label not in watch.late or label == "end":
            continue
        late, work = watch.late[label], watch.work[label]
        rows.append(Result(f"{label}: took", noted.seconds, "s"))
        rows.append(Result("  event loop late, median", percentile(late, 0.5), "ms"))
        rows.append(Result(f"  event loop late, p99, {label}", percentile(late, 0.99), "ms", aim=AIM_MS))
        rows.append(Result("  loop's own work at a stretch, most", max(work), "ms"))
        rows.append(Result("  camera", noted.frames / noted.seconds, "fps"))
        own = [one for one in endings if supervisor.verdicts.get(one.crossing) == label]
        as_cast = sum(one.as_cast for one in own)
        rows.append(Result("  crossings as the cast says", as_cast, f"of {len(own)}"))
        for name, values in (("code's frame to painted verdict", noted.seen), ("append", noted.appends)):
            for share, called in ((0.5, "median"), (0.95, "p95"), (1.0, "most")):
                if values:
                    rows.append(Result(f"  {name}, {called}", percentile(values, share), "ms"))
        rows.append(Result("  all objects looked through", len(noted.collections), "times"))
        if noted.collections:
            rows.append(Result("  all objects looked through, longest", max(noted.collections), "ms"))
        rows.append(Result("  the journal's write-ahead log, longest", noted.log_mb, "MB"))
        for name, sizes in (("kiosk", noted.kiosk_mb), ("export", [one for one in noted.export_mb if one])):
            if sizes:
                shown = (("begin", sizes[0]), ("middle", sizes[len(sizes) // 2]), ("end", sizes[-1]))
                rows += [Result(f"  {name} resident, {when}", size, "MB") for when, size in shown]
                rows.append(Result(f"  {name} resident, most", max(sizes), "MB"))
    unread = sum(not one.crossing for one in endings)
    rows.append(Result("travellers whose code was not read", unread, f"of {len(endings)}"))
    rows.append(Result("archives that hold", sum(holds), f"of {len(holds)}"))
    rows.append(Result("exports that were cancelled", supervisor.cancelled, ""))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
