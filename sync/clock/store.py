"""The file the clock remembers in: whole after a power cut, and damaged never the same as "no floor"."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sync.clock.memory import Memory, MemoryDamaged, decode, encode
from sync.signing import write_private

FILE = "clock.json"
DAMAGED = "clock.damaged"
LARGEST = 4096


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the file gave. Neither memory nor damage: there is no file."""

    memory: Memory | None
    damage: str = ""
    """Why it can't be used, one sentence without its full stop; empty: it can, or there is none."""


class ClockStore:
    """`clock.json` in the journal's folder."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / FILE
        self._aside = folder / DAMAGED
        self._damaged = False

    def load(self) -> Remembered:
        """Reads it. Never raises."""
        try:
            with self.file.open("rb") as opened:
                data = opened.read(LARGEST + 1)
            return Remembered(decode(data))
        except FileNotFoundError:
            return Remembered(None)
        except OSError as error:
            self._damaged = True
            return Remembered(None, f"{self.file} can't be read ({error.strerror})")
        except MemoryDamaged as error:
            self._damaged = True
            return Remembered(None, f"{self.file} is damaged: {error}")

    def save(self, memory: Memory) -> None:
        """Writes it, flushed when this returns. A damaged file is kept as `clock.damaged`. Raises OSError."""
        if self._damaged:
            with suppress(FileNotFoundError):
                self.file.replace(self._aside)
            self._damaged = False
        write_private(self.file, encode(memory))
