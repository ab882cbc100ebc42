"""LC-Technology LC-Modbus boards: address 255 from the factory, functions 05, 01 and 02.

The board has a timed pulse of its own, but its makers' tables disagree whether mode 2 or mode 4 ends with
the relay off: the wrong one would hold the gate open, so neither is here and the pulse is timed by the kiosk.
"""

from __future__ import annotations

from drivers.turnstile.protocols.modbus import CoilBoard


class LcTech(CoilBoard):
    """One relay of the board."""

    name = "lctech"
    unit = 255
