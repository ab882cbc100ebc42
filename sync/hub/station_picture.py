"""How the station stands now, for its page: never better than what was last heard, and how long ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import NotCanonical, utc_text, utc_time
from sync.hub.database import for_reading
from sync.hub.models import Alarm, Device
from sync.hub.people_models import AlarmSeen
from sync.hub.picture_models import LaneHour, LanePicture, LaneReport
from sync.hub.referral_models import StationDesk
from sync.lane_report import FaultSaid, read_lane_report

UNHEARD_S = 20.0
"""A lane that was not heard of for this long is shown as that, whatever it said last."""
AHEAD = timedelta(seconds=5)
SMALL = 10


class LaneState(StrEnum):
    """What the page says of a lane."""

    OPEN = "open"
    REFERRAL = "referral"
    HELD = "held"
    CLOSED = "closed"
    OUT_OF_ORDER = "out_of_order"
    EVACUATE = "evacuate"
    STOPPED = "stopped"
    UNHEARD = "unheard"
    NEVER = "never"


_PHASES = {
    "referred": LaneState.REFERRAL,
    "gate_failed": LaneState.REFERRAL,
    "held": LaneState.HELD,
    "closed": LaneState.CLOSED,
    "out_of_order": LaneState.OUT_OF_ORDER,
    "evacuate": LaneState.EVACUATE,
    "waiting": LaneState.OPEN,
    "gathering": LaneState.OPEN,
    "admitted": LaneState.OPEN,
    "passing": LaneState.OPEN,
    "refused": LaneState.OPEN,
    "at_desk": LaneState.OPEN,
}
_RECORDED = {
    "open": LaneState.OPEN,
    "held": LaneState.HELD,
    "closed": LaneState.CLOSED,
    "out_of_order": LaneState.OUT_OF_ORDER,
    "evacuate": LaneState.EVACUATE,
    "stopped": LaneState.STOPPED,
}


@dataclass(frozen=True, slots=True)
class ListAge:
    """One list of a lane. `freshness` is the lane's own judgement when it was last heard."""

    kind: str
    name: str
    freshness: str
    age_s: float | None


@dataclass(frozen=True, slots=True)
class Range:
    """A number of people, told only in tens: `low` to `low` + 9; below ten nobody can be singled out."""

    low: int

    @classmethod
    def of(cls, count: int) -> Range:
        """The range that holds this number."""
        return cls(count - count % SMALL)


@dataclass(frozen=True, slots=True)
class Counts:
    """Crossings decided in one span of time."""

    all: Range
    referred: Range
    refused: Range


@dataclass(frozen=True, slots=True)
class LaneNow:
    """One lane."""

    kiosk: str
    state: LaneState
    heard_s: float | None
    """Seconds since the hub last heard of it; None: never."""
    demo: bool
    version: str
    faults: tuple[FaultSaid, ...]
    lists: tuple[ListAge, ...]
    unsent: int | None
    oldest_unsent_s: float | None
    lately: Counts
    """Since `StationNow.lately_from`."""
    today: Counts
    """Since midnight in the station's zone."""
    alarms: int
    """That nobody has seen to."""
    direction: str = ""
    """In which of its two directions it works; empty: it has one, or was not heard of lately."""
    turned: bool = False
    """Whether an officer turned it."""
    lost: bool = False
    """It was heard of, did not end in order, and is silent now: somebody has to go and look."""


@dataclass(frozen=True, slots=True)
class StationNow:
    """All lanes, and when this was made."""

    made_at: datetime
    lately_from: datetime
    """The beginning of the hour before."""
    lanes: tuple[LaneNow, ...]

    @property
    def lost(self) -> tuple[LaneNow, ...]:
        """Lanes that nobody hears of any more."""
        return tuple(lane for lane in self.lanes if lane.lost)


