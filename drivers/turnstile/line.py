"""One command at a time: keeps the firmware's gap and knows which command an answer belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.turnstile.protocols.codec import About, Command, Protocol, Query

QUIET_S = 1.0
"""After an answer that did not come, this much silence must pass before an answer is believed again: without
it the late answer to one command would be taken for the answer to the next."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A command that waits for its answer. `believed` is false while late answers may still be on the way."""

    command: Command
    until: float
    believed: bool


class Line:
    """The half-duplex discipline of one device. Pure; times are monotonic seconds."""

    def __init__(self, protocol: Protocol) -> None:
        self._protocol = protocol
        self.reset()

    def reset(self) -> None:
        """A new link: nothing was sent on it."""
        self.pending: Pending | None = None
        self.free_at = 0.0
        self._quiet_until = 0.0

    def may_send(self, now: float) -> bool:
        """Whether the device can take a command now."""
        return self.pending is None and now >= self.free_at

    def clear(self, now: float) -> bool:
        """Whether the next answer would be believed."""
        return now >= self._quiet_until

    def sent(self, command: Command, now: float) -> None:
        """Notes that `command` leaves now."""
        self.free_at = now + self._protocol.min_gap_s
        if isinstance(command, Query) or self._protocol.capabilities.acknowledges:
            self.pending = Pending(command, now + self._protocol.answer_s, self.clear(now))

    def answered(self, now: float) -> Pending | None:
        """The command that this confirmation is for; None for one that nobody waits for."""
        pending = self.pending
        if pending is None or isinstance(pending.command, Query):
            self._quiet_until = now + QUIET_S
            return None
        self.pending = None
        return pending

    def told(self, about: About | None) -> Pending | None:
        """The question that this answer is for (None: whichever it was); None when nobody asked."""
        pending = self.pending
        if pending is None or not isinstance(pending.command, Query):
            return None
        if about is not None and pending.command.about is not about:
            return None
        self.pending = None
        return pending

    def overdue(self, now: float) -> Command | None:
        """The command whose answer did not come in time, once."""
        if self.pending is None or now < self.pending.until:
            return None
        return self.give_up(now)

    def give_up(self, now: float) -> Command | None:
        """Waits for no answer any more, because OFF cannot wait."""
        pending, self.pending = self.pending, None
        if pending is None:
            return None
        self._quiet_until = now + QUIET_S
        return pending.command

    @property
    def quiet_until(self) -> float:
        """From when an answer is believed again."""
        return self._quiet_until
