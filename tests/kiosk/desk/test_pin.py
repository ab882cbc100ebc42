"""PINs that others would try first are refused, and hashes that prove nothing are not relied on."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from kiosk.desk.pin import PinHashError, check_hash, hash_pin, pin_matches, weakness
from tests.kiosk.desk.ground import PIN, QUICK, WRONG
from tests.quick_hashes import SHIPPED


@pytest.mark.parametrize(
    "pin",
    [
        "000000", "777777", "121212", "123123", "123456", "654321", "890123", "246642",  # patterns
        "290817", "170829", "081729", "199907", "310199",  # dates
        "", "1234", "1234567", "12345a", "７３９１６４", "73 164",  # not six digits
    ],
)  # fmt: skip
def test_a_pin_that_others_would_try_first_is_refused(pin: str) -> None:
    assert weakness(pin)


@pytest.mark.parametrize("pin", [PIN, WRONG, "508263", "947160"])
def test_an_ordinary_pin_is_taken(pin: str) -> None:
    assert weakness(pin) is None


def test_only_the_right_pin_matches() -> None:
    kept = hash_pin(PIN, QUICK)
    assert pin_matches(PIN, kept)
    assert not pin_matches(WRONG, kept)
    assert hash_pin(PIN, QUICK) != kept


def test_the_hash_that_new_pins_get_is_one_a_roster_takes() -> None:
    passes, memory, lanes = SHIPPED["PIN"]
    check_hash(hash_pin(PIN, PasswordHasher(passes, memory, lanes)))


def test_pins_passwords_seals_and_cards_cost_what_rfc_9106_recommends() -> None:
    assert set(SHIPPED.values()) == {(3, 64 * 1024, 4)}


@pytest.mark.parametrize(
    "hasher",
    [
        PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.I),
        PasswordHasher(time_cost=1, memory_cost=19_456, parallelism=1),
        PasswordHasher(time_cost=2, memory_cost=1024, parallelism=1),
    ],
)
def test_a_weak_or_unfit_hash_is_not_relied_on(hasher: PasswordHasher) -> None:
    with pytest.raises(PinHashError):
        check_hash(hasher.hash(PIN))


@pytest.mark.parametrize(
    "pin_hash", ["", "secret", "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2hzb21laGFzaA"]
)
def test_a_damaged_or_hostile_hash_is_not_relied_on(pin_hash: str) -> None:
    with pytest.raises(PinHashError):
        check_hash(pin_hash)


def test_a_damaged_hash_matches_nothing() -> None:
    assert not pin_matches(PIN, "$argon2id$damaged")
