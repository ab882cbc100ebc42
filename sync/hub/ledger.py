"""The hub's memory: which devices are enrolled and what each of them has sent, exactly once and in order."""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from sqlalchemy import Engine, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config.moment import Clock
from sync import canonical
from sync.chain import Position, genesis
from sync.hub.allowance import Allowance
from sync.hub.database import for_reading
from sync.hub.models import Alarm, Device
from sync.hub.taking import NotEnrolled, NotSigned, Taker
from sync.receipt import Answer, Receipt
from sync.signing import PublicKey

log = structlog.get_logger("hub")


class EnrolmentRefused(Exception):
    """A key can't be enrolled. `str()` is one sentence."""


@dataclass(frozen=True, slots=True)
class KioskStatus:
    """What the hub holds of one kiosk."""

    kiosk: str
    device: str
    sequence: int
    head: str
    seen_at: str | None
    alarms: int


class Ledger:
    """All calls may come from any thread; each is one transaction. Raises sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, engine: Engine, clock: Clock, allowance: Allowance | None = None) -> None:
        self._engine = engine
        self._clock = clock
        self.allowance = allowance or Allowance()
        self._taker = Taker(engine, self.allowance)

    @property
    def engine(self) -> Engine:
        """The database, for the hub's other rooms."""
        return self._engine

    @property
    def clock(self) -> Clock:
        """The hub's clock."""
        return self._clock

    def enrol(self, kiosk: str, key: PublicKey, *, replace: bool = False) -> bool:
        """Lets a device write as `kiosk`; False if it may already. Raises `EnrolmentRefused`."""
        try:
            with Session(self._engine) as session, session.begin():
                new = enrol_within(session, self._now(), kiosk, key, replace=replace)
        except IntegrityError as error:
            raise EnrolmentRefused(
                f"{kiosk} was enrolled elsewhere at this moment: look at it again."
            ) from error
        if new:
            log.info("enrolled", kiosk=kiosk, device=key.fingerprint)
        return new

    def take(self, kiosk: str, body: bytes, signature: bytes, *, packed: bool = False) -> Receipt:
        """Takes a batch as it was sent: checks who signed it, weighs it, stores what is new.

        `packed`: the body is in the zlib format (`sync.packing`). Raises `NotEnrolled`, `NotSigned`,
        `sync.packing.TooLarge`, and `NotCanonical` for a signed body that is no batch.
        """
        return self._taker.take(kiosk, body, signature, self._now(), packed=packed)

    def held(self, kiosk: str, nonce: str) -> Receipt:
        """What is held of a kiosk, in answer to a question. Raises `NotEnrolled`."""
        with Session(for_reading(self._engine)) as session:
            device = session.scalar(_current(kiosk))
            if device is None:
                raise NotEnrolled
            position = Position(device.sequence, device.head)
        return Receipt(kiosk, nonce, Answer.HELD, position, self._now())

    def status(self) -> list[KioskStatus]:
        """Every enrolled kiosk, by name."""
        alarms = (
            select(func.count(Alarm.id))
            .where(Alarm.device_id == Device.id)
            .correlate(Device)
            .scalar_subquery()
        )
        current = select(Device, alarms).where(Device.retired_at.is_(None)).order_by(Device.kiosk)
        with Session(for_reading(self._engine)) as session:
            return [
                KioskStatus(
                    kiosk=device.kiosk,
                    device=PublicKey(device.public_key).fingerprint,
                    sequence=device.sequence,
                    head=device.head.hex(),
                    seen_at=device.seen_at,
                    alarms=count,
                )
                for device, count in session.execute(current)
            ]

    def ping(self) -> None:
        """Fails if the database can't be asked."""
        with for_reading(self._engine).connect() as connection:
            connection.execute(select(1))

    def _now(self) -> str:
        return canonical.utc_text(self._clock().utc)


def enrol_within(session: Session, now: str, kiosk: str, key: PublicKey, *, replace: bool) -> bool:
    """`Ledger.enrol` in the caller's transaction. Raises `EnrolmentRefused` and IntegrityError."""
    known = session.scalar(select(Device).where(Device.public_key == key.raw))
    if known is not None:
        if known.kiosk == kiosk and known.retired_at is None:
            return False
        raise EnrolmentRefused(f"This key belongs to {known.kiosk} already: make a new device key.")
    present = session.scalar(_current(kiosk).with_for_update())
    if present is not None:
        if not replace:
            raise EnrolmentRefused(
                f"{kiosk} has another key already: say --replace to retire that key and its chain."
            )
        present.retired_at = now
        session.flush()
    start = genesis(key.raw)
    session.add(
        Device(kiosk=kiosk, public_key=key.raw, enrolled_at=now, sequence=start.sequence, head=start.head)
    )
    return True


def _current(kiosk: str) -> Select[Device]:
    return select(Device).where(Device.kiosk == kiosk, Device.retired_at.is_(None))


__all__ = ["EnrolmentRefused", "KioskStatus", "Ledger", "NotEnrolled", "NotSigned", "enrol_within"]
