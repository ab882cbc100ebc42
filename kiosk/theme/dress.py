"""The colours of a screen as a QPalette: a page is dressed once, and all that stands on it inherits them."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from kiosk.theme.palette import Tones

GROUND = QPalette.ColorRole.Window
TEXT = QPalette.ColorRole.WindowText
PANEL = QPalette.ColorRole.Base
QUIET = QPalette.ColorRole.PlaceholderText
SYMBOL = QPalette.ColorRole.Highlight
ON_SYMBOL = QPalette.ColorRole.HighlightedText


def dress(widget: QWidget, tones: Tones) -> None:
    """Gives a widget, and what stands on it, the colours of a role."""
    palette = QPalette()
    for place, colour in (
        (GROUND, tones.ground),
        (TEXT, tones.text),
        (PANEL, tones.panel),
        (QUIET, tones.quiet),
        (SYMBOL, tones.symbol),
        (ON_SYMBOL, tones.on_symbol),
    ):
        palette.setColor(place, QColor(colour))
    widget.setPalette(palette)


def ink(widget: QWidget, place: QPalette.ColorRole) -> QColor:
    """A colour that a widget was dressed in, or the page it stands on."""
    return widget.palette().color(place)


def hush(widget: QWidget, tones: Tones) -> None:
    """Second-rank words."""
    palette = widget.palette()
    palette.setColor(TEXT, QColor(tones.quiet))
    widget.setPalette(palette)
