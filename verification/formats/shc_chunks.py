"""Health cards in several symbols (`shc:/n/N/…`, deprecated since 2022), put together in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from verification.encodings.malformed import Malformed

PREFIX = b"shc:/"
MOST_PARTS = 12
MOST_DIGITS = 2 * 1191
"""A part holds at most 1191 characters of the JWS (§ Chunking)."""
LONGEST = len(PREFIX) + MOST_PARTS * MOST_DIGITS
_PART = re.compile(rb"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})/([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """One symbol's share of a card: the `number`th (from 1) of `total`."""

    number: int
    total: int
    digits: bytes = field(repr=False)


def part_of(body: bytes) -> Part | None:
    """The part in what follows `shc:/`, None where it is a whole card. Raises `Malformed`."""
    if b"/" not in body:
        return None
    found = _PART.match(body)
    if found is None:
        raise Malformed("shc: neither digits nor a numbered part")
    number, total, digits = int(found[1]), int(found[2]), found[3]
    if not 2 <= total <= MOST_PARTS or number > total:
        raise Malformed(f"shc: part {number} of {total}, where 2 to {MOST_PARTS} parts make a card")
    if len(digits) > MOST_DIGITS or len(digits) % 2:
        raise Malformed("shc: a part of odd or too great a length")
    return Part(number, total, digits)


@dataclass(slots=True)
class Assembler:
    """Gathers the parts of one card. Holds at most one set, and no set for longer than `window` seconds.

    A part that does not fit the set (another total, or another text under the same number) begins a new set:
    two cards are never mixed knowingly, and a flood of parts replaces parts instead of piling them up. A
    mixture that nobody can notice here breaks the signature.
    """

    window: float
    _parts: dict[int, Part] = field(default_factory=dict, repr=False)
    _since: float = 0.0

    def add(self, text: bytes, now: float) -> bytes | None:
        """Takes one symbol's text at `now` (monotonic seconds).

        The whole card as the text of one symbol once every part was seen, else None. Raises `Malformed` for a
        text that is no part.
        """
        part = part_of(text.removeprefix(PREFIX)) if text.startswith(PREFIX) else None
        if part is None:
            raise Malformed("shc: not a part of a card")
        if not self._belongs(part, now):
            self._parts = {}
        if not self._parts:
            self._since = now
        self._parts[part.number] = part
        if len(self._parts) < part.total:
            return None
        whole = b"".join(self._parts[number].digits for number in range(1, part.total + 1))
        self._parts = {}
        return PREFIX + whole

    def forget(self) -> None:
        """Drops what was gathered: the next part is another traveller's."""
        self._parts = {}

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers of the parts still to come; empty while nothing is gathered."""
        total = next((part.total for part in self._parts.values()), 0)
        return tuple(number for number in range(1, total + 1) if number not in self._parts)

    @property
    def fresh(self) -> bool:
        """Whether the part that came last began the set."""
        return len(self._parts) == 1

    def _belongs(self, part: Part, now: float) -> bool:
        if now - self._since > self.window:
            return False
        same_number = self._parts.get(part.number, part)
        return same_number == part and all(known.total == part.total for known in self._parts.values())
