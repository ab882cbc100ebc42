"""Devantech ETH008 over TCP (port 17494), which times the pulse itself.

`20 n t` is on for t tenths of a second, `21 n 0` off; each is answered `00` for done or `01` for not done.
`24` asks for the relays, one byte. Nothing marks what a byte answers: it is taken for the answer to what was
sent last. `t` is never 0, which would mean for good.
"""

from __future__ import annotations

from math import ceil

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import (
    Acknowledged,
    Command,
    Decoder,
    Event,
    Off,
    Protocol,
    Query,
    Rejected,
    RelayIs,
    Release,
)

_ON, _OFF, _ASK = 0x20, 0x21, 0x24
PORT = 17494


class Eth008(Protocol):
    """One relay of the board, timed by the board."""

    name = "eth008"
    baud = 0
    channels = 8
    over_network = True
    steps_s = 0.1
    capabilities = Capabilities(acknowledges=True, hardware_pulse=True, reads_back=True, keeps_max_on=True)
    min_gap_s = 0.0
    answer_s = 0.5
    poll_s = 0.5

    def encode(self, command: Command) -> bytes:
        match command:
            case Release(_, pulse_s):
                return bytes((_ON, self.channel, max(1, ceil(round(pulse_s * 10, 6)))))
            case Off():
                return bytes((_OFF, self.channel, 0))
            case Query():
                return bytes((_ASK,))
        return b""

    def decoder(self) -> Decoder:
        return LastAsked(self.channel)


class LastAsked(Decoder):
    """One byte for each command."""

    def __init__(self, channel: int) -> None:
        self._bit = 1 << (channel - 1)
        self._asked: Command | None = None

    @property
    def held(self) -> int:
        return 0

    def expect(self, command: Command) -> None:
        self._asked = command

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            asked, self._asked = self._asked, None
            if isinstance(asked, Query):
                events.append(RelayIs(bool(byte & self._bit)))
            elif asked is not None and byte in (0, 1):
                events.append(Rejected() if byte else Acknowledged())
            else:
                self.skipped += 1
        return events
