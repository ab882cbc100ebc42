"""Whether a lane is ready for its shift: every check, or what a running lane says, as data and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.settings import Settings
from kiosk.health import eyes_and_gate, hub, keeping, signals
from kiosk.health.codes import codes
from kiosk.health.finding import BOX_S, Check, Finding, Severity, run_checks
from kiosk.lane_view import LaneView

CHECKS: tuple[tuple[str, Check], ...] = (
    ("CA", eyes_and_gate.camera),
    ("RD", eyes_and_gate.reader),
    ("SC", eyes_and_gate.scanner),
    ("CR", eyes_and_gate.card_reader),
    ("GT", eyes_and_gate.gate),
    ("SN", signals.sound),
    ("VO", signals.voices),
    ("LA", signals.lamp),
    ("HP", signals.headphones),
    ("CK", keeping.clock),
    ("CY", keeping.chrony),
    ("JR", keeping.storage),
    ("TL", keeping.lists),
    ("HU", hub.hub),
    ("DP", signals.display),
    ("PM", keeping.permissions),
    ("DK", keeping.device_key),
)
"""Every part, and the code under which it is named if it does not even answer."""
PASSIVE: tuple[tuple[str, Check], ...] = (("PM", keeping.permissions),)
"""What may be checked beside a running lane and is not watched by it already."""
_MARKS = {Severity.WELL: "ok", Severity.LOOK: "LOOK", Severity.BROKEN: "BROKEN"}


@dataclass(frozen=True, slots=True)
class Readiness:
    """The lane at one moment. `at` is aware UTC."""

    station: str
    lane: str
    at: datetime
    findings: tuple[Finding, ...]

    @property
    def severity(self) -> Severity:
        """The worst of all."""
        return max((found.severity for found in self.findings), default=Severity.WELL)

    def table(self) -> dict[str, Any]:
        """The report as plain data, for JSON and for printing."""
        return {
            "station": self.station,
            "lane": self.lane,
            "at": self.at.isoformat(timespec="seconds"),
            "severity": int(self.severity),
            "ready": self.severity < Severity.BROKEN,
            "parts": [
                {
                    "code": found.code,
                    "part": found.part,
                    "severity": int(found.severity),
                    "detail": found.detail,
                    "advice": {} if found.severity is Severity.WELL else dict(codes()[found.code].advice),
                }
                for found in self.findings
            ],
        }

    def text(self, language: str = "en") -> str:
        """One line a part. In other languages the table's advice, and the English detail below it."""
        return "\n".join(line for found in self.findings for line in _lines(found, language))


def check_lane(settings: Settings, at: datetime, box_s: float = BOX_S) -> Readiness:
    """Checks every part of a lane that does not run. Never opens a gate; never takes longer than `box_s`."""
    found = run_checks(CHECKS, settings, box_s)
    return Readiness(settings.lane.station, settings.lane.id, at, tuple(found))


def readiness_of(view: LaneView, station: str, at: datetime) -> Readiness:
    """The same report of a lane that runs, from what it says of itself: for the start of a shift."""
    found = [
        Finding(fault.code[:2], Severity.BROKEN if fault.stops else Severity.LOOK, fault.advice)
        for fault in view.faults
        if fault.code[:2] in codes()
    ]
    return Readiness(station, view.lane, at, tuple(found))


def _lines(found: Finding, language: str) -> Sequence[str]:
    row = codes()[found.code]
    head = f"{found.code}  {_MARKS[found.severity]:<6}  {row.part[language]}: "
    if language == "en" or found.severity is Severity.WELL:
        return [head + found.detail]
    return [head + row.advice[language], f"            {found.detail}"]
