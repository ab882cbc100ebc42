"""Lamps on USB that sit on desks (Luxafor, blink(1), Blynclight, Kuando and more), through busylight-core."""

from __future__ import annotations

from typing import Any

from drivers.signals.owned_lamp import LampDevice, LampMissing
from drivers.signals.tower import Part

Colour = tuple[int, int, int]
DARK: Colour = (0, 0, 0)
COLOURS: dict[Part, Colour] = {Part.RED: (255, 0, 0), Part.YELLOW: (255, 140, 0), Part.GREEN: (0, 255, 0)}
"""Red, green and blue, 0 to 255. No rhythm lights two parts at once, and no such lamp buzzes."""

NONE = "There is no USB lamp: plug it in, or set lamp.kind; the lane goes on."
REFUSED = "The USB lamp {name} may not be used: docs/signals.md says how it may; the lane goes on."
GONE = "The USB lamp {name} went away: check its cable; the lane goes on."
NO_LIBRARY = "USB lamps need busylight-core, which cannot be loaded: reinstall the kiosk; the lane goes on."


class Busylight(LampDevice):
    """The first lamp found. Only HID devices are looked at.

    The library's own search looks at serial ports too, and one of those may be a gate's.
    """

    def __init__(self) -> None:
        self._light: Any = None
        self._name = ""
        self._failures: tuple[type[Exception], ...] = (OSError, ValueError)

    def open(self) -> None:
        try:
            import busylight_core
            from busylight_core import exceptions
            from busylight_core.hardware import ConnectionType
            from loguru import logger
        except (ImportError, OSError) as error:
            raise LampMissing(NO_LIBRARY) from error
        logger.disable("busylight_core")
        self._failures = (
            OSError,
            ValueError,
            exceptions.LightUnavailableError,
            exceptions.HardwareUnsupportedError,
            exceptions.HardwareAlreadyOpenError,
            exceptions.HardwareNotOpenError,
        )
        for hardware in busylight_core.Hardware.enumerate(ConnectionType.HID):
            for kind in busylight_core.Light.subclasses():
                if _fits(kind, hardware):
                    self._claim(kind, hardware)
                    return
        raise LampMissing(NONE)

    def light(self, lit: Part) -> None:
        colour = next((colour for part, colour in COLOURS.items() if part in lit), DARK)
        try:
            self._light.on(colour)
            # Some kinds keep themselves alive on a thread of the library's: this one says it often enough.
            self._light.cancel_tasks()
        except self._failures as error:
            raise LampMissing(GONE.format(name=self._name)) from error

    def close(self) -> None:
        light, self._light = self._light, None
        if light is None:
            return
        try:
            light.release()
        except self._failures:
            return

    def _claim(self, kind: Any, hardware: Any) -> None:
        self._name = str(kind.__name__)
        try:
            self._light = kind(hardware)
            self._light.cancel_tasks()
        except self._failures as error:
            raise LampMissing(REFUSED.format(name=self._name)) from error


def _fits(kind: Any, hardware: Any) -> bool:
    """A device whose name may not be read has none, and some kinds look at it."""
    try:
        return bool(kind.claims(hardware))
    except AttributeError:
        return False
