"""The system calls that change a bundle's folder: those of the revocation index, and one that goes on."""

from __future__ import annotations

import os
from pathlib import Path

from verification.revocation.index.disk import Disk


class BundleDisk(Disk):
    """The real one. Every method raises `OSError`."""

    def append(self, file: Path) -> int:
        """A descriptor at the end of a file that may be there already."""
        return os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
