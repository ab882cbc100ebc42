"""A scanner that is a keyboard: keycodes, so that no layout of the system damages a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanner.framing import SILENCE_S
from drivers.scanner.keys import EVENT, KEYS, KeyDecoder, typed_for_another_layout

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CERTIFICATE = "HC1:6BFOXN%TSMAHN-H/N8KMQ8:U*OGFNT4S+Z17$ 9.8BK"
SHIFT, CAPS, CTRL, ENTER = 42, 58, 29, 28

DIGITS_FR = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
DIGITS_BE = dict(zip("1234567890", "&é\"'(§è!çà", strict=True))
AZERTY = {"A": "Q", "Q": "A", "W": "Z", "Z": "W", "M": "?", "$": "4", "%": "5", "*": "8", ":": "M"}
LETTERS_RU = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ", strict=True))
DAMAGE: dict[str, dict[str, str]] = {
    **{layout: {} for layout in ("us", "gb", "cn", "tw", "kr")},
    "br": {"/": ";", ":": "Ç"},
    "jp": {"*": "(", "+": "~", ":": "+"},
    "es": {"*": "(", "+": "¿", "-": "'", "/": "-", ":": "Ñ"},
    "it": {"*": "(", "+": "^", "-": "'", "/": "-", ":": "ç"},
    "pt": {"*": "(", "+": "»", "-": "'", "/": "-", ":": "Ç"},
    "se": {"$": "¤", "*": "(", "+": "`", "-": "+", "/": "-", ":": "Ö"},
    "de": {"Y": "Z", "Z": "Y", "*": "(", "+": "`", "-": "ß", "/": "-", ":": "Ö"},
    "tr": {"$": "+", "*": "(", "+": "_", "-": "*", ".": "ç", "/": ".", ":": "Ş"},
    "ch": {"Y": "Z", "Z": "Y", "$": "ç", "*": "(", "+": "`", "-": "'", "/": "-", ":": "é"},
    "fr": {**DIGITS_FR, **AZERTY, "-": ")", ".": ":", "/": "!"},
    "be": {**DIGITS_BE, **AZERTY, "+": "_", "-": ")", ".": ":", "/": "="},
    "ru": {**LETTERS_RU, "$": ";", ".": "ю", "/": ".", ":": "Ж"},
}
"""What a window reads where the system has that layout and the scanner types US: the wrong symbols only."""
WRONG = {
    **dict.fromkeys(("us", "gb", "cn", "tw", "kr"), 0),
    "br": 2,
    "jp": 3,
    "es": 5,
    "it": 5,
    "pt": 5,
    "se": 6,
    "de": 7,
    "tr": 7,
    "ch": 8,
    "fr": 22,
    "be": 23,
    "ru": 30,
}
"""How many of base45's 45 symbols that is: the published table."""


def key(code: int, *values: int) -> bytes:
    return b"".join(EVENT.pack(0, 0, 1, code, value) + EVENT.pack(0, 0, 0, 0, 0) for value in values)


def typed(text: str) -> bytes:
    """What a scanner set to the US layout sends for a text."""
    events = b""
    for character in text:
        code, pair = next((code, pair) for code, pair in KEYS.items() if character in pair)
        upper = pair[0] != character
        events += (key(SHIFT, 1) if upper else b"") + key(code, 1, 0) + (key(SHIFT, 0) if upper else b"")
    return events


def read(events: bytes, decoder: KeyDecoder | None = None) -> list[bytes]:
    decoder = decoder or KeyDecoder()
    return decoder.feed(events, 1.0) + decoder.silent(1.0 + SILENCE_S)


@pytest.mark.parametrize("layout", DAMAGE)
def test_a_certificate_is_whole_under_every_layout_of_the_system(layout: str) -> None:
    """The table of damage is what reading characters would cost; keycodes are the same under all of them."""
    assert len(DAMAGE[layout]) == WRONG[layout]
    as_characters = "".join(DAMAGE[layout].get(symbol, symbol) for symbol in BASE45)
    assert (as_characters == BASE45) is (WRONG[layout] == 0)
    assert read(typed(BASE45) + key(ENTER, 1, 0)) == [BASE45.encode()]


