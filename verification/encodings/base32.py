"""Base32 (RFC 4648 §6) without padding, strict: only what an encoder can have written is decoded."""

from __future__ import annotations

import base64

from verification.encodings.malformed import Malformed

ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_DIGITS = bytes.maketrans(ALPHABET, b"0123456789abcdefghijklmnopqrstuv")
_LAST_GROUPS = frozenset({0, 2, 4, 5, 7})
"""Characters that the last group of an encoding can have (RFC 4648 §6)."""


def decode(text: bytes) -> bytes:
    """The bytes that `text` stands for.

    Raises `Malformed` for padding, lower case, foreign characters, a length that no encoding has, and bits
    set after the end (RFC 4648 §3.5). The whole text is read as one number with digits of base 32, in C.
    """
    if text.translate(None, ALPHABET):
        raise Malformed("base32: padding, or a character outside the alphabet")
    if len(text) % 8 not in _LAST_GROUPS:
        raise Malformed("base32: a length that no encoding has")
    if not text:
        return b""
    size, unused = divmod(5 * len(text), 8)
    number = int(text.translate(_DIGITS), 32)
    if number & ((1 << unused) - 1):
        raise Malformed("base32: bits after the end")
    return (number >> unused).to_bytes(size, "big")


def encode(data: bytes) -> bytes:
    """The text of `data`."""
    return base64.b32encode(data).rstrip(b"=")
