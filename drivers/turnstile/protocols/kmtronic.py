"""KMtronic relay boards, 9600 baud: `FF n 01` on, `FF n 00` off, no answer to either.

Two dialects, told apart by the settings alone. Boards of one and two relays answer `FF n 03` with
`FF n 00` or `FF n 01`. Boards of four and eight answer `FF 09 00` with one byte for each relay; to the
radio boards of the same maker those bytes are a command, so they are not spoken to here.
"""

from __future__ import annotations

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import Command, Decoder, Event, Off, Protocol, Query, RelayIs, Release

_START = 0xFF


class _KMtronic(Protocol):
    baud = 9600
    capabilities = Capabilities(
        acknowledges=False, reports_passage=False, hardware_pulse=False, reads_back=True, inputs=False
    )
    min_gap_s = 0.02
    answer_s = 0.3
    withdrawn_by_off = False
    both_ways = False
    poll_s = 0.5

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Release):
            return bytes((_START, self.channel, 1))
        return bytes((_START, self.channel, 0)) if isinstance(command, Off) else self._ask(command)

    def _ask(self, command: Command) -> bytes:
        raise NotImplementedError


class KMtronic2(_KMtronic):
    """One or two relays; each is asked by itself."""

    name = "kmtronic"
    channels = 2

    def _ask(self, command: Command) -> bytes:
        return bytes((_START, self.channel, 3)) if isinstance(command, Query) else b""

    def decoder(self) -> Decoder:
        return OneRelay(self.channel)


class KMtronic4(_KMtronic):
    """Four relays; asked all together."""

    name = "kmtronic-4"
    channels = 4

    def _ask(self, command: Command) -> bytes:
        return bytes((_START, 9, 0)) if isinstance(command, Query) else b""

    def decoder(self) -> Decoder:
        return AllRelays(self.channel, self.channels)


class KMtronic8(KMtronic4):
    """Eight relays on USB or RS-232; asked all together."""

    name = "kmtronic-8"
    channels = 8


class OneRelay(Decoder):
    """`FF n state`. The echo of a command is the same bytes, so an answer counts only after a question."""

    def __init__(self, channel: int) -> None:
        self._channel = channel
        self._rest = bytearray()
        self._asked = False

    @property
    def held(self) -> int:
        return len(self._rest)

    def expect(self, command: Command) -> None:
        self._asked = isinstance(command, Query)

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            self._rest.append(byte)
            if len(self._rest) < 3:
                continue
            if self._asked and self._rest[:2] == bytes((_START, self._channel)) and self._rest[2] in (0, 1):
                events.append(RelayIs(self._rest[2] == 1))
                self._rest.clear()
                self._asked = False
            else:
                del self._rest[0]
                self.skipped += 1
        return events


class AllRelays(Decoder):
    """So many bytes of 00 or 01 after a question, and nothing that marks where they begin."""

    def __init__(self, channel: int, relays: int) -> None:
        self._channel = channel
        self._relays = relays
        self._rest = bytearray()
        self._asked = False

    @property
    def held(self) -> int:
        return len(self._rest)

    def expect(self, command: Command) -> None:
        self.skipped += len(self._rest)
        self._rest.clear()
        self._asked = isinstance(command, Query)

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            if not self._asked or byte > 1:
                self.skipped += 1 + len(self._rest)
                self._rest.clear()
                continue
            self._rest.append(byte)
            if len(self._rest) == self._relays:
                events.append(RelayIs(self._rest[self._channel - 1] == 1))
                self._rest.clear()
                self._asked = False
        return events
