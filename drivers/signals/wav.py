"""The one kind of sound file that is played: WAV, mono, 16 bit, 48,000 samples a second."""

from __future__ import annotations

import wave
from pathlib import Path

RATE = 48_000
LONGEST_S = 20


class SoundFileUnusable(Exception):
    """A sound file that is not there, damaged or of another kind. `str()` is one line."""


def load_wav(file: Path) -> bytes:
    """The samples of one file. Raises `SoundFileUnusable`."""
    try:
        with wave.open(str(file), "rb") as sound:
            if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, RATE):
                raise SoundFileUnusable(f"{file}: not mono, 16 bit, {RATE} Hz")
            if sound.getnframes() > LONGEST_S * RATE:
                raise SoundFileUnusable(f"{file}: longer than {LONGEST_S} s")
            return sound.readframes(sound.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise SoundFileUnusable(f"{file}: missing or damaged") from error
