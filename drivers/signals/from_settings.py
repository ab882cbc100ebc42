"""The lamp of the settings file."""

from __future__ import annotations

from config.settings import Lamp as LampSettings
from drivers.signals.busylight import Busylight
from drivers.signals.light import Lamp, NoLamp
from drivers.signals.owned_lamp import OwnedLamp
from drivers.signals.tower_lamp import TowerLamp


def lamp_for(settings: LampSettings) -> Lamp:
    """The lamp of this lane, not started yet."""
    match settings.kind:
        case "adafruit":
            return TowerLamp(str(settings.path))
        case "busylight":
            return OwnedLamp(Busylight())
        case _:
            return NoLamp()
