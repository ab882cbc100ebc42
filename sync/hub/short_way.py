"""The ordinary batch goes on where its device stands: locked, compared, advanced and stored in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from sqlalchemy import BindParameter, Engine, bindparam, update
from sqlalchemy.dialects.postgresql.psycopg import dialect as psycopg_dialect

from sync.batch import Batch
from sync.hub.allowance import COUNTED, FITS
from sync.hub.database import psycopg_of
from sync.hub.models import Device, table_of
from sync.hub.storing import COPY, NO_ROWS, copied, store
from sync.signing import PublicKey

NEW_PLACE: dict[str, BindParameter[object]] = {
    "sequence": bindparam("number"),
    "head": bindparam("last_head"),
    "seen_at": bindparam("now"),
}
_DEVICES = table_of(Device)
_AT = _DEVICES.c
_LOCK_AND_ADVANCE = (
    update(_DEVICES)
    .where(
        _AT.id == bindparam("device"),
        _AT.kiosk == bindparam("kiosk_name"),
        _AT.retired_at.is_(None),
        _AT.public_key == bindparam("key"),
        _AT.sequence == bindparam("after"),
        _AT.head == bindparam("previous"),
        FITS,
    )
    .values(NEW_PLACE | COUNTED)
    .returning(_AT.id)
)


@dataclass(frozen=True, slots=True)
class Known:
    """A device in use as it was last read. The locked row has the last word on each of these."""

    id: int
    kiosk: str
    key: PublicKey


def go_on(
    engine: Engine, device: Known, batch: Batch, heads: Sequence[bytes], now: str, adds: dict[str, object]
) -> bool:
    """Stores a batch that begins where the device stands and is within its allowance; False for any other.

    One transaction, which is over on return. Raises `NotClean` and sqlalchemy.exc.SQLAlchemyError.
    """
    values: dict[str, object] = {
        "device": device.id,
        "kiosk_name": device.kiosk,
        "key": device.key.raw,
        "after": batch.after.sequence,
        "previous": batch.after.head,
        "number": batch.last,
        "last_head": heads[-1],
        "now": now,
    }
    if engine.dialect.name == "postgresql":
        return _on_postgresql(engine, values | adds, copied(device.id, batch, heads))
    with engine.begin() as connection:
        stands = connection.execute(_LOCK_AND_ADVANCE, values | adds).scalar() is not None
        if stands:
            store(connection, device.id, batch, heads)
    return stands


def _on_postgresql(engine: Engine, values: dict[str, object], rows: Iterator[bytes]) -> bool:
    """BEGIN, the lock, COPY and COMMIT travel together: a busy machine makes every answer wait.

    PostgreSQL says what it locked before it waits for rows, and commits only behind their end: a hub that
    dies in between leaves nothing. For a batch that does not go on nothing was locked and no row follows.
    """
    from psycopg.sql import quote

    from sync.hub.one_message import OneMessage

    statements = _statements()
    with engine.connect() as connection, psycopg_of(connection, statements) as driver:
        written = statements % {name: quote(value, driver) for name, value in values.items()}
        with OneMessage(driver, written) as message:
            first = next(rows)  # while PostgreSQL looks for the device
            stands = message.answers()[-1].ntuples == 1
            message.copy(chain([first], rows) if stands else [NO_ROWS])
    return stands


@cache
def _statements() -> str:
    lock = _LOCK_AND_ADVANCE.compile(dialect=psycopg_dialect())  # type: ignore[no-untyped-call]
    return f"BEGIN; {lock}; {COPY}; COMMIT"
