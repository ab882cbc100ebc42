"""Run by the bundle before anything else: finds the libzbar that travels with it.

`pyzbar` looks its library up by name through ldconfig or a compiler, and a bare machine has neither entry nor
compiler. Only that one name is answered here.
"""

from __future__ import annotations

import ctypes.util
import sys
from pathlib import Path

_find_library = ctypes.util.find_library


def _find_bundled(name: str) -> str | None:
    bundled = Path(getattr(sys, "_MEIPASS", ".")) / "libzbar.so.0"
    if name == "zbar" and bundled.exists():
        return str(bundled)
    return _find_library(name)


ctypes.util.find_library = _find_bundled
