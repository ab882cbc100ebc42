"""Shows and plays what goes with each verdict, one after the other, for whoever stands before the lane."""

from __future__ import annotations

import threading
from collections.abc import Callable

from drivers.signals.light import Lamp, Light
from drivers.signals.port import Health, Prompt, Signals, Tone

SCENES: tuple[tuple[str, Tone | None, Light, Prompt | None], ...] = (
    ("a code was read", Tone.READ, Light.DARK, None),
    ("not a health code", Tone.AGAIN, Light.DARK, Prompt.NOT_A_CODE),
    ("one more code", Tone.READ, Light.DARK, Prompt.ONE_MORE_CODE),
    ("please pass", Tone.GO, Light.GO, Prompt.GO),
    ("an officer comes", Tone.ATTENTION, Light.ATTENTION, Prompt.OFFICER_COMES),
    ("please stop", Tone.STOP, Light.STOP, Prompt.PLEASE_STOP),
    ("go to the desk", Tone.ATTENTION, Light.ATTENTION, Prompt.GO_TO_DESK),
    ("the gate did not open", Tone.ATTENTION, Light.ATTENTION, Prompt.GATE_STUCK),
    ("lane closed", None, Light.CLOSED, None),
    ("leave", None, Light.LEAVE, Prompt.LEAVE_NOW),
)
SCENE_S = 5.0
_PAUSE = threading.Event()


def rehearse(
    sound: Signals,
    lamp: Lamp,
    language: str,
    tell: Callable[[str], None],
    wait: Callable[[float], object] = _PAUSE.wait,
) -> tuple[Health, Health]:
    """Plays every scene; returns how both devices are at the end."""
    sound.start()
    lamp.start()
    try:
        for name, tone, light, prompt in SCENES:
            tell(name)
            lamp.show(light)
            if tone is not None:
                sound.play(tone)
            if prompt is not None:
                sound.say(prompt, language)
            wait(SCENE_S)
        return sound.health(), lamp.health()
    finally:
        sound.stop()
        lamp.stop()
