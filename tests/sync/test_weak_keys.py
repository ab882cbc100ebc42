"""Keys under which anybody signs are known; keys of people are not among them."""

from __future__ import annotations

import pytest

from sync.weak_keys import P, is_weak
from tests.sync.ground import key

SMALL_ORDER = [
    (1).to_bytes(32, "little"),
    (P - 1).to_bytes(32, "little"),
    (0).to_bytes(32, "little"),
    (1 << 255).to_bytes(32, "little"),
    *(
        bytes.fromhex(half + last)
        for half, low, high in (
            ("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03", "7a", "fa"),
            ("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc", "05", "85"),
        )
        for last in (low, high)
    ),
]


@pytest.mark.parametrize("raw", SMALL_ORDER, ids=bytes.hex)
def test_the_eight_points_of_small_order_are_weak(raw: bytes) -> None:
    assert is_weak(raw)


@pytest.mark.parametrize("number", [P, P + 1, 2**255 - 1, 2])
def test_what_is_no_point_or_not_written_in_its_one_way_is_weak(number: int) -> None:
    assert is_weak(number.to_bytes(32, "little"))


def test_what_has_another_length_is_weak() -> None:
    assert is_weak(b"")
    assert is_weak(bytes(33))


def test_a_made_key_is_not_weak() -> None:
    assert not any(is_weak(key().public.raw) for _ in range(20))
