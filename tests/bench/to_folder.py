"""Becomes the product's own command, with `--to FOLDER/NUMBER` where the shift's page says `--to-stick`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kiosk.program import program

STICK = "--to-stick"


def command(folder: Path) -> list[str]:
    """What stands in for the program where a page starts it."""
    return [sys.executable, "-m", "tests.bench.to_folder", str(folder)]


def main(folder: Path, wanted: list[str]) -> None:
    """Does not return."""
    at = wanted.index(STICK)
    number = sum(1 for one in folder.iterdir() if not one.name.startswith("."))
    whole = [*program(), *wanted[:at], "--to", str(folder / f"{number}"), *wanted[at + 1 :]]
    os.execv(whole[0], whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
