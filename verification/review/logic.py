"""What a rule's logic can never do: give an answer, be equal, find what it reads.

Every part of an expression is looked at for the sorts of values that it can have: a text, a number, a time.
Where an operation can never be given the sort that it takes, the rule has no answer, and all are referred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from verification.evidence import Colour, Direction, Kind, Use
from verification.formats.offers import OFFERS

_TEXT, _NUMBER, _BOOL, _NULL = "a text", "a number", "true or false", "nothing"
_LIST, _OBJECT, _TIME, _ANY = "a list", "an object", "a time", "anything"
Sorts = frozenset[str]


class Name(NamedTuple):
    """What a rule finds under one path: the sorts, and all the texts where there are only a few."""

    sorts: Sorts
    texts: frozenset[str] | None = None


def _name(*sorts: str, texts: Iterable[str] | None = None) -> Name:
    return Name(frozenset(sorts), None if texts is None else frozenset(texts))


_CODE: Mapping[str, Name] = {
    "format": _name(_TEXT, texts=OFFERS),
    "kind": _name(_TEXT, texts=Kind),
    "scheme": _name(_TEXT),
    "issuer": _name(_TEXT),
    "colour": _name(_TEXT, _NULL, texts=Colour),
    "direction": _name(_TEXT, texts=Direction),
    "use": _name(_TEXT, texts=Use),
    "issuedAt": _name(_TEXT, _NULL),
    "expiresAt": _name(_TEXT, _NULL),
    "bound": _name(_BOOL),
    "specimen": _name(_BOOL),
    "birth": _name(_TEXT, _NULL),
    "medical": _name(_OBJECT, _NULL),
    "medical.disease": _name(_TEXT, _NULL),
    "medical.product": _name(_TEXT, _NULL),
    "medical.doses": _name(_NUMBER, _NULL),
    "medical.dosesOf": _name(_NUMBER, _NULL),
    "medical.on": _name(_TEXT, _NULL),
    "medical.sampledAt": _name(_TEXT, _NULL),
    "medical.negative": _name(_BOOL, _NULL),
    "medical.validFrom": _name(_TEXT, _NULL),
    "medical.validUntil": _name(_TEXT, _NULL),
}
_EXTERNAL: Mapping[str, Name] = {
    "external": _name(_OBJECT),
    "external.validationClock": _name(_TEXT),
    "external.today": _name(_TEXT, _NULL),
    "external.direction": _name(_TEXT, texts=Direction),
}


OF_ONE_CODE = frozenset(_CODE)
"""What is told of one code, as `verification.rules.certificate.evidence_of` names it."""


def names_of_one_code() -> dict[str, Name]:
    """What a lane's own rule finds, by path."""
    found = {f"payload.{path}": name for path, name in _CODE.items()}
    return {"": _name(_OBJECT), "payload": _name(_OBJECT), **found, **_EXTERNAL}


def names_of_codes(number: int) -> dict[str, Name]:
    """What a rule over so many codes together finds, by path."""
    found = {f"payload.codes.{place}.{path}": name for place in range(number) for path, name in _CODE.items()}
    wholes = {f"payload.codes.{place}": _name(_OBJECT) for place in range(number)}
    above = {"": _name(_OBJECT), "payload": _name(_OBJECT), "payload.codes": _name(_LIST)}
    return {**above, **wholes, **found, **_EXTERNAL}


def flaws(logic: Any, names: Mapping[str, Name]) -> list[str]:
    """One phrase for each thing that can never be, in the order of the (valid) expression."""
    reader = _Reader(names)
    truth_of = reader.sorts(logic)
    if truth_of == {_TIME}:
        reader.found.append("is a time, which is neither true nor false")
    return list(dict.fromkeys(reader.found))


def paths(logic: Any) -> Iterator[str]:
    """Every path that is read with `var`, also inside `reduce`."""
    if isinstance(logic, dict):
        for operator, operands in logic.items():
            if operator == "var":
                yield str(operands)
            else:
                yield from paths(operands)
    elif isinstance(logic, list):
        for item in logic:
            yield from paths(item)


def operators(logic: Any) -> Iterator[str]:
    """Every operation that is used."""
    if isinstance(logic, dict):
        for operator, operands in logic.items():
            yield operator
            yield from operators(operands)
    elif isinstance(logic, list):
        for item in logic:
            yield from operators(item)


