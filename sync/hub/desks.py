"""What a station's desks see and do: the picture of all lanes, taking a referral, deciding it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, case, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text, utc_time
from sync.decision import DOCUMENT, UNDO, Statement
from sync.hub.allowance import Allowance
from sync.hub.database import for_reading
from sync.hub.day_count import DayCount
from sync.hub.device_models import DeviceProfile
from sync.hub.models import Device
from sync.hub.picture_models import LanePicture, LaneReport
from sync.hub.referral_models import Referral, ReferralDecision, ReferralFeed, StationDesk
from sync.hub.referrals import CLOSED, DECIDED, OPEN, SECOND, TIMED_OUT, locked_feed, of_lane, station_of
from sync.referral import STOPPED, ForDesk, LaneShown, Shown

CLAIM = timedelta(seconds=15)
"""A desk says again that it has a referral; one that fell silent has it no longer than this."""
STILL_SHOWN = timedelta(seconds=15)
LATE = timedelta(seconds=60)
"""So long a decision is still carried when the lane's time has run out: it is recorded and opens nothing."""
PLACES = 2


class NotPossible(Exception):
    """A desk asked for what can't be. `word` for the program, `str()` one sentence for the officer."""

    def __init__(self, word: str, why: str) -> None:
        super().__init__(why)
        self.word = word


class NoDesk(NotPossible):
    """The device that asks is no desk of a station."""


