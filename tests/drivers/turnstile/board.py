"""A made-up board that can do everything, for the rules that neither of the two real dialects can show."""

from __future__ import annotations

from drivers.turnstile.commanding import Send
from drivers.turnstile.gate import Gate
from drivers.turnstile.port import Capabilities, GateReport, LinkState, Way
from drivers.turnstile.protocols.codec import (
    Acknowledged,
    Command,
    Decoder,
    Event,
    FireContact,
    Off,
    Passed,
    Protocol,
    Query,
    ReadyInput,
    RelayIs,
    Release,
    TamperContact,
)
from tests.drivers.turnstile.virtual import setup

EVENTS: dict[bytes, Event] = {
    b"k": Acknowledged(),
    b"p": Passed(Way.FORWARD),
    b"1": RelayIs(True),
    b"0": RelayIs(False),
    b"F": FireContact(True),
    b"f": FireContact(False),
    b"T": TamperContact(True),
    b"t": TamperContact(False),
    b"R": ReadyInput(True),
    b"r": ReadyInput(False),
}


class Letters(Decoder):
    @property
    def held(self) -> int:
        return 0

    def feed(self, data: bytes) -> list[Event]:
        return [EVENTS[bytes((byte,))] for byte in data]


class Board(Protocol):
    name = "board"
    baud = 9600
    capabilities = Capabilities(True, True, False, False, True)
    min_gap_s = 0.0
    answer_s = 0.2
    withdrawn_by_off = False
    both_ways = True
    tells_levels = False

    def encode(self, command: Command) -> bytes:
        return {Off: b"o", Release: b"R", Query: b"?"}[type(command)]

    def decoder(self) -> Decoder:
        return Letters()


class ReadingBoard(Board):
    """Confirms nothing, but can be asked."""

    capabilities = Capabilities(False, True, False, True, True)
    poll_s = 0.1


class Bench:
    """The gate with a hand on every wire."""

    def __init__(self, board: Protocol | None = None) -> None:
        self.now = 50.0
        self.gate = Gate(board or Board(), setup(protocol="board"))
        self.reports: list[GateReport] = []
        self.bytes = b""

    def opened(self) -> Bench:
        self._take(self.gate.link_opened(self.now))
        return self

    def up(self) -> Bench:
        self.opened().hear(b"k")
        assert self.gate.supervisor.state is LinkState.UP
        return self

    def authorise(self, authorisation: str) -> None:
        self._take(self.gate.authorise(authorisation, Way.FORWARD, self.now))

    def hear(self, data: bytes) -> None:
        self._take(self.gate.feed(data, self.now))

    def wait(self, seconds: float, answering: bytes = b"") -> None:
        """Lets time pass in steps of 10 ms; every command is answered with `answering`."""
        for _ in range(round(seconds / 0.01)):
            self.now += 0.01
            before = len(self.bytes)
            self._take(self.gate.tick(self.now))
            if answering and len(self.bytes) > before:
                self.hear(answering)

    def _take(self, effects: list[Send | GateReport]) -> None:
        for effect in effects:
            if isinstance(effect, Send):
                self.bytes += effect.data
            else:
                self.reports.append(effect)