class _Reader:
    """Walks one expression."""

    def __init__(self, names: Mapping[str, Name] | None) -> None:
        self._names = names
        """None inside `reduce`, where paths begin elsewhere."""
        self.found: list[str] = []

    def sorts(self, part: Any) -> Sorts:
        """The sorts that a part can have; what is wrong in it is added to `found`."""
        if isinstance(part, bool):
            return frozenset({_BOOL})
        if isinstance(part, str | int):
            return frozenset({_TEXT if isinstance(part, str) else _NUMBER})
        if isinstance(part, list):
            for item in part:
                self.sorts(item)
            return frozenset({_LIST})
        ((operator, operands),) = part.items()
        return _SORTS[operator](self, operator, operands)

    def var(self, _operator: str, path: Any) -> Sorts:
        if self._names is None:
            return frozenset({_ANY})
        if path not in self._names:
            self.found.append(f"reads {path}, which no code has")
            return frozenset({_ANY})
        return self._names[path].sorts

    def choice(self, _operator: str, operands: list[Any]) -> Sorts:
        guard, then, otherwise = (self.sorts(operand) for operand in operands)
        if guard == {_TIME}:
            self.found.append("asks if a time is true, which it never is")
        return then | otherwise

    def all_of(self, _operator: str, operands: list[Any]) -> Sorts:
        return frozenset().union(*(self.sorts(operand) for operand in operands))

    def truth(self, operator: str, operands: list[Any]) -> Sorts:
        for operand in operands:
            if self.sorts(operand) == {_TIME}:
                self.found.append(f"gives {operator} a time, which is neither true nor false")
        return frozenset({_BOOL})

    def equal(self, _operator: str, operands: list[Any]) -> Sorts:
        left, right = (self.sorts(operand) for operand in operands)
        if _ANY not in left | right and not left & right:
            self.found.append(f"compares {_or(left)} with {_or(right)}: they are never equal")
        elif left == right == {_TIME}:
            self.found.append("asks if two times are equal, which has no answer")
        else:
            self._texts(operands[0], [operands[1]])
            self._texts(operands[1], [operands[0]])
        return frozenset({_BOOL})

    def within(self, _operator: str, operands: list[Any]) -> Sorts:
        self.sorts(operands[0])
        if not self.sorts(operands[1]) & {_LIST, _ANY}:
            self.found.append("gives in something that is no list")
        if isinstance(operands[1], list):
            self._texts(operands[0], operands[1])
        return frozenset({_BOOL})

    def takes(self, operator: str, operands: list[Any]) -> Sorts:
        """An operation that takes one sort, and gives one."""
        wanted, given = _TAKES[operator]
        for operand in operands[: 1 if operator in _FIRST_ONLY else None]:
            sorts = self.sorts(operand)
            if not sorts & {wanted, _ANY}:
                self.found.append(f"gives {operator} {_or(sorts)}, but it takes {wanted}")
        return frozenset({given})

    def reduced(self, _operator: str, operands: list[Any]) -> Sorts:
        if not self.sorts(operands[0]) & {_LIST, _NULL, _ANY}:
            self.found.append("gives reduce something that is no list")
        self.sorts(operands[2])
        inner = _Reader(None)
        inner.sorts(operands[1])
        self.found.extend(inner.found)
        return frozenset({_ANY})

    def _texts(self, reads: Any, among: list[Any]) -> None:
        """Whether literals are compared with a path that is one of a few texts, and never one of these."""
        path = reads.get("var") if isinstance(reads, dict) else None
        name = self._names.get(path) if self._names is not None and path is not None else None
        if name is None or name.texts is None:
            return
        for literal in among:
            if isinstance(literal, str) and literal not in name.texts:
                self.found.append(f"compares {path} with '{literal}', which it never is")


def _or(sorts: Sorts) -> str:
    return " or ".join(sorted(sorts))


_FIRST_ONLY = frozenset({"plusTime", "extractFromUVCI"})
_TAKES: Mapping[str, tuple[str, str]] = {
    "+": (_NUMBER, _NUMBER),
    **dict.fromkeys(("<", ">", "<=", ">="), (_NUMBER, _BOOL)),
    **dict.fromkeys(("after", "before", "not-after", "not-before"), (_TIME, _BOOL)),
    "plusTime": (_TEXT, _TIME),
    "dccDateOfBirth": (_TEXT, _TIME),
    "extractFromUVCI": (_TEXT, _TEXT),
}
"""The sort that an operation takes, and the sort that it gives."""
_SORTS: Mapping[str, Callable[[_Reader, str, Any], Sorts]] = {
    "var": _Reader.var,
    "if": _Reader.choice,
    "and": _Reader.all_of,
    "!": _Reader.truth,
    "===": _Reader.equal,
    "in": _Reader.within,
    "reduce": _Reader.reduced,
    **dict.fromkeys(_TAKES, _Reader.takes),
}
