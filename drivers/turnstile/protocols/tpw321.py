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
    capabilities = Capabilities(
        acknowledges=True, reports_passage=True, hardware_pulse=False, reads_back=False, inputs=False
    )
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


class Counters(Decoder):
    """Done, not done, and passages: a counter that is higher than it was."""

    def __init__(self) -> None:
        self._rest = bytearray()
        self._counts: dict[Way, int] = {}

    @property
    def held(self) -> int:
        return len(self._rest)

    def feed(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for byte in data:
            self._rest.append(byte)
            while self._rest and not self._waits():
                length = self._rest[2] + 4 if len(self._rest) > 2 else 0
                if length and len(self._rest) >= length and self._rest[length - 1] == _ETX:
                    events += self._meaning(self._rest[1], bytes(self._rest[3 : length - 1]))
                    del self._rest[:length]
                else:
                    del self._rest[0]
                    self.skipped += 1
        return events

    def _waits(self) -> bool:
        """Whether what is there may be the start of a frame that the device sends."""
        rest = self._rest
        if rest[0] != _STX or (len(rest) > 1 and rest[1] not in _LENGTHS):
            return False
        if len(rest) < 3:
            return True
        return rest[2] in _LENGTHS[rest[1]] and len(rest) < rest[2] + 4

    def _meaning(self, command: int, data: bytes) -> list[Event]:
        if command in (_DONE, _NOT_DONE):
            return [Acknowledged() if command == _DONE else Rejected()]
        if not data.isdigit():
            self.skipped += len(data)
            return []
        way, count = _COUNTS[command], int(data)
        new = count - self._counts.get(way, count)
        self._counts[way] = count
        return [Passed(way, new), Counted()] if 1 <= new <= _AT_ONCE else [Counted()]
