"""A crossing out of the journal: as the row of a list, and read one by one with what an officer may add."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from drivers.turnstile.port import Passage
from kiosk.desk.crossed import TAKEN_BACK, Crossed, Said
from kiosk.desk.decision import NeedsSecondOfficer
from kiosk.desk.lane_control import Action
from kiosk.desk.late_override import late_options, takes_two
from kiosk.desk.override_reasons import override_reasons
from kiosk.presenters import crossed_texts as c
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_panel import VERDICT_ROLES, Past
from kiosk.presenters.officer_referral import Choice, Why
from kiosk.presenters.officer_texts import say
from kiosk.presenters.punctuation import aside, clauses
from kiosk.reference import in_groups, reference_of
from kiosk.theme.palette import Role
from sync.canonical import utc_time
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome

_OUTCOMES = {one.value: one for one in Outcome}
_PASSAGES = {one.value: one for one in Passage}
_REASONS = {one.value: one for one in ReasonId}
_THROUGH = ("passed", "no_passage", "tailgate", "unknown")
"""Ends that say what the gate did."""


@dataclass(frozen=True, slots=True)
class Read:
    """One crossing in full. For a signed-in officer only: reasons may be private."""

    crossing: str
    reference: str
    verdict: str
    role: Role
    at: str
    whys: tuple[Why, ...]
    private: str
    history: tuple[tuple[str, str], ...]
    """Time and words, in order: the verdict, what officers said, how it ended."""
    standing: str
    """Whether it is over, and what a decision does now."""
    second: str
    choices: tuple[Choice, ...]


def row(crossed: Crossed, language: str, zone: ZoneInfo, today: date) -> Past:
    """The row. A time of another day than `today` has its date before it."""
    outcome = _OUTCOMES.get(crossed.outcome)
    then = []
    for one in crossed.decisions:
        words = say(t.OVERRIDES.get(one.act, one.act), language)
        then.append(say(c.LATE, language, what=words) if one.late else words)
    if crossed.passage in _PASSAGES:
        then.append(say(t.PASSAGES[_PASSAGES[crossed.passage]], language))
    elif crossed.how and not crossed.decisions and crossed.how in c.ENDS and crossed.how != "refused":
        then.append(say(c.ENDS[crossed.how], language))
    return Past(
        time=_time(crossed.at, zone, today),
        verdict="–" if outcome is None else say(t.OUTCOMES[outcome], language),
        role=Role.CLOSED if outcome is None else VERDICT_ROLES[outcome],
        why="  ·  ".join(_why(one, language) for one in crossed.reasons),
        then=clauses(then, language),
        reference=in_groups(reference_of(crossed.crossing)),
    )


def read(
    crossed: Crossed,
    language: str,
    zone: ZoneInfo,
    today: date,
    needs_second_officer: NeedsSecondOfficer,
    officer: str,
    *,
    demo: bool = False,
) -> Read:
    """The whole of it, and what this officer may add."""
    outcome = _OUTCOMES.get(crossed.outcome)
    rows = [reason(_REASONS[one]) for one in crossed.reasons if one in _REASONS]
    possible = late_options(crossed, needs_second_officer, officer, demo=demo)
    may_admit = any(action is Action.ADMIT for action, _ in possible)
    two = may_admit and takes_two(crossed, needs_second_officer)
    first = say(c.ONE_ADMITTED, language, officer=crossed.approved_by) if crossed.approved_by else ""
    return Read(
        crossing=crossed.crossing,
        reference=say(t.REFERENCE, language, crossing=in_groups(reference_of(crossed.crossing))),
        verdict="–" if outcome is None else say(t.OUTCOMES[outcome], language),
        role=Role.CLOSED if outcome is None else VERDICT_ROLES[outcome],
        at=_time(crossed.at, zone, today),
        whys=tuple(Why(one.code, one.officer[language], "") for one in rows),
        private=say(t.PRIVATE, language) if any(one.private for one in rows) else "",
        history=tuple(_history(crossed, language, zone, today)),
        standing=say(c.AFTERWARDS if crossed.how else c.GOES_ON, language),
        second="" if not two else first or say(t.TWO_NEEDED, language),
        choices=tuple(
            Choice(
                action,
                say(c.CONFIRM[action], language),
                "" if why_not is None else say(t.NOTICES[why_not], language),
            )
            for action, why_not in possible
        ),
    )


def _history(crossed: Crossed, language: str, zone: ZoneInfo, today: date) -> Iterator[tuple[str, str]]:
    outcome = _OUTCOMES.get(crossed.outcome)
    words = "–" if outcome is None else say(t.OUTCOMES[outcome], language)
    told = [(crossed.at, 0, say(c.VERDICT, language, verdict=words))]
    told += [(one.at, one.sequence, _said(one, language)) for one in crossed.said]
    if crossed.how:
        told.append((crossed.closed_at, 0, _end(crossed, language)))
    for at, _, line in sorted(told, key=lambda one: one[:2]):
        yield _moment(at, zone, today), line


def _said(said: Said, language: str) -> str:
    words = say(c.SAID[said.act], language) if said.act in c.SAID else said.act
    known = override_reasons().get(said.reason)
    if known is not None and said.act != TAKEN_BACK:
        words += aside(known.words[language], language)
    if said.late:
        words = say(c.LATE, language, what=words)
    return say(c.BY, language, officer=said.officer, what=words)


def _end(crossed: Crossed, language: str) -> str:
    corrected = crossed.how in _THROUGH and crossed.passage in _PASSAGES
    how = crossed.passage.lower() if corrected else crossed.how
    return say(c.ENDS[how], language) if how in c.ENDS else how


def _why(name: str, language: str) -> str:
    if name not in _REASONS:
        return name
    found = reason(_REASONS[name])
    return f"{found.code}  {found.officer[language]}"


def _time(at: str, zone: ZoneInfo, today: date) -> str:
    when = utc_time(at).astimezone(zone)
    return f"{when:%H:%M:%S}" if when.date() == today else f"{when:%m-%d %H:%M:%S}"


def _moment(at: str, zone: ZoneInfo, today: date) -> str:
    """The same where it may be read out to a court: the whole day, and whose clock."""
    when = utc_time(at).astimezone(zone)
    return f"{when:%H:%M:%S %Z}" if when.date() == today else f"{when:%Y-%m-%d %H:%M:%S %Z}"


def beginning(now: datetime) -> datetime:
    """From when on crossings are listed: yesterday's midnight, so that a night's shift is in it whole.

    `now` is in the station's zone.
    """
    return datetime.combine(now.date() - timedelta(days=1), time.min, now.tzinfo)
