"""Whoever works by keys and ears alone: presses a key, and goes wrong where nothing is said to it."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

from tests.ears.orca import Orca
from tests.hands.display import Display


class NotHeard(AssertionError):
    """Something that has to be heard was not, or something that must not be was."""


class Listening:
    """Keys, and what real Orca says of them."""

    def __init__(self, display: Display, orca: Orca) -> None:
        self.display, self.orca = display, orca

    def hear(self, done: str) -> str:
        """Prints what was said since the last time, and gives it back."""
        said = self.orca.said()
        words = " | ".join(one.words if one.heard else f"({one.words}: cut off)" for one in said)
        print(f"  {done:<16} {words or '-'}", flush=True)
        return words

    def must(self, words: str, *, hold: str) -> None:
        """`hold` has to be heard in these words. Raises `NotHeard`."""
        if hold not in words:
            raise NotHeard(f"nobody said {hold!r} but {words!r}")

    def press(self, *keys: str) -> str:
        """Each key, and what is said to it; of the last it is given back."""
        words = ""
        for key in keys:
            self.display.press(key)
            words = self.hear(key)
        return words

    def hear_until(self, hold: str) -> None:
        """Waits until something with these words is said. Raises `AssertionError`."""
        for one in self.orca.wait_for(hold):
            print(f"  {'':<16} {one.words}", flush=True)

    def tab_to(self, name: str) -> None:
        """Tab, until something with this name is said. Raises `NotHeard`."""
        for _ in range(25):
            if name in self.press("Tab"):
                return
        raise NotHeard(f"Tab never comes to {name!r}")

    def types(self, digits: str) -> None:
        """A PIN, whose digits must never be heard. Raises `NotHeard`."""
        said = [self.press(digit) for digit in digits]
        if any(digit.isdecimal() for words in said for digit in words):
            raise NotHeard(f"the digits of a PIN were spoken: {said}")


def keep(program: subprocess.Popen[str] | None, log: Path) -> None:
    """Reads what a program prints: a full pipe would stop it."""
    assert program is not None and program.stdout is not None
    lines = program.stdout

    def read() -> None:
        with log.open("w", encoding="utf-8") as kept:
            for line in lines:
                kept.write(line)

    threading.Thread(target=read, daemon=True).start()
