"""Looks after the lane's clock: takes up what officers ordered, and says what the clock is worth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from config.settings import Settings
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.program import built_at
from sync.canonical import utc_text
from sync.clock.core import ClockStatus, Limits
from sync.clock.journal_mark import journal_mark
from sync.clock.line import Source
from sync.clock.states import TABLE, ClockState
from sync.clock.trusted import Reset, TrustedClock
from sync.event import Event
from sync.event_types import ClockChanged, ClockFloor, ClockRecordDamaged, ClockReset

Tell = Callable[[Event | PartFailed | PartRecovered], None]

CLOCK, MACHINE, HUB, RECORD = "clock", "machine's clock", "hub's clock", "record of the clock"
NOT_BELIEVED, UNCONFIRMED, SET_WRONG, HUB_WRONG, UNWRITTEN = "CK", "CU", "CM", "CH", "CF"
OFF_S = 120.0
"""A machine's clock that is further off than this is worth an operator's while."""
HUB_PATIENCE = timedelta(minutes=10)
"""A hub that confirms nothing for so long after the start is named."""
MACHINE_PATIENCE = timedelta(days=7)
"""Without a hub the lane lives by the machine's clock: people are asked to look at it only now and then."""
FLOOR_EVERY = timedelta(days=1)


def limits_of(settings: Settings) -> Limits:
    """How far this lane's clocks may be apart."""
    clock = settings.clock
    days = clock.refer_after_days
    return Limits(
        slack=timedelta(days=clock.slack_days),
        refer_after=timedelta(days=days) if days else None,
        believe_chrony=clock.believe_chrony,
    )


def open_clock(settings: Settings) -> TrustedClock:
    """The clock of this lane, as its record, the journal and the machine have it. Never raises."""
    folder = settings.journal.folder
    return TrustedClock(folder, built_at(), limits_of(settings), mark=journal_mark(folder))


def open_folder_clock(folder: Path) -> TrustedClock:
    """The clock of the lane whose journal this is, to look at only: nobody saves it."""
    return TrustedClock(folder, built_at(), mark=journal_mark(folder))


class ClockWatch:
    """Turns the states of one clock into events and faults. Its calls belong to one thread."""

    def __init__(self, clock: TrustedClock, *, has_hub: bool) -> None:
        self._clock = clock
        self._patience = HUB_PATIENCE if has_hub else MACHINE_PATIENCE
        self._started: datetime | None = None
        self._told: ClockStatus | None = None
        self._floor: datetime | None = None
        self._faults: dict[str, tuple[object, Fault]] = {}

    def expect_hub(self) -> None:
        """There is a hub from now on."""
        self._patience = HUB_PATIENCE

    def look_again(self, tell: Tell) -> None:
        """Looks at the clock and tells what is new: the lane is told before it takes its first traveller."""
        if self._told is None and self._clock.damage:
            tell(ClockRecordDamaged(self._clock.damage))
        try:
            reset = self._clock.take_order()
        except OSError as error:
            reset = None
            self._name(RECORD, UNWRITTEN, "order", _unwritable(error.strerror or str(error)), tell)
        if reset is not None:
            tell(_reset(reset))
        status = self._clock.look()
        self._tell_state(status, tell)
        self._tell_faults(status, tell)

    def _tell_state(self, status: ClockStatus, tell: Tell) -> None:
        told = self._told
        if told is None or told.state is not status.state:
            was = "" if told is None else told.state.value
            off, uncertain = round(status.machine_off_s, 1), round(status.uncertain_s, 3)
            tell(ClockChanged(status.state.value, was, status.source.value, off, uncertain))
        if self._is_due(status):
            self._floor = status.floor
            tell(ClockFloor(utc_text(status.floor), status.state.value))
        if self._started is None:
            self._started = status.now
        self._told = status

    def _is_due(self, status: ClockStatus) -> bool:
        """Whether the journal is to hold the floor as it is now: daily, when confirmed, when set back."""
        told, floor = self._told, self._floor
        if status.state is ClockState.LOST:
            return False
        if floor is None or not timedelta(0) <= status.floor - floor < FLOOR_EVERY:
            return True
        return status.state is ClockState.BELIEVED and told is not None and told.state is not status.state

    def _tell_faults(self, status: ClockStatus, tell: Tell) -> None:
        state, works = status.state, status.works
        waited = status.now - (self._started or status.now) >= HUB_PATIENCE
        due = state is ClockState.UNSURE and waited and status.now - status.confirmed >= self._patience
        if due or not works:
            self._name(CLOCK, UNCONFIRMED if works else NOT_BELIEVED, state, advice(status), tell)
        else:
            self._well(CLOCK, tell)
        if state is ClockState.BELIEVED and abs(status.machine_off_s) > OFF_S:
            self._name(MACHINE, SET_WRONG, round(status.machine_off_s / 60), _machine_off(status), tell)
        else:
            self._well(MACHINE, tell)
        if works and status.hub_said is not None:
            said = (
                f"The hub's clock is wrong, it says {_shown(status.hub_said)}: call the operator of the hub."
            )
            self._name(HUB, HUB_WRONG, status.hub_said.date(), f"{said} The lane goes on.", tell)
        else:
            self._well(HUB, tell)
        if self._clock.unwritten:
            self._name(RECORD, UNWRITTEN, "record", _unwritable(self._clock.unwritten), tell)
        else:
            self._well(RECORD, tell)

    def _name(self, part: str, code: str, about: object, words: str, tell: Tell) -> None:
        """Tells a fault once; words that only count on are not told again."""
        known = self._faults.get(part)
        if known is None or known[0] != (code, about):
            fault = Fault(part, code, words)
            self._faults[part] = ((code, about), fault)
            tell(PartFailed(fault))

    def _well(self, part: str, tell: Tell) -> None:
        if self._faults.pop(part, None) is not None:
            tell(PartRecovered(part))


def advice(status: ClockStatus) -> str:
    """What the officer is to do about the clock, in one sentence."""
    hub = status.hub_said
    words = TABLE[status.state].do.format(
        machine=_shown(status.machine),
        floor=_shown(status.floor),
        seen=_shown(status.now),
        since=_shown(status.confirmed),
        hub="something else" if hub is None else _shown(hub),
    )
    return words.replace("`", "")


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _machine_off(status: ClockStatus) -> str:
    by = "the hub's time" if status.source is Source.HUB else "the confirmed time"
    side = "ahead of" if status.machine_off_s > 0 else "behind"
    return (
        f"The machine's clock is {_rough(abs(status.machine_off_s))} {side} what it should be: call the "
        f"operator; the lane goes on by {by}."
    )


def _rough(seconds: float) -> str:
    """As people say it, in the largest unit of which there are two."""
    for unit, length in (("days", 86_400), ("hours", 3_600)):
        if seconds >= 2 * length:
            return f"{round(seconds / length)} {unit}"
    return f"{round(seconds / 60)} minutes"


def _unwritable(why: str) -> str:
    return f"The clock's record can't be written ({why}): check the journal's disk; the lane goes on."


def _reset(reset: Reset) -> ClockReset:
    order = reset.order
    return ClockReset(
        order.officer, order.second, utc_text(order.to), utc_text(reset.before.floor), reset.taken
    )
