"""Referrals as the lanes tell them, and the decisions that wait for each lane."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import Engine, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text
from sync.decision import DOCUMENT, UNDO
from sync.hub.allowance import Allowance
from sync.hub.database import for_reading
from sync.hub.day_count import DayCount
from sync.hub.device_models import DeviceProfile
from sync.hub.models import Base, Device
from sync.hub.referral_models import Referral, ReferralDecision, ReferralFeed, ReferralOver, StationDesk
from sync.hub.spent_uses import DayUsedUp, NoStation
from sync.referral import Carried, Closed, DeskKey, ForLane, Heard, LaneSays, Opened

OPEN, DECIDED, CLOSED = "open", "decided", "closed"
TAKEN, SECOND, OVER = "taken", "second_officer", "crossing_over"
TIMED_OUT, STOPPED = "timed_out", "stopped"
UNHEARD = timedelta(hours=1)
"""A decision that no lane heard of for so long is not brought any more."""
KEPT = timedelta(days=1)
"""The journal has what happened; this is only the way it took."""
NEVER_AGAIN = timedelta(days=31)
"""So long a crossing that was referred is known as over, when all else of it is forgotten."""
AGAIN = timedelta(seconds=15)
"""How long an officer's claim lives on when a referral begins anew."""
MOST_DESKS = 64


