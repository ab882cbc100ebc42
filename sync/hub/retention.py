"""Erases payloads when their time is over, a few at a time; digests stay, so every chain still verifies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from sqlalchemy import Engine, and_, delete, func, not_, select, update
from sqlalchemy.orm import Session

from config.moment import Clock
from sync.canonical import utc_text
from sync.event_types import EVENTS
from sync.hub.acts import What, Who, write_act
from sync.hub.follower import locked_picture
from sync.hub.models import Device, Stored
from sync.hub.people_models import Hold
from sync.hub.picture_models import CrossingSpan, LaneHour, LanePicture, ReceiptMark, Sighting

CHUNK = 1000
LONGEST_DAYS = 31
KEPT = tuple(sorted(kind for kind, event in EVENTS.items() if event.kept))
"""Events about the journal itself: their payload stays, and it never speaks of people."""
HUB = Who("hub", "", "")
log = structlog.get_logger("hub")


class Retention:
    """Any number of processes may run it at once. Raises SQLAlchemyError."""

    def __init__(
        self, engine: Engine, clock: Clock, keep_days: int = LONGEST_DAYS, chunk: int = CHUNK
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._keep = timedelta(days=keep_days)
        self._chunk = chunk

    def round(self, ending: Callable[[], bool] = lambda: False) -> int:
        """Everything that is due now, or until `ending`; returns how many records lost their payload."""
        self.mark()
        self.end_holds()
        erased = 0
        for device in self._devices():
            while not ending() and (step := self.step(device)) is not None:
                erased += step
        self._forget()
        if erased:
            before = utc_text(self._clock().utc - self._keep)
            log.info("erased", records=erased, before=before)
            with Session(self._engine) as session, session.begin():
                write_act(session, self._now(), HUB, What.ERASED, f"{erased} records from before {before}")
        return erased

    def mark(self) -> None:
        """Notes how far each device has come by now."""
        now = self._now()
        with Session(self._engine) as session, session.begin():
            held = dict(
                session.execute(
                    select(ReceiptMark.device_id, func.max(ReceiptMark.sequence)).group_by(
                        ReceiptMark.device_id
                    )
                ).all()
            )
            for device, sequence in session.execute(select(Device.id, Device.sequence)):
                known = session.get(ReceiptMark, (device, now))
                if sequence > held.get(device, 0) and known is None:
                    session.add(ReceiptMark(device_id=device, at=now, sequence=sequence))

    def end_holds(self) -> None:
        """Lets holds go whose time is over."""
        now = self._now()
        with Session(self._engine) as session, session.begin():
            ended = select(Hold).where(Hold.released_at.is_(None), Hold.until <= now).with_for_update()
            for hold in session.scalars(ended):
                let_go(session, hold, HUB.login, now)
                write_act(session, now, HUB, What.RELEASED, f"hold {hold.id}", "its time is over")

    def step(self, device: int) -> int | None:
        """Erases one run of one device. None where nothing was due, or another process is at it."""
        before = utc_text(self._clock().utc - self._keep)
        with Session(self._engine) as session, session.begin():
            picture = locked_picture(session, device)
            if picture is None:
                return None
            received = session.scalar(
                select(func.max(ReceiptMark.sequence)).where(
                    ReceiptMark.device_id == device, ReceiptMark.at <= before
                )
            )
            rows = session.execute(
                select(Stored.sequence, Stored.at)
                .where(
                    Stored.device_id == device,
                    Stored.sequence > picture.erased,
                    Stored.sequence <= picture.followed,
                )
                .order_by(Stored.sequence)
                .limit(self._chunk)
            )
            end = picture.erased
            for sequence, at in rows:
                if at >= before and sequence > (received or 0):
                    break
                end = sequence
            if end == picture.erased:
                return None
            erased = self._erase(session, device, picture.erased + 1, end)
            picture.erased = end
            return erased

    def _erase(self, session: Session, device: int, first: int, last: int) -> int:
        held = session.execute(
            select(Hold.first, Hold.last).where(
                Hold.device_id == device, Hold.released_at.is_(None), Hold.first <= last, Hold.last >= first
            )
        )
        ranges: Sequence[tuple[int, int]] = held.all()
        erased = session.execute(
            update(Stored)
            .where(
                Stored.device_id == device,
                Stored.sequence.between(first, last),
                Stored.payload.is_not(None),
                Stored.kind.not_in(KEPT),
                *(not_(Stored.sequence.between(*one)) for one in ranges),
            )
            .values(salt=None, payload=None)
            .execution_options(synchronize_session=False)
            .returning(Stored.sequence)
        )
        count = len(erased.all())
        session.execute(
            delete(Sighting).where(
                Sighting.device_id == device,
                Sighting.sequence.between(first, last),
                *(not_(Sighting.sequence.between(*one)) for one in ranges),
            )
        )
        session.execute(
            delete(CrossingSpan).where(
                CrossingSpan.device_id == device,
                CrossingSpan.last.between(first, last),
                *(not_(and_(CrossingSpan.first <= b, CrossingSpan.last >= a)) for a, b in ranges),
            )
        )
        return count

    def _devices(self) -> list[int]:
        with Session(self._engine) as session:
            behind = select(LanePicture.device_id).where(LanePicture.erased < LanePicture.followed)
            return list(session.scalars(behind))

    def _forget(self) -> None:
        """Counts and marks that nothing needs any more."""
        gone = self._clock().utc - self._keep
        older = utc_text(gone - timedelta(days=1))
        with Session(self._engine) as session, session.begin():
            session.execute(delete(LaneHour).where(LaneHour.hour < utc_text(gone)[:13]))
            newest = (
                select(ReceiptMark.device_id, func.max(ReceiptMark.at).label("at"))
                .where(ReceiptMark.at <= older)
                .group_by(ReceiptMark.device_id)
                .subquery()
            )
            for device, at in session.execute(select(newest.c.device_id, newest.c.at)).all():
                session.execute(
                    delete(ReceiptMark).where(ReceiptMark.device_id == device, ReceiptMark.at < at)
                )

    def _now(self) -> str:
        return utc_text(self._clock().utc)


def let_go(session: Session, hold: Hold, login: str, now: str) -> None:
    """Ends a hold in the caller's transaction; retention looks at its records again."""
    hold.released_by, hold.released_at = login, now
    session.execute(
        update(LanePicture)
        .where(LanePicture.device_id == hold.device_id, LanePicture.erased >= hold.first)
        .values(erased=hold.first - 1)
    )