class Desks:
    """Every call is one transaction. Raises SQLAlchemyError, `NoStation` and `NotPossible`."""

    def __init__(self, engine: Engine, clock: Clock, allowance: Allowance | None = None) -> None:
        self._engine, self._clock, self._day = engine, clock, DayCount(allowance)

    def station(self, desk_id: int) -> str:
        """The station of a desk. Raises `NoDesk`."""
        with Session(for_reading(self._engine)) as session:
            return station_of_desk(session, desk_id)

    def change(self, desk_id: int) -> int:
        """How many changes the desk's station has seen."""
        with Session(for_reading(self._engine)) as session:
            feed = session.get(ReferralFeed, station_of_desk(session, desk_id))
            return 0 if feed is None else feed.change

    def picture(self, desk_id: int) -> ForDesk:
        """All lanes and referrals of the desk's station."""
        now = self._clock().utc
        with Session(for_reading(self._engine)) as session:
            station = station_of_desk(session, desk_id)
            feed = session.get(ReferralFeed, station)
            lanes = session.execute(
                select(Device.kiosk, LaneReport.at, LaneReport.body, _ENDED_AT)
                .join(DeviceProfile, DeviceProfile.device_id == Device.id)
                .outerjoin(StationDesk, StationDesk.device_id == Device.id)
                .outerjoin(LaneReport, LaneReport.device_id == Device.id)
                .outerjoin(LanePicture, LanePicture.device_id == Device.id)
                .where(
                    Device.retired_at.is_(None),
                    DeviceProfile.station == station,
                    StationDesk.device_id.is_(None),
                )
                .order_by(Device.kiosk)
                .limit(1000)
            ).all()
            referrals = session.execute(
                select(Referral, Device.kiosk)
                .join(Device, Device.id == Referral.device_id)
                .where(
                    Referral.station == station,
                    Referral.expires_at > utc_text(now - LATE),
                    or_(Referral.state != CLOSED, Referral.closed_at > utc_text(now - STILL_SHOWN)),
                )
                .order_by(Referral.id)
                .limit(1000)
            ).all()
            desks = {row.id: row.kiosk for row in _desks(session, station)}
        return ForDesk(
            at=utc_text(now),
            change=0 if feed is None else feed.change,
            lanes=tuple(_lane(row.kiosk, row.at, row.body, row.ended_at, now) for row in lanes),
            referrals=tuple(_shown(row, kiosk, desks, now) for row, kiosk in referrals),
        )

    def claim(self, desk_id: int, lane: str, crossing: str, officer: str) -> str:
        """This officer at this desk has the referral, for `CLAIM`. Repeated, it is renewed; the station."""
        now = self._clock().utc
        with Session(self._engine) as session, session.begin():
            station = station_of_desk(session, desk_id)
            feed = locked_feed(session, desk_id)
            row = _found(session, station, lane, crossing)
            if row.state == CLOSED or row.expires_at <= utc_text(now):
                raise NotPossible("over", "The lane has already finished with this traveller.")
            if row.state == DECIDED:
                raise NotPossible("decided", "Another officer has already decided.")
            mine = (row.officer, row.desk_id) == (officer, desk_id)
            if row.officer and not mine and row.claimed_until > utc_text(now):
                raise NotPossible("taken", f"{row.officer} has taken this traveller.")
            if officer in _approvers(session, row):
                raise NotPossible("second_officer", "You have decided already: another officer has to.")
            row.officer, row.desk_id, row.claimed_until = officer, desk_id, utc_text(now + CLAIM)
            feed.change += not mine
            return station

    def release(self, desk_id: int, lane: str, crossing: str) -> str:
        """The desk lets go of a referral; nothing happens where it has none. Gives the station."""
        with Session(self._engine) as session, session.begin():
            station = station_of_desk(session, desk_id)
            feed = locked_feed(session, desk_id)
            row = _found(session, station, lane, crossing)
            if row.desk_id == desk_id and row.state == OPEN:
                row.officer, row.desk_id, row.claimed_until = "", None, ""
                feed.change += 1
            return station

    def decide(self, desk_id: int, statement: Statement, text: str, signature: bytes) -> tuple[int, str]:
        """Takes a decision for the lane, the first only. Its number and the station; the same when repeated.

        Raises `DayUsedUp`.

        Whether the officer made it is for the lane to say: the roster is sealed, and not to the hub.
        """
        try:
            with Session(self._engine) as session, session.begin():
                return self._decide(session, desk_id, statement, text, signature)
        except IntegrityError as error:
            raise NotPossible("decided", "Another officer has already decided.") from error

    def _decide(
        self, session: Session, desk_id: int, statement: Statement, text: str, signature: bytes
    ) -> tuple[int, str]:
        now = self._clock().utc
        station = station_of_desk(session, desk_id)
        feed = locked_feed(session, desk_id)
        row = _found(session, station, statement.lane, statement.crossing)
        made = session.scalars(select(ReferralDecision).where(ReferralDecision.referral_id == row.id)).all()
        for before in made:
            if before.statement == text and before.desk_id == desk_id:
                return before.id, station
        standing = [one for one in made if one.place is not None]
        decides = statement.action not in (UNDO, DOCUMENT)
        if statement.action == UNDO:
            _may_take_back(desk_id, statement.officer, standing, now)
        else:
            _may_decide(row, desk_id, statement.officer, standing, now)
        if decides and statement.officer in _approvers(session, row):
            raise NotPossible("second_officer", "You have decided already: another officer has to.")
        self._day.take(session, desk_id, utc_text(now), 1, len(text))
        decision = ReferralDecision(
            referral_id=row.id,
            device_id=row.device_id,
            place=len(standing) + 1 if decides else None,
            officer=statement.officer,
            action=statement.action,
            desk_id=desk_id,
            statement=text,
            signature=signature,
            at=utc_text(now),
            word="",
        )
        session.add(decision)
        if row.state == OPEN and decides:
            row.state = DECIDED
        session.flush()
        feed.change += 1
        feed.decided += 1
        return decision.id, station


def _may_decide(
    row: Referral, desk_id: int, officer: str, standing: list[ReferralDecision], now: datetime
) -> None:
    if row.desk_id != desk_id or row.officer != officer:
        raise NotPossible("not_taken", "Take the traveller first: another officer may have.")
    if row.state == DECIDED or any(one.word != SECOND for one in standing) or len(standing) >= PLACES:
        raise NotPossible("decided", "Another officer has already decided.")
    ended = row.expires_at if row.state == OPEN else row.closed_at or row.expires_at
    if row.state == CLOSED and row.how != TIMED_OUT:
        raise NotPossible("over", "The lane has already finished with this traveller.")
    if utc_time(ended) + LATE <= now:
        raise NotPossible("over", "The lane has already finished with this traveller.")


