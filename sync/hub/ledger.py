"""The hub's memory: which devices are enrolled and what each of them has sent, exactly once and in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import Engine, Select, insert, select, update
from sqlalchemy.orm import Session

from config.moment import Clock
from sync import canonical
from sync.batch import Batch, heads, read_batch, signed_message
from sync.canonical import NotCanonical
from sync.chain import Position, genesis
from sync.hub.models import Alarm, Device, Stored
from sync.hub.weighing import Weighed, weigh
from sync.receipt import Answer, Receipt, batch_name
from sync.signing import PublicKey

log = structlog.get_logger("hub")


class NotEnrolled(Exception):
    """The kiosk has no device key here."""


class NotSigned(Exception):
    """The batch was not signed by the kiosk's device key."""


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

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

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
        now = self._now()
        with Session(self._engine) as session, session.begin():
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
            start = genesis(key.raw)
            session.add(
                Device(
                    kiosk=kiosk, public_key=key.raw, enrolled_at=now, sequence=start.sequence, head=start.head
                )
            )
        log.info("enrolled", kiosk=kiosk, device=key.fingerprint)
        return True

    def take(self, kiosk: str, body: bytes, signature: bytes) -> Receipt:
        """Takes a batch: checks who signed it, weighs it, stores what is new, and says what is held now.

        Raises `NotEnrolled`, `NotSigned`, and `NotCanonical` for a signed body that is no batch.
        """
        key = self._check_signature(kiosk, body, signature)
        batch = read_batch(body)
        if batch.kiosk != kiosk:
            raise NotCanonical("the batch is of another kiosk")
        new_heads = heads(batch)
        now = self._now()
        with Session(self._engine) as session, session.begin():
            device = self._locked(session, kiosk)
            if device.public_key != key:
                raise NotSigned
            held = Position(device.sequence, device.head)
            device_id = device.id

            def head_at(sequence: int) -> bytes | None:
                where = (Stored.device_id == device_id, Stored.sequence == sequence)
                return session.scalar(select(Stored.head).where(*where))

            weighed = weigh(held, batch, new_heads, head_at)
            if weighed.answer is Answer.STORED:
                held = self._store(session, device, batch, new_heads, weighed.skip)
            elif weighed.answer in (Answer.FORK, Answer.REFUSED):
                self._raise_alarm(session, device, batch, weighed, now)
            device.seen_at = now
        return Receipt(kiosk, batch_name(body), weighed.answer, held, now, weighed.why, weighed.refused)

    def held(self, kiosk: str, nonce: str) -> Receipt:
        """What is held of a kiosk, in answer to a question. Raises `NotEnrolled`."""
        with Session(self._engine) as session:
            device = session.scalar(_current(kiosk))
            if device is None:
                raise NotEnrolled
            position = Position(device.sequence, device.head)
        return Receipt(kiosk, nonce, Answer.HELD, position, self._now())

    def status(self) -> list[KioskStatus]:
        """Every enrolled kiosk, by name."""
        with Session(self._engine) as session:
            devices = session.scalars(
                select(Device).where(Device.retired_at.is_(None)).order_by(Device.kiosk)
            ).all()
            return [
                KioskStatus(
                    kiosk=device.kiosk,
                    device=PublicKey(device.public_key).fingerprint,
                    sequence=device.sequence,
                    head=device.head.hex(),
                    seen_at=device.seen_at,
                    alarms=len(session.scalars(select(Alarm.id).where(Alarm.device_id == device.id)).all()),
                )
                for device in devices
            ]

    def ping(self) -> None:
        """Fails if the database can't be asked."""
        with self._engine.connect() as connection:
            connection.execute(select(1))

    def _check_signature(self, kiosk: str, body: bytes, signature: bytes) -> bytes:
        """Before anything is parsed or locked: a stranger costs one look-up and one check. Gives the key."""
        with Session(self._engine) as session:
            key: bytes | None = session.scalar(_current(kiosk).with_only_columns(Device.public_key))
        if key is None:
            raise NotEnrolled
        if not PublicKey(key).verifies(signature, signed_message(body)):
            log.error("bad signature", kiosk=kiosk)
            raise NotSigned
        return key

    def _locked(self, session: Session, kiosk: str) -> Device:
        device = session.scalar(_current(kiosk).with_for_update())
        if device is None:
            raise NotEnrolled
        return device

    def _store(
        self, session: Session, device: Device, batch: Batch, new_heads: Sequence[bytes], skip: int
    ) -> Position:
        rows = [
            {
                "device_id": device.id,
                "sequence": record.sequence,
                "at": record.at,
                "kind": record.kind,
                "digest": record.digest,
                "head": head,
                "salt": record.salt,
                "payload": record.payload,
            }
            for record, head in zip(batch.records[skip:], new_heads[skip:], strict=True)
        ]
        session.execute(insert(Stored), rows)
        end = Position(batch.last, new_heads[-1])
        where = (Device.id == device.id,)
        session.execute(update(Device).where(*where).values(sequence=end.sequence, head=end.head))
        return end

    def _raise_alarm(
        self, session: Session, device: Device, batch: Batch, weighed: Weighed, now: str
    ) -> None:
        sequence = weighed.refused or batch.last
        log.error(weighed.answer.value, kiosk=device.kiosk, sequence=sequence, why=weighed.why)
        known = select(Alarm.id).where(
            Alarm.device_id == device.id, Alarm.what == weighed.answer.value, Alarm.sequence == sequence
        )
        if session.scalar(known) is None:
            session.add(
                Alarm(
                    device_id=device.id, what=weighed.answer.value, sequence=sequence, why=weighed.why, at=now
                )
            )

    def _now(self) -> str:
        return canonical.utc_text(self._clock().utc)


def _current(kiosk: str) -> Select[Device]:
    return select(Device).where(Device.kiosk == kiosk, Device.retired_at.is_(None))
