"""Where translations are written, and where they are built to."""

from __future__ import annotations

from pathlib import Path

SOURCES = Path(__file__).parent
BUILT = Path(__file__).parents[2] / "build" / "i18n"
LOCALES = {"zh_HK": "zh_HK", "zh_CN": "zh_CN", "pt": "pt_PT"}
"""What Qt Linguist calls the languages that are translated to. Macao writes the Portuguese of Portugal."""
TRANSLATED = tuple(LOCALES)
"""English is the language of the source."""


def source(language: str, folder: Path = SOURCES) -> Path:
    """The .ts file of a language, kept by hand with Qt Linguist."""
    return folder / f"kiosk_{language}.ts"


def compiled(language: str, folder: Path = BUILT) -> Path:
    """The .qm file of a language."""
    return folder / f"kiosk_{language}.qm"
