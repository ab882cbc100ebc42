"""What hangs on a board's inputs: bits to passages, readiness, fire and tampering, debounced."""

from __future__ import annotations

from drivers.turnstile.port import Way
from drivers.turnstile.protocols.codec import Event, FireContact, Passed, ReadyInput, TamperContact
from drivers.turnstile.wiring import Inputs

SETTLE_S = 0.03
LOOK_EVERY_S = 0.2
"""Contacts that are asked for less often than this may have closed and opened unseen."""
LONGEST_PASSAGE_S = 3.0
"""A passage contact that stays longer is no passage: its cable is cut or its turnstile has no power."""
STUCK = "The gate's passage contact does not come back: check the turnstile's power and the contact's cable."


class Signal:
    """One contact. Where it is asked for, two readings 30 ms apart must agree; otherwise 30 ms must pass."""

    def __init__(self, polled: bool) -> None:
        self._polled = polled
        self.state: bool | None = None if polled else False
        self.raw: bool | None = self.state
        self._since = 0.0

    def read(self, value: bool, now: float) -> bool:
        """Whether the believed state changed by this reading. The first belief is no change."""
        if value is not self.raw:
            self.raw, self._since = value, now
            return False
        return self._polled and self._believe(now)

    def tick(self, now: float) -> bool:
        """The same, for a contact that is only told when it changes."""
        return not self._polled and self._believe(now)

    @property
    def due(self) -> float | None:
        """When `tick` has something to look at."""
        return None if self._polled or self.raw is self.state else self._since + SETTLE_S

    @property
    def settling(self) -> bool:
        """Whether a change is not believed yet."""
        return self.raw is not self.state

    def _believe(self, now: float) -> bool:
        if self.raw is self.state or now < self._since + SETTLE_S:
            return False
        first, self.state = self.state is None, self.raw
        return not first


class BoardInputs:
    """All contacts of one board. Times are monotonic seconds."""

    def __init__(self, wiring: Inputs, polled: bool, way: Way = Way.FORWARD) -> None:
        """`way` is the one that `passage` watches."""
        self._wiring = wiring
        self._polled = polled
        self._at_end = wiring.passage_when == "opens"
        """A contact that opens also opens when its cable is cut: only its coming back is a passage."""
        back = Way.BACKWARD if way is Way.FORWARD else Way.FORWARD
        ways = {way: wiring.passage, back: wiring.passage_back}
        self._ways = {way: number for way, number in ways.items() if number}
        self.reset()

    def reset(self) -> None:
        """The link opened anew: nothing was read yet."""
        self._signals = {way: Signal(self._polled) for way in self._ways}
        self._since: dict[Way, float] = {}
        self._read_at = 0.0

    def blind(self, since: float, now: float) -> bool:
        """Whether a passage may have gone unseen, because nobody looked for too long after `since`."""
        return bool(self._ways) and self._polled and now - max(self._read_at, since) > LOOK_EVERY_S

    def read(self, bits: int, now: float) -> list[Event]:
        """What one reading of all inputs says."""
        self._read_at = now
        events: list[Event] = []
        if self._wiring.fire:
            events.append(FireContact(not self._closed(bits, self._wiring.fire)))
        if self._wiring.tamper:
            events.append(TamperContact(not self._closed(bits, self._wiring.tamper)))
        if self._wiring.ready:
            closed = self._closed(bits, self._wiring.ready)
            events.append(ReadyInput(closed is (self._wiring.ready_when == "closed")))
        for way, number in self._ways.items():
            active = self._closed(bits, number) is not self._at_end
            if self._signals[way].read(active, now):
                events += self._changed(way, now)
        return events

    def tick(self, now: float) -> list[Event]:
        """What became certain by now."""
        return [
            event for way in self._ways if self._signals[way].tick(now) for event in self._changed(way, now)
        ]

    @property
    def due(self) -> list[float]:
        """When `tick` has something to look at."""
        return [due for signal in self._signals.values() if (due := signal.due) is not None]

    @property
    def passing(self) -> bool:
        """Whether somebody may be in the gate now."""
        return any(signal.raw or signal.state for signal in self._signals.values())

    @property
    def settling(self) -> bool:
        """Whether a contact is changing, so that it is worth looking again soon."""
        return any(signal.settling for signal in self._signals.values())

    def stuck(self, now: float) -> bool:
        """Whether a passage contact has been what it is in a passage for too long."""
        return any(
            self._signals[way].state and now > since + LONGEST_PASSAGE_S for way, since in self._since.items()
        )

    def _closed(self, bits: int, number: int) -> bool:
        return bits >> number - 1 & 1 == self._wiring.closed_reads

    def _changed(self, way: Way, now: float) -> list[Event]:
        if self._signals[way].state:
            self._since[way] = now
            return [] if self._at_end else [Passed(way)]
        began = self._since.pop(way, None)
        passed = self._at_end and began is not None and now <= began + LONGEST_PASSAGE_S
        return [Passed(way)] if passed else []
