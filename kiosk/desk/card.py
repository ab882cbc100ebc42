"""A card in place of a typed service number: how its number is kept, so that a roster shows no card.

A card's number has few possibilities, like a PIN: it is kept as argon2id under a salt that the roster's
cards share, so that one look-up costs one hash and not one for every officer.
"""

from __future__ import annotations

import hmac
import os
import re

from argon2.low_level import Type, hash_secret_raw

from drivers.scanner.port import Scanned

_NUMBER = re.compile(rb"[0-9A-Za-z:;=?%+./_-]{4,64}")
"""What readers send of a card: digits or hexadecimal, some with the separators of a magnetic track."""
SALT_BYTES = 16
PASSES, MEMORY_KIB, LANES = 3, 65_536, 4
"""argon2id as for PINs (`kiosk.desk.pin`)."""


def number_of(scanned: Scanned) -> bytes | None:
    """The card's number in what a reader sent; None: that is no card."""
    number = scanned.content.strip()
    return number.upper() if _NUMBER.fullmatch(number) else None


def new_salt() -> bytes:
    """For a roster that has no card yet."""
    return os.urandom(SALT_BYTES)


def card_digest(number: bytes, salt: bytes) -> bytes:
    """32 bytes. Takes 50 to 100 ms: never call it on the thread of a screen."""
    return hash_secret_raw(
        number,
        salt,
        time_cost=PASSES,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=32,
        type=Type.ID,
    )


def same_card(one: bytes, other: bytes) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one, other)
