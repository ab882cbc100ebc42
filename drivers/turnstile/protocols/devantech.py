"""Devantech USB-RLY02, RLY08, RLY16 and RLY16L: single bytes, CDC, so any baud rate does.

`65` to `6C` on, `6F` to `76` off, `5B` asks for the relays: one byte, bit n for relay n+1. Nothing confirms a
command, and nothing marks the answer, so a byte counts only after a question.
"""

from __future__ import annotations

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

_ON, _OFF, _ASK = 0x64, 0x6E, 0x5B


class DevantechRly(Protocol):
    """One relay of the board."""

    name = "devantech"
    baud = 19200
    channels = 8
    capabilities = Capabilities(reads_back=True)
    min_gap_s = 0.02
    answer_s = 0.3
    poll_s = 0.5

    def encode(self, command: Command) -> bytes:
        match command:
            case Release():
                return bytes((_ON + self.channel,))
            case Off():
                return bytes((_OFF + self.channel,))
            case Query():
                return bytes((_ASK,))
        return b""

    def decoder(self) -> Decoder:
        return Bitmap(self.channel)


class Bitmap(Answers):
    """One byte after each question."""

    def __init__(self, channel: int) -> None:
        super().__init__()
        self._bit = 1 << (channel - 1)

    def _answer(self) -> int:
        return 1

    def _says(self, answer: bytes) -> list[Event]:
        return [RelayIs(bool(answer[0] & self._bit))]
