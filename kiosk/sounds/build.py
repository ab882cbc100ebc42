"""Makes the tones: `python -m kiosk.sounds.build [--out build/sounds]`. Notes in, WAV files out.

Each tone is a list of notes. A note is two partials (the pitch and a weaker octave) under a soft edge, so
that a small loudspeaker carries it and nobody is startled. The rhythm alone tells them apart, for who cannot
hear pitch well: a tick, two rising, one long, five short, two falling.
"""

from __future__ import annotations

import argparse
import math
import os
import struct
import wave
from dataclasses import dataclass
from pathlib import Path

from drivers.signals.port import Tone
from drivers.signals.wav import RATE

BUILT = Path(__file__).parents[2] / "build" / "sounds"
EDGE_S = 0.008
PEAK = 0.6


@dataclass(frozen=True, slots=True)
class Note:
    """A pitch in Hz (0: a rest), a length in seconds, a loudness from 0 to 1."""

    hertz: float
    seconds: float
    loudness: float = 1.0


SHORT = (Note(392.0, 0.065), Note(0, 0.045))
SCORES: dict[Tone, tuple[Note, ...]] = {
    Tone.READ: (Note(1318.5, 0.045, 0.5),),
    Tone.GO: (Note(659.3, 0.14), Note(0, 0.02), Note(987.8, 0.26)),
    Tone.ATTENTION: (Note(523.3, 0.5),),
    Tone.STOP: SHORT * 5,
    Tone.AGAIN: (Note(587.3, 0.11, 0.6), Note(0, 0.03), Note(440.0, 0.16, 0.6)),
}


def seconds(tone: Tone) -> float:
    """How long a tone lasts. None is longer than 0.6 s."""
    return sum(note.seconds for note in SCORES[tone])


def samples(tone: Tone) -> bytes:
    """A tone as mono, signed 16 bit, little-endian samples."""
    values = [value for note in SCORES[tone] for value in _note(note)]
    return struct.pack(f"<{len(values)}h", *values)


def build(out: Path = BUILT) -> list[Path]:
    """Writes `<tone>.wav` for every tone, each put in its place whole."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for tone in Tone:
        target = out / f"{tone}.wav"
        half = target.with_suffix(f".{os.getpid()}.part")
        with wave.open(str(half), "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(RATE)
            sound.writeframes(samples(tone))
        half.replace(target)
        made.append(target)
    return made


def _note(note: Note) -> list[int]:
    count = round(note.seconds * RATE)
    values = []
    for at in range(count):
        edge = min(1.0, at / RATE / EDGE_S, (count - at) / RATE / EDGE_S)
        turn = 2 * math.pi * note.hertz * at / RATE
        wave_now = (math.sin(turn) + 0.35 * math.sin(2 * turn)) / 1.35 if note.hertz else 0.0
        values.append(round(32767 * PEAK * note.loudness * edge * wave_now))
    return values


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.sounds.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILT, help="folder for the WAV files")
    build(parser.parse_args(arguments).out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
