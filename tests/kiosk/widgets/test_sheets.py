"""Much to read has the width of the page, but for what really stands at its right."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from kiosk.presenters.line import Line
from kiosk.theme.sizes import Sizes
from kiosk.widgets.sheets import RIGHT, Entry, Sheets
from kiosk.widgets.words import Words

WIDE = 1000


def test_a_short_word_at_the_right_takes_no_more_than_it_needs(qapp: QApplication) -> None:
    around = QWidget()
    sizes = Sizes.for_window(1080, 1920, diagonal_mm=686, reading_mm=700)
    sheets = Sheets(around, sizes, 40)
    sheets.resize(WIDE, 800)
    sheets.show_entries([Entry(Line("zh_HK", "職員曾憑編號查閱你的過關紀錄"), Line("zh_HK", "31 天"))])
    what, days = sheets.findChildren(Words)[:2]
    assert days.fits and days.geometry().right() == sheets.rect().right()
    assert what.fits and what.width() > WIDE * (1 - RIGHT) and what.geometry().right() < days.x()
    around.deleteLater()
