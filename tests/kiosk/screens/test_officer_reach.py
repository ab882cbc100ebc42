"""Every officer's and station screen, widget by widget: reached by Tab, in order, and called by a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.screens import crossings_shots, officer_shots, shift_shots, station_shots
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.station_window import StationWindow

SIZE = (1280, 800)
MOST_TABS = 150


def screens() -> Iterator[tuple[str, QWidget]]:
    """One of each scene; each window is gone when the next is asked for."""
    yield from chain(
        officer_shots.officer_screens(["en"], [SIZE]),
        crossings_shots.crossings_screens(["en"], [SIZE]),
        station_shots.station_screens(["en"], [SIZE]),
        shift_shots.shift_screens(["en"], [SIZE]),
    )


def controls(window: QWidget) -> list[QWidget]:
    """Everything one can act on just now."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QPushButton | QLineEdit | QAbstractItemView)
        and widget.isVisible()
        and widget.isEnabled()
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader says of it."""
    words = widget.text() if isinstance(widget, QPushButton) else ""
    return (widget.accessibleName() or words).strip()


def by_tab(qtbot: QtBot, window: QWidget) -> list[QWidget]:
    """What gets the focus, Tab by Tab, until it comes round."""
    window.setFocus()
    seen: list[QWidget] = []
    for _ in range(MOST_TABS):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            return seen
        seen.append(focus)
    raise AssertionError("Tab never comes round")


def is_pad(widget: QWidget) -> bool:
    """A key that types: the keyboard has its own, and Tab would need twelve or forty more strokes."""
    pads = (*"0123456789", "Erase")
    return (
        isinstance(widget, QPushButton)
        and widget.focusPolicy() == Qt.FocusPolicy.NoFocus
        and (widget.text() in pads or widget.property("key") == "true")
    )


def decides(window: QWidget) -> list[QWidget]:
    """The parts in which the order of the questions matters."""
    if isinstance(window, OfficerPanel | StationWindow):
        return [part for part in (window.bar, window.entry, window.sign_in) if part.isVisible()]
    return []


def reading(window: QWidget, widget: QWidget) -> tuple[int, int]:
    """Line by line, from the left."""
    at = widget.mapTo(window, QPoint(0, 0))
    return at.y() // 20, at.x()


def test_every_control_of_every_screen_has_a_name_and_is_reached_by_tab_in_order(qtbot: QtBot) -> None:
    wrong: dict[str, list[str]] = {}
    seen = 0
    for name, window in screens():
        window.show()
        with qtbot.waitActive(window, timeout=5000):
            window.activateWindow()
        QApplication.processEvents()
        everything = controls(window)
        found = [f"no name: {type(one).__name__} at {one.pos()}" for one in everything if not spoken(one)]
        reached = by_tab(qtbot, window)
        found += [
            f"not reached: {spoken(one)}" for one in everything if one not in reached and not is_pad(one)
        ]
        for part in decides(window):
            here = [one for one in reached if part.isAncestorOf(one)]
            places = [reading(part, one) for one in here]
            if places:
                first = places.index(min(places))
                if places[first:] + places[:first] != sorted(places):
                    found.append(f"order: {[spoken(one) for one in here]}")
        if found:
            wrong[name] = found
        seen += 1
    assert seen > 25
    assert wrong == {}
