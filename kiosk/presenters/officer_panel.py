"""The lane as an officer sees it at a glance: state, health, ages, last crossings. No window needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drivers.turnstile.port import LinkState
from kiosk.health.codes import code_of, looked_at
from kiosk.health.readiness import Readiness
from kiosk.lane_view import CrossingView, Fault, LaneView, ListView, Phase
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.parts import well
from kiosk.presenters.punctuation import clauses
from kiosk.reference import in_groups, reference_of
from kiosk.theme.palette import Role
from sync.bundle.station_files import Notice
from verification.evidence import Direction
from verification.reasons import reason
from verification.snapshot import Freshness
from verification.verdict import Outcome

LONGEST_NAME, LONGEST_PART = 24, 40
"""Letters of a list's name, and of a part's, the last ones: what tells two paths apart is at their ends."""
_ROLES = {
    Phase.WAITING: Role.NEUTRAL,
    Phase.GATHERING: Role.NEUTRAL,
    Phase.ADMITTED: Role.ADMIT,
    Phase.PASSING: Role.ADMIT,
    Phase.REFERRED: Role.REFER,
    Phase.REFUSED: Role.REFUSE,
    Phase.AT_DESK: Role.REFER,
    Phase.GATE_FAILED: Role.REFER,
    Phase.HELD: Role.CLOSED,
    Phase.CLOSED: Role.CLOSED,
    Phase.OUT_OF_ORDER: Role.CLOSED,
    Phase.EVACUATE: Role.ALARM,
}
VERDICT_ROLES = {Outcome.ADMIT: Role.ADMIT, Outcome.REFER: Role.REFER, Outcome.REFUSE: Role.REFUSE}


@dataclass(frozen=True, slots=True)
class State:
    """The strip at the top. `detail` and `ends_in` are one more sentence each, or empty."""

    lane: str
    headline: str
    detail: str
    ends_in: str
    role: Role


@dataclass(frozen=True, slots=True)
class Health:
    """One line about a part: its name, how it is, and whether it needs somebody."""

    part: str
    words: str
    role: Role
    """ADMIT: well; REFER: look at it; REFUSE: broken; CLOSED: not known any more."""
    detail: str = ""
    """What the part itself says, in English, below an advice in another language; empty: nothing more."""


@dataclass(frozen=True, slots=True)
class Past:
    """One of the last crossings."""

    time: str
    verdict: str
    role: Role
    why: str
    then: str
    """What an officer decided and what the gate did; empty: nothing."""
    reference: str = ""
    """The digits of its slip, and over the telephone."""


def state(view: LaneView | None, in_contact: bool, age_s: float, now_mono: float, language: str) -> State:
    """The strip. Without contact it never shows how the lane was."""
    lane = "" if view is None else view.lane
    if view is None or not in_contact:
        if view is None:
            return State(lane, say(t.LOST, language), say(t.STARTING, language), "", Role.CLOSED)
        since = say(t.LOST_SINCE, language, seconds=int(age_s))
        return State(lane, say(t.LOST, language), since, "", Role.REFER)
    fault = by_weight(view.faults)[0] if view.phase is Phase.OUT_OF_ORDER and view.faults else None
    detail = way(view, language) if fault is None else f"{fault.code}: {_advice(fault, language)}"
    ends_in = ""
    if view.phase is Phase.REFERRED and view.until_mono is not None:
        ends_in = say(t.ENDS_IN, language, seconds=max(0, int(view.until_mono - now_mono)))
    return State(lane, say(t.PHASES[view.phase], language), detail, ends_in, _ROLES[view.phase])


def way(view: LaneView, language: str) -> str:
    """In which of its two directions the lane works; empty: it has only one."""
    duty = view.duty
    if not duty.turns_to or duty.direction not in list(Direction):
        return ""
    to = say(t.DIRECTIONS[Direction(duty.direction)], language)
    return say(t.TURNED_TO if duty.turned else t.WORKS_TO, language, to=to)


def health(
    view: LaneView | None, in_contact: bool, now: datetime, language: str, report: Readiness | None = None
) -> tuple[Health, ...]:
    """Faults, then gate, lists, records, what works; practice names its policy. Empty without contact: an old
    green is a lie."""
    if view is None or not in_contact:
        return ()
    faults = tuple(_fault(fault, language) for fault in by_weight(view.faults))
    link = Role.ADMIT if view.link is LinkState.UP else Role.REFER
    gate = Health(say(t.GATE, language), say(t.LINKS[view.link], language), link)
    unsent = _unsent(view, language)
    sent = [Health(say(t.RECORDS, language), unsent, Role.REFER if view.unsent else Role.ADMIT)]
    records = sent if view.has_hub else []
    lists = tuple(_list(item, now, language) for item in view.lists)
    muted = [Health(say(t.SOUND, language), say(t.MUTED, language), Role.REFER)] if view.duty.muted else []
    works = [] if report is None else [Health(say(t.WORKS, language), " ".join(well(report)), Role.ADMIT)]
    named = _end(view.policy, LONGEST_NAME)
    by = [Health(say(t.LISTS["policy"], language), named, Role.ADMIT)] if view.practice else []
    return (*faults, *_notices(view.notices, now, language), *muted, gate, *by, *lists, *records, *works)


def past(view: LaneView | None, language: str, zone: ZoneInfo) -> tuple[Past, ...]:
    """The last crossings, newest first. For a signed-in officer only: reasons may be private."""
    return () if view is None else tuple(_past(crossing, language, zone) for crossing in view.last)


def notice(words: str, language: str) -> str:
    """What the lane said, in the officer's language where it is one of the known notices."""
    known = next((source for key, source in t.NOTICES.items() if key == words), None)
    return words if known is None else say(known, language)


