"""Spoken guidance: what of a screen is read to who cannot see it, and for how long somebody listens. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.presenters.traveller_screen import Line, Page, TravellerScreen

LOUDNESS = (0.25, 0.5, 0.75, 1.0)
"""The steps of the key, as parts of full volume."""
USUAL = 2
"""The step that every traveller begins with, counted from 1."""


@dataclass(slots=True)
class Guidance:
    """Begins with a touch or with headphones that are plugged in; ends with them, or with the traveller."""

    private: bool = False
    """Whether the device is the traveller's own even when nothing is known to be plugged in."""
    muted: bool = False
    """Whether an officer silenced the lane: then only who hears alone is read to."""
    touched: bool = False
    plugged: bool = False
    loud: int = USUAL
    _read: tuple[Line, ...] | None = None
    """What was read last; None: nobody is being read to."""

    @property
    def on(self) -> bool:
        """Whether anybody listens."""
        return self.plugged or (self.touched and (self.private or not self.muted))

    def touch(self) -> None:
        """The key: on, or off again."""
        if self.on:
            self.plugged = False
            self.traveller_left()
        else:
            self.touched, self._read = True, ()

    def plug(self, plugged: bool) -> None:
        """Headphones came or went. With them goes what a touch began: nobody listens any more."""
        self.plugged = plugged
        self.traveller_left()

    def louder(self) -> float:
        """The next step, after the last the first; the screen is read again in it."""
        self.loud = self.loud % len(LOUDNESS) + 1
        self._read = ()
        return LOUDNESS[self.loud - 1]

    def traveller_left(self) -> None:
        """The next traveller begins anew; headphones that stay plugged in are still listened to."""
        self.touched = False
        self.loud = USUAL
        if self.on:
            self._read = ()

    def read(self, screen: TravellerScreen) -> tuple[Line, ...] | None:
        """What is to be read now: of one language all that is new since the last reading. Empty: silence is
        due. None: nothing changes."""
        if not self.on:
            ended, self._read = self._read is not None, None
            return () if ended else None
        language = screen.headline[0].language
        lines = tuple(
            line
            for line in (*screen.headline, *self._why(screen), *screen.steps)
            if line.language == language and line.text
        )
        new = tuple(line for line in lines if line not in (self._read or ()))
        self._read = lines
        return new or None

    def _why(self, screen: TravellerScreen) -> tuple[Line, ...]:
        """A reason is not read to a whole hall."""
        overheard = not self.private and not self.plugged
        return () if overheard and screen.page in (Page.REFER, Page.REFUSE) else screen.sub
