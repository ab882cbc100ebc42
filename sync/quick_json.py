"""Reads JSON as our own writers make it, quickly: what comes out unchanged needs no second look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson


def read_canonical(data: bytes) -> Any:
    """The value in `data`, if these are exactly the bytes that canonical JSON of that value has.

    No such bytes have a key twice, a constant that JSON does not know, or anything behind the value: each of
    them would be missing when the value is written again. Raises ValueError for all other bytes, of which a
    stricter reader has to say what they are.
    """
    value = orjson.loads(data)
    if _written(value) != data:
        raise ValueError("not canonical")
    return value


def read_flat_objects(texts: Sequence[bytes]) -> list[dict[str, Any]]:
    """The objects in `texts`, each as in `read_canonical` and with no object in it.

    They are read as one list. As many braces open as there are texts, and each text begins with one, so that
    no other object begins anywhere: the text of each is exactly that between two beginnings.
    Raises ValueError if one is anything else.
    """
    joined = b",".join(texts)
    if joined.count(b"{") != len(texts) or {text[:1] for text in texts} - {b"{"}:
        raise ValueError("not flat objects")
    values: list[dict[str, Any]] = read_canonical(b"[%b]" % joined)
    if len(values) != len(texts) or (values and set(map(type, values)) != {dict}):
        raise ValueError("not flat objects")
    return values


def _written(value: object) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError as error:
        raise ValueError("not to be written again") from error
