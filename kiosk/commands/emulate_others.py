"""The emulated scanner and lamp of `main.py emulate`: lines in are scanned, lights out are told."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

from drivers.pseudo_terminal import PseudoTerminal
from drivers.scanner.emulator import EmulatedScanner, ScannerFaults
from drivers.signals.tower import Part

OTHERS = ("lamp", "scanner")


def run_other(device: str, link: Path | None, faults: ScannerFaults) -> int:
    """Until the input ends (scanner) or Ctrl-C. Exit code 2 for a link that cannot be."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)  # a shell in the background has Ctrl-C ignored
    with tempfile.TemporaryDirectory(prefix=f"{device}-") as folder:
        place = link or Path(folder) / device
        try:
            return _lamp(place) if device == "lamp" else _scanner(EmulatedScanner(place, faults=faults))
        except OSError as error:
            print(f"{place}: {error.strerror}", file=sys.stderr)
            return 2


def _scanner(device: EmulatedScanner) -> int:
    """Each line of standard input is held before it; `unplug`, `plug` and `flood` are done to it."""
    with device:
        print(f"scanner at {device.link}; each line is scanned, or: unplug, plug, flood", flush=True)
        for line in sys.stdin:
            text = line.rstrip("\n")
            if text == "unplug":
                device.unplug()
            elif text == "plug":
                device.plug()
            else:
                taken = device.flood() if text == "flood" else device.scan(text.encode())
                print("sent" if taken else "nobody listened", flush=True)
    return 0


def _lamp(link: Path) -> int:
    """Prints what is lit whenever it changes."""
    lit, told = Part(0), ""
    with PseudoTerminal(link) as device:
        print(f"lamp at {link}; Ctrl-C ends it", flush=True)
        while True:
            for byte in device.take(1.0):
                part = Part(byte & 0x0F)
                lit = lit | part if byte & 0x10 else lit & ~part
            now = " ".join(one.name.lower() for one in Part if one in lit and one.name) or "dark"
            if now != told:
                told = now
                print(now, flush=True)
