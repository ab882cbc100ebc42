"""Base32 (RFC 4648 §6) without padding, strict: only what an encoder can have written is decoded."""

from __future__ import annotations

import base64
import binascii

from verification.encodings.malformed import Malformed

_LAST_GROUPS = frozenset({0, 2, 4, 5, 7})
"""Characters that the last group of an encoding can have (RFC 4648 §6)."""


def decode(text: bytes) -> bytes:
    """The bytes that `text` stands for.

    Raises `Malformed` for padding, lower case, foreign characters, a length that no encoding has, and bits
    set after the end (RFC 4648 §3.5).
    """
    if len(text) % 8 not in _LAST_GROUPS or b"=" in text:
        raise Malformed("base32: a length that no encoding has, or padding")
    try:
        data = base64.b32decode(text + b"=" * (-len(text) % 8))
    except binascii.Error as error:
        raise Malformed("base32: a character outside the alphabet") from error
    if encode(data) != text:
        raise Malformed("base32: bits after the end")
    return data


def encode(data: bytes) -> bytes:
    """The text of `data`."""
    return base64.b32encode(data).rstrip(b"=")
