"""Numato USB relay modules: lines of text, each echoed, each answered by a `>`; CDC, so any baud rate does.

`relay on 0`, `relay off 0`, `relay read 0`, `gpio readall`, ended by a carriage return; relays from ten on
are letters. The module says nothing when it carried a command out, so the relay is read back. OFF begins
with a carriage return of its own: it ends whatever half line the module may hold.
"""

from __future__ import annotations

import re

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import (
    About,
    Command,
    Decoder,
    Event,
    InputsAre,
    Off,
    Prepare,
    Protocol,
    Query,
    RelayIs,
    Release,
)

_NUMBERS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
_LONGEST = 96
_RELAY = re.compile(rb"relay read ([0-9A-V])\s+(on|off)\s*\Z")
_INPUTS = re.compile(rb"gpio readall\s+([0-9A-Fa-f]{1,8})\s*\Z")


class Numato(Protocol):
    """One relay, counted from 1 as everywhere here; the module counts from 0."""

    name = "numato"
    baud = 19200
    channels = 32
    contacts = 32
    capabilities = Capabilities(reads_back=True)
    min_gap_s = 0.02
    answer_s = 0.3
    poll_s = 0.25

    @property
    def preparations(self) -> int:
        return 1 if self.capabilities.inputs else 0

    def encode(self, command: Command) -> bytes:
        number = _NUMBERS[self.channel - 1]
        match command:
            case Off():
                return f"\rrelay off {number}\r".encode()
            case Release():
                return f"relay on {number}\r".encode()
            case Query(About.INPUTS):
                return b"gpio readall\r"
            case Prepare():
                return b"gpio iodir ff\r"
            case Query():
                return f"relay read {number}\r".encode()

    def decoder(self) -> Decoder:
        return Prompts(_NUMBERS[self.channel - 1])


class Prompts(Decoder):
    """What stands between two prompts: a command as it was heard, and its answer."""

    def __init__(self, number: str) -> None:
        self._number = number.encode()
        self._said = bytearray()

    @property
    def held(self) -> int:
        return len(self._said.strip())

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            if byte != ord(">"):
                self._said.append(byte)
                self.skipped += max(0, len(self._said) - _LONGEST)
                del self._said[:-_LONGEST]
                continue
            said, relay = bytes(self._said), None
            self._said.clear()
            if relay := _RELAY.search(said):
                if relay[1] == self._number:
                    events.append(RelayIs(relay[2] == b"on"))
            elif inputs := _INPUTS.search(said):
                events.append(InputsAre(int(inputs[1], 16)))
            elif b"read" in said:
                self.skipped += len(said)
        return events
