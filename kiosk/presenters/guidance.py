"""Spoken guidance: what of a screen is read to who cannot see it, and for how long somebody listens. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.traveller_screen import Line, TravellerScreen

LOUDNESS = (0.25, 0.5, 0.75, 1.0)
"""The steps of the key, as parts of full volume."""
USUAL = 2
"""The step that every traveller begins with, counted from 1."""


@dataclass(slots=True)
class Guidance:
    """Begins with a touch or with headphones that are plugged in; ends with them, or with the traveller."""

    touched: bool = False
    plugged: bool = False
    loud: int = USUAL
    _read: tuple[Line, ...] = ()

    @property
    def on(self) -> bool:
        """Whether anybody listens."""
        return self.touched or self.plugged

    def touch(self) -> None:
        """The key: on, or off again."""
        if self.on:
            self.touched = self.plugged = False
            self.loud = USUAL
        else:
            self.touched = True
        self._read = ()

    def plug(self, plugged: bool) -> None:
        """Headphones came or went. With them goes what a touch began: nobody listens any more."""
        self.plugged = plugged
        if not plugged:
            self.touched = False
            self.loud = USUAL
        self._read = ()

    def louder(self) -> float:
        """The next step, after the last the first; the screen is read again in it."""
        self.loud = self.loud % len(LOUDNESS) + 1
        self._read = ()
        return LOUDNESS[self.loud - 1]

    def traveller_left(self) -> None:
        """The next traveller begins anew; headphones that stay plugged in are still listened to."""
        self.touched = False
        self.loud = USUAL
        self._read = ()

    def read(self, screen: TravellerScreen) -> tuple[Line, ...]:
        """What is to be read now: of one language all that is new since the last reading."""
        if not self.on:
            return ()
        language = screen.headline[0].language
        lines = tuple(
            line
            for line in (*screen.headline, *screen.sub, *screen.steps)
            if line.language == language and line.text
        )
        new = tuple(line for line in lines if line not in self._read)
        self._read = lines
        return new
