"""A commissioning sheet in words: for the terminal, for a file beside it, and for paper."""

from __future__ import annotations

from dataclasses import dataclass

from drivers.turnstile.commissioning.steps import Result, Row, Verdict
from kiosk.commissioning.sheet import Sheet

VERDICTS = {
    Verdict.FIT: "FIT: every step that a gate needs was passed.",
    Verdict.GAPS: "NOT PROVEN: nothing failed, but a step that a gate needs was left out.",
    Verdict.UNFIT: "UNFIT: do not put this gate to use before what failed is mended and all is done again.",
}
INPUTS = ("passage", "passage_back", "ready", "fire", "tamper")
_MARKS = {Result.PASS: "pass", Result.FAIL: "FAIL", Result.SKIPPED: "left out"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line; a heading is larger."""

    text: str
    heading: bool = False
    mark: str = ""
    """Stands in a column of its own before the text."""
    step: bool = False
    """Belongs to a step: stands right of that column."""


def lines(sheet: Sheet, fingerprint: str) -> list[Line]:
    """The whole sheet, from its title to the place for a signature."""
    gate = sheet.gate
    where = f"{gate['host']}:{gate['port'] or 'its own port'}" if gate["host"] else gate["path"]
    inputs = ", ".join(f"{name} {number}" for name in INPUTS if (number := gate["inputs"][name]))
    made = [
        Line(f"Gate of lane {sheet.lane}, {sheet.station}: commissioning", heading=True),
        Line(VERDICTS[sheet.verdict], heading=True),
        Line(f"made {sheet.made:%Y-%m-%d %H:%M:%S} UTC by {sheet.by or '-'}, program {sheet.program}"),
        Line(f"gate {gate['protocol']} at {where}, channel {gate['channel']}, unit {gate['unit'] or '-'}"),
        Line(f"pulse {gate['pulse_ms']} ms, longest ON {gate['max_on_ms']} ms, way {gate['way']}"),
        Line(f"inputs {inputs or 'none'}; device {sheet.device or 'says nothing of itself'}"),
        Line(f"the contact was seen {sheet.loop_back}"),
        Line(""),
    ]
    for row in sheet.rows:
        made += _row(row)
    made += [
        Line(""),
        Line(f"signed by the kiosk's key {fingerprint}; the file beside this page proves it"),
        Line(""),
        Line("name and signature: ______________________________   date: ______________"),
    ]
    return made


def text(sheet: Sheet, fingerprint: str) -> str:
    """The same as plain text."""
    made = lines(sheet, fingerprint)
    return "\n".join(f"{line.mark:<10}{line.text}" if line.step else line.text for line in made) + "\n"


def outcome(row: Row) -> str:
    """One line for a step that is done."""
    return f"{_MARKS[row.result]:<10}{_said(row)}"


def _row(row: Row) -> list[Line]:
    return [
        Line(_said(row), mark=_MARKS[row.result], step=True),
        Line(f"expected: {row.expected}", step=True),
    ]


def _said(row: Row) -> str:
    return f"{row.step}: {'; '.join(filter(None, (row.measured, row.why)))}"
