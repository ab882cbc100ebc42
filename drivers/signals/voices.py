"""The spoken prompts that are there: recordings first, else the machine's voice, else nothing is spoken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drivers.signals.port import Prompt
from drivers.signals.wav import SoundFileUnusable, load_wav


class Voices:
    """`<folder>/<language>/<prompt>.wav`; of several folders the first that has a usable file is heard."""

    def __init__(self, folders: Sequence[Path] = (), languages: Sequence[str] = ()) -> None:
        self._samples: dict[tuple[Prompt, str], bytes] = {}
        self.missing: list[str] = []
        """Prompts that are in no folder, as `language/prompt`."""
        self.unusable: list[str] = []
        """Files that are there and cannot be played, one line each."""
        for language in languages:
            for prompt in Prompt:
                self._find(prompt, language, folders)

    def samples(self, prompt: Prompt, language: str) -> bytes | None:
        """Mono, 16 bit, 48 kHz; None: there is none."""
        return self._samples.get((prompt, language))

    def advice(self) -> str:
        """One sentence that says what to do about what is missing; empty: nothing is."""
        if self.unusable:
            return (
                f"A spoken prompt cannot be played ({self.unusable[0]}): record it again as the guide says."
            )
        if self.missing:
            return (
                f"{len(self.missing)} spoken prompts are missing, as {self.missing[0]}: run `make voices` "
                "or put recordings there; tones and screens go on."
            )
        return ""

    def _find(self, prompt: Prompt, language: str, folders: Sequence[Path]) -> None:
        for folder in folders:
            file = folder / language / f"{prompt}.wav"
            if not file.exists():
                continue
            try:
                self._samples[prompt, language] = load_wav(file)
            except SoundFileUnusable as error:
                self.unusable.append(str(error))
                continue
            return
        self.missing.append(f"{language}/{prompt}")


NO_VOICES = Voices()
"""Nothing is spoken."""
