"""The colours of the house: few, apart from one another in greyscale, and a second set in high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NIGHT = "#0B1B2C"
"""The ground of every calm screen."""
PANEL = "#16304A"
"""A raised surface on NIGHT."""
LINE = "#5F7F9E"
"""Edges and rules on NIGHT and PANEL."""
WHITE = "#FFFFFF"
MIST = "#C9D6E3"
"""Second-rank text on NIGHT: 12:1."""
SKY = "#6CC4FF"
"""The guide: where to hold the code, what has the focus. Never a verdict."""
INK = "#101820"
"""Text on light grounds."""
SAFE_GREEN = "#007A46"
"""The green of exit signs (ISO 7010), for the way out only."""
DEMO_GROUND = "#FFFFFF"
DEMO_STRIPE = "#7A1FA2"
"""The mark of what is not real: a colour that stands for nothing else."""


class Role(StrEnum):
    """What a screen means, before any word is read."""

    NEUTRAL = "neutral"
    ADMIT = "admit"
    REFER = "refer"
    REFUSE = "refuse"
    CLOSED = "closed"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one role. `text` and `quiet` on `ground` and on `panel` are at least 4.5:1."""

    ground: str
    panel: str
    text: str
    quiet: str
    symbol: str
    on_symbol: str


ROLES: dict[Role, Tones] = {
    Role.NEUTRAL: Tones(NIGHT, PANEL, WHITE, MIST, WHITE, NIGHT),
    Role.ADMIT: Tones("#00804A", "#006B3D", WHITE, WHITE, WHITE, "#00804A"),
    Role.REFER: Tones("#FFC72C", "#FFDD80", INK, INK, INK, "#FFC72C"),
    Role.REFUSE: Tones("#9E0E1B", "#7E0813", WHITE, WHITE, WHITE, "#9E0E1B"),
    Role.CLOSED: Tones("#26333F", "#3A4956", WHITE, MIST, MIST, "#26333F"),
    Role.ALARM: Tones(WHITE, "#EEF2F5", INK, INK, SAFE_GREEN, WHITE),
}

STRONG: dict[Role, Tones] = {
    Role.NEUTRAL: Tones("#000000", "#262626", WHITE, WHITE, WHITE, "#000000"),
    Role.ADMIT: Tones("#006439", "#004326", WHITE, WHITE, WHITE, "#004326"),
    Role.REFER: Tones("#FFDD33", "#FFEE99", "#000000", "#000000", "#000000", "#FFDD33"),
    Role.REFUSE: Tones("#750007", "#4A0004", WHITE, WHITE, WHITE, "#750007"),
    Role.CLOSED: Tones("#000000", "#262626", WHITE, WHITE, WHITE, "#000000"),
    Role.ALARM: Tones(WHITE, WHITE, "#000000", "#000000", "#00512E", WHITE),
}
"""High contrast: every word at least 7:1 (WCAG 2.2, 1.4.6), none second-rank, the verdicts apart in grey."""


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: str) -> float:
    """CIE L* of `#RRGGBB`, 0 to 100: what is left of a colour on a grey print."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
