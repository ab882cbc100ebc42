"""The shift behind a supervisor's screen: counts on a thread of its own, exports in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from config.moment import Clock
from kiosk.desk.figures import Figures, Tally
from kiosk.desk.giving_way import giving_way
from kiosk.desk.roster import Officer
from kiosk.desk.shift import HONG_KONG, Readiness, Shift, ShiftNo
from kiosk.desk.shift_acts import closing, known_shifts, opening
from sync.event import Event
from sync.export.layout import Progress, Stage
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader

KILL_MS = 10_000


class _Count:
    """The figures so far, brought up to date by reading only what is new. Belongs to the worker's thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader: JournalReader | None = None
        self._shift: Shift | None = None
        self._tally, self._through = Tally(), 0

    def reader(self) -> JournalReader:
        """Opened when it is first needed. Raises `JournalUnavailable`."""
        if self._reader is None:
            self._reader = JournalReader(self._folder)
        return self._reader

    def look(self, ending: Callable[[], bool]) -> tuple[Figures, Shift | None]:
        """The figures of the newest shift, and it. Raises `JournalUnavailable`."""
        reader = self.reader()
        known = known_shifts(reader)
        shift = known[-1] if known else None
        if shift is None:
            return Tally().figures(), None
        if self._shift is None or shift.first != self._shift.first:
            self._tally, self._through = Tally(), shift.first - 1
        self._shift = shift
        for record in giving_way(reader.all_records(self._through)):
            if ending() or (shift.last is not None and record.sequence > shift.last):
                break
            self._tally.add(record)
            self._through = record.sequence
        return self._tally.figures(), shift

    def close(self) -> None:
        """Lets go of the file."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None


class ShiftDesk(QObject):
    """All methods belong to the thread of the screen and return at once; answers are signals."""

    counted = Signal(object, object)
    """`Figures` and the newest `Shift`, or None where there is none."""
    refused = Signal(object)
    """Why a shift was not opened or closed: a `ShiftNo`."""
    progressed = Signal(object)
    saved = Signal(str)
    """An export is whole, and its process has ended: the next can begin."""
    failed = Signal(str)
    """An export went wrong, and its process has ended: a key of `shift_texts.FAILURES`."""

    def __init__(
        self,
        folder: Path,
        program: Sequence[str],
        clock: Clock,
        record: Callable[[Event], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder, self._program, self._clock, self._record = folder, list(program), clock, record
        self._count = _Count(folder)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="shift")
        self._busy = self._ended = False
        self._export: QProcess | None = None
        self._answer: tuple[bool, str] | None = None
        """What the export came to: whether it is saved, and its folder or what went wrong."""
        self._waiting: list[list[str]] = []
        """What is exported after it."""
        self.counted.connect(self._idle)

    @property
    def exporting(self) -> bool:
        """Whether an export is under way."""
        return self._export is not None

    def look(self) -> None:
        """Counts what is new; a count under way is not doubled."""
        if not self._busy and not self._ended:
            self._busy = True
            self._worker.submit(self._look)

    def open(self, officer: Officer, readiness: Readiness) -> None:
        """Opens a shift in the officer's name."""
        now = self._clock().utc
        self._act(lambda: opening(self._count.reader(), officer, now, readiness))

    def close(self, officer: Officer) -> None:
        """Closes the shift in the officer's name."""
        self._act(lambda: closing(self._count.reader(), officer))

    def export(self, officer: Officer, shift: Shift) -> None:
        """Writes the shift to the stick that is put in."""
        self._write(officer, "--shift", shift.id)

    def export_days(self, officer: Officer, first: date, last: date) -> None:
        """Writes whole days of the station's zone, both inside, to the stick that is put in."""
        since, until = _midnight(first), _midnight(last + timedelta(days=1))
        self._write(officer, "--from", since.isoformat(), "--until", until.isoformat())

    def _write(self, officer: Officer, *what: str) -> None:
        self._waiting.append([*what, "--officer", officer.id])
        self._write_next()

    def _write_next(self) -> None:
        if self._export is not None or self._ended or not self._waiting:
            return
        what = self._waiting.pop(0)
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.readyReadStandardOutput.connect(self._heard)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._broken)
        self._export, self._answer = process, None
        program, *first = self._program
        where = ["--folder", str(self._folder), "--to-stick", *what]
        process.start(program, [*first, "export", *where, "--progress"])

    def cancel(self) -> None:
        """Asks the export to stop, and drops what waits for it; it cleans up after itself."""
        process = self._export
        self._waiting.clear()
        if process is not None:
            process.terminate()
            QTimer.singleShot(KILL_MS, process, process.kill)

    def stop(self) -> None:
        """Ends the count and the export."""
        self._ended = True
        if self._export is not None:
            self._export.terminate()
            self._export.waitForFinished(3000)
        self._worker.submit(self._count.close)
        self._worker.shutdown(wait=True)

    # --- on the worker ---

    def _look(self) -> None:
        try:
            figures, shift = self._count.look(lambda: self._ended)
        except JournalUnavailable:
            figures, shift = Tally().figures(), None  # the lane names the journal's fault
        self.counted.emit(figures, shift)

    def _act(self, make: Callable[[], Event | ShiftNo]) -> None:
        def act() -> None:
            try:
                made = make()
            except JournalUnavailable:
                return
            if isinstance(made, ShiftNo):
                self.refused.emit(made)
            else:
                self._record(made)

        if not self._ended:
            self._worker.submit(act)

    # --- what the export says ---

    def _idle(self) -> None:
        self._busy = False

    def _heard(self) -> None:
        process = self._export
        while process is not None and process.canReadLine():
            self._take(bytes(process.readLine().data()))

    def _take(self, line: bytes) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            return
        if "stage" in said:
            self.progressed.emit(Progress(Stage(said["stage"]), said["done"], said["total"]))
        elif "saved" in said:
            self._answer = True, Path(said["saved"]).name
        elif "failed" in said:
            self._answer = False, said["failed"]

    def _finished(self) -> None:
        self._heard()
        self._end()

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end()

    def _end(self) -> None:
        process, self._export = self._export, None
        if process is None:
            return
        process.deleteLater()
        saved, words = self._answer or (False, "other")
        (self.saved if saved else self.failed).emit(words)
        self._write_next()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, HONG_KONG)
