"""The numeric form of SMART Health Cards: two decimal digits for every character, its code less 45."""

from __future__ import annotations

from verification.encodings.malformed import Malformed

_LOWEST, _HIGHEST = ord("-"), ord("z")
_FOREIGN = 255
_VALUES = bytes(byte - 48 if 48 <= byte <= 57 else _FOREIGN for byte in range(256))
_PAIRS = bytes(range(_HIGHEST - _LOWEST + 1))
_CHARACTERS = bytes((value + _LOWEST) & 255 for value in range(256))


def decode(digits: bytes) -> bytes:
    """The characters that `digits` stand for. Raises `Malformed` for anything but pairs from 00 to 77.

    All pairs at once: each has a byte of one long integer to itself, and 10 * 9 + 9 stays within it.
    """
    values = digits.translate(_VALUES)
    if not values or len(values) % 2 or _FOREIGN in values:
        raise Malformed("shc: not pairs of decimal digits")
    tens, ones = int.from_bytes(values[::2], "little"), int.from_bytes(values[1::2], "little")
    pairs = (10 * tens + ones).to_bytes(len(values) // 2, "little")
    if pairs.translate(None, _PAIRS):
        raise Malformed("shc: a pair of digits above 77")
    return pairs.translate(_CHARACTERS)


def encode(text: bytes) -> bytes:
    """The digits of a text of characters from `-` to `z`."""
    return b"".join(b"%02d" % (byte - _LOWEST) for byte in text)
