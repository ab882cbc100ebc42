"""Two ways to work a screen: by pointer alone, and by keys alone. A story is played with either."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from tests.hands.display import Display
from tests.hands.eyes import Eyes

TABS = 60
"""Keys of no page are so many."""
ROWS = 20
"""People of no such day are so many."""


class Hand(ABC):
    """Works one program's window on one display."""

    name = ""

    def __init__(self, display: Display, eyes: Eyes, program: Callable[[], int]) -> None:
        """`program`: the number of the process whose window it is."""
        self.display, self.eyes, self._program = display, eyes, program

    def reads(self, words: str) -> str:
        """Waits until the window says this; what stands there. Raises `AssertionError`."""
        return self.eyes.read(self._program(), words).words

    def cannot_press(self, words: str) -> None:
        """Waits until the key that says this can't be used. Raises `AssertionError`."""
        self.eyes.shut(self._program(), words)

    @abstractmethod
    def opens_door(self) -> None:
        """From the traveller's screen to the officer's sign-in."""

    @abstractmethod
    def signs_in(self, number: str, pin: str) -> None:
        """Chooses English and fills in the sign-in. Raises `AssertionError`."""

    @abstractmethod
    def presses(self, words: str) -> None:
        """The key that says so. Raises `AssertionError`."""

    @abstractmethod
    def answers(self, words: str, digit: int) -> None:
        """One of several answers, which have digits. Raises `AssertionError`."""

    @abstractmethod
    def answers_day(self, words: str, digit: int) -> None:
        """The same where a day could be written, too. Raises `AssertionError`."""

    @abstractmethod
    def confirms(self, words: str) -> None:
        """What was answered, with the key that says so. Raises `AssertionError`."""

    @abstractmethod
    def takes_back(self) -> None:
        """The decision just made. Raises `AssertionError`."""

    @abstractmethod
    def opens_row(self, words: str) -> None:
        """The first row of the list of crossings that has these words. Raises `AssertionError`."""


class Pointer(Hand):
    """Only touches."""

    name = "pointer"

    def opens_door(self) -> None:
        self.display.touch(self.display.width // 20, self.display.height // 60)

    def signs_in(self, number: str, pin: str) -> None:
        self.presses("English")
        for digit in number.removeprefix("O-"):
            self.presses(digit)
        self.presses("Sign in")
        for digit in pin:
            self.presses(digit)
        self.presses("Sign in")

    def presses(self, words: str) -> None:
        found = self.eyes.key(self._program(), words)
        self.display.touch(found.x, found.y)

    def answers(self, words: str, digit: int) -> None:
        self.presses(words)

    def answers_day(self, words: str, digit: int) -> None:
        self.presses(words)

    def confirms(self, words: str) -> None:
        self.presses(words)

    def takes_back(self) -> None:
        self.presses("Take back")

    def opens_row(self, words: str) -> None:
        self.presses(words)


class Keys(Hand):
    """Only the keyboard."""

    name = "keys"

    def opens_door(self) -> None:
        self.display.press("F2")

    def signs_in(self, number: str, pin: str) -> None:
        self.presses("English")
        self._tab_to("Service number")
        self.display.write(number.removeprefix("O-"))
        self.display.press("Return")
        self.display.write(pin)
        self.display.press("Return")

    def presses(self, words: str) -> None:
        wanted = self.eyes.key(self._program(), words).words
        self._tab_to(wanted)
        self.display.press("Return")

    def answers(self, words: str, digit: int) -> None:
        self.eyes.key(self._program(), words)
        self.display.press(str(digit))

    def answers_day(self, words: str, digit: int) -> None:
        self.answers(words, digit)
        self.display.press("Return")

    def confirms(self, words: str) -> None:
        self.eyes.key(self._program(), words)
        self.display.press("Return")

    def takes_back(self) -> None:
        self.eyes.key(self._program(), "Take back")
        self.display.press("ctrl+z")

    def opens_row(self, words: str) -> None:
        self.eyes.key(self._program(), words)
        self._tab_to("Crossings of today")
        self.display.press_at_once("Home")
        for _ in range(ROWS):
            if words in self.eyes.row(self._program()):
                self.display.press("Return")
                return
            self.display.press_at_once("Down")
        raise AssertionError(f"no row says {words!r}")

    def _tab_to(self, words: str) -> None:
        met = []
        for _ in range(TABS):
            met.append(self.eyes.focus(self._program()))
            if met[-1].startswith(words):
                return
            self.display.press_at_once("Tab")
        raise AssertionError(f"Tab never comes to {words!r} but to {met}")
