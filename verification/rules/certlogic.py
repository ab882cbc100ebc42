"""CertLogic 1.3.3, the rule language of the EU scheme (a subset of JsonLogic), compiled once and run often.

An expression is checked when it is compiled; what remains can fail only on the data. Work is bounded: an
expression has a largest depth and size, and whatever repeats (`reduce`, `in`) draws on one count of steps.
Specification: ehn-dcc-development/eu-dcc-business-rules, certlogic/specification.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from verification.rules.date_times import UNITS, date_of_birth, moment, plus
from verification.rules.values import Undefined, access, integer, same, truth

SPECIFICATION = (1, 3, 3)
MOST_DEPTH = 64
MOST_NODES = 8192
MOST_STEPS = 40_000
"""Steps that one evaluation may take: some ten milliseconds. Published rules take a few hundred."""

_PATH = re.compile(r"[^.]+(\.[^.]+)*")
_FRAGMENTS = re.compile(r"[/#:]")
_UCI_PREFIX = "URN:UVCI:"


class CertLogicInvalid(Exception):
    """An expression that does not follow the specification. `str()` is one sentence."""


class Steps:
    """What is left of the work that one evaluation may do."""

    __slots__ = ("left",)

    def __init__(self, left: int = MOST_STEPS) -> None:
        self.left = left

    def take(self, count: int) -> None:
        """Raises `Undefined` when there are not as many steps left."""
        self.left -= count
        if self.left < 0:
            raise Undefined("the expression takes too many steps")


Run = Callable[[Any, Steps], Any]


@dataclass(frozen=True, slots=True)
class Expression:
    """A valid expression, ready to be evaluated."""

    _run: Run = field(repr=False)
    size: int
    """How many values and operations it is made of."""
    reads: frozenset[str] = field(default=frozenset(), repr=False)
    """The paths that it reads with `var`; those inside `reduce` begin elsewhere."""

    def evaluate(self, data: Any) -> Any:
        """The value for `data` (as of JSON). Raises `Undefined` where the specification gives none.

        Times come out as aware `datetime`, everything else as of JSON. `data` is not changed.
        """
        return self._run(data, Steps())


def compiled(expression: Any) -> Expression:
    """Checks and compiles an expression as of JSON. Raises `CertLogicInvalid`."""
    compiler = _Compiler()
    run = compiler.compile(expression, 1)
    return Expression(run, compiler.nodes + compiler.constants, frozenset(compiler.reads))


class _Compiler:
    """Walks an expression once and counts what it is made of."""

    def __init__(self) -> None:
        self.nodes = 0
        self.constants = 0
        """Literals in lists of nothing else: they count for size, not for work."""
        self.reads: set[str] = set()

    def compile(self, expression: Any, depth: int) -> Run:
        self.nodes += 1
        self._bound(depth)
        if isinstance(expression, str | bool) or _literal_number(expression):
            return lambda _data, _steps: expression
        if isinstance(expression, list):
            if all(isinstance(item, str | bool) or _literal_number(item) for item in expression):
                self.constants += len(expression)
                self._bound(depth)
                return lambda _data, _steps: expression
            items = [self.compile(item, depth + 1) for item in expression]
            return lambda data, steps: [item(data, steps) for item in items]
        if not isinstance(expression, dict) or len(expression) != 1:
            raise CertLogicInvalid("an expression is a literal, a list of expressions or one operation")
        ((operator, operands),) = expression.items()
        if operator == "var":
            run = _var(operands)
            self.reads.add(operands)
            return run
        if operator not in _OPERATIONS:
            raise CertLogicInvalid(f"there is no operation {str(operator)[:20]!r}")
        fewest, most, build = _OPERATIONS[operator]
        if not isinstance(operands, list) or not fewest <= len(operands) <= (most or len(operands)):
            raise CertLogicInvalid(f"{operator} has the wrong number of operands")
        return build(self, operator, operands, depth + 1)

    def _bound(self, depth: int) -> None:
        if depth > MOST_DEPTH or self.nodes + self.constants > MOST_NODES:
            raise CertLogicInvalid(f"an expression is deeper than {MOST_DEPTH} or larger than {MOST_NODES}")


def _var(path: Any) -> Run:
    if not isinstance(path, str) or (path and not _PATH.fullmatch(path)):
        raise CertLogicInvalid("var takes a path of names and numbers between dots")
    fragments = tuple(path.split(".")) if path else ()
    return lambda data, _steps: access(data, fragments)


def _if(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    guard, then, otherwise = (compiler.compile(operand, depth) for operand in operands)

    def run(data: Any, steps: Steps) -> Any:
        return then(data, steps) if truth(guard(data, steps)) else otherwise(data, steps)

    return run


def _and(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    parts = [compiler.compile(operand, depth) for operand in operands]

    def run(data: Any, steps: Steps) -> Any:
        value = None
        for part in parts:
            value = part(data, steps)
            if not truth(value):
                break
        return value

    return run


def _not(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    operand = compiler.compile(operands[0], depth)
    return lambda data, steps: not truth(operand(data, steps))


def _equal(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    left, right = (compiler.compile(operand, depth) for operand in operands)
    return lambda data, steps: same(left(data, steps), right(data, steps))


def _in(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    member, members = (compiler.compile(operand, depth) for operand in operands)

    def run(data: Any, steps: Steps) -> bool:
        wanted, among = member(data, steps), members(data, steps)
        if not isinstance(among, list):
            raise Undefined("in looks into something that is no list")
        if isinstance(wanted, str):  # a text equals nothing but its like, so the plain search is exact
            steps.take(1 + len(among) // 16)
            return wanted in among
        steps.take(len(among))
        return any(same(wanted, one) for one in among)

    return run


def _plus(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    left, right = (compiler.compile(operand, depth) for operand in operands)

    def run(data: Any, steps: Steps) -> int:
        total = integer(_whole(left(data, steps)) + _whole(right(data, steps)))
        if total is None:
            raise Undefined("a sum is beyond the whole numbers of the language")
        return total

    return run


_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
_TIME_COMPARISONS = {"after": ">", "before": "<", "not-after": "<=", "not-before": ">="}


def _compare(compiler: _Compiler, operator: str, operands: list[Any], depth: int) -> Run:
    parts = [compiler.compile(operand, depth) for operand in operands]
    sort = _time if operator in _TIME_COMPARISONS else _whole
    holds = _COMPARISONS[_TIME_COMPARISONS.get(operator, operator)]

    def run(data: Any, steps: Steps) -> bool:
        values = [sort(part(data, steps)) for part in parts]
        return all(holds(left, right) for left, right in pairwise(values))

    return run


def _plus_time(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    begin, amount, unit = compiler.compile(operands[0], depth), operands[1], operands[2]
    if not _literal_number(amount):
        raise CertLogicInvalid("plusTime takes a whole number as its second operand")
    if unit not in UNITS:
        raise CertLogicInvalid(f"plusTime takes one of {', '.join(UNITS)} as its third operand")
    return lambda data, steps: plus(moment(_text(begin(data, steps))), amount, unit)


def _date_of_birth(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    operand = compiler.compile(operands[0], depth)
    return lambda data, steps: date_of_birth(_text(operand(data, steps)))


def _reduce(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    among, initial = compiler.compile(operands[0], depth), compiler.compile(operands[2], depth)
    before = compiler.nodes
    function = compiler.compile(operands[1], depth)
    cost = compiler.nodes - before

    def run(data: Any, steps: Steps) -> Any:
        items, value = among(data, steps), initial(data, steps)
        if items is None:
            return value
        if not isinstance(items, list):
            raise Undefined("reduce goes through something that is no list")
        steps.take(cost * len(items))
        for item in items:
            value = function({"current": item, "accumulator": value}, steps)
        return value

    return run


def _extract(compiler: _Compiler, _operator: str, operands: list[Any], depth: int) -> Run:
    operand, index = compiler.compile(operands[0], depth), operands[1]
    if not _literal_number(index):
        raise CertLogicInvalid("extractFromUVCI takes a whole number as its second operand")

    def run(data: Any, steps: Steps) -> str | None:
        identifier = operand(data, steps)
        if identifier is None:
            return None
        fragments = _FRAGMENTS.split(_text(identifier).removeprefix(_UCI_PREFIX))
        steps.take(len(fragments))
        return fragments[index] if 0 <= index < len(fragments) else None

    return run


def _literal_number(value: Any) -> bool:
    return type(value) is int and integer(value) is not None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Undefined("something that is no text stands where a text is needed")
    return value


def _whole(value: Any) -> int:
    number = integer(value)
    if number is None:
        raise Undefined("something that is no whole number stands where one is needed")
    return number


def _time(value: Any) -> datetime:
    if not isinstance(value, datetime):
        raise Undefined("something that is no time stands where a time is needed")
    return value


Build = Callable[[_Compiler, str, list[Any], int], Run]
_OPERATIONS: Mapping[str, tuple[int, int | None, Build]] = {
    "if": (3, 3, _if),
    "and": (2, None, _and),
    "!": (1, 1, _not),
    "===": (2, 2, _equal),
    "in": (2, 2, _in),
    "+": (2, 2, _plus),
    **dict.fromkeys([*_COMPARISONS, *_TIME_COMPARISONS], (2, 3, _compare)),
    "plusTime": (3, 3, _plus_time),
    "dccDateOfBirth": (1, 1, _date_of_birth),
    "reduce": (3, 3, _reduce),
    "extractFromUVCI": (2, 2, _extract),
}
"""Fewest and most operands of each operation, and what compiles it."""
