"""An emulated scanner on a pseudo-terminal: it scans what it is told to, well or badly."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from drivers.pseudo_terminal import PseudoTerminal

CHUNK = 64
"""Bytes of one USB packet: how a scanner's data really arrives."""


@dataclass(frozen=True, slots=True)
class ScannerFaults:
    """Nothing is wrong by default."""

    split: bool = False
    """Every code comes byte by byte, 5 ms apart."""
    no_suffix: bool = False
    """A configuration barcode switched the suffix off."""
    noise: bool = False
    """Rubbish before every code."""
    symbology: bool = False
    """An AIM identifier before every code."""
    repeats: bool = False
    """Every code is sent ten times."""

    @staticmethod
    def named(text: str) -> ScannerFaults:
        """`split,noise`: names with commas between. Raises `ValueError`."""
        known = ScannerFaults.__dataclass_fields__
        chosen = [name.strip() for name in text.split(",") if name.strip()]
        if strange := [name for name in chosen if name not in known]:
            raise ValueError(f"{strange[0]}: one of {', '.join(known)}")
        return ScannerFaults(**dict.fromkeys(chosen, True))


class EmulatedScanner(PseudoTerminal):
    """USB-CDC. Use it as a context, then `scan`."""

    def __init__(self, link: Path, suffix: bytes = b"\r", faults: ScannerFaults | None = None) -> None:
        super().__init__(link)
        self.suffix = suffix
        self.faults = faults or ScannerFaults()

    def scan(self, content: bytes) -> bool:
        """Somebody holds a code before it. False when nobody listened."""
        faults = self.faults
        before = (b"\x00\xfe?" if faults.noise else b"") + (b"]Q1" if faults.symbology else b"")
        sent = before + content + (b"" if faults.no_suffix else self.suffix)
        size = 1 if faults.split else CHUNK
        pause = threading.Event()
        for _ in range(10 if faults.repeats else 1):
            for at in range(0, len(sent), size):
                if not self.give(sent[at : at + size]):
                    return False
                if faults.split:
                    pause.wait(0.005)
        return True

    def flood(self, size: int = 400_000) -> bool:
        """It sends rubbish without end, or as much as anybody takes."""
        return self.give(bytes(range(32, 127)) * (size // 95 + 1))
