"""The slip: what a referred or refused traveller may take along. Pure; its form is docs/slip.md.

It holds nothing of person or code. A revoked code's slip is to the letter that of any other
referral whose reason is the officer's to tell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from config.taking_along import Slip as Objections
from config.taking_along import in_language
from kiosk.desk.crossed import Crossed
from kiosk.i18n.texts import text
from kiosk.lane_view import CrossingView, LaneView, Phase
from kiosk.presenters import phrases
from kiosk.presenters import slip_texts as t
from kiosk.presenters.traveller import TOLD
from kiosk.reference import in_groups, reference_of
from sync.canonical import utc_time
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome

ZONE = ZoneInfo("Asia/Hong_Kong")
SHOWN_IN = (Phase.REFERRED, Phase.REFUSED, Phase.AT_DESK)
"""Where the traveller's screen has the slip."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What happened, as the lane or its journal knows it. `at` is aware UTC."""

    crossing: str
    at: datetime
    outcome: Outcome
    reasons: tuple[ReasonId, ...]
    override: str = ""
    """What an officer decided last: `admit`, `refuse`, `desk`; empty: nobody did."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened, and where to object."""

    station: str
    lane: str
    objections: Objections = field(default_factory=Objections)
    demo: bool = False
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip in one language. `lines` are all of it, the title first."""

    language: str
    reference: str
    lines: tuple[str, ...]

    @property
    def content(self) -> str:
        """What its code to photograph says."""
        return "\n".join(self.lines)


def facts(view: LaneView) -> Facts | None:
    """What the slip of the traveller in front tells; None where there is none to give."""
    crossing = view.crossing
    if view.phase not in SHOWN_IN or crossing is None or crossing.outcome in (None, Outcome.ADMIT):
        return None
    return _facts(crossing)


def at_hand(view: LaneView) -> Facts | None:
    """The slip an officer can give along: of who stands there, else of the last who was not admitted."""
    told = facts(view)
    past = (_facts(one) for one in view.last if Outcome.ADMIT not in (one.outcome, one.override.upper()))
    return told or next((one for one in past if one is not None), None)


def facts_of(crossed: Crossed) -> Facts | None:
    """The slip of a crossing out of its records; None where it was admitted, or never decided."""
    known = {one.value: one for one in ReasonId}
    reasons = tuple(known[one] for one in crossed.reasons if one in known)
    if crossed.outcome not in (Outcome.REFER, Outcome.REFUSE) or not reasons:
        return None
    in_time = [one.act for one in crossed.decisions if not one.late]
    override = in_time[-1] if in_time else "desk" if crossed.how == "timed_out" else ""
    return Facts(crossed.crossing, utc_time(crossed.at), Outcome(crossed.outcome), reasons, override)


def _facts(crossing: CrossingView) -> Facts | None:
    if crossing.outcome is None or crossing.decided_at is None or not crossing.reasons:
        return None
    return Facts(
        crossing.crossing, crossing.decided_at, crossing.outcome, crossing.reasons, crossing.override
    )


def slip(told: Facts, place: Place, language: str) -> Slip:
    """The slip of one crossing."""

    def say(source: str, **values: str) -> str:
        words = text(source, language)
        return words.format(**values) if values else words

    reference = reference_of(told.crossing)
    local = told.at.astimezone(ZONE)
    lines = [
        say(t.TITLE),
        say(t.REFERENCE, digits=in_groups(reference)),
        say(t.TIME, time=local.strftime("%Y-%m-%d %H:%M")),
        say(t.PLACE, station=place.station, lane=place.lane),
        *_why(told, language, say(t.REASON)),
        *([say(t.DECIDED[told.override])] if told.override in t.DECIDED else []),
        *_where(place.objections, language, say(t.OBJECT), say(t.AT_THE_DESK)),
    ]
    if place.demo:
        lines.insert(0, say(t.PRACTICE if place.practice else t.NOT_REAL))
    return Slip(language, reference, tuple(lines))


def _why(told: Facts, language: str, pattern: str) -> tuple[str, str]:
    """Result and reason. Everything a traveller must not learn from it looks like the first `return`."""
    private = any(reason(one).private for one in told.reasons)
    first, row = told.reasons[0], reason(told.reasons[0])
    if private or (told.outcome is not Outcome.REFUSE and first not in TOLD):
        why = pattern.format(words=text(t.OFFICER_TELLS, language), code=phrases.REFERRAL_CODE)
        return text(t.REFERRED, language), why
    result = t.REFUSED if told.outcome is Outcome.REFUSE else t.REFERRED
    return text(result, language), pattern.format(words=row.traveller[language].rstrip("."), code=row.code)


def _where(objections: Objections, language: str, lead: str, otherwise: str) -> tuple[str, ...]:
    given = (
        in_language(objections.authority, language),
        in_language(objections.address, language),
        objections.telephone,
        objections.url,
    )
    return (lead, *([line for line in given if line] or [otherwise]))
