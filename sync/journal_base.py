"""Where a journal's records begin: what the hub holds and the retention time has passed is taken away.

The device signs the place, as it signs a checkpoint, so that the chain can be followed from there.
"""

from __future__ import annotations

import base64
import binascii
import sqlite3

from sync import chain
from sync.chain import Position, checkpoint_message
from sync.device_key import DeviceKey
from sync.signing import PublicKey

AT_ONCE = 2000
_SEQUENCE, _HEAD, _SIGNATURE, DAY = "base_sequence", "base_head", "base_signature", "base_day"


class BaseUnusable(Exception):
    """The file says that its records begin at a place which the device did not sign."""


def base(connection: sqlite3.Connection, device: PublicKey) -> Position:
    """The position before the first record. Raises `BaseUnusable` and sqlite3.Error."""
    facts = dict(connection.execute("SELECT name, value FROM facts WHERE name LIKE 'base_%'").fetchall())
    if _SEQUENCE not in facts:
        return chain.genesis(device.raw)
    try:
        position = Position(int(facts[_SEQUENCE]), bytes.fromhex(facts[_HEAD]))
        signature = base64.b64decode(facts[_SIGNATURE], validate=True)
    except (KeyError, ValueError, TypeError, binascii.Error) as error:
        raise BaseUnusable from error
    if not 0 < position.sequence < 2**63 or not device.verifies(signature, checkpoint_message(position)):
        raise BaseUnusable
    return position


def note_base(connection: sqlite3.Connection, position: Position, key: DeviceKey, day: str) -> None:
    """Says in the caller's transaction that the records begin behind `position`; `day` is of its record."""
    signature = base64.b64encode(key.sign(checkpoint_message(position))).decode()
    facts = {_SEQUENCE: str(position.sequence), _HEAD: position.head.hex(), _SIGNATURE: signature, DAY: day}
    connection.executemany("INSERT OR REPLACE INTO facts VALUES (?,?)", list(facts.items()))


def prunable(
    connection: sqlite3.Connection, before: str, held: int, last: int
) -> tuple[Position, str] | None:
    """How far the oldest records can be taken away, at most `AT_ONCE`, and the day of the last of them.

    A record goes when it is older than `before`, its payload is erased or outlives people's (`kept`), the
    hub has signed that it holds it, and it is none of those an opening follows (`last` and what is behind).
    """
    found = None
    rows = connection.execute(
        "SELECT sequence, at, head, erasable FROM events ORDER BY sequence LIMIT ?", (AT_ONCE,)
    )
    for sequence, at, head, erasable in rows:
        if sequence > held or sequence >= last or at >= before or erasable:
            break
        found = Position(sequence, head), at[:10]
    return found


def take_away(connection: sqlite3.Connection, through: int) -> None:
    """Removes the records up to `through`, in the caller's transaction."""
    connection.execute("DELETE FROM events WHERE sequence <= ?", (through,))
    connection.execute("DELETE FROM ageing WHERE first <= ?", (through,))
    connection.execute("DELETE FROM segments WHERE begins <= ?", (through,))
