"""Wiren Board relay modules (WB-MR, WB-MRPS...): the module lets go by itself when nobody speaks to it.

Coils and discrete inputs count from 0. Holding register 8 is the safe mode's time-out in seconds, register 6
says whether relays come back on after a power cut. Both are written after every open and the first is read
back: the module does not serve before it says one second.
"""

from __future__ import annotations

from drivers.turnstile.port import Capabilities
from drivers.turnstile.protocols.codec import About, Checked, Command, Prepare, Query
from drivers.turnstile.protocols.modbus import READ_HOLDING, WRITE_REGISTER, CoilBoard, Meaning

_AFTER_POWER_CUT, _SAFE_MODE = 6, 8
_SAFE_AFTER_S = 1
NO_SAFE_MODE = "The gate's module keeps no safe mode: write 1 into its register 8, or update its firmware."


class WirenBoard(CoilBoard):
    """One relay of the module. The pulse is timed here; the module ends it within a second of silence."""

    name = "wirenboard"
    channels = 16
    units = range(1, 248)
    capabilities = Capabilities(reads_back=True, keeps_max_on=True)

    @property
    def checks(self) -> tuple[About, ...]:
        return (About.CHECK,)

    @property
    def preparations(self) -> int:
        return 2

    def encode(self, command: Command) -> bytes:
        match command:
            case Prepare(0):
                return self.frame(WRITE_REGISTER, _SAFE_MODE, _SAFE_AFTER_S)
            case Prepare():
                return self.frame(WRITE_REGISTER, _AFTER_POWER_CUT, 0)
            case Query(About.CHECK):
                return self.frame(READ_HOLDING, _SAFE_MODE, 1)
        return super().encode(command)

    def meanings(self) -> dict[int, Meaning]:
        safe = _SAFE_AFTER_S.to_bytes(2, "big")
        return {
            **super().meanings(),
            READ_HOLDING: lambda data: [Checked("" if data == safe else NO_SAFE_MODE)],
        }
