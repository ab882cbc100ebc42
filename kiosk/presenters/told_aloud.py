"""What an officer who is read the screen is told unasked: what eyes see come up on it. No window needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kiosk.i18n.mark import QT_TRANSLATE_NOOP
from kiosk.lane_view import LaneView
from kiosk.presenters.officer_panel import State
from kiosk.presenters.officer_texts import PASSAGES, say
from kiosk.presenters.station import WaitingRow
from kiosk.reference import in_groups, reference_of
from kiosk.theme.palette import Role

SIGNED_IN = QT_TRANSLATE_NOOP("Officer", "Signed in: {officer}.")
_ENDS = ".!?…。！？"
_QUIET = (Role.NEUTRAL, Role.ADMIT)
"""A lane that works as it should is heard by its tones."""


def told_at_lane(
    strip: State,
    officer: str,
    calm: str,
    keys: Sequence[str],
    language: str,
    *,
    front: bool,
    decided: str = "",
    through: str = "",
) -> Mapping[object, str]:
    """At the lane's panel, by what it is about. `calm`: what stands there while nobody waits. `keys`: that a
    decision can be taken back, that a session ends. `front`: the referral has the focus: it is read anyway.
    `decided`: the crossing that an officer decided: what comes of it is told, too. `through`: what the gate
    did with whom this officer let in, as `let_in` says it: a passage is over before a reader comes to it."""
    told = _who(officer, language)
    told["through", through] = _sentences(through)
    if strip.role not in _QUIET or decided:
        told["lane", strip.headline, decided] = "" if front else _sentences(strip.headline, strip.detail)
    else:
        told["works"] = _sentences(strip.headline)
    return told | _calm(calm) | _keys(keys)


def by_keys(take_back: str) -> str:
    """The key that takes a decision back, with the strokes that press it from wherever the focus is."""
    return f"{take_back}, Ctrl+Z" if take_back else ""


def let_in(view: LaneView | None, officer: str, language: str) -> str:
    """Whether the latest traveller, where this officer decided, went through; empty: the gate did nothing."""
    latest = view.last[0] if view is not None and view.last else None
    if latest is None or latest.passage is None or not officer or latest.decided_by != officer:
        return ""
    return f"{in_groups(reference_of(latest.crossing))}: {say(PASSAGES[latest.passage], language)}"


def told_at_station(
    strip: State, waiting: Sequence[WaitingRow], officer: str, calm: str, keys: Sequence[str], language: str
) -> Mapping[object, str]:
    """At the station's desk: whether it hears the hub, everybody who begins to wait (to who is signed in
    with reason and the digit that takes them), what came of this officer's decisions. `calm`: what stands
    there while nobody was taken."""
    told = _who(officer, language) | _calm("" if any(row.open for row in waiting) else calm)
    told["hub", strip.headline] = _sentences(strip.headline)
    for digit, row in enumerate((row for row in waiting if row.open), start=1):
        number = f"{digit}: " if officer else ""
        told["waits", row.crossing, officer] = _sentences(f"{number}{row.title}", row.why, row.how)
    for row in waiting:
        if row.by and row.by == officer:
            told["over", row.crossing] = _sentences(row.title, row.how)
    return told | _keys(keys)


def _who(officer: str, language: str) -> dict[object, str]:
    return {("officer", officer): say(SIGNED_IN, language, officer=officer) if officer else ""}


def _calm(calm: str) -> dict[object, str]:
    return {("calm", calm.partition("\n")[0]): _sentences(*calm.split("\n"))}


def _keys(keys: Sequence[str]) -> dict[object, str]:
    """Their seconds run: that one is there is told, once."""
    return {("key", place): words for place, words in enumerate(keys) if words}


def _sentences(*words: str) -> str:
    return " ".join(_sentence(one.replace(" · ", ", ")) for one in words if one)


def _sentence(words: str) -> str:
    if words[-1] in _ENDS:
        return words
    return f"{words}。" if words[-1] > "\u2e80" else f"{words}."
