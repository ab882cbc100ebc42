"""Velleman K8090 and VM8090: seven bytes `04 command mask p1 p2 check 0F`, 19200 baud.

The check is the two's complement of the sum of the first five. `41` switches on for whole seconds by the
board's own clock; every change of a relay is told by `51` (p1: the relays now), every button by `50`. With
the jumper "Event" set the eight buttons are inputs; without it they switch the relays, so `70` asks for it.
"""

from __future__ import annotations

from math import ceil

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import (
    About,
    Checked,
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
from drivers.turnstile.protocols.framing import Framed

_STX, _ETX = 0x04, 0x0F
_OFF, _TIMED, _ASK, _BUTTON, _STATUS, _JUMPER = 0x12, 0x41, 0x18, 0x50, 0x51, 0x70
_FRAME = 7
NO_JUMPER = "The gate's board switches its relays by its buttons: set its jumper Event."


def frame(command: int, mask: int = 0, first: int = 0, second: int = 0) -> bytes:
    """A whole packet."""
    head = bytes((_STX, command, mask, first, second))
    return head + bytes((-sum(head) & 0xFF, _ETX))


class K8090(Protocol):
    """One relay of the board. Its timer counts whole seconds; OFF cuts it short when the pulse is over."""

    name = "k8090"
    baud = 19200
    channels = 8
    contacts = 8
    tells_levels = False
    steps_s = 1.0
    capabilities = Capabilities(hardware_pulse=True, reads_back=True, keeps_max_on=True)
    min_gap_s = 0.02
    answer_s = 0.3
    poll_s = 0.5

    @property
    def checks(self) -> tuple[About, ...]:
        return (About.CHECK,)

    def encode(self, command: Command) -> bytes:
        mask = 1 << (self.channel - 1)
        match command:
            case Release(_, pulse_s):
                seconds = max(1, ceil(pulse_s))
                return frame(_TIMED, mask, seconds >> 8, seconds & 0xFF)
            case Off():
                return frame(_OFF, mask)
            case Query(About.CHECK):
                return frame(_JUMPER)
            case Query():
                return frame(_ASK)
        return b""

    def decoder(self) -> Decoder:
        return Packets(self.channel)


class Packets(Framed):
    """The packets that the board sends, asked or not."""

    def __init__(self, channel: int) -> None:
        super().__init__()
        self._bit = 1 << (channel - 1)
        self._pressed = 0

    def _whole(self) -> int:
        if self._rest[0] != _STX:
            return self.NONE
        if len(self._rest) < _FRAME:
            return self.WAIT
        return _FRAME if bytes(self._rest) == frame(*self._rest[1:5]) else self.NONE

    def _meaning(self, frame: bytes) -> list[Event]:
        _, command, _, first, second, *_ = frame
        if command == _STATUS:
            return [RelayIs(bool(first & self._bit))]
        if command == _BUTTON:
            self._pressed = (self._pressed | first) & ~second
            return [InputsAre(self._pressed)]
        if command == _JUMPER:
            return [Checked("" if first else NO_JUMPER)]
        return []
