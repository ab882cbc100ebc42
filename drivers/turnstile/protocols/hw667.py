"""HW-667 (also sold as "E-3"): one relay, one byte for each command, 9600 baud, no answer to anything.

`AA` on, `BB` off, `CC` on for one second by the board's own clock. Some shops print this protocol and that of
LCUS on one page: which of the two a board speaks is found out on a bench, never by asking it.
"""

from __future__ import annotations

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import Command, Decoder, Event, Off, Protocol, Release

_OFF, _ONE_SECOND = b"\xbb", b"\xcc"


class Hw667(Protocol):
    """The one-second jog, cut short by OFF when the pulse is over. `AA` is left out: it has no end."""

    name = "hw667"
    baud = 9600
    steps_s = 1.0
    capabilities = Capabilities(hardware_pulse=True, keeps_max_on=True)
    min_gap_s = 0.1
    answer_s = 0.5

    def encode(self, command: Command) -> bytes:
        if isinstance(command, Release):
            return _ONE_SECOND
        return _OFF if isinstance(command, Off) else b""

    def decoder(self) -> Decoder:
        return Deaf()


class Deaf(Decoder):
    """For boards that never say anything: whatever comes is no event."""

    @property
    def held(self) -> int:
        return 0

    def feed(self, data: bytes) -> list[Event]:
        self.skipped += len(data)
        return []
