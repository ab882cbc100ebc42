"""Adafruit's signal tower 5125 (CH340, 9600 8N1): one byte a command, no answer. Pure: rhythms as bytes.

Red 11 on 21 off, yellow 12 22, green 14 24, buzzer 18 28. The tower could blink by itself (41, 42, 44, 48);
the rhythms are made here instead, so that no two states share one and a lost byte is made up for in a second.
"""

from __future__ import annotations

from enum import IntFlag

from drivers.signals.light import Light
from drivers.signals.port import Tone

BAUD = 9600


class Part(IntFlag):
    """The parts of the tower, as bits of its commands."""

    RED = 1
    YELLOW = 2
    GREEN = 4
    BUZZER = 8


_ON, _OFF = 0x10, 0x20
_NONE = Part(0)
EVERYTHING = (Part.RED, Part.YELLOW, Part.GREEN, Part.BUZZER)
Rhythm = tuple[tuple[float, Part], ...]
"""What is lit, and for how many seconds, again and again. No more than three flashes a second."""

RHYTHMS: dict[Light, Rhythm] = {
    Light.DARK: ((1.0, _NONE),),
    Light.GO: ((1.0, Part.GREEN),),
    Light.ATTENTION: ((0.6, Part.YELLOW), (0.4, _NONE)),
    Light.STOP: ((0.15, Part.RED), (0.2, _NONE), (0.15, Part.RED), (0.5, _NONE)),
    Light.CLOSED: ((1.0, Part.RED),),
    Light.LEAVE: ((0.5, Part.GREEN), (0.5, Part.YELLOW), (0.5, Part.RED)),
}
TEST: Rhythm = ((0.25, Part.RED), (0.25, Part.YELLOW), (0.25, Part.GREEN))
BUZZES: dict[Tone, tuple[tuple[float, bool], ...]] = {
    Tone.READ: ((0.05, True),),
    Tone.GO: ((0.1, True), (0.1, False), (0.25, True)),
    Tone.ATTENTION: ((0.6, True),),
    Tone.STOP: ((0.08, True), (0.06, False)) * 5,
    Tone.AGAIN: ((0.25, True), (0.1, False), (0.1, True)),
}
"""The rhythm of each tone on a buzzer that has one pitch; once."""


def all_off() -> bytes:
    """Dark and silent: sent first after every open, and last."""
    return bytes(_OFF | part for part in EVERYTHING)


def state(lit: Part) -> bytes:
    """The whole state of the tower."""
    return bytes((_ON if part in lit else _OFF) | part for part in EVERYTHING)


class Player:
    """Which state the tower is to have when. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._light, self._since = RHYTHMS[Light.DARK], 0.0
        self._buzz: tuple[tuple[float, bool], ...] = ()
        self._buzz_since = 0.0
        self._test_until = 0.0

    def show(self, light: Light, now: float) -> None:
        """From now on this light."""
        if self._light is not RHYTHMS[light]:
            self._light, self._since = RHYTHMS[light], now

    def buzz(self, tone: Tone, now: float) -> None:
        """Now this tone, once; an older one is cut short."""
        self._buzz, self._buzz_since = BUZZES[tone], now

    def test(self, now: float) -> None:
        """Now each colour once, and a tick."""
        self._test_until = now + sum(seconds for seconds, _ in TEST)
        self.buzz(Tone.READ, now)

    def at(self, now: float) -> tuple[Part, float]:
        """What is lit now, and when that changes or is said again."""
        if now < self._test_until:
            begun = self._test_until - sum(seconds for seconds, _ in TEST)
            lit, until = _step(TEST, now - begun, now)
        else:
            rhythm = self._light
            whole = sum(seconds for seconds, _ in rhythm)
            lit, until = _step(rhythm, (now - self._since) % whole, now)
        at = now - self._buzz_since
        for seconds, sounds in self._buzz:
            if at < seconds:
                return (lit | Part.BUZZER if sounds else lit), min(until, now + seconds - at)
            at -= seconds
        return lit, until


def _step(rhythm: Rhythm, at: float, now: float) -> tuple[Part, float]:
    for seconds, lit in rhythm:
        if at < seconds:
            return lit, now + max(0.01, seconds - at)
        at -= seconds
    return rhythm[-1][1], now + 0.01
