"""The extended key usages of a certificate, read past extensions that a strict parser refuses.

Issued signer certificates carry mistakes in extensions that do not matter here (an encoded default in the
basic constraints, for one), and one such mistake must not lose every traveller of a country.
"""

from __future__ import annotations

from collections.abc import Iterator

_SEQUENCE, _OID, _OCTETS, _EXTENSIONS = 0x30, 0x06, 0x04, 0xA3
_EXTENDED_KEY_USAGE = bytes((0x55, 0x1D, 0x25))


def extended_key_usages(tbs: bytes) -> frozenset[str]:
    """Dotted OIDs of the extension 2.5.29.37 in the TBSCertificate (RFC 5280 §4.1, §4.2.1.12).

    Empty when there is no such extension. Raises ValueError for bytes that are not DER.
    """
    for tag, content in _items(_only(tbs, _SEQUENCE)):
        if tag == _EXTENSIONS:
            return _usages(_only(content, _SEQUENCE))
    return frozenset()


def _usages(extensions: bytes) -> frozenset[str]:
    for _, extension in _items(extensions):
        parts = list(_items(extension))
        if parts and parts[0] == (_OID, _EXTENDED_KEY_USAGE):
            tag, value = parts[-1]
            if tag != _OCTETS:
                raise ValueError("an extension without a value")
            return frozenset(_dotted(oid) for kind, oid in _items(_only(value, _SEQUENCE)) if kind == _OID)
    return frozenset()


def _only(data: bytes, tag: int) -> bytes:
    """The content of the one element in `data`, which has this tag."""
    elements = list(_items(data))
    if len(elements) != 1 or elements[0][0] != tag:
        raise ValueError("not the element that belongs here")
    return elements[0][1]


def _items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element (X.690 §8.1, definite lengths)."""
    at = 0
    while at < len(data):
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
        yield tag, data[at : at + size]
        at += size


def _dotted(content: bytes) -> str:
    """X.690 §8.19."""
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
