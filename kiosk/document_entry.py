"""A document that an officer enters becomes part of the crossing: shown, recorded, and never a signature."""

from __future__ import annotations

from datetime import datetime

from kiosk.crossing_io import DocumentEntered, Rulebook
from kiosk.lane_view import Phase
from kiosk.traveller import Traveller
from sync.event_types import OfficerEnteredDocument
from verification.reasons import ReasonId
from verification.verdict import Outcome, Verdict

TAKES_DOCUMENTS = (Phase.WAITING, Phase.GATHERING, Phase.REFERRED)
MOST = 6
"""No policy asks one traveller for more."""


def may_enter(said: DocumentEntered, traveller: Traveller | None, phase: Phase) -> bool:
    """Whether it is about who stands there now, and nobody has decided yet."""
    if phase not in TAKES_DOCUMENTS or said.crossing != (traveller.id if traveller else ""):
        return False
    return traveller is None or (not traveller.override and len(traveller.entries) < MOST)


def entered(
    said: DocumentEntered, traveller: Traveller, rulebook: Rulebook, at: datetime
) -> OfficerEnteredDocument:
    """Takes it in, and asks what the policy would say; the record of it holds nothing that names anybody."""
    one = said.entered
    traveller.entries.append((one, rulebook.evidence_of(one)))
    entries = [known for known, _ in traveller.entries]
    supposed = traveller.supposed = rulebook.suppose(entries, traveller.assessments, at)
    return OfficerEnteredDocument(
        crossing=traveller.id,
        officer=said.officer,
        evidence_kind=one.kind,
        issuer=one.issuer,
        colour=one.colour or "",
        negative="" if one.negative is None else "yes" if one.negative else "no",
        issued=one.issued.isoformat(),
        until=one.until.isoformat() if one.until else "",
        seen=tuple(one.marks),
        outcome=supposed.outcome or "",
        reasons=tuple(supposed.reasons),
        desk=said.desk,
    )


def verdict_on(traveller: Traveller) -> Verdict:
    """Of a crossing that had none: an officer decides, whatever the document says."""
    doubts = traveller.supposed.doubts if traveller.supposed else ()
    return Verdict(Outcome.REFER, (ReasonId.ENTERED_BY_OFFICER, *doubts))