class StationPicture:
    """Asks a handful of small tables. Raises SQLAlchemyError."""

    def __init__(
        self, engine: Engine, clock: Clock, zone: tzinfo = UTC, unheard_s: float = UNHEARD_S
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._zone = zone
        self._unheard_s = unheard_s

    def now(self) -> StationNow:
        """As things stand."""
        at = self._clock().utc
        with Session(for_reading(self._engine)) as session:
            alarms = self._open_alarms(session)
            hours = self._hours(session, at)
            lately = at.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
            midnight = at.astimezone(self._zone).replace(hour=0, minute=0, second=0, microsecond=0)
            since = (utc_text(lately)[:13], utc_text(midnight)[:13])
            rows = session.execute(
                select(Device, LanePicture, LaneReport)
                .outerjoin(StationDesk, StationDesk.device_id == Device.id)
                .outerjoin(LanePicture, LanePicture.device_id == Device.id)
                .outerjoin(LaneReport, LaneReport.device_id == Device.id)
                .where(Device.retired_at.is_(None), StationDesk.device_id.is_(None))
                .order_by(Device.kiosk)
            )
            lanes = tuple(
                self._lane(
                    at, device, picture, report, hours.get(device.id, []), since, alarms.get(device.id, 0)
                )
                for device, picture, report in rows
            )
        return StationNow(at, lately, lanes)

    def _lane(
        self,
        at: datetime,
        device: Device,
        picture: LanePicture | None,
        row: LaneReport | None,
        hours: list[LaneHour],
        since: tuple[str, str],
        alarms: int,
    ) -> LaneNow:
        try:
            report = None if row is None else read_lane_report(row.body.encode())
        except NotCanonical:
            report = None  # a later version wrote it
        reported_s = None if row is None or report is None else _heard(at, row.at)
        heard = [age for age in (reported_s, _heard(at, device.seen_at)) if age is not None]
        heard_s = min(heard, default=None)
        current = report is not None and reported_s is not None and reported_s <= self._unheard_s
        if heard_s is None:
            state = LaneState.NEVER if device.seen_at is None and row is None else LaneState.UNHEARD
        elif heard_s > self._unheard_s:
            state = LaneState.UNHEARD
            if picture is not None and picture.state == LaneState.STOPPED:
                state = LaneState.STOPPED
        elif current and report is not None and not _newer_and_worse(picture, report.at):
            state = _PHASES.get(report.phase, LaneState.UNHEARD)
        else:
            state = _RECORDED.get(picture.state if picture else "", LaneState.UNHEARD)
        lists = report.lists if report else ()
        duty = report.duty if report and current else None
        return LaneNow(
            kiosk=device.kiosk,
            state=state,
            heard_s=heard_s,
            demo=bool(report and report.demo),
            version=report.version if report else (picture.version if picture else ""),
            faults=report.faults if report and current else (),
            lists=tuple(ListAge(x.kind, x.name, x.freshness, _age(at, x.signed_at)) for x in lists),
            unsent=report.unsent if report else None,
            oldest_unsent_s=_age(at, report.oldest_unsent_at) if report else None,
            lately=_counts(hours, since[0]),
            today=_counts(hours, since[1]),
            alarms=alarms,
            direction=duty.direction if duty and duty.turns_to else "",
            turned=bool(duty and duty.turned),
            lost=state is LaneState.UNHEARD and (heard_s is None or heard_s > self._unheard_s),
        )

    def _hours(self, session: Session, at: datetime) -> Mapping[int, list[LaneHour]]:
        since = utc_text(at - timedelta(hours=24))[:13]
        found: dict[int, list[LaneHour]] = {}
        for hour in session.scalars(select(LaneHour).where(LaneHour.hour >= since)):
            found.setdefault(hour.device_id, []).append(hour)
        return found

    def _open_alarms(self, session: Session) -> Mapping[int, int]:
        rows = session.execute(
            select(Alarm.device_id, func.count())
            .outerjoin(AlarmSeen, AlarmSeen.alarm_id == Alarm.id)
            .where(AlarmSeen.alarm_id.is_(None))
            .group_by(Alarm.device_id)
        )
        return dict(rows.all())


def _newer_and_worse(picture: LanePicture | None, reported: str) -> bool:
    """Whether the records tell, of a moment after the report, that the lane is not open any more."""
    if picture is None or picture.state_at is None or picture.state == LaneState.OPEN:
        return False
    return picture.state_at > reported


def _counts(hours: list[LaneHour], since: str) -> Counts:
    within = [hour for hour in hours if hour.hour >= since]
    referred, refused = sum(x.referred for x in within), sum(x.refused for x in within)
    everybody = referred + refused + sum(x.admitted for x in within)
    return Counts(Range.of(everybody), Range.of(referred), Range.of(refused))


def _age(at: datetime, then: str | None) -> float | None:
    return None if then is None else max(0.0, (at - utc_time(then)).total_seconds())


def _heard(at: datetime, then: str | None) -> float | None:
    """Like `_age`; a time that is still to come (the hub's clock was set back) tells nothing."""
    if then is None or utc_time(then) > at + AHEAD:
        return None
    return _age(at, then)
