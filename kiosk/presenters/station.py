"""The station as its desk shows it: contact, every lane, who waits. No window needed, never a stale green."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.desk.hub_line import Picture
from kiosk.desk.orders_out import SILENT_S, view_of
from kiosk.desk.station import Mine
from kiosk.health.codes import code_of
from kiosk.lane_view import DutyView, LaneView, Phase
from kiosk.presenters import officer_texts as o
from kiosk.presenters import station_texts as t
from kiosk.presenters.officer_panel import State, state
from kiosk.presenters.officer_referral import shown
from kiosk.presenters.officer_texts import say
from kiosk.presenters.punctuation import listed
from kiosk.presenters.station_lost import SWITCHED_OFF, alarm, is_off
from kiosk.reference import in_groups, reference_of
from kiosk.theme.palette import Role
from sync.referral import LaneShown, Shown
from verification.reasons import ReasonId, reason

_PHASES = {phase.value: phase for phase in Phase}
_REASONS = {one.value: one for one in ReasonId}


@dataclass(frozen=True, slots=True)
class LaneRow:
    """One lane."""

    lane: str
    headline: str
    detail: str
    role: Role
    demo: bool
    takes_orders: bool = False
    """Whether it can be ordered anything from a desk just now."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One traveller who waits, or did a moment ago. `why` is empty for nobody signed in."""

    lane: str
    crossing: str
    title: str
    why: str
    how: str
    role: Role
    open: bool
    """Whether it can be taken."""
    mine: bool
    by: str = ""
    """Whose word ended it."""


def contact(picture: Picture | None, in_contact: bool, age_s: float, away: str, language: str) -> State:
    """The strip at the top: whether the desk hears the hub at all, and which lanes nobody hears."""
    if in_contact:
        lost = alarm(picture.said, age_s, say(t.STATION, language), language) if picture else None
        return lost or State(say(t.STATION, language), say(t.HUB_WELL, language), "", "", Role.NEUTRAL)
    if picture is None and not away:
        return State(say(t.STATION, language), say(t.HUB_STARTING, language), "", "", Role.CLOSED)
    since = say(t.HUB_SINCE, language, seconds=int(age_s))
    return State(say(t.STATION, language), say(t.HUB_AWAY, language), since, "", Role.REFER)


def lanes(picture: Picture | None, in_contact: bool, now_mono: float, language: str) -> tuple[LaneRow, ...]:
    """Every lane. Without contact, or without a fresh report, it is grey and says so."""
    if picture is None:
        return ()
    since = max(0.0, now_mono - picture.heard_mono)
    waiting = {one.lane: one for one in picture.said.referrals if in_contact and one.state != "closed"}
    return tuple(
        _lane(one, since, waiting.get(one.lane), in_contact, now_mono, language) for one in picture.said.lanes
    )


def waiting(
    referrals: tuple[Shown, ...],
    mine: Mine | None,
    heard_ago_s: float,
    signed_in: bool,
    language: str,
) -> tuple[WaitingRow, ...]:
    """Who waits: those nobody has taken first, those that are over last."""
    rows = [_waiting(one, mine, heard_ago_s, signed_in, language) for one in referrals]
    order = {one.crossing: _urgency(one) for one in referrals}
    return tuple(sorted(rows, key=lambda row: order[row.crossing]))


def calm(rows: tuple[WaitingRow, ...], in_contact: bool, no_key: bool, language: str) -> str:
    """Where the one who was taken would stand: never that there is nothing to decide while somebody waits."""
    if not in_contact:
        return ""
    if no_key:
        return say(t.NO_KEY, language)
    return say(t.TAKE_ONE if any(row.open for row in rows) else o.NO_REFERRAL, language)


def notice(word: str, language: str) -> str:
    """What the desk says, in the officer's language where it is one of the known notices."""
    known = next((source for key, source in t.NOTICES.items() if key == word), None)
    return word if known is None else say(known, language)


def _urgency(one: Shown) -> tuple[int, int]:
    rank = 2 if one.state == "closed" else 1 if one.officer or one.state == "decided" else 0
    return rank, one.left_s


def _lane(
    one: LaneShown, since: float, waits: Shown | None, in_contact: bool, now_mono: float, language: str
) -> LaneRow:
    if one.report is None or one.age_s is None:
        never = say(t.NEVER_HEARD, language)
        return LaneRow(one.lane, say(o.LOST, language), never, Role.CLOSED, demo=False)
    if is_off(one) and in_contact:
        return LaneRow(one.lane, say(SWITCHED_OFF, language), "", Role.CLOSED, one.report.get("demo") is True)
    age = one.age_s + since
    fresh = in_contact and age <= SILENT_S
    phase = Phase.REFERRED if waits else _PHASES.get(str(one.report.get("phase")))
    demo = one.report.get("demo") is True
    if phase is None and fresh:
        return LaneRow(one.lane, say(t.UNKNOWN_STATE, language), "", Role.CLOSED, demo)
    said = view_of(one, age)
    duty = DutyView() if said is None else said.duty
    view = LaneView(phase or Phase.WAITING, one.lane, demo, duty=duty)
    seen = state(view, fresh, age, now_mono, language)
    codes = listed(_codes(one.report, language), language) if fresh else ""
    faults = say(t.FAULTS, language, codes=codes) if codes else ""
    detail = "\n".join(words for words in (faults, seen.detail) if words)
    role = Role.REFER if codes and seen.role is Role.NEUTRAL else seen.role
    role = role if fresh else Role.CLOSED
    headline = seen.headline
    if fresh and waits is not None and waits.officer:
        headline = say(t.HAS_IT, language, officer=waits.officer, desk=waits.desk)
    orderable = in_contact and said is not None
    return LaneRow(one.lane, headline, detail, role, demo, orderable)


def _codes(report: dict[str, object], language: str) -> list[str]:
    """Letters and part, in the officer's language where the letters are known."""
    faults = report.get("faults")
    if not isinstance(faults, list):
        return []
    said = []
    for fault in faults[:4]:
        if isinstance(fault, dict):
            code, part = str(fault.get("code", "")), str(fault.get("part", ""))
            known = code_of(code)
            named = shown(part, 32) if known is None else known.part[language]
            said.append(f"{shown(code, 8)} {named}".strip())
    return said


def _waiting(one: Shown, mine: Mine | None, ago_s: float, signed_in: bool, language: str) -> WaitingRow:
    is_mine = mine == Mine(one.lane, one.crossing)
    left = max(0, int(one.left_s - ago_s))
    role = Role.REFER
    if one.state == "closed":
        role = Role.CLOSED
        how = say(t.ENDED.get(one.how, t.ENDED_OTHERWISE), language, officer=one.by)
    elif one.state == "decided":
        how = say(t.ON_ITS_WAY, language)
    elif is_mine:
        how = say(t.YOU_HAVE_IT, language, seconds=left)
    elif one.officer:
        role = Role.NEUTRAL
        how = say(t.HAS_IT, language, officer=one.officer, desk=one.desk)
    else:
        how = say(t.WAITS, language, seconds=left)
    known = [_REASONS[word] for word in one.reasons if word in _REASONS]
    row = reason(known[0]) if known else None
    why = f"{row.code}  {row.officer[language]}" if row is not None and signed_in else ""
    title = f"{one.lane} · {in_groups(reference_of(one.crossing))}"
    takeable = one.state == "open" and not is_mine and not one.officer and left > 0
    by = one.by if one.state == "closed" else ""
    return WaitingRow(one.lane, one.crossing, title, why, how, role, takeable, is_mine, by)
