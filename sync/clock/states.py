"""The states of the clock, one row of one table each: page, officer's screen and tests use the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ClockState(StrEnum):
    """How far the time can be believed. One row of `TABLE` each."""

    BELIEVED = "BELIEVED"
    UNSURE = "UNSURE"
    OVERDUE = "OVERDUE"
    BEHIND = "BEHIND"
    AHEAD = "AHEAD"
    JUMPED = "JUMPED"
    DISPUTED = "DISPUTED"
    LOST = "LOST"

    @property
    def works(self) -> bool:
        """Whether the lane goes on; otherwise every traveller is referred (`CLOCK_UNTRUSTED`)."""
        return TABLE[self].works


@dataclass(frozen=True, slots=True)
class Row:
    """One state in words."""

    when: str
    now: str
    works: bool
    floor: str
    do: str
    """What the officer does; `{machine}`, `{floor}`, `{seen}`, `{since}` and `{hub}` are times."""


_COUNTED = "by the seconds counted"
_RESET = "have two officers run `main.py clock reset`"

TABLE: Mapping[ClockState, Row] = MappingProxyType(
    {
        ClockState.BELIEVED: Row(
            when="The hub signed the time, or two officers confirmed it, since the machine started",
            now="that time and the seconds counted since; it never goes back",
            works=True,
            floor="up to now, less the uncertainty",
            do="Nothing to do.",
        ),
        ClockState.UNSURE: Row(
            when="Nobody confirmed the time since the machine started, but its clock is plausible",
            now="the machine's clock as first seen, and the seconds counted since",
            works=True,
            floor=_COUNTED,
            do="The time was not confirmed since {since}: compare it with your own watch; where there is no "
            f"hub, {_RESET} once a month.",
        ),
        ClockState.OVERDUE: Row(
            when="Nobody confirmed the time for longer than `clock.refer_after_days`",
            now="as before",
            works=False,
            floor=_COUNTED,
            do=f"The time was not confirmed since {{since}}, which is too long: mend the line to the hub, or "
            f"{_RESET}.",
        ),
        ClockState.BEHIND: Row(
            when="The machine's clock is earlier than the floor",
            now="the last plausible time and the seconds counted since",
            works=False,
            floor=_COUNTED,
            do="The machine's clock says {machine}, but this lane knows that it is later than {floor}: set "
            f"the machine's clock, or {_RESET}; look at the machine's battery.",
        ),
        ClockState.AHEAD: Row(
            when="The machine's clock is more than `clock.slack_days` later than the last plausible time",
            now="the last plausible time and the seconds counted since",
            works=False,
            floor=_COUNTED,
            do="The machine's clock says {machine}, long after {seen}, when this lane last knew the time: "
            f"set the machine's clock if that is wrong, or {_RESET} if it is right.",
        ),
        ClockState.JUMPED: Row(
            when="The machine's clock was changed while nobody had confirmed the time",
            now="as before the change",
            works=False,
            floor=_COUNTED,
            do="The machine's clock was changed to {machine}: find out who did it, set it back, or "
            f"{_RESET}.",
        ),
        ClockState.DISPUTED: Row(
            when="The hub's signed time contradicts this lane's, and no other clock agrees with either",
            now="as before",
            works=False,
            floor=_COUNTED,
            do="The hub says {hub} and the machine says {machine}: compare both with your own watch, set the "
            f"wrong one right, or {_RESET}.",
        ),
        ClockState.LOST: Row(
            when="The lane's record of the floor is damaged, and the journal holds none",
            now="the machine's clock, if it can be right at all; else the time of the build",
            works=False,
            floor=_COUNTED,
            do=f"The lane lost what it knew of the time: {_RESET}; the lane goes on by itself where the hub "
            "and the machine's clock agree.",
        ),
    }
)


def table() -> str:
    """The table of states as it stands in docs/clock.md."""
    lines = ["| state | when | what `now` is | the lane | the floor moves |", "|---|---|---|---|---|"]
    lines += [
        f"| `{state}` | {row.when} | {row.now} | {'works' if row.works else 'refers'} | {row.floor} |"
        for state, row in TABLE.items()
    ]
    return "\n".join(lines)