def test_every_key_of_the_table_is_read_as_it_is_typed() -> None:
    characters = "".join(chr(code) for code in range(32, 127))
    assert read(typed(characters)) == [characters.encode()]


@pytest.mark.parametrize("cut", [1, 7, 24, 25, 100])
def test_events_may_arrive_in_any_pieces(cut: int) -> None:
    decoder, events, codes = KeyDecoder(), typed(CERTIFICATE) + key(ENTER, 1, 0), list[bytes]()
    for at in range(0, len(events), cut):
        codes += decoder.feed(events[at : at + cut], 1.0)
    assert codes == [CERTIFICATE.encode()]


def test_enter_ends_a_code_and_so_does_control_m_and_silence() -> None:
    assert read(typed("A1") + key(ENTER, 1, 0) + typed("B2")) == [b"A1", b"B2"]
    assert read(typed("A1") + key(CTRL, 1) + key(50, 1, 0) + key(CTRL, 0) + typed("B2")) == [b"A1", b"B2"]
    decoder = KeyDecoder()
    assert decoder.feed(typed("A1"), 1.0) == []
    assert decoder.due() == 1.0 + SILENCE_S


def test_caps_lock_turns_letters_and_nothing_else() -> None:
    caps = key(CAPS, 1, 0)
    assert read(caps + typed("hc1:") + caps + typed("a")) == [b"HC1:a"]


def test_a_key_that_is_held_does_not_repeat() -> None:
    assert read(key(30, 1, 2, 2, 2, 0)) == [b"a"]


def test_a_configuration_barcode_of_control_keys_gives_nothing_and_the_next_code_is_whole() -> None:
    decoder = KeyDecoder()
    command = key(CTRL, 1) + key(56, 1) + key(111, 1, 0) + key(56, 0) + key(CTRL, 0)
    assert read(command + typed("quit"), decoder) == []
    assert decoder.feed(typed("HC1:A") + key(ENTER, 1), 2.0) == [b"HC1:A"]


def test_events_that_the_kernel_dropped_spoil_the_code_they_belonged_to() -> None:
    decoder = KeyDecoder()
    dropped = EVENT.pack(0, 0, 0, 3, 0)
    assert read(typed("HC1:A") + dropped + typed("BC") + key(ENTER, 1), decoder) == []
    assert decoder.feed(typed("HC1:A") + key(ENTER, 1), 2.0) == [b"HC1:A"]


@pytest.mark.parametrize("stuck", [SHIFT, CTRL])
def test_a_modifier_whose_release_was_lost_costs_one_code_and_not_all_that_follow(stuck: int) -> None:
    for lost in (EVENT.pack(0, 0, 0, 3, 0), typed("x")):
        decoder = KeyDecoder()
        read(key(stuck, 1) + lost, decoder)
        assert decoder.feed(typed("HC1:A") + key(ENTER, 1, 0), 9.0) == [b"HC1:A"]


def test_keys_without_end_give_nothing_and_the_next_code_is_read() -> None:
    decoder = KeyDecoder()
    one = key(30, 1, 0)
    for _ in range(20):
        assert decoder.feed(one * 1000, 1.0) == []
    assert decoder.feed(typed("HC1:A") + key(ENTER, 1), 2.0) == [b"HC1:A"]


@given(st.binary(max_size=600))
def test_any_bytes_at_all_raise_nothing(data: bytes) -> None:
    decoder = KeyDecoder()
    decoder.feed(data, 1.0)
    decoder.silent(9.0)


@pytest.mark.parametrize("text", ["HC1>" + "A" * 60, "HC!>" + "A" * 60, "shc>&" + "1" * 60])
def test_a_scanner_set_to_another_layout_is_recognised(text: str) -> None:
    assert typed_for_another_layout(text.encode())


@pytest.mark.parametrize(
    "text", [CERTIFICATE * 3, "shc:/" + "5" * 80, "https://example.org/" + "a" * 80, "WIFI:S:hall;;", "HC1>"]
)
def test_a_code_or_a_stranger_is_not_taken_for_that(text: str) -> None:
    assert not typed_for_another_layout(text.encode())
