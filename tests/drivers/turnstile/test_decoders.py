"""Decoders against any stream: chunking changes nothing, nothing raises, memory is bounded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.turnstile.protocols.codec import Event, Query
from tests.drivers.turnstile.devices import NAMES, device

LONGEST_HELD = 96
"""Numato's lines; everybody else's frames are shorter than 16 bytes."""

FRAMES: dict[str, list[bytes]] = {
    "lcus": [b"CH1: ON\r\n", b"CH1: OFF\r\n", b"CH2: ON\r\n"],
    "hw667": [b"\xcc"],
    "kmtronic": [b"\xff\x01\x01", b"\xff\x01\x00", b"\xff\x02\x01"],
    "kmtronic-4": [b"\x01\x00\x00\x00"],
    "kmtronic-8": [b"\x01\x00\x00\x00\x00\x00\x00\x00"],
    "numato": [b"\rrelay read 0\n\ron\n\r>", b"\rgpio readall\n\r00A1\n\r>"],
    "devantech": [b"\x01"],
    "eth008": [b"\x01"],
    "k8090": [bytes.fromhex("0451000100AA0F"), bytes.fromhex("0450010100AA0F")],
    "waveshare": [bytes.fromhex("010101019048"), bytes.fromhex("0105000000 00CDCA")],
    "lctech": [bytes.fromhex("FF02010151A0")],
    "r421a08": [bytes.fromhex("01030200017984")],
    "modbus-a": [bytes.fromhex("0105000101009D9A")],
    "modbus-b": [bytes.fromhex("010402000178F0")],
    "wirenboard": [bytes.fromhex("010101019048"), bytes.fromhex("01030200017984")],
    "tx1500": [bytes.fromhex(f"020200{code}{code}") for code in ("06", "15", "1A", "1B")],
    "tpw321": [bytes.fromhex("02440004"), bytes.fromhex("0221013504")],
    "generic": [bytes.fromhex("AA010555")],
}
UNMARKED = ("kmtronic-4", "kmtronic-8", "devantech", "eth008")
"""Nothing in their answers says where one begins: they are read after a question only."""


def decoded(name: str, chunks: list[bytes]) -> list[Event]:
    decoder = device(name).decoder()
    decoder.expect(Query())
    return [event for chunk in chunks for event in decoder.feed(chunk)]


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_any_chunking_gives_the_same_events(name: str, data: st.DataObject) -> None:
    piece = st.one_of(st.sampled_from(FRAMES[name]), st.binary(max_size=8))
    stream = b"".join(data.draw(st.lists(piece, max_size=12)))
    chunks = cut(stream, data.draw(st.lists(st.integers(0, 200), max_size=10)))
    assert decoded(name, chunks) == decoded(name, [stream])


@pytest.mark.parametrize("name", NAMES)
@given(rubbish=st.binary(max_size=200))
def test_after_any_rubbish_the_second_frame_at_the_latest_is_read(name: str, rubbish: bytes) -> None:
    frame = FRAMES[name][0]
    decoder = device(name).decoder()
    expected = decoded(name, [frame])
    decoder.feed(rubbish)
    for _ in range(2 if name not in UNMARKED else 1):
        decoder.expect(Query())
        heard = decoder.feed(frame)
    assert heard[-1:] == expected[-1:]


@pytest.mark.parametrize("name", UNMARKED)
@given(rubbish=st.binary(min_size=1, max_size=20))
def test_bytes_that_nobody_asked_for_are_no_events_and_are_noticed(name: str, rubbish: bytes) -> None:
    decoder = device(name).decoder()
    assert decoder.feed(rubbish) == []
    decoder.expect(Query())
    assert decoder.skipped == len(rubbish)


@pytest.mark.parametrize("name", NAMES)
@given(chunks=st.lists(st.binary(max_size=64), max_size=40))
def test_nothing_raises_and_at_most_a_frame_is_held(name: str, chunks: list[bytes]) -> None:
    decoder = device(name).decoder()
    decoder.expect(Query())
    for chunk in chunks:
        decoder.feed(chunk)
        assert decoder.held <= LONGEST_HELD


@pytest.mark.parametrize("name", NAMES)
def test_a_flood_without_a_frame_holds_no_memory(name: str) -> None:
    decoder = device(name).decoder()
    assert decoder.feed(b"\x02\x02\x41" * 100_000) == []
    assert decoder.held <= LONGEST_HELD
