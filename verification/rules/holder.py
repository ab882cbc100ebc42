"""Whether two certificates name one person, by birth date and names as machines read them.

`compared` is how wallets of the EU group certificates: names word by word, in either order of family and
given name, one common word of each being enough. `bound` is stricter, for a lane where nobody looks: there
all words of the one must be among those of the other, and the birth date must be whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

_LONGEST = 256
_BETWEEN_WORDS = re.compile(r"[\s<.,\-]+")
_SPELLINGS = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "ẞ": "SS", "Æ": "AE", "Ø": "OE", "Œ": "OE"})
_DEGREES = frozenset({"DR"})
_WHOLE_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Comparison(Enum):
    """The answer; `UNKNOWN` where one of the two says too little."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Holder:
    """The words of a holder's names, and the birth date as written. Shown nowhere."""

    given: frozenset[str] = field(repr=False)
    family: frozenset[str] = field(repr=False)
    birth: str = field(repr=False)
    whole: frozenset[str] = field(default=frozenset(), repr=False)
    """The words of a name that is written in one piece: which of them is the family's is not known."""

    @property
    def words(self) -> frozenset[str]:
        """Every word of the name."""
        return self.given | self.family | self.whole


def holder_of(content: Mapping[str, Any]) -> Holder:
    """The holder named in a certificate (`nam` and `dob`); what is no text says nothing."""
    names = content.get("nam")
    names = names if isinstance(names, Mapping) else {}
    return Holder(
        given=_words(names.get("gnt")) or _words(names.get("gn")),
        family=_words(names.get("fnt")) or _words(names.get("fn")),
        birth=_text(content.get("dob")).strip(),
    )


def holder_named(name: str, birth: str) -> Holder:
    """The holder of a certificate that writes a name in one piece, of whatever format."""
    return Holder(frozenset(), frozenset(), birth.strip(), _words(name))


def bound(one: Holder, other: Holder) -> Comparison:
    """Whether both are one person for certain; `UNKNOWN` wherever an officer should look."""
    if not one.whole and not other.whole:
        answer = compared(one, other)
        if answer is not Comparison.SAME:
            return answer
        straight = _within(one.given, other.given) and _within(one.family, other.family)
        swapped = _within(one.given, other.family) and _within(one.family, other.given)
        return Comparison.SAME if _dated(one) and (straight or swapped) else Comparison.UNKNOWN
    if not one.words or not other.words or not _dated(one) or not _dated(other):
        return Comparison.UNKNOWN
    if one.birth != other.birth:
        return Comparison.DIFFERENT
    return Comparison.SAME if one.words == other.words else Comparison.UNKNOWN


def compared(one: Holder, other: Holder) -> Comparison:
    """Whether both are one person as far as certificates can tell."""
    if not one.birth or not other.birth or not one.given | one.family or not other.given | other.family:
        return Comparison.UNKNOWN
    if one.birth != other.birth:
        partial = one.birth.startswith(f"{other.birth}-") or other.birth.startswith(f"{one.birth}-")
        return Comparison.UNKNOWN if partial else Comparison.DIFFERENT
    straight = _share(one.given, other.given) and _share(one.family, other.family)
    swapped = _share(one.given, other.family) and _share(one.family, other.given)
    return Comparison.SAME if straight or swapped else Comparison.DIFFERENT


def _within(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _dated(one: Holder) -> bool:
    return _WHOLE_DATE.fullmatch(one.birth) is not None


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one & other) or not one | other


def _words(name: Any) -> frozenset[str]:
    """Words in capitals without accents and degrees."""
    spelled = _text(name)[:_LONGEST].upper().translate(_SPELLINGS)
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", spelled)
        if not unicodedata.combining(character)
    )
    return frozenset(_BETWEEN_WORDS.split(plain)) - _DEGREES - {""}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
