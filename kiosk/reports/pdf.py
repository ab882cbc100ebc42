"""The printable report: pages as PDF, made in memory, with a Qt that needs no display."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtWidgets import QApplication

from kiosk.desk.figures import Tally
from kiosk.desk.shift import KINDS, Shift, shifts
from kiosk.i18n.texts import LANGUAGES, load
from kiosk.presenters import shift_texts as t
from kiosk.presenters.shift import Sheet, sheet
from kiosk.presenters.shift_texts import say
from kiosk.reports.pages import HEIGHT, WIDTH, Draw, Origin, pages
from kiosk.reports.paper import printed
from kiosk.theme.environment import prepare
from sync.chain import Record


def printing_application() -> QApplication:
    """Qt as far as painting needs it; the one that is there, or one without a display.

    Raises `kiosk.i18n.texts.TranslationsMissing`.
    """
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    prepare()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    load()
    return QApplication(["report"])


def report_pdf(shown: Sheet, origin: Origin) -> bytes:
    """A PDF in A4. Needs an application."""
    box = QRectF(0, 0, WIDTH, HEIGHT)
    drawn = [partial(_on, page, box) for page in pages(shown, origin)]
    return printed(shown.title, QPageSize(QPageSize.PageSizeId.A4), 72, drawn)


def _on(page: Draw, box: QRectF, painter: QPainter) -> None:
    page(painter, box)


class PrintedReport:
    """Goes along with an export and adds `report-LANGUAGE.pdf` for each language."""

    def __init__(self, lane: str, languages: Sequence[str] = LANGUAGES, *, of_shift: bool) -> None:
        self._lane, self._languages, self._of_shift = lane, languages, of_shift
        self.tally = Tally()
        self._marks: list[Record] = []
        self._first = self._last = 0

    def add(self, record: Record) -> None:
        """The next record."""
        self.tally.add(record)
        self._first = self._first or record.sequence
        self._last = record.sequence
        if record.kind in KINDS:
            self._marks.append(record)

    @property
    def shift(self) -> Shift | None:
        """The shift these records are of."""
        found = shifts(self._marks) if self._of_shift else []
        return found[0] if found else None

    def files(self) -> list[tuple[str, bytes]]:
        """The report in each language."""
        application = printing_application()
        figures = self.tally.figures()
        made = []
        for language in self._languages:
            words = say(t.RECORDS, language, first=self._first, last=self._last)
            shown = sheet(figures, self.shift, self._lane, language)
            made.append((f"report-{language}.pdf", report_pdf(shown, Origin(words, ""))))
        del application
        return made


def save_pictures(shown: Sheet, origin: Origin, folder: Path, name: str) -> list[Path]:
    """The same pages as PNG files, for looking."""
    from kiosk.reports.pages import picture

    files = []
    for number, page in enumerate(pages(shown, origin), start=1):
        file = folder / f"{name}-{number}.png"
        picture(page).save(str(file))
        files.append(file)
    return files
