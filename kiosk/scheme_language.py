"""Which language a verdict is shown in: that of the code's scheme."""

from __future__ import annotations

from collections.abc import Sequence

from verification.assessment import Assessment

BY_FORMAT = {
    "HK1": "zh_HK",
    "MO1": "zh_HK",
    "PV1": "zh_CN",
    "GD1": "zh_CN",
    "CN1": "zh_CN",
    "CD1": "zh_CN",
    "TC1": "zh_CN",
}
"""Schemes with a language of their own; everything else is international and reads English."""


def language_of(assessments: Sequence[Assessment]) -> str | None:
    """The language of the first health code shown; None before there is one."""
    if not assessments:
        return None
    return BY_FORMAT.get(assessments[0].format, "en")
