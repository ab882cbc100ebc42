"""A TPW-321ASP controller: modes of entry and exit, and counters."""

from __future__ import annotations

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.person import Person

_LONGEST_DATA = 10


def _frame(command: int, data: bytes = b"") -> bytes:
    return bytes((0x02, command, len(data))) + data + b"\x04"


class Tpw321Firmware(Firmware):
    """`record` is the free mode: nothing but another mode ends it."""

    name = "tpw321"
    baud = 9600

    def __init__(self, faults: Faults | None = None, person: Person | None = None) -> None:
        super().__init__(faults, person)
        self._way = 0
        self._counts = [117, 4]

    def _command(self) -> int:
        if self._rest[0] != 0x02:
            return -1
        if len(self._rest) < 3:
            return 0
        length = self._rest[2] + 4
        if self._rest[2] > _LONGEST_DATA:
            return -1
        if len(self._rest) < length:
            return 0
        return length if self._rest[length - 1] == 0x04 else -1

    def _obey(self, frame: bytes, now: float) -> None:
        command, data = frame[1], frame[3:-1]
        if command == 0x28 and data in (b"0", b"1"):
            which = int(data)
            self._answer(_frame(0x21 + which, str(self._counts[which]).encode()), now)
            return
        done = command == 0x14 and len(data) == 2 and data.isdigit()
        free = done and b"1" in data
        if not done or (free and self.faults.nak):
            self._answer(_frame(0xF4), now, confirmation=True)
            return
        edge = free and not self.on
        self._way = data.find(b"1") if free else self._way
        self._switch(free, now)
        if edge:
            self._somebody_comes(now)
        self._answer(_frame(0x44), now, confirmation=True)

    def _is_open(self, _at: float) -> bool:
        return self.on

    def _walks(self, at: float) -> None:  # noqa: ARG002
        self._counts[self._way] += 1
