"""Canonical JSON is read quickly; whatever is not exactly that is left to the strict reader."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.batch import batch_body, read_batch
from sync.canonical import NotCanonical, canonical_json
from sync.chain import Position, Record, payload_digest
from sync.hub.content import first_fault
from sync.quick_json import read_canonical, read_flat_objects

START = Position(0, bytes(32))
AT = "2026-03-01T08:00:00.000000Z"
OTHERS = [
    b"",
    b'{"a":1,"a":1}',
    b'{"a":1,"\\u0061":1}',
    b'{"a":{"b":1,"b":2}}',
    b'{"b":1,"a":2}',
    b'{"a": 1}',
    b'{"a":1}\n',
    b'{"a":NaN}',
    b'{"a":1e400}',
    b'{"a":1.0e0}',
    b'{"a":123456789012345678901234567890}',
    b'{"a":"\\ud800"}',
    b'{"a":"\\u0062"}',
    b'{"a":"\xed\xa0\x80"}',
    b"\xef\xbb\xbf{}",
    b"[" * 2000,
    b'{"a":' * 300 + b"1" + b"}" * 300,
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("data", OTHERS)
def test_bytes_that_are_not_canonical_are_not_read_quickly(data: bytes) -> None:
    with pytest.raises(ValueError):
        read_canonical(data)
    with pytest.raises(ValueError):
        read_flat_objects([b"{}", data])


@pytest.mark.parametrize("data", [b"[1]", b'"a"', b"1", b"null"])
def test_what_is_no_object_is_none(data: bytes) -> None:
    for texts in ([data], [data, data], [b"{}", data]):
        with pytest.raises(ValueError):
            read_flat_objects(texts)


@given(anything)
def test_what_is_read_quickly_is_what_the_strict_reader_reads(value: object) -> None:
    written = canonical_json(value)
    try:
        read = read_canonical(written)
    except ValueError:
        return
    assert repr(read) == repr(json.loads(written))


def batch_of(*payloads: str, at: str = AT) -> bytes:
    salt = bytes(16)
    records = [
        Record(number, at, "a.b", payload_digest(salt, payload), salt, payload)
        for number, payload in enumerate(payloads, 1)
    ]
    return batch_body("lane-1", START, records)


@pytest.mark.parametrize(
    "bad",
    [
        '{"a":1,"a":2}',
        '{"a":{"holder_name":1}}',
        '{"a":[{"born":1}]}',
        '{"na\\u006de":1}',
        '{"Birth":1}',
        "[1]",
        '{"a":1},{"b":2',
        '{"a":NaN}',
        '{"a":1} {}',
        "",
    ],
)
def test_one_payload_that_can_not_be_taken_is_found_among_good_ones(bad: str) -> None:
    good = '{"a":1}'
    for place in range(4):
        payloads = [good] * 4
        payloads[place] = bad
        fault = first_fault(read_batch(batch_of(*payloads)), 0, 4)
        assert fault is not None
        assert fault[0] == place


def test_payloads_that_are_whole_only_together_are_not_taken() -> None:
    batch = read_batch(batch_of('{"a":[1', "2]}", "{},{}"))
    assert first_fault(batch, 0, 3) is not None
    assert first_fault(batch, 1, 3) == (1, first_fault(batch, 1, 2)[1])  # type: ignore[index]


def test_good_payloads_of_every_shape_are_taken() -> None:
    batch = read_batch(batch_of('{"a":1}', '{ "b" : 1 }', '{"b":1,"a":{"c":[{}]}}', '{"a":"\\ud800"}', "{}"))
    assert first_fault(batch, 0, 5) is None


def test_a_day_that_is_not_in_the_calendar_is_found() -> None:
    batch = read_batch(batch_of("{}", "{}", at="2026-02-30T08:00:00.000000Z"))
    assert first_fault(batch, 0, 2) is not None


def test_a_body_written_in_another_way_is_the_same_batch() -> None:
    body = batch_of('{"a":1}', '{"a":"通行"}')
    other = json.dumps(json.loads(body), indent=1).encode()
    assert read_batch(other) == read_batch(body)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"kind":"a.b"', b'"kind":"a.b","kind":"a.b"'),
        (b'"after":0', b'"after":0,"after":0'),
        (b'"kind":"a.b"', b'"kind":"a.b","more":1'),
        (b'"kind":"a.b"', b'"kind":"A.b"'),
        (b'"kind":"a.b"', b'"kind":1'),
        (b'"at":"2026', b'"at":"26'),
        (b'"salt":"00', b'"salt":"0'),
        (b'"salt":"00', b'"salt":" 0'),
        (b'"salt":"00', b'"salt":"A0'),
    ],
)
def test_a_body_wrong_in_one_place_is_no_batch(old: bytes, new: bytes) -> None:
    body = batch_of("{}", "{}")
    at = body.rindex(old)
    with pytest.raises(NotCanonical):
        read_batch(body[:at] + new + body[at + len(old) :])


def test_salts_that_only_together_have_the_right_length_are_no_batch() -> None:
    body = batch_of("{}", "{}")
    salt = b'"salt":"' + b"00" * 16
    first, second = body.index(salt), body.rindex(salt)
    shifted = (
        body[:first] + salt[:-2] + body[first + len(salt) : second] + salt + body[second + len(salt) - 2 :]
    )
    assert len(shifted) == len(body)
    with pytest.raises(NotCanonical, match="salt is not 16 bytes"):
        read_batch(shifted)


@pytest.mark.parametrize(
    "texts",
    [
        [b'{"a":[1', b"2]}"],
        [b'{"a":"x', b'{y"}'],
        [b'{"a":1},{"b":2}', b"{}"],
        [b"{}", b'{"a":{}}'],
        [b'{"a":"{"}', b"{}"],
        [b"{}", b""],
    ],
)
def test_texts_that_are_objects_only_together_are_not_read(texts: list[bytes]) -> None:
    with pytest.raises(ValueError):
        read_flat_objects(texts)


def test_flat_objects_are_read_each_for_itself() -> None:
    assert read_flat_objects([b'{"a":1,"b":"}"}', b"{}"]) == [{"a": 1, "b": "}"}, {}]
    assert read_flat_objects([]) == []
