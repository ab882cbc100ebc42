"""A gate that also notes what leaves and what is read back: for commissioning, never for a lane."""

from __future__ import annotations

from collections.abc import Callable

from drivers.turnstile.commanding import Effect, Send
from drivers.turnstile.gate import Gate
from drivers.turnstile.protocols.codec import Command, Event, InputsAre, Off, Protocol, RelayIs, Release
from drivers.turnstile.setup import Setup
from drivers.turnstile.wire import Noticed, Seen


class WatchedGate(Gate):
    """The same gate; `note` gets everything in the order in which it happened."""

    def __init__(self, protocol: Protocol, setup: Setup, note: Callable[[Noticed], None]) -> None:
        super().__init__(protocol, setup)
        self._note = note

    def _sending(self, command: Command, now: float) -> Send:
        if isinstance(command, Release | Off):
            self._note(Noticed(now, Seen.RELEASE if isinstance(command, Release) else Seen.OFF))
        return super()._sending(command, now)

    def _heard(self, event: Event, now: float) -> list[Effect]:
        if isinstance(event, RelayIs):
            self._note(Noticed(now, Seen.RELAY, int(event.on)))
        elif isinstance(event, InputsAre):
            self._note(Noticed(now, Seen.INPUTS, event.bits))
        return super()._heard(event, now)
