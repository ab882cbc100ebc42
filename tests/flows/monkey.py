"""Hands that touch and type without sense: every key, every place, at any time; made of one seed.

`python -m tests.flows.monkey --steps 20000 --seed 7` is the long form of `test_monkey.py`.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

STEPS, SEED = "MONKEY_STEPS", "MONKEY_SEED"
"""Environment variables by which the long form is asked for."""
_K, _M = Qt.Key, Qt.KeyboardModifier
_KEYS = (
    *(_K.Key_Tab, _K.Key_Backtab, _K.Key_Return, _K.Key_Enter, _K.Key_Escape, _K.Key_Space),
    *(_K.Key_Up, _K.Key_Down, _K.Key_Left, _K.Key_Right, _K.Key_PageUp, _K.Key_PageDown),
    *(_K.Key_Home, _K.Key_End, _K.Key_Backspace, _K.Key_Delete, _K.Key_F1, _K.Key_F11, _K.Key_Menu),
    *(_K.Key_A, _K.Key_O, _K.Key_V, _K.Key_X, _K.Key_Z, *(_K(_K.Key_0 + digit) for digit in range(10))),
)
_HELD = (*[_M.NoModifier] * 6, _M.ControlModifier, _M.ShiftModifier, _M.AltModifier)
_LETTERS = "0O-1739164<b>&%s\\\n\0\u202eé一\U0001f600\u0301'\"="


class Monkey:
    """Acts on windows, one act at a time, and remembers what it did last."""

    def __init__(self, seed: int) -> None:
        self.lots = random.Random(seed)
        self.did: deque[str] = deque(maxlen=25)
        self.counted: Counter[str] = Counter()

    def act(self, window: QWidget) -> None:
        """One key or touch on what there is just now."""
        does = self.lots.choices((self._touch, self._key, self._letter, self._anywhere), (6, 6, 2, 2))[0]
        does(window)

    def note(self, what: str, more: str = "") -> None:
        """Something was done."""
        self.counted[what] += 1
        self.did.append(f"{what} {more}".strip())

    def one_of(self, deeds: Sequence[Callable[[], object]], weights: Sequence[int]) -> None:
        """Does one of these, by lot."""
        self.lots.choices(deeds, weights)[0]()

    def _touch(self, window: QWidget) -> None:
        keys = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()]
        if keys:
            key = self.lots.choice(keys)
            self.note("touch", key.text() or key.accessibleName())
            QTest.mouseClick(key, Qt.MouseButton.LeftButton)

    def _key(self, window: QWidget) -> None:
        key, held = self.lots.choice(_KEYS), self.lots.choice(_HELD)
        self.note("key", f"{key.name} {held.name}")
        QTest.keyClick(_hands(window), key, held)

    def _letter(self, window: QWidget) -> None:
        letter = self.lots.choice(_LETTERS)
        self.note("letter", repr(letter))
        for way in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):  # QTest types ASCII only
            QApplication.sendEvent(_hands(window), QKeyEvent(way, 0, _M.NoModifier, letter))

    def _anywhere(self, window: QWidget) -> None:
        at = QPoint(self.lots.randrange(window.width()), self.lots.randrange(window.height()))
        under = window.childAt(at) or window
        self.note("place", f"{type(under).__name__} {at.x()},{at.y()}")
        does = self.lots.choice((QTest.mouseClick, QTest.mouseDClick, QTest.mousePress))
        does(under, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, under.mapFrom(window, at))


def _hands(window: QWidget) -> QWidget:
    focus = QApplication.focusWidget()
    return focus if focus is not None and window.isAncestorOf(focus) else window


def lost_focus(window: QWidget) -> str:
    """What is wrong with where the next key goes; empty: nothing."""
    focus = QApplication.focusWidget()
    if not window.isActiveWindow():
        return ""
    if focus is None:
        return "nothing has the focus"
    if focus is not window and not window.isAncestorOf(focus):
        return f"{type(focus).__name__} of another window has the focus"
    return "" if focus.isVisible() and focus.isEnabled() else f"{type(focus).__name__} is not there any more"


def wrong_in(kept: Iterable[tuple[str, dict[str, object]]], pulses: Sequence[str]) -> list[str]:
    """What a journal says that must never be, whatever hands do."""
    wrong, here, decided = [], "", Counter[object]()
    authorised = []
    for kind, says in kept:
        match kind:
            case "officer.signed_in":
                here = str(says["officer"])
            case "officer.signed_out":
                here = ""
            case "officer.decided":
                decided[says["crossing"]] += 1
            case "officer.undone":
                decided[says["crossing"]] -= 1
            case "gate.authorised" | "officer.released_once":
                authorised.append(says["authorisation"])
        who = says.get("officer") if kind != "officer.sign_in_failed" else ""
        if who and who != here and kind != "officer.signed_out":
            wrong.append(f"{kind} in the name of {who} while {here or 'nobody'} is signed in")
    wrong += [f"{crossing} was decided {times} times" for crossing, times in decided.items() if times > 1]
    if sorted(map(str, authorised)) != sorted(pulses) or len(set(pulses)) != len(pulses):
        wrong.append(f"{len(authorised)} pulses were recorded, {len(pulses)} asked for")
    return wrong


def main(arguments: Sequence[str] = ()) -> int:
    """Runs the tests at full length; 1: something did not hold."""
    parser = argparse.ArgumentParser(prog="tests.flows.monkey", description=__doc__)
    parser.add_argument("--steps", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args(arguments)
    os.environ |= {STEPS: str(chosen.steps), SEED: str(chosen.seed)}
    here = Path(__file__).with_name("test_monkey.py")
    return int(pytest.main([str(here), "-q", "-s", "-p", "no:cacheprovider", "-p", "no:xdist"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
