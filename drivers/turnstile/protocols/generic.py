"""Any board whose ON and OFF are fixed bytes, described in the settings, with or without inputs.

`on` and `off` as the board's manual prints them for its relay; where the board can be asked, `ask`, and
`answer` as a pattern in which `RR` stands for the byte of the relays and `II` for that of the inputs.
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
    Protocol,
    Query,
    RelayIs,
    Release,
)
from drivers.turnstile.protocols.framing import Answers
from drivers.turnstile.wiring import UnsuitableSetting, Wiring

_LONGEST = 16


class Generic(Protocol):
    """Bytes from the settings. Nothing but ON, OFF and a question can be said."""

    name = "generic"
    baud = 9600
    channels = 8
    contacts = 8
    capabilities = Capabilities()
    min_gap_s = 0.1
    answer_s = 0.3
    poll_s = 0.25

    def __init__(self, channel: int = 1, wiring: Wiring | None = None) -> None:
        frames = (wiring or Wiring()).frames
        self._on, self._off = _bytes("on", frames.on), _bytes("off", frames.off)
        if not self._on or self._on == self._off:
            raise UnsuitableSetting(
                f"turnstile.frames.on = {frames.on!r}: the bytes that switch the relay on"
            )
        if not self._off:
            raise UnsuitableSetting(
                f"turnstile.frames.off = {frames.off!r}: the bytes that switch the relay off"
            )
        self._ask = _bytes("ask", frames.ask)
        self._answer = tuple(_pattern(frames.answer))
        if bool(self._ask) != bool(self._answer):
            raise UnsuitableSetting("turnstile.frames.answer = '': ask and answer belong together")
        reads = "RR" in self._answer
        if self._ask:
            self.min_gap_s = 0.05
        self.capabilities = Capabilities(reads_back=reads)
        self.contacts = 8 if "II" in self._answer else 0  # type: ignore[misc]
        super().__init__(channel, wiring)

    @property
    def questions(self) -> tuple[About, ...]:
        return (About.RELAY if "RR" in self._answer else About.INPUTS,) if self._ask else ()

    def encode(self, command: Command) -> bytes:
        match command:
            case Release():
                return self._on
            case Off():
                return self._off
            case Query():
                return self._ask
        return b""

    def decoder(self) -> Decoder:
        return Pattern(self._answer, self.channel)


class Pattern(Answers):
    """Finds the answer's pattern, but only after a question: it may be as short as one byte."""

    def __init__(self, pattern: tuple[str, ...], channel: int) -> None:
        super().__init__()
        self._pattern = pattern
        self._bit = 1 << (channel - 1)

    def _answer(self) -> int:
        if not self._pattern or not self._fits():
            return self.NONE
        return len(self._pattern) if len(self._rest) == len(self._pattern) else self.WAIT

    def _fits(self) -> bool:
        return all(
            part in ("RR", "II", "??") or int(part, 16) == byte
            for part, byte in zip(self._pattern, self._rest, strict=False)
        )

    def _says(self, answer: bytes) -> list[Event]:
        events: list[Event] = []
        for part, byte in zip(self._pattern, answer, strict=True):
            if part == "RR":
                events.append(RelayIs(bool(byte & self._bit)))
            elif part == "II":
                events.append(InputsAre(byte))
        # The question is about the relay where the answer has both: inputs first, then the sign of life.
        return sorted(events, key=lambda event: isinstance(event, RelayIs))


def _bytes(key: str, text: str) -> bytes:
    try:
        data = bytes.fromhex(text)
    except ValueError:
        data = bytes(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise UnsuitableSetting(
            f"turnstile.frames.{key} = {text!r}: up to {_LONGEST} bytes in hexadecimal, such as 'A0 01 01 A2'"
        )
    return data


def _pattern(text: str) -> list[str]:
    parts = text.upper().split()
    fine = all(re.fullmatch(r"[0-9A-F]{2}|RR|II|\?\?", part) for part in parts) and len(parts) <= _LONGEST
    if not fine or (parts and parts.count("RR") + parts.count("II") == 0):
        raise UnsuitableSetting(
            f"turnstile.frames.answer = {text!r}: bytes in hexadecimal with RR for the relays' or II for "
            "the inputs' byte, such as 'AA RR II 55'"
        )
    return parts
