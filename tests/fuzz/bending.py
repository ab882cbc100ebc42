"""Bytes bent: by a list of edits, or at random with what parsers stumble over."""

from __future__ import annotations

import random

Edit = tuple[str, int, int]
HOWS = ("change", "insert", "drop", "repeat", "cut", "token", "swap", "flip")
TOKENS = (
    b"\x00", b"\xff", b"\x1b" + b"\xff" * 8, b"\x5b" + b"\xff" * 8, b"\x9f", b"\xbf", b"\xf9\x7e\x00",
    b"\xfb\x7f\xf0" + bytes(6), b"\x81" * 40, b"\xd2", b"\xd8\x3d", b"\xc2\x49" + b"\xff" * 9,
    b"NaN", b"1e999", b"-1", b"null", b"true", b'"":', b"\\ud800", b"\\u0000", b"[" * 40, b"{}", b"[]",
    b'"', b",", b"9" * 40, b"\xe2\x80\xae", b"\xef\xbb\xbf", b"===", b".", b"/", b":", b"%2B", b"  ",
)  # fmt: skip


def bent(data: bytes, edits: list[Edit]) -> bytes:
    """`data` after the edits, each at a place and with a value of its own."""
    out = bytearray(data)
    for how, place, value in edits:
        at = place % (len(out) + 1)
        match how:
            case "change":
                out[at : at + 1] = bytes((value,))
            case "insert":
                out[at:at] = bytes((value,))
            case "drop":
                del out[at : at + 1 + value % 8]
            case "repeat":
                out[at:at] = out[at : at + value] * (1 + value % 3)
            case "cut":
                del out[at + 1 :]
            case "token":
                out[at:at] = TOKENS[value % len(TOKENS)]
            case "swap":
                out[at:] = out[at + value :] + out[at : at + value]
            case _:
                out[at : at + 1] = bytes(one ^ (1 << value % 8) for one in out[at : at + 1])
    return bytes(out)


def at_random(data: bytes, draw: random.Random, most: int) -> bytes:
    """`data` after one to six edits, at most `most` bytes; now and then blown up to that."""
    edits = [
        (draw.choice(HOWS), draw.randrange(1 << 16), draw.randrange(256))
        for _ in range(draw.choice((1, 1, 2, 3, 6)))
    ]
    out = bent(data, edits)
    if draw.random() < 0.01:
        piece = draw.choice((*TOKENS, out[: draw.randrange(1, 200)] or b"0"))
        at = draw.randrange(len(out) + 1)
        out = out[:at] + piece * (most // max(1, len(piece))) + out[at:]
    return out[:most]
