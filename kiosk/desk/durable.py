"""Small files that must be whole after a power cut: written aside, flushed, put in place, flushed again."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_durably(file: Path, content: bytes) -> None:
    """Puts `content` in the place of `file`, for its owner only. Raises `OSError`; the old file stays."""
    aside = file.with_name(file.name + ".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            os.fchmod(opened.fileno(), 0o600)
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        aside.replace(file)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
