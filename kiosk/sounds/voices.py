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
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from drivers.signals.port import Prompt
from drivers.signals.said import FOLDER, file_name
from drivers.signals.wav import RATE, SPEECH_RATE
from kiosk.i18n.texts import TranslationsMissing
from kiosk.sounds.guidance import sentences
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


def speak(text: str, voice: str, program: str = ESPEAK, rate_wanted: int = RATE) -> npt.NDArray[np.int16]:
    """A text in a machine's voice: mono, silence at the ends cut off. Raises `CannotSpeak`."""
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
    return levelled(resampled(np.frombuffer(frames, dtype="<i2"), rate, rate_wanted))


def resampled(samples: npt.NDArray[np.int16], rate: int, to: int = RATE) -> npt.NDArray[np.float64]:
    """The same sound at another number of samples a second, by straight lines: enough for a voice."""
    count = round(len(samples) * to / rate)
    at = np.arange(count) * (rate / to)
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
            made.append(_put(samples, RATE, folder / f"{prompt}.wav"))
    return made


def build_guidance(out: Path = BUILT, program: str = ESPEAK) -> list[Path]:
    """Writes `<language>/screen/*.wav` for every sentence of the screens, and `index.txt` that names them.

    Raises `CannotSpeak`, `TranslationsMissing`.
    """
    made = []
    for language, (voice, _) in SPOKEN_BY.items():
        folder = out / language / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        spoken = sentences(language)
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as several:
            voiced = several.map(partial(_speech, voice, program), spoken.values())
            for text, samples in zip(spoken, voiced, strict=True):
                made.append(_put(samples, SPEECH_RATE, folder / file_name(text)))
        for outdated in set(folder.glob("*.wav")) - set(made):
            outdated.unlink()
        index = "".join(f"{file_name(text)}  {text}\n" for text in spoken)
        (folder / "index.txt").write_text(index, encoding="utf-8")
    return made


def _speech(voice: str, program: str, text: str) -> npt.NDArray[np.int16]:
    return speak(text, voice, program, SPEECH_RATE)


def _put(samples: npt.NDArray[np.int16], rate: int, target: Path) -> Path:
    half = target.with_suffix(f".{os.getpid()}.part")
    with wave.open(str(half), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(samples.tobytes())
    half.replace(target)
    return target


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.sounds.voices", description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILT, help="folder for the WAV files")
    out = parser.parse_args(arguments).out
    if shutil.which(ESPEAK) is None:
        sys.stderr.write(f"no {ESPEAK} here, so nothing is spoken: the lane goes on with tones\n")
        return 0
    try:
        made = [*build(out), *build_guidance(out)]
        sys.stdout.write(f"{len(made)} placeholders in {out}: have people record them (docs/signals.md)\n")
    except (CannotSpeak, TranslationsMissing, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
