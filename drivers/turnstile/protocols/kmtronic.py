"""KMtronic relay boards, 9600 baud: `FF n 01` on, `FF n 00` off, no answer to either.

Two dialects, told apart by the settings alone. Boards of one and two relays answer `FF n 03` with
`FF n 00` or `FF n 01`. Boards of four and eight answer `FF 09 00` with one byte for each relay; to the
radio boards of the same maker those bytes are a command, so they are not spoken to here.
"""

from __future__ import annotations

from abc import abstractmethod

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import (
    Command,
    Decoder,
    Event,
    Off,
    Protocol,
    Query,
    RelayIs,
    Release,
)
from drivers.turnstile.protocols.framing import Answers

_START = 0xFF


class _KMtronic(Protocol):
    baud = 9600
    capabilities = Capabilities(reads_back=True)
    min_gap_s = 0.02
    answer_s = 0.3
    poll_s = 0.5

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Release):
            return bytes((_START, self.channel, 1))
        return bytes((_START, self.channel, 0)) if isinstance(command, Off) else self._ask(command)

    @abstractmethod
    def _ask(self, command: Command) -> bytes:
        """The question, where `command` is one."""


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


class OneRelay(Answers):
    """`FF n state`. The echo of a command is the same bytes, so an answer counts only after a question."""

    def __init__(self, channel: int) -> None:
        super().__init__()
        self._head = bytes((_START, channel))

    def _answer(self) -> int:
        if len(self._rest) < 3:
            return self.WAIT
        return 3 if self._rest[:2] == self._head and self._rest[2] in (0, 1) else self.NONE

    def _says(self, answer: bytes) -> list[Event]:
        return [RelayIs(answer[2] == 1)]


class AllRelays(Answers):
    """So many bytes of 00 or 01 after a question, and nothing that marks where they begin."""

    def __init__(self, channel: int, relays: int) -> None:
        super().__init__()
        self._channel = channel
        self._relays = relays

    def _answer(self) -> int:
        if self._rest[-1] > 1:
            return self.NONE
        return self._relays if len(self._rest) == self._relays else self.WAIT

    def _says(self, answer: bytes) -> list[Event]:
        return [RelayIs(answer[self._channel - 1] == 1)]
