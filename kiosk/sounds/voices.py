"""Makes the spoken prompts: `python -m kiosk.sounds.voices [--out build/voices]`. Texts in, WAV files out.

They are PLACEHOLDERS by espeak-ng, so that every lane can speak from its first day; recordings replace them
(docs/signals.md). Nothing is made, and nothing fails, where espeak-ng is not installed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drivers.signals.port import Prompt
from drivers.signals.wav import RATE
from kiosk.sounds.prompts import PINYIN, prompts

BUILT = Path(__file__).parents[2] / "build" / "voices"
ESPEAK = "espeak-ng"
SPOKEN_BY = {
    "zh_HK": ("yue", "zh_HK"),
    "zh_CN": ("cmn-latn-pinyin", PINYIN),
    "en": ("en-gb", "en"),
    "pt": ("pt", "pt"),
}
"""The voice of each language, and the column of the table that it reads."""
WORDS_A_MINUTE = 150
PEAK = 0.7
QUIET = 0.01
"""Of the full scale: softer than this at the ends is cut off."""


class CannotSpeak(Exception):
    """espeak-ng failed. `str()` is one line."""


def speak(text: str, voice: str, program: str = ESPEAK) -> npt.NDArray[np.int16]:
    """A text in a machine's voice: mono, 48 kHz, silence at the ends cut off. Raises `CannotSpeak`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spoken.wav"
        asked = [program, "-v", voice, "-s", str(WORDS_A_MINUTE), "-w", str(file), "--", text]
        try:
            done = subprocess.run(asked, capture_output=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotSpeak(f"{program} does not work: {error}") from error
        if done.returncode or not file.exists():
            why = done.stderr.decode(errors="replace").strip().splitlines()[:1]
            raise CannotSpeak(f"{program} cannot speak {voice}: {''.join(why) or done.returncode}")
        with wave.open(str(file), "rb") as sound:
            rate, frames = sound.getframerate(), sound.readframes(sound.getnframes())
    return levelled(resampled(np.frombuffer(frames, dtype="<i2"), rate))


def resampled(samples: npt.NDArray[np.int16], rate: int) -> npt.NDArray[np.float64]:
    """The same sound at 48,000 samples a second, by straight lines: enough for a voice."""
    count = round(len(samples) * RATE / rate)
    at = np.arange(count) * (rate / RATE)
    heard: npt.NDArray[np.float64] = np.interp(at, np.arange(len(samples)), samples.astype(np.float64))
    return heard


def levelled(samples: npt.NDArray[np.float64]) -> npt.NDArray[np.int16]:
    """As loud as every other prompt, without silence at its ends. Raises `CannotSpeak` for silence."""
    loudest = float(np.max(np.abs(samples), initial=0.0))
    heard = np.flatnonzero(np.abs(samples) > QUIET * 32767)
    if not len(heard):
        raise CannotSpeak("the machine's voice said nothing")
    scaled = samples[heard[0] : heard[-1] + 1] * (PEAK * 32767 / loudest)
    return np.round(scaled).astype("<i2")


def build(out: Path = BUILT, program: str = ESPEAK) -> list[Path]:
    """Writes `<language>/<prompt>.wav` for every prompt, each put there whole. Raises `CannotSpeak`."""
    made = []
    for language, (voice, column) in SPOKEN_BY.items():
        folder = out / language
        folder.mkdir(parents=True, exist_ok=True)
        for prompt in Prompt:
            samples = speak(prompts()[prompt][column], voice, program)
            target = folder / f"{prompt}.wav"
            half = target.with_suffix(f".{os.getpid()}.part")
            with wave.open(str(half), "wb") as sound:
                sound.setparams((1, 2, RATE, 0, "NONE", ""))
                sound.writeframes(samples.tobytes())
            half.replace(target)
            made.append(target)
    return made


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.sounds.voices", description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILT, help="folder for the WAV files")
    out = parser.parse_args(arguments).out
    if shutil.which(ESPEAK) is None:
        sys.stderr.write(f"no {ESPEAK} here, so nothing is spoken: the lane goes on with tones\n")
        return 0
    try:
        made = build(out)
        sys.stdout.write(f"{len(made)} placeholders in {out}: have people record them (docs/signals.md)\n")
    except (CannotSpeak, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
