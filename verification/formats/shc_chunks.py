"""Health cards in several symbols (`shc:/n/N/…`, deprecated since 2022), put together in any order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, product

from verification.encodings import digit_pairs, jws, strict_json
from verification.encodings.inflate import inflate_raw
from verification.encodings.malformed import Malformed

PREFIX = b"shc:/"
MOST_PARTS = 12
MOST_DIGITS = 2 * 1191
"""A part holds at most 1191 characters of the JWS (§ Chunking)."""
LONGEST = len(PREFIX) + MOST_PARTS * MOST_DIGITS
PAYLOAD_BYTES = 128 * 1024
"""The specification's own example of a card in several parts holds 30 KB."""
MOST_HELD, MOST_TRIED = 24, 16
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


def is_card(text: bytes) -> bool:
    """Whether a text is one symbol's card as far as can be told without a key: header, stream and claims.

    Parts of different cards make no stream of deflate, or one that is no JSON.
    """
    try:
        message = jws.parse(digit_pairs.decode(text.removeprefix(PREFIX)))
        claims = strict_json.decode(inflate_raw(message.payload, PAYLOAD_BYTES), PAYLOAD_BYTES)
    except Malformed:
        return False
    return isinstance(claims, dict)


@dataclass(slots=True)
class Assembler:
    """Gathers the parts of one traveller's cards. Holds at most `MOST_HELD` parts, each `window` seconds.

    Several cards may be shown in turn: a family's lie behind one another in one wallet. Parts that fit by
    their numbers alone are put together only where they make a card (`sound`); with parts of two cards, one
    of each, none is whole yet. The newest are tried first, and only so many of their combinations.
    """

    window: float
    sound: Callable[[bytes], bool] = is_card
    used: tuple[Part, ...] = ()
    """The parts of the last whole card."""
    _since: dict[Part, float] = field(default_factory=dict, repr=False)
    """Every part held and when it was last shown, the newest last."""

    def add(self, text: bytes, now: float) -> bytes | None:
        """Takes one symbol's text at `now` (monotonic seconds).

        The whole card as the text of one symbol once every part of one was seen, else None. Raises
        `Malformed` for a text that is no part.
        """
        part = part_of(text.removeprefix(PREFIX)) if text.startswith(PREFIX) else None
        if part is None:
            raise Malformed("shc: not a part of a card")
        self._since = {held: at for held, at in self._since.items() if now - at <= self.window}
        known = self._since.pop(part, None) is not None
        self._since[part] = now
        if known:
            return None
        if len(self._since) > MOST_HELD:
            del self._since[next(iter(self._since))]
        for parts in islice(self._combinations(part), MOST_TRIED):
            whole = PREFIX + b"".join(one.digits for one in parts)
            if self.sound(whole):
                self.used = parts
                for one in parts:
                    del self._since[one]
                return whole
        return None

    def forget(self) -> None:
        """Drops what was gathered: the next part is another traveller's."""
        self._since = {}

    @property
    def held(self) -> frozenset[Part]:
        """The parts of cards that are not whole."""
        return frozenset(self._since)

    @property
    def missing(self) -> tuple[int, ...]:
        """Numbers that no part held has, of the card that the newest belongs to; empty where none is held."""
        if not self._since:
            return ()
        total = next(reversed(self._since)).total
        seen = {part.number for part in self._since if part.total == total}
        return tuple(number for number in range(1, total + 1) if number not in seen)

    def _combinations(self, newest: Part) -> Iterator[tuple[Part, ...]]:
        """One part of every number, the newest among them; nothing while a number is missing."""
        choices: list[list[Part]] = [[] for _ in range(newest.total)]
        for part in reversed(self._since):
            if part.total == newest.total and part.number != newest.number:
                choices[part.number - 1].append(part)
        choices[newest.number - 1] = [newest]
        return product(*choices)
