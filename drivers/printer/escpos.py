"""The few ESC/POS commands a slip needs, as pure bytes: the whole slip is a picture, whatever letters it has.

No code page of any printer has all four languages, and fonts differ; dots do not. References are the command
names of Epson's "ESC/POS Command Reference" for TM printers, which others follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drivers.printer.port import Picture

BEGIN = b"\x1b@"
"""ESC @: forgets what was set before."""
BAND = 128
"""Rows of one GS v 0: small printers hold no more than a few kilobytes of a picture."""
FEED = b"\x1bd\x04"
"""ESC d 4: the last line leaves the knife behind."""
CUT = b"\x1dV\x01"
"""GS V 1: partial cut. Printers without a knife ignore it."""
ASK_OFFLINE, ASK_PAPER = b"\x10\x04\x02", b"\x10\x04\x04"
"""DLE EOT 2 and 4: answered at once, each by one byte, in this order."""
ASK_WHEN_DONE = b"\x1dr\x01"
"""GS r 1: answered when all before it was printed; not at all by a printer that stopped."""
_FIXED, _FIXED_IS = 0b1001_0011, 0b0001_0010
_COVER, _OUT_OF_PAPER, _ERROR, _ROLL_ENDED, _ROLL_NEAR_END = 0x04, 0x20, 0x40, 0x60, 0x0C


@dataclass(frozen=True, slots=True)
class State:
    """What a printer says of itself."""

    cover_open: bool = False
    paper_out: bool = False
    error: bool = False
    paper_low: bool = False


def slip(picture: Picture) -> Iterator[bytes]:
    """The picture in bands, then paper fed and cut, then the question whether it is done."""
    yield BEGIN
    for at in range(0, len(picture.rows), BAND):
        rows = picture.rows[at : at + BAND]
        head = b"\x1dv0\x00" + picture.width.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
        yield head + b"".join(rows)
    yield FEED + CUT
    yield ASK_WHEN_DONE


def state(offline: bytes, paper: bytes) -> State | None:
    """The answers to both questions; None where either is missing or is no answer to them."""
    if len(offline) != 1 or len(paper) != 1:
        return None
    if any(answer[0] & _FIXED != _FIXED_IS for answer in (offline, paper)):
        return None
    return State(
        cover_open=bool(offline[0] & _COVER),
        paper_out=bool(offline[0] & _OUT_OF_PAPER) or paper[0] & _ROLL_ENDED == _ROLL_ENDED,
        error=bool(offline[0] & _ERROR),
        paper_low=paper[0] & _ROLL_NEAR_END == _ROLL_NEAR_END,
    )


def is_done(answer: bytes) -> bool:
    """Whether this answers `ASK_WHEN_DONE` (bits 4 and 7 are off)."""
    return len(answer) == 1 and not answer[0] & 0b1001_0000
