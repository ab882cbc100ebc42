"""Codes that come in several symbols, put together across everything that is checked in one go."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from kiosk.checking.inputs import Found
from verification.encodings.malformed import Malformed
from verification.formats.shc_chunks import PREFIX, Assembler, Part, part_of


def joined(codes: Iterable[Found]) -> Iterator[Found]:
    """The same codes, with the parts of one code as one, found where its last part was.

    Parts whose others never came follow at the end, each as it is.
    """
    assembler = Assembler(window=math.inf)
    waiting: dict[Part, list[Found]] = {}
    for found in codes:
        try:
            whole = assembler.add(found.code, 0.0)
            part = part_of(found.code.removeprefix(PREFIX))
        except Malformed:
            part = None
        if part is None:
            yield found
            continue
        waiting.setdefault(part, []).append(found)
        if whole is not None:
            for used in assembler.used:
                waiting.pop(used, None)
            yield Found(found.source, whole, found.line)
        for part in [one for one in waiting if one not in assembler.held]:
            yield from waiting.pop(part)
    for alone in waiting.values():
        yield from alone
