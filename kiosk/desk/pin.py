"""Personal PINs: which ones are too easy, and how they are kept and checked."""

from __future__ import annotations

from itertools import pairwise

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

LENGTH = 6
HASHER = PasswordHasher()
"""argon2id with the second recommended option of RFC 9106 §4: three passes over 64 MiB, four lanes."""

_MEMORY_KIB = range(19_456, 1_048_577)
"""Less is quickly guessed; more is a roster that wants to exhaust the lane."""
_PASSES = range(2, 11)


class PinHashError(Exception):
    """A stored PIN hash that cannot be relied on. `str()` is one sentence and holds nothing of the hash."""


def weakness(pin: str) -> str | None:
    """Why a PIN may not be used, in one sentence; None when it may."""
    if len(pin) != LENGTH or not (pin.isascii() and pin.isdigit()):
        return f"A PIN has {LENGTH} digits."
    if len(set(pin)) < 3 or pin[:3] == pin[3:]:
        return "This PIN repeats itself; choose one that does not."
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({1}, {9}):
        return "This PIN counts up or down; choose one that does not."
    if pin == pin[::-1]:
        return "This PIN reads the same backwards; choose one that does not."
    if _reads_as_a_date(pin):
        return "This PIN reads as a date; birthdays are the first that others try."
    return None


def hash_pin(pin: str, hasher: PasswordHasher | None = None) -> str:
    """The argon2id hash of a PIN, with its parameters and a salt of its own; None: `HASHER`."""
    return (hasher or HASHER).hash(pin)


def check_hash(pin_hash: str) -> None:
    """Raises `PinHashError` unless the hash is argon2id with parameters that are neither weak nor hostile."""
    try:
        parameters = extract_parameters(pin_hash)
    except InvalidHashError as error:
        raise PinHashError("the PIN hash is not an argon2 hash") from error
    if parameters.type is not Type.ID:
        raise PinHashError("the PIN hash is not argon2id")
    if parameters.memory_cost not in _MEMORY_KIB or parameters.time_cost not in _PASSES:
        raise PinHashError("the PIN hash has parameters that are too weak or too costly")


def pin_matches(pin: str, pin_hash: str) -> bool:
    """Whether the PIN belongs to the hash. Takes 50 to 100 ms: never call it on the thread of a screen."""
    try:
        return HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


def _reads_as_a_date(pin: str) -> bool:
    first, middle, last = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    day_first = 1 <= first <= 31 and 1 <= middle <= 12
    month_first = 1 <= first <= 12 and 1 <= middle <= 31
    year_first = 1 <= middle <= 12 and 1 <= last <= 31
    with_century = first in (19, 20) and 1 <= last <= 12
    return day_first or month_first or year_first or with_century
