"""A body made smaller for the line: zlib (RFC 1950), which HTTP calls `deflate`, and back within bounds."""

from __future__ import annotations

import zlib

from sync.canonical import NotCanonical

ENCODING = "deflate"
LEVEL = 6
WORTH = 400
"""Bytes from which on packing pays."""


class TooLarge(Exception):
    """What was packed is larger than the other side may ever send."""


def pack(body: bytes) -> bytes:
    """The same bytes, smaller."""
    return zlib.compress(body, LEVEL)


def unpack(packed: bytes, most: int) -> bytes:
    """What was packed, never more than `most` bytes of it. Raises `TooLarge`, `NotCanonical`."""
    stream = zlib.decompressobj()
    try:
        body = stream.decompress(packed, most + 1)
    except zlib.error as error:
        raise NotCanonical("it is not in the zlib format") from error
    if len(body) > most:
        raise TooLarge
    if not stream.eof or stream.unused_data:
        raise NotCanonical("it does not end where its zlib stream ends")
    return body
