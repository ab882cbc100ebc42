"""Which single-use codes of a station are used, and by whom: one answer, whatever many hubs are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import Engine, delete, exists, func, select
from sqlalchemy.orm import Session, aliased

from config.moment import Clock
from sync.canonical import utc_text
from sync.day_keys import LIFE_DAYS
from sync.hub.alarm_room import MOST_OPEN, open_alarms
from sync.hub.allowance import Allowance, add
from sync.hub.database import for_reading
from sync.hub.device_models import DeviceProfile, SpentChange, SpentUse, Station
from sync.hub.models import Alarm, Device
from sync.spent_words import MOST_CHANGES, Change, Heard, Returned, UseTold, Word

log = structlog.get_logger("hub")
_ADDED = "added"


class NoStation(Exception):
    """The device belongs to no station, so nobody else's codes are known to it."""


class DayUsedUp(Exception):
    """The device added as much as it may in a day. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A run of changes of other lanes, and how far it goes."""

    name: str
    last: int
    more: bool
    changes: list[Change]

    def table(self) -> dict[str, object]:
        """As it is sent."""
        changes = [change.table() for change in self.changes]
        return {"feed": self.name, "last": self.last, "more": self.more, "changes": changes}


class SpentUses:
    """Every call is one transaction, changes under the lock of the station's row.

    Raises SQLAlchemyError and `NoStation`.
    """

    def __init__(self, engine: Engine, clock: Clock, allowance: Allowance | None = None) -> None:
        self._engine, self._clock = engine, clock
        self._allowance = allowance or Allowance()

    def take(self, device_id: int, returned: Sequence[Returned], uses: Sequence[UseTold]) -> list[Word]:
        """What is given back first, then each use in turn. On stable storage when this returns.

        What is said again counts toward no day: whoever listened can say it again. Raises `DayUsedUp`, and
        nothing of it was taken.
        """
        now = utc_text(self._clock().utc)
        with Session(self._engine) as session, session.begin():
            station = _locked(session, device_id)
            for back in returned:
                self._give_back(session, station, device_id, back, now)
            words = [self._take_one(session, station, device_id, use, now) for use in uses]
            session.flush()
            adds = self._allowance.adds(now, session.info.get(_ADDED, 0), 0)
            if session.info.get(_ADDED) and not add(session.connection(), device_id, adds):
                raise DayUsedUp(self._allowance.sentence())
            return words

    def changes(self, device_id: int, after: int) -> Feed:
        """Changes behind number `after` that other devices of the station made."""
        with Session(for_reading(self._engine)) as session:
            row = session.execute(
                select(Station.name, Station.feed)
                .join(DeviceProfile, DeviceProfile.station == Station.name)
                .where(DeviceProfile.device_id == device_id)
            ).first()
            if row is None:
                raise NoStation
            end = session.scalar(select(func.max(SpentChange.id)).where(SpentChange.station == row.name)) or 0
            found = session.execute(
                select(SpentChange, Device.kiosk)
                .join(Device, Device.id == SpentChange.device_id)
                .where(
                    SpentChange.station == row.name,
                    SpentChange.id > after,
                    SpentChange.device_id != device_id,
                    SpentChange.what != "conflict",
                )
                .order_by(SpentChange.id)
                .limit(MOST_CHANGES)
            ).all()
            changes = [
                Change(change.id, change.token, change.what == "spent", kiosk, change.at)
                for change, kiosk in found
            ]
        more = len(changes) == MOST_CHANGES
        return Feed(row.feed, changes[-1].number if more else end, more, changes)

    def forget(self) -> int:
        """Removes what no living key could recognise; how many uses that were."""
        before = utc_text(self._clock().utc - timedelta(days=LIFE_DAYS + 1))
        with Session(self._engine) as session, session.begin():
            old = select(func.count()).select_from(SpentUse).where(SpentUse.taken_at < before)
            count = session.scalar(old) or 0
            session.execute(delete(SpentUse).where(SpentUse.taken_at < before))
            session.execute(delete(SpentChange).where(SpentChange.at < before))
        return count

    def _give_back(self, session: Session, station: str, device_id: int, back: Returned, now: str) -> None:
        """Also where it was never taken: a question that is still under way is answered by this mark."""
        if _has(session, device_id, back.reference, back.token, "returned"):
            return
        _change(session, station, device_id, back.reference, back.token, "returned", now)
        mine = (SpentUse.device_id == device_id, SpentUse.reference == back.reference)
        held = session.scalar(select(SpentUse.token).where(SpentUse.station == station, *mine))
        if held is not None:
            session.execute(delete(SpentUse).where(SpentUse.station == station, *mine))
            session.flush()
            self._pass_on(session, station, held, now)
        session.flush()

    def _pass_on(self, session: Session, station: str, token: bytes, now: str) -> None:
        """Where two lanes had used it and one gives it back, the other's use stands."""
        returned = aliased(SpentChange)
        other = session.scalars(
            select(SpentChange)
            .where(
                SpentChange.station == station,
                SpentChange.token == token,
                SpentChange.what == "conflict",
                ~exists().where(
                    returned.device_id == SpentChange.device_id,
                    returned.reference == SpentChange.reference,
                    returned.what == "returned",
                ),
            )
            .order_by(SpentChange.id)
        ).first()
        if other is not None:
            self._hold(session, station, other.device_id, other.reference, token, other.at, now)

    @staticmethod
    def _hold(
        session: Session, station: str, device_id: int, reference: str, token: bytes, at: str, now: str
    ) -> None:
        session.add(
            SpentUse(
                station=station, token=token, device_id=device_id, reference=reference, at=at, taken_at=now
            )
        )
        _change(session, station, device_id, reference, token, "spent", now)
        session.flush()

    def _take_one(self, session: Session, station: str, device_id: int, use: UseTold, now: str) -> Word:
        if _has(session, device_id, use.reference, use.token, "returned"):
            return Word(use.reference, Heard.RETURNED)
        held = session.execute(
            select(SpentUse, Device.kiosk)
            .join(Device, Device.id == SpentUse.device_id)
            .where(SpentUse.station == station, SpentUse.token.in_({use.token, *use.also}))
            .order_by(SpentUse.id)
        ).first()
        if held is None:
            self._hold(session, station, device_id, use.reference, use.token, use.at, now)
            return Word(use.reference, Heard.FIRST)
        before, lane = held
        if before.device_id == device_id and before.reference == use.reference:
            return Word(use.reference, Heard.FIRST)
        if use.taken:
            self._conflict(session, station, device_id, use, before, lane, now)
        return Word(use.reference, Heard.AGAIN, lane, before.at)

    def _conflict(
        self,
        session: Session,
        station: str,
        device_id: int,
        use: UseTold,
        before: SpentUse,
        lane: str,
        now: str,
    ) -> None:
        """Two lanes that could not ask each other admitted on one code: a person has to know."""
        if _has(session, device_id, use.reference, before.token, "conflict"):
            return
        change = _change(session, station, device_id, use.reference, before.token, "conflict", now)
        session.flush()
        why = (
            f"the single-use code of {use.reference} at {use.at} had been used at {lane} "
            f"({before.reference} at {before.at})"
        )
        if (session.scalar(open_alarms(device_id, "spent_twice")) or 0) < MOST_OPEN:
            session.add(Alarm(device_id=device_id, what="spent_twice", sequence=change.id, why=why, at=now))
        log.error("spent twice", station=station, lane=lane, why=why)


def _locked(session: Session, device_id: int) -> str:
    station = session.scalar(
        select(Station.name)
        .join(DeviceProfile, DeviceProfile.station == Station.name)
        .where(DeviceProfile.device_id == device_id)
        .with_for_update(of=Station)
    )
    if station is None:
        raise NoStation
    return station


def _has(session: Session, device_id: int, reference: str, token: bytes, what: str) -> bool:
    found = session.scalar(
        select(SpentChange.id).where(
            SpentChange.device_id == device_id,
            SpentChange.reference == reference,
            SpentChange.token == token,
            SpentChange.what == what,
        )
    )
    return found is not None


def _change(
    session: Session, station: str, device_id: int, reference: str, token: bytes, what: str, now: str
) -> SpentChange:
    """A new one, which counts toward the day of the device that asked."""
    change = SpentChange(
        station=station, token=token, what=what, device_id=device_id, reference=reference, at=now
    )
    session.add(change)
    session.info[_ADDED] = session.info.get(_ADDED, 0) + 1
    return change
