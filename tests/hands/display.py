"""A display of our own (Xvfb), hands on it (xdotool), and an eye (ImageMagick's import)."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from tests.flows.live_lane import GENEROUS_S

MOVE_S = 0.4
"""A hand is not faster; the screen has painted by then."""


class Display:
    """One X server that nobody else uses. A context manager: the server ends with it."""

    def __init__(self, width: int, height: int) -> None:
        """Pixels. The server draws 24 bits a pixel."""
        self.width, self.height = width, height
        self._size = f"{width}x{height}x24"
        self.name = ""

    def __enter__(self) -> Display:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", self._size, "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(write)
        with os.fdopen(read) as said:
            self.name = f":{said.readline().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(10)

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to draw here."""
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def wait_for_window(self) -> None:
        """Until the kiosk's window is on the display. Raises `AssertionError`."""
        ends = time.monotonic() + GENEROUS_S
        while time.monotonic() < ends:
            found = self._xdotool("search", "--onlyvisible", "--name", "Checkpoint Kiosk")
            if found.returncode == 0:
                return
            time.sleep(MOVE_S)
        raise AssertionError("no window of the kiosk came up")

    def give_keyboard(self) -> None:
        """To the window in the middle, as a window manager would."""
        self._xdotool("mousemove", str(self.width // 2), str(self.height // 2))
        said = self._xdotool("getmouselocation", "--shell").stdout.decode()
        window = next(line.partition("=")[2] for line in said.splitlines() if line.startswith("WINDOW="))
        self._xdotool("windowfocus", window)

    def wait_for_colour(self, x: int, y: int, colour: str) -> None:
        """Until this place is painted so (`#rrggbb`). Raises `AssertionError`."""
        ends = time.monotonic() + GENEROUS_S
        while time.monotonic() < ends:
            crop = ["import", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "rgb:-"]
            seen = subprocess.run(crop, env=self.environment, capture_output=True, check=True).stdout
            if seen[:3] == bytes.fromhex(colour[1:]):
                return
            time.sleep(MOVE_S / 4)
        raise AssertionError(f"the display was not {colour} at {x}, {y}")

    def touch(self, x: int, y: int) -> None:
        """A finger at this place, in pixels from the top left."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")
        time.sleep(MOVE_S)

    def press(self, *keys: str) -> None:
        """Keys by their X names, one after the other."""
        for key in keys:
            self._xdotool("key", key)
            time.sleep(MOVE_S / 4)
        time.sleep(MOVE_S)

    def press_at_once(self, key: str) -> None:
        """One of many keys after which nobody waits for a picture."""
        self._xdotool("key", key)
        time.sleep(MOVE_S / 8)

    def write(self, letters: str) -> None:
        """Letters and digits."""
        self._xdotool("type", "--delay", "40", letters)
        time.sleep(MOVE_S)

    def picture(self, file: Path) -> None:
        """The whole display as PNG."""
        subprocess.run(["import", "-window", "root", str(file)], env=self.environment, check=True)

    def _xdotool(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, check=False)
