"""Inputs worth keeping from earlier runs, one file for each format, a line of base64 for each input.

All of them were made here, by bending made-up codes: their keys are gone, and nobody is named in them. To
renew them after a long run: `python -m tests.fuzz.saved build/fuzz/corpus`.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
MOST, MOST_BYTES = 60, 2048


def saved(name: str) -> list[bytes]:
    """The inputs kept for a format; the first byte says which layer they are for."""
    file = FOLDER / f"{name}.txt"
    lines = file.read_text(encoding="ascii").split() if file.is_file() else []
    return [base64.b64decode(line, validate=True) for line in lines]


def keep(corpus: Path) -> None:
    """Some inputs of every format in a run's corpus, of all sizes: each reached what the others did not."""
    FOLDER.mkdir(exist_ok=True)
    for folder in sorted(corpus.iterdir()):
        files = [file for file in folder.iterdir() if not file.name.startswith(("seed-", "saved-"))]
        found = {file.read_bytes() for file in files} | set(saved(folder.name))
        inputs = sorted((one for one in found if 1 < len(one) <= MOST_BYTES), key=lambda one: (len(one), one))
        chosen = inputs[:: max(1, -(-len(inputs) // MOST))]
        lines = "".join(base64.b64encode(one).decode() + "\n" for one in chosen)
        (FOLDER / f"{folder.name}.txt").write_text(lines, encoding="ascii")


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
