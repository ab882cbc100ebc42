"""A relay wired to the single-pass input of a turnstile, and the turnstile's contacts wired to inputs."""

from __future__ import annotations

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person

OPEN_S = 5.0
"""The turnstile behind the relay is open for one passage or this long after the edge."""
PASS_S = 0.5
"""How long the turnstile's passage contact stays closed for one person."""
_BOUNCE_S = 0.003


class RelayFirmware(Firmware):
    """One channel of a board. Inputs: 1 passage, 2 ready, 3 fire loop, 4 housing, 5 the relay's own contact.

    Closed contacts read 1.
    """

    def __init__(
        self,
        faults: Faults | None = None,
        person: Person | None = None,
        channel: int = 1,
        open_s: float = OPEN_S,
    ) -> None:
        super().__init__(faults, person)
        self.channel = channel
        self.open_s = open_s
        self._open_until = 0.0
        self._passed_at = -1e9
        self._timer_ends: float | None = None

    def contacts(self, at: float) -> int:
        """All inputs as a board would read them at this moment."""
        loop = self.on << 4
        if self.faults.power_cut:
            return loop
        since = at - self._passed_at
        passing = 0 <= since < PASS_S
        edge = min(abs(since), abs(since - PASS_S)) if since >= 0 else 1.0
        if edge < self.faults.bounce and int(at / _BOUNCE_S) % 2:
            passing = not passing
        ready = not self.faults.not_ready
        closed = passing | ready << 1 | (not self.faults.fire) << 2 | (not self.faults.tamper) << 3
        return closed | loop

    def power_up(self, now: float) -> None:
        super().power_up(now)
        self._timer_ends = None

    def _energise(self, on: bool, now: float, for_s: float | None = None) -> None:
        """Relay on or off; `for_s`: the board itself ends it after that time."""
        edge = on and not self.on
        self._switch(on, now)
        self._timer_ends = now + for_s if on and for_s is not None else None
        if edge:
            self._open_until = now + self.open_s
            self._somebody_comes(now)

    def _is_open(self, _at: float) -> bool:
        return _at < self._open_until or self.faults.fire or self.faults.power_cut

    def _walks(self, at: float) -> None:
        self._open_until = at
        self._passed_at = at

    def _release_ends(self) -> float | None:
        return self._timer_ends if self.on and not self.faults.stuck_relay else None
