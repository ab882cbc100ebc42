"""Base64url without padding (RFC 7515 §2), strict: each value has exactly one text."""

from __future__ import annotations

import binascii

from verification.encodings.malformed import Malformed

_TO_PLAIN = bytes.maketrans(b"-_+/=", b"+/   ")
_TO_URL = bytes.maketrans(b"+/", b"-_")


def decode(text: bytes) -> bytes:
    """The bytes that `text` stands for.

    Raises `Malformed` for padding, foreign characters, a length that no encoding has, and bits set after the
    end (RFC 4648 §3.5): two texts for one value would be two codes with one meaning.
    """
    try:
        plain = text.translate(_TO_PLAIN) + b"=" * (-len(text) % 4)
        data = binascii.a2b_base64(plain, strict_mode=True)
    except binascii.Error as error:
        raise Malformed("base64url: not what an encoder writes") from error
    if encode(data[len(data) // 3 * 3 :]) != text[len(text) // 4 * 4 :]:
        raise Malformed("base64url: not what an encoder writes")
    return data


def encode(data: bytes) -> bytes:
    """The text of `data`."""
    return binascii.b2a_base64(data, newline=False).rstrip(b"=").translate(_TO_URL)
