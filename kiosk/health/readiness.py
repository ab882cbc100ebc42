"""Whether a lane is ready for its shift: every check, or what a running lane says, as data and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from config.settings import Settings
from kiosk.health import eyes_and_gate, gate_sheet, hub, keeping, signals
from kiosk.health.codes import codes
from kiosk.health.finding import BOX_S, Check, Finding, Severity, run_checks

CHECKS: tuple[tuple[str, Check], ...] = (
    ("CA", eyes_and_gate.camera),
    ("RD", eyes_and_gate.reader),
    ("SC", eyes_and_gate.scanner),
    ("CR", eyes_and_gate.card_reader),
    ("GT", eyes_and_gate.gate),
    ("GS", gate_sheet.gate_sheet),
    ("SN", signals.sound),
    ("VO", signals.voices),
    ("LA", signals.lamp),
    ("HP", signals.headphones),
    ("PR", signals.printer),
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
PASSIVE: tuple[tuple[str, Check], ...] = tuple(
    (code, check) for code, check in CHECKS if code in ("GS", "CY", "DP", "PM", "DK")
)
"""What a running lane looks at now and then, because nothing of it uses the part all the time."""
PLAYED: tuple[tuple[str, Check], ...] = tuple(
    (code, check) for code, check in PASSIVE if code not in ("GS", "CY")
)
"""The same where the gate is played: nobody commissions one that is emulated, or sets a laptop's clock."""
BESIDE: tuple[tuple[str, Check], ...] = tuple(
    (code, check) for code, check in CHECKS if code in ("RD", "GS", "VO", "CY", "JR", "HU", "PM", "DK")
)
"""What another program can check while the lane runs: nothing of it is held by the lane."""
_MARKS = {Severity.WELL: "ok", Severity.LOOK: "LOOK", Severity.BROKEN: "BROKEN"}


@dataclass(frozen=True, slots=True)
class Readiness:
    """The lane at one moment. `at` is aware UTC."""

    station: str
    lane: str
    at: datetime
    findings: tuple[Finding, ...]
    runs: str = ""
    """What to know of a lane that runs while it is asked; empty: it does not run."""

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
            "runs": self.runs,
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
        lines = [line for found in self.findings for line in _lines(found, language)]
        return "\n".join([*([self.runs] if self.runs else []), *lines])


def check_lane(settings: Settings, at: datetime, box_s: float = BOX_S) -> Readiness:
    """Checks every part of a lane that does not run. Never opens a gate; never takes longer than `box_s`."""
    found = run_checks(CHECKS, settings, box_s)
    return Readiness(settings.lane.station, settings.lane.id, at, tuple(found))


def _lines(found: Finding, language: str) -> Sequence[str]:
    row = codes()[found.code]
    head = f"{found.code}  {_MARKS[found.severity]:<6}  {row.part[language]}: "
    if found.severity is Severity.WELL:
        return [head + found.detail]
    if language == "en":
        return [head + _with_what_to_do(found.detail, row.advice["en"])]
    return [head + row.advice[language], f"            {found.detail}"]


def _with_what_to_do(detail: str, advice: str) -> str:
    """A sentence says itself what to do; a bare reason, as of a list that is refused, gets the table's."""
    return detail if detail.endswith(".") else f"{detail}: {advice.rsplit(': ', 1)[-1]}"
