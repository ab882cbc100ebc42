"""A strict CBOR decoder (RFC 8949): one item, one way to write it, nothing after it.

Ready-made decoders accept duplicate keys, bytes after the item, longer forms than needed and tags that do
work before a signature was checked. This one refuses all of them. Floats of every width, null and
undefined (read as null) are accepted: issued certificates carry them.
"""

from __future__ import annotations

import struct
from typing import Any

from verification.encodings.malformed import Malformed
from verification.record import record

MAX_BYTES = 64 * 1024
MAX_DEPTH = 16
_NO_TAGS: frozenset[int] = frozenset()
_FLOATS = {25: struct.Struct(">e"), 26: struct.Struct(">f"), 27: struct.Struct(">d")}
_SIMPLE = {20: False, 21: True, 22: None, 23: None}
_KEYS = frozenset({0, 1, 3})
"""Major types of keys: integers and texts."""
_SMALLEST = {25: 1 << 8, 26: 1 << 16, 27: 1 << 32}


@record
class Tagged:
    """A tag and the item it stands before."""

    tag: int
    value: Any


def decode(data: bytes, tags: frozenset[int] = _NO_TAGS, most: int = MAX_BYTES) -> Any:
    """The one item in `data`: int, float, bool, None, bytes, str, list, dict or `Tagged`.

    Keys of maps are integers or texts. Only the named `tags` may occur. Raises `Malformed` for anything
    else, for indefinite lengths, longer forms than needed, more than `most` bytes or 16 levels.
    """
    if len(data) > most:
        raise Malformed(f"cbor: more than {most} bytes")
    try:
        value, end = _item(data, 0, MAX_DEPTH, tags)
    except IndexError as error:
        raise Malformed("cbor: the item ends too early") from error
    except UnicodeDecodeError as error:
        raise Malformed("cbor: a text that is not UTF-8") from error
    if end != len(data):  # strings are not measured one by one: one that ends too late ends here
        raise Malformed("cbor: the item ends too early, or bytes follow it")
    return value


def _item(data: bytes, at: int, depth: int, tags: frozenset[int]) -> tuple[Any, int]:
    """The item that begins at `at`, and where the next one begins."""
    head = data[at]
    major, size = head >> 5, head & 31
    at += 1
    if major == 7:
        return _simple(data, at, size)
    if size == 24 and data[at] >= 24:
        size = data[at]
        at += 1
    elif size >= 24:
        size, at = _argument(data, at, size)
    if major == 3:
        end = at + size
        return data[at:end].decode(), end
    if major == 0:
        return size, at
    if major == 1:
        return -1 - size, at
    if major == 2:
        end = at + size
        return data[at:end], end
    if not depth:
        raise Malformed(f"cbor: more than {MAX_DEPTH} levels")
    if major == 5:
        return _map(data, at, size, depth - 1, tags)
    if major == 4:
        return _array(data, at, size, depth - 1, tags)
    if size not in tags:
        raise Malformed(f"cbor: tag {size} has no place here")
    value, at = _item(data, at, depth - 1, tags)
    return Tagged(size, value), at


def _argument(data: bytes, at: int, size: int) -> tuple[int, int]:
    """A length or number of two bytes or more; the one of a single byte was read before, if it is none."""
    if size == 24:
        raise Malformed("cbor: a longer form than needed")
    if size > 27:
        raise Malformed("cbor: an indefinite length or reserved form")
    end = at + (1 << (size - 24))
    if end > len(data):
        raise Malformed("cbor: the item ends too early")
    argument = int.from_bytes(data[at:end], "big")
    if argument < _SMALLEST[size]:
        raise Malformed("cbor: a longer form than needed")
    return argument, end


def _array(data: bytes, at: int, size: int, depth: int, tags: frozenset[int]) -> tuple[list[Any], int]:
    items: list[Any] = []
    item: Any
    for _ in range(size):
        head = data[at]
        if 0xA0 <= head < 0xB8 and depth:
            item, at = _map(data, at + 1, head - 0xA0, depth - 1, tags)
        else:
            item, at = _item(data, at, depth, tags)
        items.append(item)
    return items, at


def _map(data: bytes, at: int, size: int, depth: int, tags: frozenset[int]) -> tuple[dict[Any, Any], int]:
    """Short texts and small numbers, which certificates are full of, are read in place."""
    entries: dict[int | str, Any] = {}
    for _ in range(size):
        head = data[at]
        at += 1
        if 0x60 <= head < 0x78:
            end = at + head - 0x60
            key: int | str = data[at:end].decode()
            at = end
        elif head < 0x18:
            key = head
        elif head == 0x39 and data[at]:
            key = -1 - (data[at] << 8 | data[at + 1])
            at += 2
        elif head >> 5 in _KEYS:
            key, at = _item(data, at - 1, 0, tags)
        else:
            raise Malformed("cbor: a key that is neither integer nor text")
        head = data[at]
        if 0x60 <= head < 0x78:
            at += 1
            end = at + head - 0x60
            entries[key] = data[at:end].decode()
            at = end
        elif head < 0x18:
            entries[key] = head
            at += 1
        elif head == 0x78 and data[at + 1] >= 24:
            end = at + 2 + data[at + 1]
            entries[key] = data[at + 2 : end].decode()
            at = end
        elif head == 0x1A and data[at + 1 : at + 3] != b"\0\0" and at + 5 <= len(data):
            entries[key] = int.from_bytes(data[at + 1 : at + 5], "big")
            at += 5
        elif 0xA0 <= head < 0xB8 and depth:
            entries[key], at = _map(data, at + 1, head - 0xA0, depth - 1, tags)
        elif 0x80 <= head < 0x98 and depth:
            entries[key], at = _array(data, at + 1, head - 0x80, depth - 1, tags)
        else:
            entries[key], at = _item(data, at, depth, tags)
    if len(entries) != size:
        raise Malformed("cbor: a key that occurs twice")
    return entries, at


def _simple(data: bytes, at: int, size: int) -> tuple[float | bool | None, int]:
    if size in _SIMPLE:
        return _SIMPLE[size], at
    form = _FLOATS.get(size)
    if form is None:
        raise Malformed("cbor: an unknown simple value or indefinite length")
    end = at + form.size
    if end > len(data):
        raise Malformed("cbor: the item ends too early")
    return form.unpack_from(data, at)[0], end
