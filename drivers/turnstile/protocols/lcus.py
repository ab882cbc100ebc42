"""LCUS-1/2/4/8 relay boards on a CH340: the dumb relay, which confirms nothing.

Frame: `A0 channel operation sum`, sum over the first three bytes modulo 256; 9600 baud, 8N1. The firmware
takes one command in 100 ms. `FF` asks boards of two and more relays for their state, and they
answer in lines such as `CH1: ON`; LCUS-1 documents no answer, so a lane never relies on one.
"""

from __future__ import annotations

import re

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import Command, Decoder, Event, Protocol, Query, RelayIs, Release

_START = 0xA0
_LINE = re.compile(rb"CH([1-8]): ?(ON|OFF)\Z")
_LONGEST_LINE = 16


class Lcus(Protocol):
    """The commands of one relay of the board."""

    name = "lcus"
    baud = 9600
    channels = 8
    capabilities = Capabilities()
    min_gap_s = 0.1
    answer_s = 0.5

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Query):
            return b"\xff"
        operation = 1 if isinstance(command, Release) else 0
        return bytes((_START, self.channel, operation, (_START + self.channel + operation) & 0xFF))

    def decoder(self) -> LcusDecoder:
        return LcusDecoder(self.channel)


class LcusDecoder(Decoder):
    """The status lines of the boards that have them; only our own relay's line is an event."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._line = bytearray()

    @property
    def held(self) -> int:
        return len(self._line)

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            if byte not in b"\r\n":
                self._line.append(byte)
                del self._line[:-_LONGEST_LINE]
                continue
            # `search`: what stands before the line is rubbish of a line that lost its end.
            found = _LINE.search(bytes(self._line))
            self._line.clear()
            if found and int(found[1]) == self._channel:
                events.append(RelayIs(found[2] == b"ON"))
        return events
