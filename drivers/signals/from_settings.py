"""The lamp of the settings file."""

from __future__ import annotations

from config.settings import Lamp as LampSettings
from drivers.signals.light import Lamp, NoLamp
from drivers.signals.tower_lamp import TowerLamp


def lamp_for(settings: LampSettings) -> Lamp:
    """The lamp of this lane, not started yet."""
    return TowerLamp(str(settings.path)) if settings.kind == "adafruit" else NoLamp()
