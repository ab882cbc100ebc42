"""How this program starts itself again for a child process, and what it calls its version."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

VERSION = "0.1.0"
ROOT = Path(__file__).resolve().parents[1]
WRITTEN = datetime(2026, 3, 1, tzinfo=UTC)
"""No machine runs this program earlier than it was written."""
BUILT = ROOT / "config" / "built"
"""When a bundle was made; `kiosk.spec` puts it there."""


def program() -> list[str]:
    """The command that runs this program: the bundle itself, or Python with `main.py`."""
    if _bundled():
        return [sys.executable]
    return [sys.executable, str(ROOT / "main.py")]


def built_at() -> datetime:
    """The earliest time that can be true: when the bundle was made, else when the program was written."""
    try:
        told = datetime.fromisoformat(BUILT.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return WRITTEN
    return max(WRITTEN, told.astimezone(UTC)) if told.tzinfo else WRITTEN


def place_for(name: str) -> Path:
    """Where to put what was given no place: `build/` of a checkout; for a bundle, maybe read-only, here."""
    return Path(f"checkpoint-kiosk-{name}") if _bundled() else ROOT / "build" / name


def _bundled() -> bool:
    return bool(getattr(sys, "frozen", False))
