"""What CertLogic takes for true, for equal and for a whole number (specification 1.3.3, "Values")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

MOST = 2**53 - 1
"""Integers are a subset of JavaScript's numbers: beyond this two of them look alike."""


class Undefined(Exception):
    """An expression that has no value for these data. `str()` is one sentence."""


def integer(value: Any) -> int | None:
    """The whole number that `value` is, None if it is none. 2.0 is 2: certificates carry such floats."""
    if type(value) is int:
        return value if -MOST <= value <= MOST else None
    if type(value) is float and value.is_integer() and -MOST <= value <= MOST:
        return int(value)
    return None


def truth(value: Any) -> bool:
    """Whether a value is truthy; False: it is falsy. What is neither raises `Undefined`."""
    if value is None or value is False:
        return False
    if value is True:
        return True
    if isinstance(value, str | list | Mapping):
        return len(value) > 0
    number = integer(value)
    if number is None:
        raise Undefined(f"a {_named(value)} is neither true nor false")
    return number != 0


def same(left: Any, right: Any) -> bool:
    """Equality without coercion, of texts, whole numbers, truth values and null.

    Values of two sorts are never equal. Two lists, two objects or two times have no equality that all
    implementations share: that raises `Undefined`.
    """
    if left is None or right is None or isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return bool(left == right)
    if _named(left) == _named(right):
        raise Undefined(f"two {_named(left)}s cannot be compared")
    return False


def access(data: Any, path: tuple[str, ...]) -> Any:
    """What is found in `data` along the fragments of `path`; None where there is nothing."""
    for fragment in path:
        if isinstance(data, Mapping):
            data = data.get(fragment)
        elif isinstance(data, list):
            data = _item(data, fragment)
        else:
            return None
    return data


def _item(items: list[Any], fragment: str) -> Any:
    if not (fragment.isascii() and fragment.isdigit() and len(fragment) < 10):
        return None
    index = int(fragment)
    return items[index] if index < len(items) else None


def _named(value: Any) -> str:
    if isinstance(value, Mapping):
        return "object"
    if isinstance(value, datetime):
        return "time"
    return {"list": "list", "str": "text"}.get(type(value).__name__, "number that is not whole")
