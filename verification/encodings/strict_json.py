"""JSON (RFC 8259), strict: no key twice, no NaN, a bounded size and depth."""

from __future__ import annotations

import json
import re
from typing import Any

from verification.encodings.malformed import Malformed

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32
_ALL_BUT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_ESCAPE = re.compile(rb"\\.", re.DOTALL)


def decode(data: bytes, most: int = MAX_BYTES) -> Any:
    """The one value in `data`, at most `most` bytes of UTF-8 and 32 levels deep.

    Raises `Malformed`. A byte order mark, a key that occurs twice in one object, NaN, infinity and half of a
    surrogate pair are refused (RFC 8259 §4, §6, §8 leave them to the reader; signed content must not mean two
    things).
    """
    if len(data) > most:
        raise Malformed(f"json: more than {most} bytes")
    if _deeper_than(MAX_DEPTH, data):
        raise Malformed(f"json: more than {MAX_DEPTH} levels")
    try:
        value = _DECODER.decode(data.decode())
        if _SURROGATE.search(data):
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise Malformed("json: not well-formed") from error
    return value


def _deeper_than(levels: int, data: bytes) -> bool:
    """Counts brackets outside texts, before any parser spends stack on each level."""
    plain = _ESCAPE.sub(b"", data) if b"\\" in data else data
    brackets = b"".join(plain.split(b'"')[::2]).translate(None, _ALL_BUT_BRACKETS)
    for _ in range(levels):
        if not brackets:
            return False
        inner = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(inner) == len(brackets):
            return len(brackets) > levels
        brackets = inner
    return bool(brackets)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key occurs twice")
    return table


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_each_key_once, parse_constant=_no_number)
