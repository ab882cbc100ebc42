"""DER (X.690), as little of it as certificates need, past the mistakes that issued certificates carry."""

from __future__ import annotations

from collections.abc import Iterator

INTEGER, BIT_STRING, OCTETS, OID = 0x02, 0x03, 0x04, 0x06
UTC_TIME, GENERALIZED_TIME, SEQUENCE, SET = 0x17, 0x18, 0x30, 0x31


def items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element (X.690 §8.1, definite lengths). Raises ValueError."""
    for tag, content, _ in elements(data):
        yield tag, content


def elements(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Tag, content and the whole encoding of each element. Raises ValueError."""
    at = 0
    while at < len(data):
        begin = at
        if at + 2 > len(data):
            raise ValueError("an element ends too early")
        tag, size = data[at], data[at + 1]
        at += 2
        if size & 0x80:
            width = size & 0x7F
            if not 1 <= width <= 4:
                raise ValueError("a length of unknown form")
            size = int.from_bytes(data[at : at + width], "big")
            at += width
        if at + size > len(data):
            raise ValueError("an element ends too early")
        yield tag, data[at : at + size], data[begin : at + size]
        at += size


def only(data: bytes, tag: int) -> bytes:
    """The content of the one element in `data`, which has this tag. Raises ValueError."""
    found = list(items(data))
    if len(found) != 1 or found[0][0] != tag:
        raise ValueError("not the element that belongs here")
    return found[0][1]


def dotted(content: bytes) -> str:
    """An object identifier in dotted form (X.690 §8.19). Raises ValueError."""
    arcs: list[int] = []
    value = 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    if not arcs or content[-1] & 0x80:
        raise ValueError("an object identifier ends too early")
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))
