"""Codes that come in several symbols, put together across everything that is checked in one go."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kiosk.checking.inputs import Found
from verification.encodings.malformed import Malformed
from verification.formats.shc_chunks import Assembler


def joined(codes: Iterable[Found]) -> Iterator[Found]:
    """The same codes, with the parts of one code as one, found where its last part was.

    Parts whose others never came follow at the end, each as it is.
    """
    assembler = Assembler(window=math.inf)
    waiting: list[Found] = []
    for found in codes:
        try:
            whole = assembler.add(found.code, 0.0)
        except Malformed:
            yield found
            continue
        waiting.append(found)
        if whole is not None:
            yield Found(found.source, whole, found.line)
            waiting = []
        elif assembler.fresh:
            yield from waiting[:-1]
            del waiting[:-1]
    yield from waiting
