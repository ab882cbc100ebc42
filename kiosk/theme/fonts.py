"""One family of letters for each language, so that Hong Kong and the mainland each read their own forms."""

from __future__ import annotations

from PySide6.QtGui import QFont

FAMILIES: dict[str, list[str]] = {
    "zh_HK": ["Noto Sans CJK HK", "DejaVu Sans"],
    "zh_CN": ["Noto Sans CJK SC", "DejaVu Sans"],
    "en": ["Noto Sans CJK HK", "DejaVu Sans"],
    "pt": ["Noto Sans CJK HK", "DejaVu Sans"],
}
"""First the family that holds both scripts (its Latin is Source Sans), then one that is everywhere.
Without a named family Qt falls to Japanese forms."""
CAPITAL_RATIO = 0.733
"""Height of a capital H in Noto Sans CJK, as a part of the pixel size."""


def font(language: str, pixels: int, *, bold: bool = False) -> QFont:
    """The letters of a language at a pixel size (height of the em, not of a capital)."""
    made = QFont()
    made.setFamilies(FAMILIES.get(language, FAMILIES["en"]))
    made.setPixelSize(max(1, pixels))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
