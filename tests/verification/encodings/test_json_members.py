"""Keys that occur twice are told from colons within strings."""

from __future__ import annotations

import json

import pytest

from verification.encodings.malformed import Malformed
from verification.encodings.strict_json import decode


@pytest.mark.parametrize("text", [b'{"a":":x"}', b'{"a" : ": "}', b'{"\\":":1}', b'[":",{"a"\n:"b\\":"}]'])
def test_colons_within_strings_are_no_members(text: bytes) -> None:
    assert decode(text) == json.loads(text)


@pytest.mark.parametrize("text", [b'{"a":1,"a":2}', b'{"a" :1,"a"\t:":"}', b'{"a":{"b":1,"b"\r\n:1}}'])
def test_a_key_that_occurs_twice_is_seen_however_it_is_spaced(text: bytes) -> None:
    with pytest.raises(Malformed):
        decode(text)