def _unsent(view: LaneView, language: str) -> str:
    if not view.unsent:
        return say(t.ALL_SENT, language)
    if view.oldest_unsent_s is None or view.oldest_unsent_s < 60:
        return say(t.UNSENT, language, count=view.unsent)
    return say(t.OLDEST, language, count=view.unsent, minutes=int(view.oldest_unsent_s // 60))


def by_weight(faults: Sequence[Fault]) -> Sequence[Fault]:
    """What stops the lane first: the strip names one, and whoever reads from the top begins there."""
    return sorted(faults, key=lambda fault: not fault.stops)


def _fault(fault: Fault, language: str) -> Health:
    """What to do in the officer's language, by the code; the English detail of the case stands below it."""
    row = code_of(fault.code)
    alone = fault.part.isalpha() or fault.part == looked_at(fault.code)
    if row is None or language == "en":
        part = row.part["en"] if row and alone else _end(fault.part, LONGEST_PART)
        return Health(f"{fault.code} {part}", fault.advice, Role.REFUSE)
    which = "" if alone else f"{_end(fault.part, LONGEST_PART)}: "  # one of several
    detail = f"{which}{fault.advice}"
    return Health(f"{fault.code} {row.part[language]}", row.advice[language], Role.REFUSE, detail)


def _advice(fault: Fault, language: str) -> str:
    row = None if language == "en" else code_of(fault.code)
    return fault.advice if row is None else row.advice[language]


def _end(name: str, longest: int) -> str:
    return name if len(name) <= longest else f"…{name[1 - longest :]}"


def _notices(notices: Sequence[Notice], now: datetime, language: str) -> Iterator[Health]:
    for notice in notices:
        if notice.until is None or now < notice.until:
            words = notice.says.get(language, notice.says["en"])
            yield Health(say(t.STATION_NOTICE, language), words, Role.REFER)


def _list(item: ListView, now: datetime, language: str) -> Health:
    name = f"{say(t.LISTS.get(item.kind, item.kind), language)} {_end(item.name, LONGEST_NAME)}".rstrip()
    if not item.signed:
        return Health(name, say(t.LIST_UNSIGNED, language), Role.REFER)
    if item.signed_at is None:
        return Health(name, say(t.LIST_NONE, language), Role.REFUSE)
    minutes = max(0, int((now - item.signed_at).total_seconds() // 60))
    if minutes < 120:
        age = say(t.LIST_MINUTES, language, age=minutes)
    elif minutes < 48 * 60:
        age = say(t.LIST_HOURS, language, age=minutes // 60)
    else:
        age = say(t.LIST_DAYS, language, age=minutes // (24 * 60))
    if item.freshness is Freshness.STALE:
        return Health(name, say(t.LIST_STALE, language, age=age), Role.REFUSE)
    if item.freshness is Freshness.AGEING:
        return Health(name, say(t.LIST_AGEING, language, age=age), Role.REFER)
    return Health(name, age, Role.ADMIT)


def _past(crossing: CrossingView, language: str, zone: ZoneInfo) -> Past:
    at = crossing.decided_at
    then = []
    if crossing.override:
        then.append(say(t.OVERRIDES.get(crossing.override, crossing.override), language))
    if crossing.passage is not None:
        then.append(say(t.PASSAGES[crossing.passage], language))
    row = reason(crossing.reasons[0]) if crossing.reasons else None
    return Past(
        time="" if at is None else at.astimezone(zone).strftime("%H:%M:%S"),
        verdict="–" if crossing.outcome is None else say(t.OUTCOMES[crossing.outcome], language),
        role=Role.CLOSED if crossing.outcome is None else VERDICT_ROLES[crossing.outcome],
        why="" if row is None else f"{row.code}  {row.officer[language]}",
        then=clauses(then, language),
        reference=in_groups(reference_of(crossing.crossing)),
    )
