"""How this program starts itself again for a child process, and what it calls its version."""

from __future__ import annotations

import sys
from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parents[1]


def program() -> list[str]:
    """The command that runs this program: the bundle itself, or Python with `main.py`."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, str(ROOT / "main.py")]
