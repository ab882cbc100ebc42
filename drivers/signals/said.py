"""Sentences of the screen as sound files: found by what they say, read when they are wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from drivers.signals.wav import SoundFileUnusable, load_wav

FOLDER = "screen"


def file_name(text: str) -> str:
    """The file of a sentence: another sentence is another file, so that nothing outdated is ever read."""
    return f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"


class Said:
    """`<folder>/<language>/screen/<file_name>`; of several folders the first with a usable file is heard."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = tuple(folders)

    def anything(self, languages: Sequence[str]) -> bool:
        """Whether the lane can read in each of these languages."""
        return all(
            any((folder / language / FOLDER).is_dir() for folder in self._folders) for language in languages
        )

    def samples(self, language: str, text: str) -> bytes | None:
        """Mono, 16 bit, 48 kHz; None: nobody said it. Reads a file of some 100 KB."""
        for folder in self._folders:
            file = folder / language / FOLDER / file_name(text)
            if file.exists():
                try:
                    return load_wav(file)
                except SoundFileUnusable:
                    continue
        return None


NOTHING_SAID = Said()
"""A lane that reads nothing aloud."""
