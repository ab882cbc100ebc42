"""Decoders against any stream: chunking changes nothing, nothing raises, memory is bounded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.turnstile.protocols.catalogue import PROTOCOLS, protocol
from drivers.turnstile.protocols.codec import Event

FRAMES = {
    "lcus": [b"CH1: ON\r\n", b"CH1: OFF\r\n", b"CH2: ON\r\n"],
    "tx1500": [bytes.fromhex(f"020200{code}{code}") for code in ("06", "15", "1A", "1B")],
}
NAMES = sorted(PROTOCOLS)


def decoded(name: str, chunks: list[bytes]) -> list[Event]:
    decoder = protocol(name, 1).decoder()
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
    expected = decoded(name, [frame])
    assert decoded(name, [rubbish, frame, frame])[-1:] == expected


@pytest.mark.parametrize("name", NAMES)
@given(chunks=st.lists(st.binary(max_size=64), max_size=40))
def test_nothing_raises_and_at_most_a_frame_is_held(name: str, chunks: list[bytes]) -> None:
    decoder = protocol(name, 1).decoder()
    for chunk in chunks:
        decoder.feed(chunk)
        assert decoder.held <= 16


def test_a_flood_without_a_frame_holds_no_memory() -> None:
    for name in NAMES:
        decoder = protocol(name, 1).decoder()
        assert decoder.feed(b"\x02\x02\x41" * 100_000) == []
        assert decoder.held <= 16
