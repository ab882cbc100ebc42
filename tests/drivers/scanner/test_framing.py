"""Where one code ends on a serial line: by suffix and by silence, for any bytes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.framing import SILENCE_S, SUFFIXES, SerialDecoder
from drivers.scanner.port import LONGEST

TEXT = b"HC1:6BFOXN%TS3DH0YOJ58S"
BINARY = b"PK\x03\x04\r\x00\n\xff\r\rmore\x00"


def decoded(decoder: SerialDecoder, *chunks: bytes, gap: float = 0.001) -> list[bytes]:
    """Everything the chunks hold, the silence after them included."""
    now, codes = 10.0, list[bytes]()
    for chunk in chunks:
        codes += decoder.feed(chunk, now)
        now += gap
    return codes + decoder.silent(now + SILENCE_S)


@pytest.mark.parametrize("suffix", SUFFIXES.values())
def test_a_text_comes_out_without_its_suffix(suffix: bytes) -> None:
    assert decoded(SerialDecoder(suffix), TEXT + suffix) == [TEXT]


def test_a_text_is_there_at_its_suffix_and_does_not_wait_for_silence() -> None:
    decoder = SerialDecoder(b"\r")
    assert decoder.feed(TEXT + b"\r", 1.0) == [TEXT]
    assert decoder.due() is None


def test_two_texts_in_one_packet_are_two() -> None:
    assert decoded(SerialDecoder(b"\r"), b"HC1:A\rHC1:B\r") == [b"HC1:A", b"HC1:B"]


@pytest.mark.parametrize("content", [BINARY, b'{"data":\r{"a":1}\r}'])
def test_a_suffix_inside_binary_data_or_json_is_data(content: bytes) -> None:
    assert decoded(SerialDecoder(b"\r"), content + b"\r") == [content]


def test_without_a_suffix_silence_ends_a_code_at_its_time_and_not_before() -> None:
    decoder = SerialDecoder(b"")
    assert decoder.feed(TEXT, 1.0) == []
    assert decoder.due() == 1.0 + SILENCE_S
    assert decoder.silent(1.0 + SILENCE_S - 0.01) == []
    assert decoder.silent(1.0 + SILENCE_S) == [TEXT]


def test_what_comes_after_silence_is_another_code_even_if_nobody_looked_in_between() -> None:
    decoder = SerialDecoder(b"\r")
    assert decoder.feed(b"HC1:hal", 1.0) == []
    assert decoder.feed(TEXT + b"\r", 2.0) == [b"HC1:hal", TEXT]


@pytest.mark.parametrize("sent", [TEXT + b"\r\n", b"\n" + TEXT + b"\r"])
def test_a_scanner_set_to_more_line_ends_than_the_kiosk_still_gives_the_text(sent: bytes) -> None:
    assert decoded(SerialDecoder(b"\r"), sent) == [TEXT]


@pytest.mark.parametrize("code", [TEXT, BINARY])
def test_the_symbology_before_a_code_is_not_part_of_it(code: bytes) -> None:
    assert decoded(SerialDecoder(b"\r"), b"]Q1" + code + b"\r") == [code]


def test_bytes_without_end_give_nothing_keep_little_and_the_next_code_is_read() -> None:
    decoder = SerialDecoder(b"\r")
    for step in range(1000):
        assert decoder.feed(b"\xff" * 4096, step / 1000) == []
        assert len(decoder._held) <= LONGEST
    assert decoder.feed(TEXT + b"\r", 10.0) == [TEXT]


@pytest.mark.parametrize("ending", [b"\r", b""])
def test_a_text_longer_than_any_symbol_gives_nothing(ending: bytes) -> None:
    assert decoded(SerialDecoder(b"\r"), b"A" * (LONGEST + 1) + ending) == []


@given(st.binary(min_size=1, max_size=300), st.lists(st.integers(0, 300), max_size=8))
def test_however_the_bytes_are_cut_the_same_codes_come_out(content: bytes, cuts: list[int]) -> None:
    places = sorted({0, len(content), *(cut for cut in cuts if cut < len(content))})
    chunks = [content[a:b] for a, b in pairwise(places)]
    whole = decoded(SerialDecoder(b"\r"), content)
    assert decoded(SerialDecoder(b"\r"), *chunks) == whole
