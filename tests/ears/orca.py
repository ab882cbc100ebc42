"""Orca, the screen reader of the Linux desktop, with a bus, a window manager and a voice of its own."""

from __future__ import annotations

import shutil
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from tests.ears.voice import Utterance, Voice
from tests.flows.live_lane import GENEROUS_S

NEEDS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "openbox": "openbox",
    "dbus-daemon": "dbus-daemon",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
    "orca": "orca",
}
"""Program, and the Debian package that brings it."""
QUIET_S = 1.0
"""A reader that was handed nothing for so long has nothing to say."""


def missing() -> list[str]:
    """Debian packages that are not here."""
    return sorted({package for program, package in NEEDS.items() if shutil.which(program) is None})


class Orca:
    """A context manager: what it started ends with it. Its settings are those it is shipped with."""

    def __init__(self, display: dict[str, str], folder: Path) -> None:
        """`display`: the surroundings of what it reads. `folder`: its home, new and empty."""
        self._folder, self._told = folder, 0
        self._stack = ExitStack()
        for place in ("run", "config", "share", "cache"):
            (folder / place).mkdir(parents=True, mode=0o700)
        socket = folder / "run" / "voice"
        self.voice = Voice(socket)
        self.surroundings = {
            **display,
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "XDG_CONFIG_HOME": str(folder / "config"),
            "XDG_DATA_HOME": str(folder / "share"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "GSETTINGS_BACKEND": "memory",
            "SPEECHD_ADDRESS": f"unix_socket:{socket}",
            "LANG": "en_US.UTF-8",
        }

    def __enter__(self) -> Orca:
        with ExitStack() as begun:
            begun.enter_context(self.voice)
            bus = self._start(begun, "dbus-daemon", "--session", "--nofork", "--print-address=1")
            assert bus.stdout is not None
            self.surroundings["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
            self._start(begun, "openbox", "--sm-disable")
            self._start(begun, "orca", f"--debug-file={self._folder / 'log'}")
            self._stack = begun.pop_all()
        try:
            self.wait_for("Screen reader on")
        except AssertionError:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, where)

    def said(self) -> list[Utterance]:
        """What it said since the last call, once it is silent."""
        ends = time.monotonic() + GENEROUS_S
        count, since = -1, time.monotonic()
        while time.monotonic() < ends and time.monotonic() - since < QUIET_S:
            if len(self.voice.spoken) != count:
                count, since = len(self.voice.spoken), time.monotonic()
            time.sleep(0.05)
        new = self.voice.spoken[self._told :]
        self._told += len(new)
        return new

    def wait_for(self, words: str) -> list[Utterance]:
        """Waits until something with these words is said. Raises `AssertionError`."""
        ends = time.monotonic() + GENEROUS_S
        while time.monotonic() < ends:
            if any(words in one.words for one in self.voice.spoken[self._told :]):
                return self.said()
            time.sleep(0.1)
        raise AssertionError(f"nobody said {words!r} but {[one.words for one in self.said()]}")

    def _start(self, stack: ExitStack, *command: str) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(
            command,
            env=self.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_end, program)
        return program


def _end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.communicate(timeout=10)
    except subprocess.TimeoutExpired:
        program.kill()
        program.communicate()
