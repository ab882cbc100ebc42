"""What leaves for the device next, and when: OFF, then setting it up, then a release, then a question."""

from __future__ import annotations

from drivers.turnstile.line import Line
from drivers.turnstile.protocols.codec import About, Command, Off, Prepare, Protocol, Query, Release
from drivers.turnstile.rota import Rota

BEAT_S = 2.0
"""An idle device that is asked nothing is sent OFF this often."""
REPEAT_S = 0.12
"""Boards that confirm nothing get each OFF twice, this far apart."""

Wanted = tuple[float, type[Command]]


class Outbox:
    """Pure; times are monotonic seconds."""

    def __init__(self, protocol: Protocol, pulse_s: float) -> None:
        self._protocol = protocol
        self._pulse_s = pulse_s
        self.line = Line(protocol)
        self.rota = Rota(protocol)
        self.on_until: float | None = None
        """A relay that we switched on goes off then."""
        self.off_at: float | None = None
        self._offs = 0
        """How many OFFs are still to be sent."""
        self._prepared = 0
        self._beat_at = 0.0

    def opened(self, now: float) -> None:
        """A new link: OFF first, and nothing is known."""
        self.line.reset()
        self.rota.reset()
        self._prepared = 0
        self.off(now)

    def lost(self) -> None:
        """The link is gone, and with it whatever was to be sent."""
        self.line.reset()
        self.on_until = self.off_at = None
        self._offs = 0

    def off(self, at: float) -> None:
        """OFF as soon as the device can take it; twice where nothing shows whether it was heard."""
        can = self._protocol.capabilities
        self.off_at = at
        self._offs = 1 if can.acknowledges or can.reads_back else 2

    def prepare_again(self, ask_at: float) -> None:
        """Something was not heard, or is not as it was set: the device is set up anew, and then left alone.

        A device that is slow to answer would be buried under questions otherwise.
        """
        self._prepared = 0
        self._beat_at = max(self._beat_at, ask_at)

    def pulse_over(self, now: float) -> bool:
        """True once when the relay's time is up: OFF is due and waits for no answer."""
        if self.on_until is None or now < self.on_until:
            return False
        self.on_until = None
        self.line.give_up(now)
        self.off(now)
        if self._protocol.capabilities.reads_back:
            self.rota.in_doubt(About.RELAY)
        return True

    def wanted(self, *, release: bool, silenced: bool, idle: bool) -> Wanted | None:
        """The kind of command to be sent next, and from when.

        `release`: one waits. `silenced`: only questions may leave. `idle`: the sign of life may be an OFF.
        """
        if self.off_at is not None and not silenced:
            return self.off_at, Off
        if self._prepared < self._protocol.preparations and not silenced:
            return 0.0, Prepare
        if release:
            return (0.0, Release) if self.on_until is None else None
        if self.rota.empty:
            return (self._beat_at, Off) if idle else None
        if self.on_until is not None and self._beat_at > self.on_until - self._protocol.reply_s:
            return None  # its answer might come when OFF is due
        return self._beat_at, Query

    def take(self, kind: type[Command], now: float, watched: bool) -> Command | None:
        """The command of this kind; None for a question that would be in the way of an OFF.

        `watched`: somebody may be passing, so the inputs matter most.
        """
        if kind is Prepare:
            self._prepared += 1
            return Prepare(self._prepared - 1)
        if kind is Query:
            if self.on_until is not None and now > self.on_until - self._protocol.reply_s:
                self._beat_at = self.on_until
                return None
            return Query(self.rota.next(watched))
        self._offs = max(self._offs - 1, 0)
        self.off_at = now + REPEAT_S if self._offs else None
        return Off()

    def released(self, now: float) -> None:
        """A release leaves now."""
        if not self._protocol.withdrawn_by_off:
            self.on_until = now + self._pulse_s
        self.rota.first()

    def sent(self, command: Command, now: float, hasty: bool) -> None:
        """Notes that it leaves now; `hasty`: the next look is due soon."""
        self.line.sent(command, now)
        self._beat_at = now + (self._protocol.hasty_poll_s if hasty else self._protocol.poll_s or BEAT_S)
        can = self._protocol.capabilities
        if isinstance(command, Release) and can.reads_back and not can.acknowledges:
            self._beat_at = now  # reading it back is the confirmation

    def due(self, wanted: Wanted | None) -> list[float]:
        """When there is something to do."""
        times = [] if self.on_until is None else [self.on_until]
        if self.line.pending:
            times.append(self.line.pending.until)
        elif wanted is not None:
            times.append(max(wanted[0], self.line.free_at))
        return times
