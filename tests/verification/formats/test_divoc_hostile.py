"""DIVOC archives and fields that nobody would write: nothing raises, nothing grows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made_divoc import (
    CERTIFICATE,
    archive,
    as_text,
    check,
    code,
    reasons,
    signed,
)
from verification.assessment import Signature
from verification.encodings.malformed import Malformed
from verification.formats.divoc import read

GOOD = signed()
GOOD_CODE = code(GOOD)


@pytest.mark.parametrize(
    "text",
    [
        b"B64:",
        b"B64:!!!!",
        b"B64:" + b"AAAA",
        as_text(GOOD_CODE)[:-4],
        as_text(GOOD_CODE) + b"\n",
        GOOD_CODE[:-1],
        GOOD_CODE + b"\0",
        archive(b""),
        archive(b"[]"),
        archive(b"null"),
        archive(b"\xff"),
        archive(b'{"a": 1, "a": 2}'),
        archive(b"[" * 1000 + b"]" * 1000),
        archive(b'{"proof": NaN}'),
        archive(json.dumps(GOOD).replace('"50"', "1e999")),
        archive(json.dumps(GOOD).replace('"50"', "1" * 5000)),
        archive(json.dumps(GOOD).replace('"50"', '"\\ud800"')),
        archive(json.dumps(GOOD | {"filler": "x" * 20000})),
        archive(json.dumps(GOOD | {"filler": [{}] * 30})),
        archive(json.dumps(GOOD | {"filler": list(range(300))})),
        archive(json.dumps(GOOD), "certificate.json", "Certificate.json"),
        archive(bytes(10_000_000)),
    ],
)
def test_damaged_swollen_and_ambiguous_archives_are_refused(text: bytes) -> None:
    assert reasons(text) == ["MALFORMED"]


def test_a_text_longer_than_any_symbol_is_not_opened() -> None:
    assert reasons(b"B64:" + b"A" * 10_000) == ["MALFORMED"]


def test_statements_that_are_no_text_are_no_certificate() -> None:
    for statements in (b"\xff", b"", b"x\n"):
        with pytest.raises(Malformed):
            read(statements)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from([*CERTIFICATE, "id", "name", "dose", "x:y"]), inner, max_size=4)
    ),
    max_leaves=12,
)
PLACES = [(), ("credentialSubject",), ("evidence", 0), ("evidence", 0, "facility"), ("proof",)]


@given(st.sampled_from(PLACES), st.sampled_from([*CERTIFICATE, *GOOD["proof"], "id", "name", "date"]), JSON)
def test_whatever_a_field_holds_nothing_raises_and_nothing_changed_is_valid(
    place: tuple[Any, ...], name: str, value: Any
) -> None:
    document = json.loads(json.dumps(GOOD))
    inner = document
    for step in place:
        inner = inner[step]
    inner[name] = value
    checked = check(code(document))
    if checked.signature is Signature.VALID:
        assert checked == check(GOOD_CODE)


@given(st.integers(0, len(GOOD_CODE) - 1), st.integers(0, 255))
def test_one_changed_byte_of_the_archive_never_changes_what_is_valid(place: int, byte: int) -> None:
    checked = check(GOOD_CODE[:place] + bytes((byte,)) + GOOD_CODE[place + 1 :])
    if checked.signature is Signature.VALID:
        assert checked == check(GOOD_CODE)


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    for text in (b"PK\3\4" + data, b"B64:" + data, archive(data)):
        assert check(text).signature is Signature.UNCHECKED
