"""RFC 9285: its own examples, and everything no encoder writes."""

from __future__ import annotations

import base45 as second_opinion
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.encodings.base45 import decode, encode
from verification.encodings.malformed import Malformed


@pytest.mark.parametrize(
    ("data", "written"),
    [(b"AB", b"BB8"), (b"Hello!!", b"%69 VD92EX0"), (b"base-45", b"UJCLQE7W581"), (b"ietf!", b"QED8WEX0")],
)
def test_the_examples_of_the_rfc_go_both_ways(data: bytes, written: bytes) -> None:
    assert encode(data) == written
    assert decode(written) == data


@pytest.mark.parametrize(
    "written",
    [b"GGW", b":::", b"BB8\n", b"BB8BB8\r\n", b"bb8", b"B", b"BB8B", b"::", b"V5", "é00".encode(), b"BB\x00"],
    ids=repr,
)
def test_what_no_encoder_writes_is_refused(written: bytes) -> None:
    with pytest.raises(Malformed):
        decode(written)


def test_the_largest_groups_are_still_read() -> None:
    assert decode(b"FGW") == b"\xff\xff"
    assert decode(b"U5") == b"\xff"


@given(st.binary(max_size=600))
def test_every_content_comes_back_and_a_second_implementation_agrees(data: bytes) -> None:
    written = encode(data)
    assert written == second_opinion.b45encode(data)
    assert decode(written) == data


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=60))
def test_there_is_one_way_to_write_what_is_read(written: str) -> None:
    try:
        data = decode(written.encode())
    except Malformed:
        return
    assert encode(data) == written.encode()


@pytest.mark.parametrize("groups", [1499, 1500, 1501, 4000])
def test_texts_longer_than_any_symbol_are_read_all_the_same(groups: int) -> None:
    data = bytes(range(251)) * (groups * 2 // 251 + 1)
    assert decode(second_opinion.b45encode(data[: groups * 2])) == data[: groups * 2]
    with pytest.raises(Malformed):
        decode(b"000" * (groups - 1) + b":::")
