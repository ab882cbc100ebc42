"""Checks of sound, spoken prompts, lamp, printer and display."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from pathlib import Path

from config.settings import Settings
from drivers.printer.from_settings import wire_of
from drivers.printer.owner import looked_at
from drivers.signals.from_settings import lamp_for
from drivers.signals.light import NoLamp
from drivers.signals.loudspeaker import MiniaudioLoudspeaker, SoundMissing
from drivers.signals.sound import SoundSignals, TonesMissing
from drivers.signals.voices import Voices
from kiosk.health.finding import Finding, broken, look, well
from kiosk.program import ROOT
from kiosk.theme.fonts import CAPITAL_RATIO
from kiosk.theme.sizes import Sizes, capital_mm

SOUNDS, VOICES = ROOT / "build" / "sounds", ROOT / "build" / "voices"
WAYLAND, X11 = "WAYLAND_DISPLAY", "DISPLAY"


def voices_of(settings: Settings) -> Voices:
    """The spoken prompts of this lane: its recordings first."""
    recordings = settings.sound.recordings
    return Voices([*([recordings] if recordings else []), VOICES], settings.display.languages)


def sound(settings: Settings) -> Sequence[Finding]:
    """Plays a tick."""
    if not settings.sound.enabled:
        return [well("SN", "This lane is silent by its settings.")]
    try:
        device = SoundSignals(SOUNDS, settings.sound.volume)
    except TonesMissing as error:
        return [look("SN", str(error))]
    device.start()
    try:
        health = device.self_test()
    finally:
        device.stop()
    return [well("SN", "A tick was played.") if health.works else look("SN", health.advice)]


def voices(settings: Settings) -> Sequence[Finding]:
    """Whether every prompt is there in every language of the lane."""
    if not settings.sound.enabled or not settings.sound.voice:
        return []
    advice = voices_of(settings).advice()
    return [look("VO", advice) if advice else well("VO", "Every prompt is there in every language.")]


def headphones(settings: Settings) -> Sequence[Finding]:
    """Whether the device that only the traveller hears is there, and the socket's switch can be read."""
    if not settings.sound.enabled or not (settings.sound.headphones or settings.sound.headphones_jack):
        return []
    if settings.sound.headphones:
        try:
            MiniaudioLoudspeaker(settings.sound.headphones).close()
        except SoundMissing as error:
            return [look("HP", f"{error}: check sound.headphones.")]
    jack = settings.sound.headphones_jack
    if jack is not None and not os.access(jack, os.R_OK):
        why = "may not be read" if jack.exists() else "is not there"
        return [look("HP", f"The headphone socket {jack} {why}: check sound.headphones_jack, group input.")]
    return [well("HP", "Headphones are heard of and can be played on.")]


def lamp(settings: Settings) -> Sequence[Finding]:
    """Flashes each colour."""
    device = lamp_for(settings.lamp)
    if isinstance(device, NoLamp):
        return []
    device.start()
    try:
        health = device.self_test()
    finally:
        device.stop()
    return [well("LA", "Each colour was shown.") if health.works else look("LA", health.advice)]


def printer(settings: Settings) -> Sequence[Finding]:
    """Asks it how it is; prints nothing."""
    wire = wire_of(settings.printer)
    if wire is None:
        return []
    wrong, answers = looked_at(wire)
    if wrong:
        return [look("PR", wrong)]
    if not answers:
        return [well("PR", "It is there; it does not say whether it has paper: look.")]
    return [well("PR", "It answers: its cover is closed, and it has paper.")]


def display(settings: Settings) -> Sequence[Finding]:
    """Whether a window could be shown, and read from where travellers stand."""
    where = {name: os.environ.get(name, "") for name in (WAYLAND, X11, "QT_QPA_PLATFORM")}
    if where[WAYLAND]:
        socket = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / where[WAYLAND]
        if not socket.exists():
            return [
                broken(
                    "DP", f"WAYLAND_DISPLAY names {where[WAYLAND]}, which is not there: start the session."
                )
            ]
    named = next((f"{name}={value}" for name, value in where.items() if value), "")
    if not named:
        return [broken("DP", "There is no display: start it in a graphical session, or set DISPLAY.")]
    return [well("DP", f"A window can be shown ({named})."), *letters(settings)]


def letters(settings: Settings) -> Sequence[Finding]:
    """Whether the display has room for letters that can be read from the distance in the settings."""
    shown = settings.display
    sizes = Sizes.for_window(
        shown.width, shown.height, diagonal_mm=shown.diagonal_mm, reading_mm=shown.reading_mm
    )
    has = sizes.smallest * CAPITAL_RATIO * shown.diagonal_mm / math.hypot(shown.width, shown.height)
    needs = capital_mm(shown.reading_mm)
    if has >= needs:
        return []
    far = int(shown.reading_mm * has / needs)
    return [
        look(
            "DP",
            f"The smallest capitals are {has:.1f} mm; to be read from {shown.reading_mm:.0f} mm they need "
            f"{needs:.1f} mm: use a larger display, or let people read from {far} mm (display.reading_mm).",
        )
    ]
