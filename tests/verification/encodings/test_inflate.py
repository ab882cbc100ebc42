"""Bounded zlib: every way of being no exact stream is refused, and no bomb goes off."""

from __future__ import annotations

import tracemalloc
import zlib

import pytest

from verification.encodings.inflate import CAP, inflate
from verification.encodings.malformed import Malformed

CONTENT = b"a code " * 100
STREAM = zlib.compress(CONTENT)


def test_a_whole_stream_is_read() -> None:
    assert inflate(STREAM) == CONTENT
    assert inflate(zlib.compress(bytes(CAP))) == bytes(CAP)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        CONTENT,
        b"x" + CONTENT,
        STREAM[:-1],
        STREAM[: len(STREAM) // 2],
        STREAM + b"\0",
        STREAM + STREAM,
        b"5" + STREAM[1:],
        STREAM[:-1] + bytes((STREAM[-1] ^ 1,)),
        zlib.compress(CONTENT, wbits=-15),
        zlib.compress(CONTENT, wbits=31),
        zlib.compress(bytes(CAP + 1)),
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        inflate(data)


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    bomb = zlib.compress(bytes(50 * 1024 * 1024), 9)
    tracemalloc.start()
    with pytest.raises(Malformed):
        inflate(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024 * 1024
