"""A Tx1500 controller: confirms commands, releases one passage, reports who goes through.

The manual does not say how long a release stands without a passage; here it is ten seconds, longer than any
passage window, so that only the kiosk's own OFF can be what ended it earlier.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person

_OWN_LIMIT_S = 10.0
_ACK, _NAK = 0x06, 0x15
_PASSED = {0x48: 0x1A, 0x41: 0x1B}


def _framed(*body: int) -> bytes:
    head = bytes((0x02, len(body) + 1, 0x00, *body))
    return head + bytes((reduce(xor, head),))


class Tx1500Firmware(Firmware):
    """`record` is the release: on from the command until a passage, back-to-control or its own limit."""

    name = "tx1500"
    baud = 115200

    def __init__(self, faults: Faults | None = None, person: Person | None = None) -> None:
        super().__init__(faults, person)
        self._way = 0x48
        self._until = 0.0

    def _command(self) -> int:
        if self._rest[0] != 0x02:
            return -1
        if len(self._rest) < 3:
            return 0
        size = self._rest[1] | self._rest[2] << 8
        if not 2 <= size <= 4:
            return -1
        if len(self._rest) < 3 + size:
            return 0
        return 3 + size if reduce(xor, self._rest[: 3 + size]) == 0 else -1

    def _obey(self, frame: bytes, now: float) -> None:
        command = frame[3]
        if command == 0x43:
            self._switch(False, now)
        elif command in _PASSED and len(frame) == 5 and not self.faults.nak:
            self._way = command
            self._switch(True, now)
            self._until = now + _OWN_LIMIT_S
            self._somebody_comes(now)
        else:
            self._answer(_framed(_NAK), now, confirmation=True)
            return
        self._answer(_framed(_ACK), now, confirmation=True)

    def _is_open(self, _at: float) -> bool:
        return self.on

    def _walks(self, at: float) -> None:
        self._switch(False, at)
        self._answer(_framed(_PASSED[self._way]), at)

    def _release_ends(self) -> float | None:
        return self._until if self.on and not self.faults.stuck_relay else None
