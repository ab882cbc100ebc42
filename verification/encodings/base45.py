"""Base45 (RFC 9285), strict: only what an encoder can have written is decoded."""

from __future__ import annotations

import struct

from verification.encodings.malformed import Malformed

ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_FOREIGN = 255
_VALUES = bytes(ALPHABET.find(byte) if byte in ALPHABET else _FOREIGN for byte in range(256))
_LOW_OVERFLOW = 256


def decode(text: bytes) -> bytes:
    """The bytes that `text` stands for.

    Raises `Malformed` for foreign characters (lower case and line ends are foreign), for a length that no
    encoding has, and for groups above 65535 or 255 (RFC 9285 §4.2 and §6).
    """
    digits = text.translate(_VALUES)
    if _FOREIGN in digits:
        raise Malformed("base45: a character outside the alphabet")
    groups, rest = divmod(len(digits), 3)
    if rest == 1:
        raise Malformed("base45: a length that no encoding has")
    whole = groups * 3
    first, second, third = digits[0:whole:3], digits[1:whole:3], digits[2:whole:3]
    words = [c + 45 * d + 2025 * e for c, d, e in zip(first, second, third, strict=True)]
    try:
        decoded = struct.pack(f">{groups}H", *words)
    except struct.error as error:
        raise Malformed("base45: a group above 65535") from error
    if not rest:
        return decoded
    last = digits[-2] + 45 * digits[-1]
    if last >= _LOW_OVERFLOW:
        raise Malformed("base45: a last group above 255")
    return decoded + bytes((last,))


def encode(data: bytes) -> bytes:
    """The base45 text of `data` (RFC 9285 §4)."""
    text = bytearray()
    for index in range(0, len(data) - 1, 2):
        word = data[index] << 8 | data[index + 1]
        text += bytes((ALPHABET[word % 45], ALPHABET[word // 45 % 45], ALPHABET[word // 2025]))
    if len(data) % 2:
        text += bytes((ALPHABET[data[-1] % 45], ALPHABET[data[-1] // 45]))
    return bytes(text)
