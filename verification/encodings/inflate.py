"""Bounded zlib (RFC 1950) and deflate (RFC 1951): a whole stream, exactly, never more than the cap."""

from __future__ import annotations

import zlib

from verification.encodings.malformed import Malformed

CAP = 64 * 1024
"""Bytes. A QR symbol holds at most 2864 bytes of base45, real payloads are below 2 KB."""


def inflate(data: bytes, cap: int = CAP) -> bytes:
    """The bytes that were compressed with zlib.

    Raises `Malformed` when `data` is not compressed, ends too early, has bytes after its end, or would
    give more than `cap` bytes. At most `cap` + 1 bytes are ever produced.
    """
    return _whole(zlib.decompressobj(), data, cap)


def inflate_raw(data: bytes, cap: int = CAP) -> bytes:
    """The bytes that were compressed with deflate alone, without any header. Raises as `inflate` does."""
    return _whole(zlib.decompressobj(-zlib.MAX_WBITS), data, cap)


def _whole(stream: zlib._Decompress, data: bytes, cap: int) -> bytes:
    try:
        output = stream.decompress(data, cap + 1)
    except zlib.error as error:
        raise Malformed("zlib: not a compressed stream") from error
    if len(output) > cap:
        raise Malformed(f"zlib: more than {cap} bytes")
    if not stream.eof:
        raise Malformed("zlib: the stream ends too early")
    if stream.unused_data:
        raise Malformed("zlib: bytes after the end of the stream")
    return output
