"""Legal hold: the records of a challenged crossing stay until somebody decides, or until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text
from sync.hub.acts import What, write_act
from sync.hub.database import for_reading
from sync.hub.models import Device, Stored
from sync.hub.people import SignedIn
from sync.hub.people_models import Hold
from sync.hub.picture_models import CrossingSpan
from sync.hub.retention import let_go

LONGEST_DAYS = 366
LARGEST = 10_000
"""Records in one hold: a crossing has about ten."""


class HoldRefused(Exception):
    """A hold that can't be made or let go. `word` is the key of a sentence in the pages' texts."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class Held:
    """One hold, as a page shows it."""

    id: int
    kiosk: str
    crossing: str
    first: int
    last: int
    reason: str
    made_by: str
    made_at: str
    until: str
    released_by: str | None
    released_at: str | None


class Holds:
    """Each change is one transaction with its act. Raises SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock, zone: tzinfo = UTC) -> None:
        """`zone` is where a day ends."""
        self._engine = engine
        self._clock = clock
        self._zone = zone

    def place_crossing(self, who: SignedIn, crossing: str, until: date, reason: str) -> int:
        """Holds every record of a crossing, at whichever lane it was. Raises `HoldRefused`."""
        with Session(self._engine) as session, session.begin():
            span = session.scalar(select(CrossingSpan).where(CrossingSpan.crossing == crossing))
            if span is None:
                raise HoldRefused("no_such_crossing")
            return self._place(session, who, span.device_id, span.first, span.last, crossing, until, reason)

    def place_range(self, who: SignedIn, kiosk: str, first: int, last: int, until: date, reason: str) -> int:
        """Holds a run of records of a kiosk's present device. Raises `HoldRefused`."""
        if not 0 < first <= last or last - first >= LARGEST:
            raise HoldRefused("no_such_range")
        with Session(self._engine) as session, session.begin():
            device = session.scalar(select(Device).where(Device.kiosk == kiosk, Device.retired_at.is_(None)))
            if device is None or last > device.sequence:
                raise HoldRefused("no_such_range")
            return self._place(session, who, device.id, first, last, "", until, reason)

    def release(self, who: SignedIn, number: int, reason: str) -> None:
        """Lets a hold go: what is older than the retention time goes with the next round."""
        now = utc_text(self._clock().utc)
        with Session(self._engine) as session, session.begin():
            hold = session.scalar(select(Hold).where(Hold.id == number).with_for_update())
            if hold is None or hold.released_at is not None:
                raise HoldRefused("no_such_hold")
            let_go(session, hold, who.login, now)
            write_act(session, now, who.who, What.RELEASED, f"hold {number}", reason)

    def list(self) -> list[Held]:
        """Those in force first, then the newest of the others."""
        with Session(for_reading(self._engine)) as session:
            rows = session.execute(
                select(Hold, Device.kiosk)
                .join(Device, Device.id == Hold.device_id)
                .order_by(Hold.released_at.is_not(None), Hold.id.desc())
                .limit(200)
            )
            return [
                Held(
                    hold.id,
                    kiosk,
                    hold.crossing,
                    hold.first,
                    hold.last,
                    hold.reason,
                    hold.made_by,
                    hold.made_at,
                    hold.until,
                    hold.released_by,
                    hold.released_at,
                )
                for hold, kiosk in rows
            ]

    def _place(
        self,
        session: Session,
        who: SignedIn,
        device: int,
        first: int,
        last: int,
        crossing: str,
        until: date,
        reason: str,
    ) -> int:
        now = self._clock().utc
        if until.year > now.year + 2:
            raise HoldRefused("until_is_wrong")
        end = datetime.combine(until + timedelta(days=1), time(), self._zone)
        if not now < end <= now + timedelta(days=LONGEST_DAYS + 1):
            raise HoldRefused("until_is_wrong")
        content = session.scalar(
            select(func.count()).where(
                Stored.device_id == device,
                Stored.sequence.between(first, last),
                Stored.payload.is_not(None),
            )
        )
        if not content:
            raise HoldRefused("nothing_left")
        hold = Hold(
            device_id=device,
            first=first,
            last=last,
            crossing=crossing,
            reason=reason,
            made_by=who.login,
            made_at=utc_text(now),
            until=utc_text(end),
        )
        session.add(hold)
        session.flush()
        kiosk = session.scalar(select(Device.kiosk).where(Device.id == device))
        about = f"hold {hold.id}: {kiosk}, records {first} to {last}"
        write_act(session, utc_text(now), who.who, What.HELD, about, reason)
        return hold.id