class Referrals:
    """Every call is one transaction. Raises SQLAlchemyError and `NoStation`."""

    def __init__(self, engine: Engine, clock: Clock, allowance: Allowance | None = None) -> None:
        self._engine, self._clock, self._day = engine, clock, DayCount(allowance)

    def says(self, device_id: int, said: LaneSays) -> str:
        """What a lane says. On stable storage when this returns; gives the station.

        Raises `DayUsedUp` where a referral was one too many for its day; all else that it said is taken.
        """
        too_many = False
        with Session(self._engine) as session, session.begin():
            feed = locked_feed(session, device_id)
            changed = [
                *[self._heard(session, device_id, heard) for heard in said.heard],
                *[self._close(session, device_id, closed) for closed in said.closed],
            ]
            for opened in said.opened:
                try:
                    changed.append(self._open(session, feed.station, device_id, opened))
                except DayUsedUp:
                    too_many = True
            feed.change += any(changed)
            station = feed.station
        if too_many:
            raise self._day.used_up()
        return station

    def for_lane(self, device_id: int, after: int) -> ForLane:
        """Decisions behind number `after` that the lane has not answered yet, and who may read referrals."""
        since = utc_text(self._clock().utc - UNHEARD)
        with Session(for_reading(self._engine)) as session:
            station = station_of(session, device_id)
            rows = session.execute(
                select(ReferralDecision, Referral.crossing)
                .join(Referral, Referral.id == ReferralDecision.referral_id)
                .where(
                    ReferralDecision.device_id == device_id,
                    ReferralDecision.id > after,
                    ReferralDecision.word == "",
                    ReferralDecision.at > since,
                )
                .order_by(ReferralDecision.id)
                .limit(100)
            ).all()
            open_ = session.scalars(
                select(Referral.crossing).where(Referral.device_id == device_id, Referral.state != CLOSED)
            ).all()
            desks = session.execute(
                select(Device.kiosk, DeviceProfile.seal_key)
                .join(DeviceProfile, DeviceProfile.device_id == Device.id)
                .join(StationDesk, StationDesk.device_id == Device.id)
                .where(
                    Device.retired_at.is_(None),
                    DeviceProfile.station == station,
                    DeviceProfile.seal_key.is_not(None),
                )
                .order_by(Device.kiosk)
                .limit(MOST_DESKS)
            ).all()
        decisions = tuple(
            Carried(number=row.id, crossing=crossing, statement=row.statement, signature=row.signature.hex())
            for row, crossing in rows
        )
        return ForLane(
            last=decisions[-1].number if decisions else after,
            decisions=decisions,
            desks=tuple(DeskKey(name=row.kiosk, seal=row.seal_key.hex()) for row in desks),
            open=tuple(open_[:100]),
        )

    def station(self, device_id: int) -> str:
        """The station of a device. Raises `NoStation`."""
        with Session(for_reading(self._engine)) as session:
            return station_of(session, device_id)

    def tidy(self) -> int:
        """Empties what desks could read of referrals that are over, and forgets old ones but for their names.

        How many referrals it saw.
        """
        now = self._clock().utc
        over = (Referral.expires_at <= utc_text(now), Referral.sealed != "")
        old = Referral.expires_at <= utc_text(now - KEPT)
        known = ReferralOver.expires_at <= utc_text(now - NEVER_AGAIN)
        with Session(for_reading(self._engine)) as session:
            due = session.scalar(
                select(func.count()).select_from(Referral).where(or_(*[(over[0] & over[1]), old]))
            )
            stale = session.scalar(select(ReferralOver.device_id).where(known).limit(1))
        if not due and stale is None:
            return 0
        with Session(self._engine) as session, session.begin():
            session.execute(update(Referral).where(*over).values(sealed=""))
            ids = select(Referral.device_id, Referral.crossing, Referral.expires_at).where(old)
            columns = ["device_id", "crossing", "expires_at"]
            over_now = _inserting(session, ReferralOver).from_select(columns, ids)
            session.execute(over_now.on_conflict_do_nothing())
            session.execute(delete(ReferralOver).where(known))
            gone = select(Referral.id).where(old)
            session.execute(delete(ReferralDecision).where(ReferralDecision.referral_id.in_(gone)))
            session.execute(delete(Referral).where(old))
        return due or 0

    def _open(self, session: Session, station: str, device_id: int, opened: Opened) -> bool:
        """A lane has one traveller: whoever was open before is not there any more."""
        now = self._clock().utc
        until = utc_text(now + timedelta(seconds=opened.left_s))
        body = json.dumps(opened.model_dump(mode="json", exclude={"crossing", "left_s", "sealed"}))
        row = of_lane(session, device_id, opened.crossing)
        if row is not None:
            if opened.again > json.loads(row.body).get("again", 0):
                self._open_again(session, row, body, opened.sealed, until)
                return True
            if row.state == CLOSED:
                return False
            changed = row.body != body or row.sealed != opened.sealed
            row.body, row.sealed = body, opened.sealed or row.sealed
            row.expires_at = min(row.expires_at, until)
            return changed
        if session.get(ReferralOver, (device_id, opened.crossing)) is not None:
            return False
        self._day.take(session, device_id, utc_text(now), 1, len(body) + len(opened.sealed))
        others = select(Referral).where(Referral.device_id == device_id, Referral.state != CLOSED)
        for other in session.scalars(others):
            self._end(other, STOPPED, "")
        session.add(
            Referral(
                station=station,
                device_id=device_id,
                crossing=opened.crossing,
                state=OPEN,
                body=body,
                sealed=opened.sealed,
                opened_at=utc_text(now),
                expires_at=until,
                how="",
                by="",
                word="",
                officer="",
                claimed_until="",
            )
        )
        session.flush()
        return True

    def _open_again(self, session: Session, row: Referral, body: str, sealed: str, until: str) -> None:
        """It begins anew, with a new time. Whoever had taken the referral has it a little longer."""
        row.state, row.how, row.by, row.word, row.closed_at = OPEN, "", "", "", None
        row.body, row.sealed, row.expires_at = body, sealed, until
        row.claimed_until = utc_text(self._clock().utc + AGAIN)
        in_force = (
            ReferralDecision.referral_id == row.id,
            ReferralDecision.word != SECOND,
            ReferralDecision.place.is_not(None),
        )
        session.execute(update(ReferralDecision).where(*in_force).values(place=None))

    def _close(self, session: Session, device_id: int, closed: Closed) -> bool:
        row = of_lane(session, device_id, closed.crossing)
        if row is None or row.state == CLOSED:
            return False
        self._end(row, closed.how, closed.by)
        return True

    def _end(self, row: Referral, how: str, by: str) -> None:
        row.state, row.how, row.by, row.sealed = CLOSED, how, by, ""
        row.closed_at = utc_text(self._clock().utc)

    def _heard(self, session: Session, device_id: int, heard: Heard) -> bool:
        """A decision that was not believed makes room for another one."""
        decision = session.get(ReferralDecision, heard.number)
        if decision is None or decision.device_id != device_id or decision.word:
            return False
        decision.word = heard.word
        row = session.get_one(Referral, decision.referral_id)
        row.word = heard.word
        if decision.action in (UNDO, DOCUMENT):
            return True
        if heard.word not in (TAKEN, SECOND, OVER):
            decision.place = None
        if heard.word == SECOND:
            row.officer, row.desk_id, row.claimed_until = "", None, ""
        if heard.word != TAKEN and row.state == DECIDED:
            row.state = OPEN
        return True


def locked_feed(session: Session, device_id: int) -> ReferralFeed:
    """The station's count of changes, locked: what follows is alone in the station."""
    station = station_of(session, device_id)
    insert = _inserting(session, ReferralFeed)
    session.execute(insert.values(station=station, change=0, decided=0).on_conflict_do_nothing())
    return session.scalars(
        select(ReferralFeed).where(ReferralFeed.station == station).with_for_update()
    ).one()


def _inserting(session: Session, table: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An insert that may find its row there already: several hubs do the same chores."""
    postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if postgres else sqlite.insert(table)


def station_of(session: Session, device_id: int) -> str:
    """Raises `NoStation`."""
    profile = session.get(DeviceProfile, device_id)
    if profile is None:
        raise NoStation
    return profile.station


def of_lane(session: Session, device_id: int, crossing: str) -> Referral | None:
    """The referral of a crossing."""
    return session.scalar(
        select(Referral).where(Referral.device_id == device_id, Referral.crossing == crossing)
    )
