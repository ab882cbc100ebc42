"""What is wrong with a document, in one plain line for whoever wrote it: key, value, what is allowed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import AfterValidator, ValidationError

_LONGEST_CHOICE = 20
"""Of more choices than these, only the nearest is named."""
_CHOICE = re.compile(r"'([^']*)'")


def written_as(pattern: str, allowed: str) -> AfterValidator:
    """A text of this pattern; `allowed` says in words what that is, after "should be"."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise ValueError(f"should be {allowed}")
        return value

    return AfterValidator(check)


def first_mistake(error: ValidationError, whole: str = "the document") -> str:
    """The first mistake, and how many there are beside it. `whole` names a document that is all wrong."""
    mistakes = _without_echoes(error)
    first = mistakes[0]
    key = ".".join(str(part) for part in first["loc"] if part != "[key]") or whole
    more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
    if first["type"] == "extra_forbidden":
        return f"{key}: there is no such key{more}"
    if first["type"] == "missing":
        return f"{key}: is missing{more}"
    said = _said(first)
    if isinstance(first["input"], Mapping):
        return f"{key}: {said}{more}"
    return f"{key} = {shown(first['input'])}: {said}{more}"


def shown(value: Any) -> str:
    """A value as it may stand in a message: never long, never on several lines."""
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _said(mistake: Mapping[str, Any]) -> str:
    what, told = mistake["type"], mistake.get("ctx", {})
    if what in ("literal_error", "enum"):
        return _choice(str(mistake["input"]), str(told["expected"]))
    if what in _SENTENCES:
        return _SENTENCES[what].format(**told)
    said = str(mistake["msg"]).removeprefix("Value error, ").removeprefix("Input ")
    return said[:1].lower() + said[1:]


def _choice(value: str, expected: str) -> str:
    allowed = _CHOICE.findall(expected)
    if len(allowed) <= _LONGEST_CHOICE:
        return f"should be {expected}"
    near = get_close_matches(value, allowed, 1)
    return "is not known" + (f", the nearest that is known is '{near[0]}'" if near else "")


_WHOLE, _NUMBER, _YES = "should be a whole number", "should be a number", "should be true or false"
_SENTENCES: Mapping[str, str] = {
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": "should be a finite number",
    "bool_type": _YES,
    "bool_parsing": _YES,
    "string_type": "should be a text",
    "path_type": "should be the name of a file or folder",
    "tuple_type": "should be a list",
    "list_type": "should be a list",
    "dict_type": "should be an object with keys",
    "model_type": "should be an object with keys",
    "model_attributes_type": "should be an object with keys",
    "too_short": "should have at least {min_length} in the list",
    "too_long": "should have at most {max_length} in the list",
    "string_too_short": "should have at least {min_length} characters",
    "string_too_long": "should have at most {max_length} characters",
    "greater_than": "should be more than {gt}",
    "greater_than_equal": "should be at least {ge}",
    "less_than": "should be less than {lt}",
    "less_than_equal": "should be at most {le}",
}
"""What is said of each sort of mistake, in the words of an operator."""


def _without_echoes(error: ValidationError) -> list[Any]:
    """A wrong value also makes the lists around it wrong: those say nothing new."""
    mistakes = error.errors(include_url=False)
    places = [mistake["loc"] for mistake in mistakes]
    return [
        mistake
        for mistake in mistakes
        if not any(
            len(place) > len(mistake["loc"]) and place[: len(mistake["loc"])] == mistake["loc"]
            for place in places
        )
    ]
