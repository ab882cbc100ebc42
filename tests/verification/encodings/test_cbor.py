"""The strict CBOR decoder against RFC 8949, a second implementation, and every departure it must refuse."""

from __future__ import annotations

import math
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.encodings.cbor import MAX_BYTES, MAX_DEPTH, Tagged, decode
from verification.encodings.malformed import Malformed

KEYS = st.integers(-(2**63), 2**63) | st.text(max_size=5)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64 - 1)
    | st.binary(max_size=40)
    | st.text(max_size=300)
    | st.floats(allow_nan=False)
)
ITEMS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(KEYS, inner, max_size=30),
    max_leaves=40,
)


@given(ITEMS)
def test_what_a_second_implementation_writes_is_read(item: Any) -> None:
    assert decode(cbor2.dumps(item)) == item


@given(st.binary(max_size=80))
def test_no_bytes_do_anything_but_decode_or_be_refused(data: bytes) -> None:
    try:
        item = decode(data, frozenset({18, 61}))  # the other one makes dates of 0 and 1
    except Malformed:
        return
    written = cbor2.loads(data)
    assert repr(_plain(item)) == repr(_plain(written))


def _plain(item: Any) -> Any:
    """One shape for both decoders."""
    if isinstance(item, Tagged | cbor2.CBORTag):
        return ("tag", item.tag, _plain(item.value))
    if isinstance(item, list | tuple):
        return [_plain(part) for part in item]
    if hasattr(item, "items"):
        return [(_plain(key), _plain(value)) for key, value in item.items()]
    return None if item is cbor2.undefined else item


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("f93e00", 1.5),
        ("fa47c35000", 100000.0),
        ("fb3ff199999999999a", 1.1),
        ("f4", False),
        ("f5", True),
        ("f6", None),
        ("f7", None),
        ("1bffffffffffffffff", 2**64 - 1),
        ("3bffffffffffffffff", -(2**64)),
        ("6161", "a"),
    ],
)
def test_the_examples_of_the_rfc_are_read(written: str, item: Any) -> None:
    assert decode(bytes.fromhex(written)) == item


def test_a_half_float_nan_is_a_nan() -> None:
    assert math.isnan(decode(bytes.fromhex("f97e00")))


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "nothing at all"),
        ("a201020103", "a key twice"),
        ("a2616101616102", "a text key twice"),
        ("0000", "bytes after the item"),
        ("1800", "a small integer in two bytes"),
        ("1900ff", "an integer in three bytes instead of two"),
        ("1a0000ffff", "an integer in five bytes instead of three"),
        ("1b00000000ffffffff", "an integer in nine bytes instead of five"),
        ("7801 61".replace(" ", ""), "a longer text length than needed"),
        ("b80101 02".replace(" ", ""), "a longer map length than needed"),
        ("9fff", "an indefinite array"),
        ("bfff", "an indefinite map"),
        ("5f4100ff", "an indefinite byte string"),
        ("7f6161ff", "an indefinite text"),
        ("ff", "a break alone"),
        ("1c", "a reserved length"),
        ("f820", "an unassigned simple value"),
        ("f814", "a simple value in two bytes"),
        ("e0", "simple value 0"),
        ("c000", "a tag that was not asked for"),
        ("d82300", "the tag of a regular expression"),
        ("c24101", "a big number"),
        ("61ff", "a text that is not UTF-8"),
        ("63eda080", "a surrogate"),
        ("a1f500", "a key that is a truth value"),
        ("a1410000", "a key of bytes"),
        ("a1f93c0000", "a key that is a float"),
        ("a1800000", "a key that is an array"),
        ("9affffffff", "an array longer than the data"),
        ("bbffffffffffffffff", "a map longer than the data"),
        ("5bffffffffffffffff", "a string longer than the data"),
        ("82", "an array without its items"),
        ("a101", "a key without its value"),
        ("19", "a length that is not there"),
        ("fb00", "half a float"),
    ],
)
def test_each_departure_is_refused(written: str, rule: str) -> None:
    with pytest.raises(Malformed):
        decode(bytes.fromhex(written))


def test_depth_and_size_are_bounded() -> None:
    assert decode(b"\x81" * MAX_DEPTH + b"\x00")
    with pytest.raises(Malformed):
        decode(b"\x81" * (MAX_DEPTH + 1) + b"\x00")
    with pytest.raises(Malformed):
        decode(b"\x81" * 5000)
    with pytest.raises(Malformed):
        decode(bytes((0x5A,)) + MAX_BYTES.to_bytes(4, "big") + bytes(MAX_BYTES))


def test_only_the_tags_asked_for_are_read() -> None:
    assert decode(bytes.fromhex("c0 6161"), frozenset({0})) == Tagged(0, "a")
    with pytest.raises(Malformed):
        decode(bytes.fromhex("c0 6161"), frozenset({1}))


@pytest.mark.parametrize(
    "item",
    [
        b"\x1a\x00\x01\x00\x00",
        b"\x1a\xff\xff\xff\xff",
        b"\x1a\x00\x00\xff\xff",
        b"\x1a\x00\x00\x00\x01",
        b"\x1a\x00\x01\x00",
        b"\x39\x01\x03",
        b"\x39\x00\xff",
        b"\x39\x01",
        b"\x39",
        b"\x78\x18" + b"x" * 24,
        b"\x78\x17" + b"x" * 23,
        b"\x78\x18" + b"x" * 23,
        b"\x78\xff" + b"x" * 24,
        b"\x78",
        b"\x18\x18",
        b"\x18\x17",
        b"\xa1\x01\x02",
        b"\xa1\x01",
        b"\x81\xa1\x01\x02",
        b"\x81\xa2\x01\x02\x01\x02",
        b"\x80",
        b"\xa0",
        b"\xbf\xff",
        b"\x9f\xff",
    ],
)
def test_what_is_read_in_place_in_a_map_is_read_as_anywhere_else(item: bytes) -> None:
    def read(data: bytes) -> Any:
        try:
            return decode(data)
        except Malformed:
            return "malformed"

    alone = read(item)
    within = read(b"\xa1\x00" + item)
    assert within == ("malformed" if alone == "malformed" else {0: alone})
    followed = read(b"\xa2\x00" + item + b"\x01\x02")
    assert followed == ("malformed" if alone == "malformed" else {0: alone, 1: 2})
    if item[:1] in (b"\x39", b"\x78"):
        as_key = read(b"\xa1" + item + b"\x00")
        assert as_key == ("malformed" if alone == "malformed" else {alone: 0})


def test_maps_and_lists_read_in_place_count_as_levels() -> None:
    for opening in (b"\xa1\x00", b"\x81", b"\xa1\x00\x81"):
        levels = len(opening.replace(b"\x00", b""))
        deepest = MAX_DEPTH // levels
        assert decode(opening * deepest + b"\x01") is not None
        with pytest.raises(Malformed):
            decode(opening * (MAX_DEPTH + 1) + b"\x01")
