"""The one member of an archive, and every archive that has more to it than that."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made_divoc import archive
from verification.encodings.malformed import Malformed
from verification.encodings.zip_member import only_member

CAP = 4096
TEXT = b'{"made": "up"}' * 9
GOOD = archive(TEXT)
NAME = len("certificate.json")


def streamed(content: bytes) -> bytes:
    """As writers that cannot go back write: sizes behind the member."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as packed:  # type: ignore[call-overload]
        packed.writestr("certificate.json", content)
    return pipe.data


def patched(place: int, form: str, *values: int, data: bytes = GOOD) -> bytes:
    """The archive with some bytes replaced; a negative place counts from the end."""
    changed = bytearray(data)
    struct.pack_into(form, changed, place % len(data), *values)
    return bytes(changed)


CENTRAL = GOOD.index(b"PK\1\2")
END = GOOD.index(b"PK\5\6")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_the_member_comes_out_however_it_was_packed_and_called(method: int) -> None:
    assert only_member(archive(TEXT, method=method), CAP) == TEXT
    for name in ("../../etc/passwd", "/root/x", "C:\\x", "a\0b", "證書.json", "x" * 200):
        assert only_member(archive(TEXT, name), CAP) == TEXT
    assert only_member(streamed(TEXT), CAP) == TEXT
    assert streamed(TEXT)[6] & 8, "sizes really are behind the member"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\3\4",
        GOOD[:-1],
        GOOD + b"x",
        b"x" + GOOD,
        GOOD + GOOD,
        archive(TEXT, "one", "two"),
        b"PK\5\6" + bytes(18),
        GOOD[:CENTRAL] + b"between" + GOOD[CENTRAL:],
        patched(END + 7 + 16, "<L", CENTRAL + 7, data=GOOD[:CENTRAL] + b"between" + GOOD[CENTRAL:]),
        archive(bytes(CAP + 1), method=zipfile.ZIP_STORED),
        patched(6, "<H", 1),
        patched(CENTRAL + 8, "<H", 1),
        patched(6, "<H", 1, data=patched(CENTRAL + 8, "<H", 1)),
        patched(8, "<H", 9, data=patched(CENTRAL + 10, "<H", 9)),
        patched(CENTRAL + 6, "<H", 45),
        patched(4, "<H", 45),
        patched(CENTRAL + 20, "<2L", 0xFFFFFFFF, 0xFFFFFFFF),
        patched(CENTRAL + 24, "<L", len(TEXT) - 1),
        patched(CENTRAL + 24, "<L", len(TEXT) - 1, data=patched(22, "<L", len(TEXT) - 1)),
        patched(CENTRAL + 16, "<L", 0, data=patched(14, "<L", 0)),
        patched(CENTRAL + 42, "<L", 5),
        patched(CENTRAL + 34, "<H", 1),
        patched(END + 4, "<H", 1),
        patched(END + 8, "<2H", 2, 2),
        patched(END + 16, "<L", CENTRAL + 1),
        patched(END + 20, "<H", 1, data=GOOD + b"x"),
        patched(26, "<H", 60000),
        patched(28, "<H", 1),
    ],
)
def test_anything_else_in_an_archive_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        only_member(data, CAP)


def test_a_bomb_is_not_inflated_beyond_the_cap() -> None:
    honest = archive(bytes(50_000_000))
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(50_000_000)) + packed.flush()
    small = archive(bytes(100))
    start = 30 + NAME
    old = small.index(b"PK\1\2") - start
    lying = small[:start] + body + small[start + old :]
    central = start + len(body)
    for place in (18, central + 20):
        lying = patched(place, "<L", len(body), data=lying)
    lying = patched(lying.index(b"PK\5\6") + 16, "<L", central, data=lying)
    for data in (honest, lying):
        tracemalloc.start()
        with pytest.raises(Malformed, match="more than 4096"):
            only_member(data, CAP)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
        tracemalloc.stop()


def test_an_archive_in_an_archive_is_only_bytes() -> None:
    assert only_member(archive(GOOD), CAP) == GOOD


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(data: bytes) -> None:
    with pytest.raises(Malformed):
        only_member(b"PK\3\4" + data, CAP)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_a_changed_byte_gives_the_same_text_or_none(place: int, byte: int) -> None:
    with suppress(Malformed):
        assert only_member(GOOD[:place] + bytes((byte,)) + GOOD[place + 1 :], CAP) == TEXT
