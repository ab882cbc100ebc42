"""Bounded zlib (RFC 1950): a whole stream, exactly, and never more than the cap."""

from __future__ import annotations

import zlib

from verification.encodings.malformed import Malformed

CAP = 64 * 1024
"""Bytes. A QR symbol holds at most 2864 bytes of base45, real payloads are below 2 KB."""


def inflate(data: bytes, cap: int = CAP) -> bytes:
    """The decompressed bytes.

    Raises `Malformed` when `data` is not compressed, ends too early, has bytes after its end, or would
    give more than `cap` bytes. At most `cap` + 1 bytes are ever produced.
    """
    stream = zlib.decompressobj()
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
