"""The one kind of sound file that is played: WAV, mono, 16 bit, 48,000 samples a second (speech: 16,000)."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

RATE = 48_000
SPEECH_RATE = 16_000
"""Enough for a voice at a third of the size: the many sentences of spoken guidance are kept so."""
LONGEST_S = 20


class SoundFileUnusable(Exception):
    """A sound file that is not there, damaged or of another kind. `str()` is one line."""


def load_wav(file: Path) -> bytes:
    """The samples of one file. Raises `SoundFileUnusable`."""
    try:
        with wave.open(str(file), "rb") as sound:
            kind, rate = (sound.getnchannels(), sound.getsampwidth()), sound.getframerate()
            if kind != (1, 2) or rate not in (RATE, SPEECH_RATE):
                raise SoundFileUnusable(f"{file}: not mono, 16 bit, {RATE} Hz")
            if sound.getnframes() > LONGEST_S * rate:
                raise SoundFileUnusable(f"{file}: longer than {LONGEST_S} s")
            samples = sound.readframes(sound.getnframes())
            return samples if rate == RATE else _at_full_rate(samples)
    except (OSError, EOFError, wave.Error) as error:
        raise SoundFileUnusable(f"{file}: missing or damaged") from error


def _at_full_rate(samples: bytes) -> bytes:
    """Speech at 48,000 samples a second, by straight lines."""
    values = np.frombuffer(samples, dtype="<i2").astype(np.float64)
    at = np.arange(len(values) * (RATE // SPEECH_RATE)) * (SPEECH_RATE / RATE)
    return bytes(np.round(np.interp(at, np.arange(len(values)), values)).astype("<i2").tobytes())
