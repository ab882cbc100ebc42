"""What a first screen needs of the settings before they are read in full: cheaply, and it never fails.

Reading them in full takes longer than a window needs to come up. Whatever is wrong here is the default, and
`load_settings` says a moment later what it is.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from config.regular import open_regular

MAX_BYTES = 64 * 1024
LANGUAGES = ("zh_HK", "zh_CN", "en", "pt")
_WITHIN = {
    "width": (640, 3840),
    "height": (480, 3840),
    "diagonal_mm": (150, 3000),
    "reading_mm": (300, 3000),
}
_ONE_OF = {"letters": ("usual", "large"), "contrast": ("usual", "high")}


@dataclass(frozen=True, slots=True)
class Glimpse:
    """How the display is set up: `config.settings.Display`, as far as a first screen goes."""

    fullscreen: bool = True
    width: int = 1080
    height: int = 1920
    diagonal_mm: float = 686.0
    reading_mm: float = 700.0
    letters: str = "usual"
    contrast: str = "usual"
    motion: bool = True
    languages: tuple[str, ...] = LANGUAGES


def glimpse(file: Path | None) -> Glimpse:
    """The display of a settings file; of what can't be read or is no such value, the default."""
    table = _display(file) if file else {}
    return Glimpse(**{part.name: table[part.name] for part in fields(Glimpse) if part.name in table})


def _display(file: Path) -> dict[str, Any]:
    try:
        with open_regular(file) as stream:
            written = tomllib.loads(stream.read(MAX_BYTES).decode()).get("display", {})
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(written, dict):
        return {}
    good = {name: value for name, value in written.items() if _good(name, value)}
    if "languages" in good:
        good["languages"] = tuple(good["languages"])
    return good


def _good(name: str, value: object) -> bool:
    if name in _WITHIN:
        least, most = _WITHIN[name]
        whole = name in ("width", "height")
        number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        return number and least <= value <= most  # type: ignore[operator]
    if name in _ONE_OF:
        return value in _ONE_OF[name]
    if name == "languages":
        return isinstance(value, list) and bool(value) and all(one in LANGUAGES for one in value)
    return isinstance(value, bool)
