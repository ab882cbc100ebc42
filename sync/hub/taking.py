"""Takes one batch: all that needs no lock first, then one short transaction with the device locked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import structlog
from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from sync.batch import MAX_BODY, Batch, heads, read_batch, signed_message
from sync.canonical import NotCanonical
from sync.chain import Position, genesis
from sync.hub import allowance
from sync.hub.alarm_room import MOST_OPEN, open_alarms
from sync.hub.allowance import Allowance
from sync.hub.database import for_reading
from sync.hub.models import Alarm, Device, Stored, table_of
from sync.hub.short_way import NEW_PLACE, Known, go_on
from sync.hub.storing import NotClean, store
from sync.hub.weighing import Weighed, weigh
from sync.packing import unpack
from sync.receipt import Answer, Receipt, batch_name
from sync.signing import PublicKey

log = structlog.get_logger("hub")


class NotEnrolled(Exception):
    """The kiosk has no device key here."""


class NotSigned(Exception):
    """The batch was not signed by the kiosk's device key."""


_DEVICES, _RECORDS, _ALARMS = table_of(Device), table_of(Stored), table_of(Alarm)
_CURRENT = (_DEVICES.c.kiosk == bindparam("kiosk_name")) & _DEVICES.c.retired_at.is_(None)
_KNOWN = select(_DEVICES.c.id, _DEVICES.c.public_key).where(_CURRENT)
_LOCK = (
    select(_DEVICES.c.id, _DEVICES.c.public_key, _DEVICES.c.sequence, _DEVICES.c.head)
    .where(_CURRENT)
    .with_for_update()
)
_HEAD_AT = select(_RECORDS.c.head).where(
    _RECORDS.c.device_id == bindparam("device"), _RECORDS.c.sequence == bindparam("number")
)
_ADVANCE = update(_DEVICES).where(_DEVICES.c.id == bindparam("device")).values(NEW_PLACE)
"""The count of the day was moved before (`allowance.add`)."""


@dataclass(frozen=True, slots=True)
class Locked:
    """The device's row, which nobody else can change until the transaction ends."""

    id: int
    kiosk: str
    key: bytes
    held: Position


class Taker:
    """Takes batches from any thread. It remembers the keys it saw; the locked row has the last word."""

    def __init__(self, engine: Engine, allowance: Allowance) -> None:
        self._engine, self._allowance = engine, allowance
        self._known: dict[str, Known] = {}

    def take(self, kiosk: str, body: bytes, signature: bytes, now: str, *, packed: bool = False) -> Receipt:
        """What became of a body as it was sent.

        Raises `NotEnrolled`, `NotSigned`, `sync.packing.TooLarge`, `NotCanonical` for a signed body that is
        no batch, and sqlalchemy.exc.SQLAlchemyError.
        """
        device = self._signer(kiosk, body, signature)
        plain = unpack(body, MAX_BODY) if packed else body
        batch = read_batch(plain)
        if batch.kiosk != kiosk:
            raise NotCanonical("the batch is of another kiosk")
        new_heads, adds = heads(batch), self._allowance.adds(now, len(batch.ats), len(plain))
        try:
            stored = go_on(self._engine, device, batch, new_heads, now, adds)
        except NotClean:
            stored = False
        if stored:
            weighed, position = Weighed(Answer.STORED), Position(batch.last, new_heads[-1])
        else:
            with self._engine.begin() as connection:
                weighed, position = _weigh(connection, kiosk, device.key.raw, batch, new_heads, now, adds)
        if weighed.answer is Answer.LATER:
            weighed = replace(weighed, why=self._allowance.why())
        return Receipt(kiosk, batch_name(body), weighed.answer, position, now, weighed.why, weighed.refused)

    def _signer(self, kiosk: str, body: bytes, signature: bytes) -> Known:
        """Before anything is parsed or locked: a stranger costs one look-up and one check."""
        message = signed_message(body)
        known = self._known.get(kiosk)
        if known is not None and known.key.verifies(signature, message):
            return known
        with for_reading(self._engine).connect() as connection:
            row = connection.execute(_KNOWN, {"kiosk_name": kiosk}).one_or_none()
        if row is None:
            self._known.pop(kiosk, None)
            raise NotEnrolled
        found = Known(row.id, kiosk, PublicKey(row.public_key))
        if found == known or not found.key.verifies(signature, message):
            log.error("bad signature", kiosk=kiosk)
            raise NotSigned
        self._known[kiosk] = found
        return found


def _weigh(
    connection: Connection,
    kiosk: str,
    key: bytes,
    batch: Batch,
    new_heads: list[bytes],
    now: str,
    adds: dict[str, object],
) -> tuple[Weighed, Position]:
    """Any batch, with the device's row locked first.

    Only what is new means that the kiosk was heard of: anybody who listened can send an old batch again.
    """
    device = _lock(connection, kiosk, key)

    def head_at(sequence: int) -> bytes | None:
        if not sequence:
            return genesis(key).head
        found: bytes | None = connection.execute(_HEAD_AT, {"device": device.id, "number": sequence}).scalar()
        return found

    weighed = weigh(device.held, batch, new_heads, head_at)
    position = device.held
    if weighed.answer is Answer.STORED and not allowance.add(connection, device.id, adds):
        weighed = Weighed(Answer.LATER)
    if weighed.answer is Answer.STORED:
        store(connection, device.id, batch, new_heads, weighed.skip)
        position = Position(batch.last, new_heads[-1])
        place = {"number": position.sequence, "last_head": position.head, "now": now}
        connection.execute(_ADVANCE, {"device": device.id} | place)
    _raise_alarm(connection, device, batch, weighed, now)
    return weighed, position


def _lock(connection: Connection, kiosk: str, key: bytes) -> Locked:
    row = connection.execute(_LOCK, {"kiosk_name": kiosk}).one_or_none()
    if row is None:
        raise NotEnrolled
    if row.public_key != key:
        raise NotSigned
    return Locked(row.id, kiosk, key, Position(row.sequence, row.head))


def _raise_alarm(connection: Connection, device: Locked, batch: Batch, weighed: Weighed, now: str) -> None:
    """Once for the same thing, however often it is sent."""
    if weighed.answer in (Answer.FORK, Answer.REFUSED):
        what, sequence, why = weighed.answer.value, weighed.refused or batch.last, weighed.why
    elif weighed.alarm and weighed.answer is Answer.STORED:
        what, sequence, why = "continued", batch.after.sequence + 1, weighed.alarm
    elif weighed.answer is Answer.LATER:  # one alarm a day: its number is the day's
        what, sequence, why = allowance.WHAT, int(now[:10].replace("-", "")), f"used up on {now[:10]}"
    else:
        return
    log.error(what, kiosk=device.kiosk, sequence=sequence, why=why)
    alarms = _ALARMS.c
    known = (alarms.device_id == device.id) & (alarms.what == what) & (alarms.sequence == sequence)
    if connection.execute(select(alarms.id).where(known)).first() is not None:
        return
    if connection.execute(open_alarms(device.id, what)).scalar_one() < MOST_OPEN:
        alarm = {"device_id": device.id, "what": what, "sequence": sequence, "why": why, "at": now}
        connection.execute(insert(_ALARMS).values(alarm))