def _may_take_back(desk_id: int, officer: str, standing: list[ReferralDecision], now: datetime) -> None:
    """Only who decided, and where. Whether there is time for it is for the lane to say."""
    own = [one for one in standing if (one.desk_id, one.officer) == (desk_id, officer) and one.word != SECOND]
    if not own or utc_time(own[-1].at) + LATE <= now:
        raise NotPossible("too_late", "It is too late to take this decision back.")


def _approvers(session: Session, row: Referral) -> set[str]:
    """Who has admitted as the first of two, here or at the lane."""
    at_desks = session.scalars(
        select(ReferralDecision.officer).where(
            ReferralDecision.referral_id == row.id,
            ReferralDecision.place.is_not(None),
            ReferralDecision.word == SECOND,
        )
    ).all()
    return {*at_desks, str(json.loads(row.body).get("approved_by", ""))} - {""}


def station_of_desk(session: Session, desk_id: int) -> str:
    """Raises `NoDesk`."""
    if session.get(StationDesk, desk_id) is None:
        raise NoDesk("no_desk", "This device is no desk of a station: enrol it as one.")
    return station_of(session, desk_id)


def _desks(session: Session, station: str) -> list[Any]:
    return list(
        session.execute(
            select(Device.id, Device.kiosk)
            .join(StationDesk, StationDesk.device_id == Device.id)
            .join(DeviceProfile, DeviceProfile.device_id == Device.id)
            .where(DeviceProfile.station == station)
        )
    )


def device_of(session: Session, station: str, name: str) -> int | None:
    """A device of the station, by its name."""
    return session.scalar(
        select(Device.id)
        .join(DeviceProfile, DeviceProfile.device_id == Device.id)
        .where(Device.kiosk == name, Device.retired_at.is_(None), DeviceProfile.station == station)
    )


def _found(session: Session, station: str, lane: str, crossing: str) -> Referral:
    device_id = device_of(session, station, lane)
    row = None if device_id is None else of_lane(session, device_id, crossing)
    if row is None:
        raise NotPossible("unknown", "This traveller is not waiting at a lane of the station.")
    return row


_ENDED_AT = case((LanePicture.state == STOPPED, LanePicture.state_at)).label("ended_at")
"""When the lane's program ended, by its records; null where it runs, or broke off."""


def _lane(kiosk: str, at: str | None, body: str | None, ended_at: str | None, now: datetime) -> LaneShown:
    if at is None or body is None:
        return LaneShown(lane=kiosk, age_s=None, report=None)
    age = max(0.0, (now - utc_time(at)).total_seconds())
    report: dict[str, object] = json.loads(body)
    if ended_at is not None and ended_at >= str(report.get("at")):
        report["phase"] = STOPPED
    return LaneShown(lane=kiosk, age_s=age, report=report)


def _shown(row: Referral, lane: str, desks: dict[int, str], now: datetime) -> Shown:
    over = row.state != CLOSED and row.expires_at <= utc_text(now)
    claimed = bool(row.officer) and (row.claimed_until > utc_text(now) or row.state != OPEN)
    left = max(0.0, (utc_time(row.expires_at) - now).total_seconds())
    said: dict[str, Any] = json.loads(row.body)
    return Shown(
        lane=lane,
        crossing=row.crossing,
        left_s=int(left),
        sealed="" if over else row.sealed,
        officer=row.officer if claimed else "",
        desk=desks.get(row.desk_id or 0, "") if claimed else "",
        state="closed" if over else row.state,  # type: ignore[arg-type]
        how=TIMED_OUT if over else row.how,
        by=row.by,
        word=row.word,
        **said,
    )
