"""The printed report: pages in every language, no traveller on any, apart in grey."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.desk.figures import fold
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters import shift_texts as t
from kiosk.presenters.shift import Row, sheet
from kiosk.presenters.shift_texts import say
from kiosk.reports.charts import PAPER, SCREEN
from kiosk.reports.pages import Origin, pages, picture
from kiosk.reports.pdf import PrintedReport, report_pdf
from kiosk.theme.palette import lightness
from sync.event_types import OfficerDecided
from tests.kiosk.desk.told import crossing, decision, told
from tests.kiosk.reports.made import busy_shift

ORIGIN = Origin("Records 1 to 9", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_has_its_pages_in_every_language(qapp: QApplication, language: str) -> None:
    records, shift = busy_shift(crossings=120)
    shown = sheet(fold(records), shift, "lane-1", language)
    pdf = report_pdf(shown, ORIGIN)
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == len(pages(shown, ORIGIN)) == 2


def test_every_page_has_something_on_it_and_keeps_its_margins(qapp: QApplication) -> None:
    records, shift = busy_shift("demo", crossings=120)
    for page in pages(sheet(fold(records), shift, "lane-1", "pt"), ORIGIN):
        image = picture(page, 1.0)
        dark = [
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).lightness() < 128
        ]
        assert len(dark) > 500
        assert min(x for x, _ in dark) >= 40 and max(x for x, _ in dark) <= 555
        assert min(y for _, y in dark) >= 40 and max(y for _, y in dark) <= 802


def test_a_notice_and_what_was_no_real_shift_are_on_the_paper(qapp: QApplication) -> None:
    records, shift = busy_shift("practice", crossings=30)
    told = replace(sheet(fold(records), shift, "lane-1", "en"), notices=("O-21 stands out",))
    assert told.demo == t.PRACTICE
    assert sheet(fold(busy_shift("demo", crossings=9)[0]), None, "lane-1", "en").demo == t.DEMO
    assert sheet(fold(busy_shift(crossings=9)[0]), None, "lane-1", "en").demo == ""
    drawn = [picture(page, 0.5) for page in pages(told, ORIGIN)]
    for less in (replace(told, notices=(" ",)), replace(told, demo=" ")):
        assert [picture(page, 0.5) for page in pages(less, ORIGIN)] != drawn


def test_what_was_decided_afterwards_has_its_row_on_the_paper(qapp: QApplication) -> None:
    at, event = decision(1, 400.0, "O-17", "admit", "DOCUMENT_GENUINE")
    assert isinstance(event, OfficerDecided)
    happened = [(at, replace(event, in_time=False)), decision(2, 410.0, "O-17", "admit", "DOCUMENT_GENUINE")]
    referred = [one for n in (1, 2) for one in crossing(n, 60.0 * n, "REFER", ("EXPIRED",), how="desk")]
    for language, word in ((one, say(t.LATE, one)) for one in LANGUAGES):
        shown = sheet(fold(told([*referred, *happened])), None, "lane-1", language)
        assert [row.value for row in shown.rows if row.label == word] == ["1"]
    drawn = picture(pages(shown, ORIGIN)[0], 0.5)
    without = replace(shown, rows=tuple(row if row.label != word else Row(word, "0") for row in shown.rows))
    assert picture(pages(without, ORIGIN)[0], 0.5) != drawn


def test_nothing_of_a_crossing_is_in_the_words_of_a_report() -> None:
    records, shift = busy_shift(crossings=60)
    shown = repr(sheet(fold(records), shift, "lane-1", "en"))
    assert not re.search(r"\bc\d+\b|fingerprint", shown)


def test_the_three_verdicts_are_apart_without_colour() -> None:
    for look in (PAPER, SCREEN):
        greys = sorted(lightness(colour) for colour in look.fills)
        assert min(b - a for a, b in itertools.pairwise(greys)) > 5


def test_it_goes_along_with_an_export_and_tells_the_shift(qapp: QApplication) -> None:
    records, shift = busy_shift(crossings=30)
    report = PrintedReport("lane-1", ("en", "zh_CN"), of_shift=True)
    for record in records[1:]:
        report.add(record)
    assert report.shift is not None and report.shift.id == shift.id
    assert [name for name, _ in report.files()] == ["report-en.pdf", "report-zh_CN.pdf"]
