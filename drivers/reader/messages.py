"""What the reader worker says to its owner: one JSON line per reading, contents in base64."""

from __future__ import annotations

import base64
import binascii
import json

from drivers.reader.port import Hint, Reading, Symbol

READY = b'{"ready": true}\n'
LONGEST_LINE = 1 << 20
"""A frame full of codes stays far below this; whatever is longer is not from a sound worker."""


class MessageFault(Exception):
    """A line that no sound worker says."""


def encode(reading: Reading) -> bytes:
    """One line, newline included."""
    line = {
        "frame": reading.frame_sequence,
        "at": reading.captured_at,
        "hint": reading.hint,
        "located": reading.located,
        "took_us": round(reading.took_us, 1),
        "symbols": [
            {"content": base64.b64encode(symbol.content).decode("ascii"), "corners": symbol.corners}
            for symbol in reading.symbols
        ],
    }
    return json.dumps(line).encode("ascii") + b"\n"


def decode_line(line: bytes) -> Reading | None:
    """The reading of one line; None for the greeting. Raises `MessageFault`."""
    try:
        said = json.loads(line)
        if said.get("ready") is True:
            return None
        symbols = tuple(
            Symbol(
                base64.b64decode(symbol["content"], validate=True),
                tuple((float(x), float(y)) for x, y in symbol["corners"]),
            )
            for symbol in said["symbols"]
        )
        return Reading(
            frame_sequence=int(said["frame"]),
            captured_at=float(said["at"]),
            symbols=symbols,
            hint=None if said["hint"] is None else Hint(said["hint"]),
            located=bool(said["located"]),
            took_us=float(said["took_us"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, RecursionError) as error:
        raise MessageFault("the reader worker said something that is no reading") from error
