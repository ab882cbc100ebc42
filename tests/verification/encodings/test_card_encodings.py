"""The encodings of health cards and passes against a second implementation, and what they must refuse."""

from __future__ import annotations

import base64
import json
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.made_cards import b64, deflated, digits
from verification.encodings import base32, base64url, digit_pairs, jws, strict_json
from verification.encodings.inflate import inflate_raw
from verification.encodings.malformed import Malformed

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5),
    max_leaves=20,
)


@given(st.binary(max_size=200))
def test_what_a_second_implementation_writes_is_read(data: bytes) -> None:
    url = base64.urlsafe_b64encode(data).rstrip(b"=")
    assert base64url.decode(url) == data
    assert base64url.encode(data) == url
    thirty_two = base64.b32encode(data).rstrip(b"=")
    assert base32.decode(thirty_two) == data
    assert base32.encode(data) == thirty_two
    assert inflate_raw(deflated(data)) == data


@given(st.binary(max_size=60))
def test_a_value_has_exactly_one_text(text: bytes) -> None:
    for encoding in (base64url, base32):
        with suppress(Malformed):
            assert encoding.encode(encoding.decode(text)) == text


@pytest.mark.parametrize(
    "text", [b"A", b"AB==", b"AB=", b"AB+", b"AB/", b"A B", b"AB\n", b"AB\0", b"AB", b"AAAAA"]
)
def test_base64url_refuses_what_no_encoder_writes(text: bytes) -> None:
    with pytest.raises(Malformed):
        base64url.decode(text)


@pytest.mark.parametrize(
    "text",
    [b"A", b"AAA", b"AAAAAA", b"AA======", b"aa", b"A0", b"A1", b"A8", b"AB", b"AAAAB", b"AA\n", b"A A"],
)
def test_base32_refuses_what_no_encoder_writes(text: bytes) -> None:
    with pytest.raises(Malformed):
        base32.decode(text)


def test_every_pair_of_digits_up_to_77_is_a_character_and_no_other_is() -> None:
    for value in range(100):
        pair = b"%02d" % value
        if value <= 77:
            assert digit_pairs.decode(pair) == bytes((value + 45,))
            assert digit_pairs.encode(bytes((value + 45,))) == pair
        else:
            with pytest.raises(Malformed):
                digit_pairs.decode(b"00" + pair + b"77")


@given(st.text("-./0123456789abcXYZ_z", min_size=1, max_size=300))
def test_digits_are_read_all_at_once_as_one_by_one(text: str) -> None:
    assert digit_pairs.decode(digits(text).encode()) == text.encode()


@pytest.mark.parametrize(
    "text", [b"", b"0", b"000", b"0a", b" 00", b"00\n", b"-1", b"+1", "٠٠".encode(), b"\xff\xff"]
)
def test_what_is_no_pair_of_digits_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed):
        digit_pairs.decode(text)


@given(JSON)
def test_json_of_a_second_implementation_is_read(value: Any) -> None:
    assert strict_json.decode(json.dumps(value).encode()) == value
    assert strict_json.decode(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=60) | st.text('{}[]",:\\u0dD8 1e.tfn', max_size=40).map(str.encode))
def test_no_bytes_do_anything_but_decode_or_be_refused(data: bytes) -> None:
    try:
        value = strict_json.decode(data)
    except Malformed:
        return
    assert value == json.loads(data)
    json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"{",
        b"[1,]",
        b"{'a':1}",
        b'{"a":1}{}',
        b'{"a":1,"a":1}',
        b'{"x":{"a":1,"\\u0061":2}}',
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b"01",
        b"\xef\xbb\xbf{}",
        b'"\xff"',
        b'"\\ud800"',
        b'"\\uD83D"',
        b"9" * 5000,
        b'{"\\udc00":1}',
        "{}".encode("utf-16"),
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b'["\\""' + b",[" * 40 + b"]" * 41,
        b"[" * 60_000,
        b"[" + b"1," * 40_000 + b"1]",
        b'"\n"',
    ],
)
def test_json_that_could_mean_two_things_or_too_much_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        strict_json.decode(data)


def test_json_may_be_as_deep_as_32_levels_and_brackets_in_texts_are_no_levels() -> None:
    assert strict_json.decode(b"[" * 32 + b"]" * 32)
    for text in (b'"' + b"[" * 100 + b'"', b'"\\"' + b"[{" * 100 + b'"', b'["\\\\","[[' + b"[" * 100 + b'"]'):
        assert strict_json.decode(text) == json.loads(text)
    assert strict_json.decode(b'"\\ud83d\\ude00"') == "😀"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        deflated(b"text")[:-1],
        deflated(b"text") + b"\0",
        zlib.compress(b"text"),
        b"\x05",
        deflated(bytes(70_000)),
    ],
)
def test_deflate_is_one_whole_stream_and_bounded(data: bytes) -> None:
    with pytest.raises(Malformed):
        inflate_raw(data)


HEADER = b64(b'{"alg":"ES256","kid":"k"}')


def test_a_jws_is_taken_apart_and_says_what_was_signed() -> None:
    message = jws.parse(f"{HEADER}.{b64(b'payload')}.{b64(b'signature')}".encode())
    assert (message.payload, message.signature) == (b"payload", b"signature")
    assert message.signed == f"{HEADER}.{b64(b'payload')}".encode()
    assert (message.algorithm, message.kid) == (-7, b"k")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "...",
        HEADER,
        f"{HEADER}.",
        f".{HEADER}.",
        f"{HEADER}.a.b.c",
        f"{HEADER}.AA=.AA",
        f"{HEADER} .AA.AA",
        f"{b64(b'7')}.AA.AA",
        f"{b64(b'')}.AA.AA",
        f"{b64(bytes(5))}.AA.AA",
        b64(b'{"crit":[]}') + ".AA.AA",
        b64(b'{"b64":true}') + ".AA.AA",
        b64(b'{"a":1,"a":1}') + ".AA.AA",
    ],
)
def test_a_jws_that_is_not_one_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        jws.parse(text.encode())


@pytest.mark.parametrize("alg", ["none", "HS256", "ES384", "es256", "", 7, None, ["ES256"], {"ES256": 1}])
def test_all_but_es256_is_no_algorithm(alg: Any) -> None:
    header = b64(json.dumps({"alg": alg, "kid": 7}).encode())
    message = jws.parse(f"{header}.AA.AA".encode())
    assert (message.algorithm, message.kid) == (None, None)
