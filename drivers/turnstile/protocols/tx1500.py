"""Digicon Tx1500 turnstile controller: acknowledges commands and reports each passage (manual, section 7.5).

Frame: `02 size-low size-high command... BCC`; the size counts the command bytes and the BCC, which is the XOR
of all bytes before it; 115200 baud, 8N1. The manual's two tables disagree on which direction `48` frees: here
forward is `48` with passage `1A` (RET1), and commissioning finds out which way that is.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from drivers.turnstile.port import Capabilities, Way
from drivers.turnstile.protocols.codec import (
    Acknowledged,
    Command,
    Event,
    Passed,
    Protocol,
    Query,
    Rejected,
    Release,
)
from drivers.turnstile.protocols.framing import Framed

STX = 0x02
RELEASE = {Way.FORWARD: 0x48, Way.BACKWARD: 0x41}
CONTROL = 0x43
"""Back to controlling: ends whatever was released. This is the device's OFF."""

ANSWERS: dict[int, Event] = {
    0x06: Acknowledged(),
    0x15: Rejected(),
    0x1A: Passed(Way.FORWARD),
    0x1B: Passed(Way.BACKWARD),
}
_FRAME = 5


def frame(command: int) -> bytes:
    """A whole frame around one command byte."""
    head = bytes((STX, 2, 0, command))
    return head + bytes((reduce(xor, head),))


class Tx1500(Protocol):
    """Release of exactly one passage, and back to control. The free and programming commands are left out."""

    name = "tx1500"
    baud = 115200
    capabilities = Capabilities(acknowledges=True, reports_passage=True, hardware_pulse=True)
    min_gap_s = 0.05
    answer_s = 0.5
    withdrawn_by_off = True
    both_ways = True

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Query):
            return b""
        return frame(RELEASE[command.way] if isinstance(command, Release) else CONTROL)

    def decoder(self) -> Tx1500Decoder:
        return Tx1500Decoder()


class Tx1500Decoder(Framed):
    """Looks for the four frames that the device sends; an echo of our own commands is no event."""

    def _whole(self) -> int:
        if len(self._rest) < _FRAME:
            return self.WAIT
        code = self._rest[3]
        return _FRAME if code in ANSWERS and bytes(self._rest) == frame(code) else self.NONE

    def _meaning(self, frame: bytes) -> list[Event]:
        return [ANSWERS[frame[3]]]
