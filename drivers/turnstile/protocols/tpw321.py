"""TPW-321ASP swing gate controller: `02 command length data 04`, no check (manual, appendix C).

It has no command for one passage. Its entry is set free (`14`, first digit 1) and set back to controlled
(digit 0) as soon as its counter has moved, at the latest when the window ends: the gate is held open by a
level, and only the kiosk ends it. `44` says done, `F4` not done; `28` asks for a counter. Better wire its
card input to a relay.
"""

from __future__ import annotations

from drivers.turnstile.port import Capabilities, Way
from drivers.turnstile.protocols.codec import (
    About,
    Acknowledged,
    Command,
    Counted,
    Decoder,
    Event,
    Off,
    Passed,
    Protocol,
    Query,
    Rejected,
    Release,
)
from drivers.turnstile.protocols.framing import Framed

_STX, _ETX = 0x02, 0x04
_MODES, _COUNTER, _DONE, _NOT_DONE = 0x14, 0x28, 0x44, 0xF4
_COUNTS = {0x21: Way.FORWARD, 0x22: Way.BACKWARD}
_LONGEST_DATA = 10
_AT_ONCE = 2
"""A counter that moved by more than this between two questions was reset or misread."""
_LENGTHS = {_DONE: range(1), _NOT_DONE: range(1), 0x21: range(1, 11), 0x22: range(1, 11)}


def frame(command: int, data: bytes = b"") -> bytes:
    """A whole frame."""
    return bytes((_STX, command, len(data))) + data + bytes((_ETX,))


class Tpw321(Protocol):
    """Entry (forward) or exit (backward) free until somebody passed. The test modes are left out."""

    name = "tpw321"
    baud = 9600
    capabilities = Capabilities(acknowledges=True, reports_passage=True)
    min_gap_s = 0.1
    answer_s = 0.5
    withdrawn_by_off = True
    both_ways = True
    poll_s = 0.5
    hasty_poll_s = 0.1

    @property
    def questions(self) -> tuple[About, ...]:
        return (About.RELAY, About.INPUTS)

    def encode(self, command: Command) -> bytes:
        match command:
            case Release(way, _):
                return frame(_MODES, b"10" if way is Way.FORWARD else b"01")
            case Off():
                return frame(_MODES, b"00")
            case Query(About.RELAY):
                return frame(_COUNTER, b"0")
            case Query(About.INPUTS):
                return frame(_COUNTER, b"1")
        return b""

    def decoder(self) -> Decoder:
        return Counters()


class Counters(Framed):
    """Done, not done, and passages: a counter that is higher than it was."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[Way, int] = {}

    def _whole(self) -> int:
        rest = self._rest
        if rest[0] != _STX or (len(rest) > 1 and rest[1] not in _LENGTHS):
            return self.NONE
        if len(rest) < 3:
            return self.WAIT
        if rest[2] not in _LENGTHS[rest[1]]:
            return self.NONE
        length = rest[2] + 4
        if len(rest) < length:
            return self.WAIT
        return length if rest[length - 1] == _ETX else self.NONE

    def _meaning(self, frame: bytes) -> list[Event]:
        command, data = frame[1], frame[3:-1]
        if command in (_DONE, _NOT_DONE):
            return [Acknowledged() if command == _DONE else Rejected()]
        if not data.isdigit():
            self.skipped += len(data)
            return []
        way, count = _COUNTS[command], int(data)
        new = count - self._counts.get(way, count)
        self._counts[way] = count
        return [Passed(way, new), Counted()] if 1 <= new <= _AT_ONCE else [Counted()]
