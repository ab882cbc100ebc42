"""Orders to lanes on their way through the hub: from a desk of the station, to one lane, for seconds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text, utc_time
from sync.hub.allowance import Allowance
from sync.hub.database import for_reading
from sync.hub.day_count import DayCount
from sync.hub.desks import NotPossible, device_of, station_of_desk
from sync.hub.models import Device
from sync.hub.referral_models import LaneOrder, StationDesk
from sync.hub.referrals import KEPT, locked_feed
from sync.lane_order import WINDOW, OrderStatement
from sync.referral import CarriedOrder, Heard, OrderShown

SHOWN = 2 * WINDOW
"""So long a desk sees what came of an order."""
MOST_AT_ONCE = 20
"""Orders that wait for one lane: whoever sends more plays with the button."""


class LaneOrders:
    """Every call is one transaction. Raises SQLAlchemyError, `NoStation` and `NotPossible`."""

    def __init__(self, engine: Engine, clock: Clock, allowance: Allowance | None = None) -> None:
        self._engine, self._clock, self._day = engine, clock, DayCount(allowance)

    def send(self, desk_id: int, statement: OrderStatement, text: str, signature: bytes) -> tuple[int, str]:
        """Takes an order for the lane. Its number and the station; the same when repeated.

        Whether the officer gave it is for the lane to say. Raises `DayUsedUp`.
        """
        now = self._clock().utc
        with Session(self._engine) as session, session.begin():
            station = station_of_desk(session, desk_id)
            feed = locked_feed(session, desk_id)
            lane = device_of(session, station, statement.lane)
            if lane is None or session.get(StationDesk, lane) is not None:
                raise NotPossible("unknown_lane", "The station has no lane of this name.")
            same = (LaneOrder.device_id == lane, LaneOrder.statement == text, LaneOrder.desk_id == desk_id)
            if (before := session.scalar(select(LaneOrder.id).where(*same))) is not None:
                return before, station
            if len(_on_their_way(session, lane, 0, now)) >= MOST_AT_ONCE:
                raise NotPossible("too_many", "The lane has not answered to many orders: wait for it.")
            self._day.take(session, desk_id, utc_text(now), 1, len(text))
            order = LaneOrder(
                station=station,
                device_id=lane,
                desk_id=desk_id,
                order=statement.order,
                officer=statement.officer,
                statement=text,
                signature=signature,
                at=utc_text(now),
                word="",
            )
            session.add(order)
            session.flush()
            feed.change += 1
            feed.decided += 1
            return order.id, station

    def for_lane(self, device_id: int, after: int) -> tuple[CarriedOrder, ...]:
        """Orders behind number `after` that the lane has not answered and that are not too old for it."""
        with Session(for_reading(self._engine)) as session:
            return tuple(
                CarriedOrder(number=row.id, statement=row.statement, signature=row.signature.hex())
                for row in _on_their_way(session, device_id, after, self._clock().utc)
            )

    def obeyed(self, device_id: int, said: tuple[Heard, ...]) -> None:
        """What a lane made of its orders."""
        with Session(self._engine) as session, session.begin():
            feed = locked_feed(session, device_id)
            for one in said:
                row = session.get(LaneOrder, one.number)
                if row is not None and row.device_id == device_id and not row.word:
                    row.word = one.word
                    feed.change += 1

    def for_desk(self, desk_id: int) -> tuple[OrderShown, ...]:
        """The station's newest orders, newest first."""
        now = self._clock().utc
        with Session(for_reading(self._engine)) as session:
            station = station_of_desk(session, desk_id)
            rows = session.scalars(
                select(LaneOrder)
                .where(LaneOrder.station == station, LaneOrder.at > utc_text(now - SHOWN))
                .order_by(LaneOrder.id.desc())
                .limit(100)
            ).all()
            ids = {row.device_id for row in rows} | {row.desk_id for row in rows}
            found = session.execute(select(Device.id, Device.kiosk).where(Device.id.in_(ids))).all()
            names = {row.id: row.kiosk for row in found}
            return tuple(
                OrderShown(
                    number=row.id,
                    lane=names[row.device_id],
                    order=row.order,
                    officer=row.officer,
                    desk=names[row.desk_id],
                    age_s=max(0, int((now - utc_time(row.at)).total_seconds())),
                    word=row.word,
                )
                for row in rows
            )

    def tidy(self) -> int:
        """Forgets old ones; how many."""
        old = LaneOrder.at <= utc_text(self._clock().utc - KEPT)
        with Session(for_reading(self._engine)) as session:
            due = session.scalar(select(func.count()).select_from(LaneOrder).where(old)) or 0
        if due:
            with Session(self._engine) as session, session.begin():
                session.execute(delete(LaneOrder).where(old))
        return due


def _on_their_way(session: Session, device_id: int, after: int, now: datetime) -> list[LaneOrder]:
    return list(
        session.scalars(
            select(LaneOrder)
            .where(
                LaneOrder.device_id == device_id,
                LaneOrder.id > after,
                LaneOrder.word == "",
                LaneOrder.at > utc_text(now - WINDOW),
            )
            .order_by(LaneOrder.id)
            .limit(100)
        )
    )
