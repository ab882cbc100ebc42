"""How every part of a lane is that runs: what it says of itself, and what it looked at beside that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from config.settings import Settings
from drivers.turnstile.from_settings import capabilities_of
from kiosk.health.codes import codes
from kiosk.health.eyes_and_gate import words
from kiosk.health.finding import Finding, Severity, well
from kiosk.health.keeping import aged
from kiosk.health.readiness import CHECKS, Readiness
from kiosk.lane_view import LaneView

PART_OF = {
    "GF": "GT",
    **dict.fromkeys(("CU", "CM", "CH", "CF"), "CK"),
    **dict.fromkeys(("JD", "SW", "SR"), "JR"),
    **dict.fromkeys(("LK", "RL", "PO", "RU", "AG", "BU", "RO", "NO", "VE"), "TL"),
    **dict.fromkeys(("HF", "HQ", "PV", "EN", "DV", "SK", "OL"), "HU"),
}
"""Under which check's part a fault's code falls, where it is not the same code."""
WORKS = "It works, as the lane says that runs."


def parts_of(view: LaneView, settings: Settings, looked_at: Sequence[Finding], at: datetime) -> Readiness:
    """The report of `check_lane`, of a lane that runs. `looked_at` is what its own checks found last."""
    found = [
        Finding(fault.code[:2], Severity.BROKEN if fault.stops else Severity.LOOK, fault.advice)
        for fault in view.faults
        if fault.code[:2] in codes()
    ]
    named = {one.code for one in found}
    found += [one for one in looked_at if one.severity is not Severity.WELL and one.code not in named]
    found += aged(view.lists, at, {one.code for one in found})
    said = {one.code: one for one in looked_at}
    known = {PART_OF.get(one.code, one.code) for one in found}
    for code in parts(settings):
        if code not in known:
            found.append(said.get(code) or well(code, _works(code, settings)))
    return Readiness(settings.lane.station, view.lane, at, tuple(found))


def parts(settings: Settings) -> tuple[str, ...]:
    """The codes of the parts that this lane has by its settings."""
    sound = settings.sound
    missing = {
        "GS": settings.turnstile.protocol == "none",
        "SC": settings.scanner.kind == "none",
        "CR": settings.officers.card_reader.kind == "none",
        "SN": not sound.enabled,
        "VO": not sound.enabled or not sound.voice,
        "HP": not sound.enabled or not (sound.headphones or sound.headphones_jack),
        "LA": settings.lamp.kind == "none",
        "PR": settings.printer.kind == "none",
    }
    return tuple(code for code, _ in CHECKS if not missing.get(code))


def _works(code: str, settings: Settings) -> str:
    if code != "GT":
        return WORKS
    if settings.turnstile.protocol == "none":
        return "A staffed lane: no gate is configured, an officer opens."
    return f"{WORKS} {words(capabilities_of(settings.turnstile))}"
