"""Where a finger finds a key of a running program, by the words on it: asked over the accessibility bus."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.flows.live_lane import GENEROUS_S

NEEDS = {
    "/usr/bin/Xvfb": "xvfb",
    "/usr/bin/xdotool": "xdotool",
    "/usr/bin/import": "imagemagick",
    "/usr/bin/dbus-daemon": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi gir1.2-atspi-2.0",
}
"""File, and the Debian package that brings it."""
KEYS = {
    "push button",
    "check box",
    "radio button",
    "toggle button",
    "list item",
    "table cell",
    "text",
    "password text",
}
"""Roles that a finger or the keyboard goes to."""
ROWS = {"list item", "table cell"}
"""Qt never calls a row enabled, and calls a list's current one focused wherever the focus is."""
LOOK_S = 0.2


def missing() -> list[str]:
    """Debian packages that are not here."""
    return sorted(package for file, package in NEEDS.items() if not Path(file).exists())


@dataclass(frozen=True, slots=True)
class Seen:
    """Something a display shows: the middle of it in pixels, whether it can be used or has the keyboard."""

    role: str
    words: str
    about: str
    """What describes it, as an empty list says why it is empty."""
    x: int
    y: int
    can: bool
    focus: bool


class Eyes:
    """A context manager: its bus and what asks on it end with it. `surroundings` are for the programs."""

    def __init__(self, folder: Path) -> None:
        """`folder`: for the bus's own files; it is made."""
        folder.mkdir(parents=True, mode=0o700)
        self.surroundings = {
            "XDG_RUNTIME_DIR": str(folder),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        self._started: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Eyes:
        bus = self._start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        assert bus.stdout is not None
        self.surroundings["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self._where = self._start("/usr/bin/python3", str(Path(__file__).with_name("where.py")))
        return self

    def __exit__(self, *_: object) -> None:
        for program in reversed(self._started):
            program.terminate()
            try:
                program.communicate(timeout=10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.communicate()

    def look(self, program: int) -> list[Seen]:
        """Everything that this process shows now."""
        assert self._where.stdin is not None and self._where.stdout is not None
        self._where.stdin.write(f"{program}\n")
        self._where.stdin.flush()
        return [Seen(**one) for one in json.loads(self._where.stdout.readline() or "[]")]

    def key(self, program: int, words: str) -> Seen:
        """The key that says just this, else begins so, else holds it. Waits. Raises `AssertionError`."""

        def fitting(seen: list[Seen]) -> Seen | None:
            keys = [one for one in seen if one.role in KEYS and (one.can or one.role in ROWS)]
            ways: tuple[Callable[[str], bool], ...] = (
                lambda said: said == words,
                lambda said: said.startswith(words),
                lambda said: words in said,
            )
            return next((one for way in ways for one in keys if way(one.words)), None)

        return self._wait(program, fitting, f"no key says {words!r}")

    def shut(self, program: int, words: str) -> Seen:
        """A key that holds these words and can't be used. Waits. Raises `AssertionError`."""

        def fitting(seen: list[Seen]) -> Seen | None:
            return next(
                (one for one in seen if one.role in KEYS and words in one.words and not one.can), None
            )

        return self._wait(program, fitting, f"no key that can't be used says {words!r}")

    def read(self, program: int, words: str) -> Seen:
        """Whatever has these words in it. Waits. Raises `AssertionError`."""
        return self._wait(
            program,
            lambda seen: next((one for one in seen if words in one.words or words in one.about), None),
            f"nothing says {words!r}",
        )

    def focus(self, program: int) -> str:
        """The words on what has the keyboard; empty: nothing that can be pressed."""
        held = [one for one in self.look(program) if one.focus and one.words]
        held.sort(key=lambda one: one.role in ROWS)
        return next((one.words for one in held), "")

    def row(self, program: int) -> str:
        """The words of the row that a list stands at; empty: at none."""
        rows = [one.words for one in self.look(program) if one.focus and one.role in ROWS]
        return rows[0] if rows else ""

    def _wait(self, program: int, fitting: Callable[[list[Seen]], Seen | None], wrong: str) -> Seen:
        ends = time.monotonic() + GENEROUS_S / 2
        seen: list[Seen] = []
        while time.monotonic() < ends:
            seen = self.look(program)
            if found := fitting(seen):
                return found
            time.sleep(LOOK_S)
        there = sorted({one.words for one in seen if one.words})
        raise AssertionError(f"{wrong}; the display says {there}")

    def _start(self, *command: str) -> subprocess.Popen[str]:
        program = subprocess.Popen(
            command,
            env={"PATH": "/usr/bin:/bin", **self.surroundings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._started.append(program)
        return program
