"""JSON (RFC 8259), strict: no key twice, no NaN, a bounded size and depth."""

from __future__ import annotations

import json
import re
from typing import Any

from verification.encodings.malformed import Malformed

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32
_ESCAPE = re.compile(rb"\\.", re.DOTALL)
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


def decode(data: bytes, most: int = MAX_BYTES) -> Any:
    """The one value in `data`, at most `most` bytes of UTF-8 and 32 levels deep.

    Raises `Malformed`. A byte order mark, a key that occurs twice in one object, NaN, infinity and half of a
    surrogate pair are refused (RFC 8259 §4, §6, §8 leave them to the reader; signed content must not mean two
    things).
    """
    if len(data) > most:
        raise Malformed(f"json: more than {most} bytes")
    try:
        value = _DECODER.decode(data.decode())
        if _SURROGATE.search(data):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Malformed("json: not well-formed") from error
    read = _members_read(value)
    if read != _members_at_most(data) and read != _members_written(data):
        raise Malformed("json: a key that occurs twice")
    return value


def _members_at_most(data: bytes) -> int:
    """No fewer than the members that are written: the colons after a quote, be they within a string."""
    return data.translate(None, b" \t\n\r").count(b'":')


def _members_written(data: bytes) -> int:
    """Members of all objects in a well-formed text: the colons outside its strings.

    Counting them beside those that were read finds every key that hides another, at a third of what it costs
    to look at each object while it is parsed.
    """
    plain = _ESCAPE.sub(b"", data) if b"\\" in data else data
    return b"".join(plain.split(b'"')[::2]).count(b":")


def _members_read(value: Any) -> int:
    """Members of all objects in a value. Raises `Malformed` for more levels than are allowed."""
    members, level = 0, [value]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for one in level:
            if type(one) is dict:
                members += len(one)
                inner += one.values()
            elif type(one) is list:
                inner += one
        if not inner:
            return members
        level = inner
    if any(isinstance(one, dict | list) for one in level):
        raise Malformed(f"json: more than {MAX_DEPTH} levels")
    return members


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


_DECODER = json.JSONDecoder(parse_constant=_no_number)
