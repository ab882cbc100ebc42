"""Mistakes are told in the words of an operator: never a regular expression, never a list without end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from config.mistakes import first_mistake, written_as
from verification.reasons import ReasonId


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    size: int = 1


class Document(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: Annotated[str, written_as(r"[a-z]{1,4}", "1 to 4 small letters")] = "a"
    colour: Literal["green", "yellow"] = "green"
    reason: ReasonId | None = None
    count: Annotated[int, Field(ge=1, le=9)] = 1
    hours: Annotated[float, Field(gt=0, lt=1_000_000, allow_inf_nan=False)] = 1.0
    on: bool = False
    several: Annotated[tuple[int, ...], Field(min_length=1, max_length=2)] = (1,)
    says: Annotated[str, Field(min_length=2, max_length=3)] = "ab"
    inner: Inner = Inner()
    table: dict[str, int] = {}
    place: Annotated[Path, Field(strict=False)] = Path("a")

    @field_validator("table")
    @classmethod
    def _never_a_ghost(cls, table: dict[str, int]) -> dict[str, int]:
        if "ghost" in table:
            raise ValueError("A ghost has no place here")
        return table


def said(**values: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Document.model_validate(values)
    return first_mistake(caught.value)


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"name": "lane one"}, "name = 'lane one': should be 1 to 4 small letters"),
        ({"name": "abc\n"}, "name = 'abc\\n': should be 1 to 4 small letters"),
        ({"name": 7}, "name = 7: should be a text"),
        ({"colour": "red"}, "colour = 'red': should be 'green' or 'yellow'"),
        ({"count": 0}, "count = 0: should be at least 1"),
        ({"count": 10}, "count = 10: should be at most 9"),
        ({"count": 1.5}, "count = 1.5: should be a whole number"),
        ({"count": True}, "count = true: should be a whole number"),
        ({"hours": 0}, "hours = 0: should be more than 0.0"),
        ({"hours": 1e6}, "hours = 1000000.0: should be less than 1000000.0"),
        ({"hours": "6"}, "hours = '6': should be a number"),
        ({"hours": float("inf")}, "hours = inf: should be a finite number"),
        ({"on": "yes"}, "on = 'yes': should be true or false"),
        ({"several": ()}, "several = (): should have at least 1 in the list"),
        ({"several": (1, 2, 3)}, "several = (1, 2, 3): should have at most 2 in the list"),
        ({"several": 5}, "several = 5: should be a list"),
        ({"says": "a"}, "says = 'a': should have at least 2 characters"),
        ({"says": "abcd"}, "says = 'abcd': should have at most 3 characters"),
        ({"inner": 5}, "inner = 5: should be an object with keys"),
        ({"inner": {"size": "a"}}, "inner.size = 'a': should be a whole number"),
        ({"inner": {"seize": 1}}, "inner.seize: there is no such key"),
        ({"table": 5}, "table = 5: should be an object with keys"),
        ({"table": {"ghost": 1}}, "table: a ghost has no place here"),
        ({"place": 5}, "place = 5: should be the name of a file or folder"),
        ({"count": 0, "on": 1}, "count = 0: should be at least 1 (and 1 more)"),
    ],
)
def test_a_mistake_is_one_plain_line(values: dict[str, Any], line: str) -> None:
    assert said(**values) == line


def test_of_many_choices_only_the_nearest_is_named() -> None:
    with pytest.raises(ValidationError) as caught:
        Document.model_validate_json('{"reason": "ADMITTANCE"}')
    assert first_mistake(caught.value) == (
        "reason = 'ADMITTANCE': is not known, the nearest that is known is 'ADMITTED'"
    )
    with pytest.raises(ValidationError) as caught:
        Document.model_validate_json('{"reason": "-"}')
    assert first_mistake(caught.value) == "reason = '-': is not known"


def test_a_long_value_is_cut_and_a_document_wrong_as_a_whole_has_a_name() -> None:
    assert len(said(name="x" * 10_000)) < 120
    with pytest.raises(ValidationError) as caught:
        Document.model_validate("text")
    assert first_mistake(caught.value, "the policy") == "the policy = 'text': should be an object with keys"
