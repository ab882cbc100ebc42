"""CertLogic where the published suite is silent: what is invalid, what is undefined, what is bounded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.rules.certlogic import MOST_DEPTH, MOST_NODES, MOST_STEPS, CertLogicInvalid, compiled
from verification.rules.values import MOST, Undefined


def value(expression: Any, data: Any = None) -> Any:
    return compiled(expression).evaluate(data)


def nested(depth: int) -> Any:
    expression: Any = True
    for _ in range(depth):
        expression = {"!": [expression]}
    return expression


@pytest.mark.parametrize(
    "expression",
    [
        None,
        1.5,
        {},
        MOST + 1,
        {"if": [True, 1, 2], "and": [True, True]},
        {"or": [True, False]},
        {"==": [1, 1]},
        {"and": [True]},
        {"and": []},
        {"!": []},
        {"!": True},
        {"!": [True, False]},
        {"if": [True, 1]},
        {"if": [True, 1, 2, 3]},
        {"===": [1]},
        {"<": [1]},
        {"<": [1, 2, 3, 4]},
        {"in": ["a"]},
        {"+": [1, 2, 3]},
        {"plusTime": ["2022-01-01", 1]},
        {"plusTime": ["2022-01-01", {"+": [1, 1]}, "day"]},
        {"plusTime": ["2022-01-01", True, "day"]},
        {"plusTime": ["2022-01-01", 1, "minute"]},
        {"plusTime": ["2022-01-01", 1, ["day"]]},
        {"reduce": [[], 1]},
        {"extractFromUVCI": ["a", "0"]},
        {"extractFromUVCI": ["a", True]},
        {"dccDateOfBirth": ["2000", "2001"]},
        {"var": 1},
        {"var": ["a"]},
        {"var": "a..b"},
        {"var": ".a"},
        {"var": "a."},
        {"if": [True, 1, {"and": [True]}]},
        [{"or": []}],
        nested(MOST_DEPTH),
        [0] * MOST_NODES,
    ],
)
def test_an_expression_outside_the_specification_is_not_compiled(expression: Any) -> None:
    with pytest.raises(CertLogicInvalid):
        compiled(expression)


def test_depth_and_size_are_allowed_up_to_their_bounds() -> None:
    assert value(nested(MOST_DEPTH - 1)) is False
    assert value([0] * (MOST_NODES - 1)) == [0] * (MOST_NODES - 1)


@pytest.mark.parametrize(
    ("expression", "data"),
    [
        ({"if": [{"var": "x"}, 1, 2]}, {"x": 1.5}),
        ({"!": [{"var": "x"}]}, {"x": float("nan")}),
        ({"!": [{"plusTime": ["2022-01-01", 0, "day"]}]}, None),
        ({"and": [True, {"plusTime": ["2022-01-01", 0, "day"]}]}, None),
        ({"<": [1, "2"]}, None),
        ({"<": [1, True]}, None),
        ({"<": [{"var": "x"}, 2]}, {}),
        ({"+": ["1", 2]}, None),
        ({"+": [MOST, 1]}, None),
        ({"in": ["a", "abc"]}, None),
        ({"in": ["a", {"var": "x"}]}, {}),
        ({"after": ["2022-01-01", "2021-01-01"]}, None),
        ({"after": [{"plusTime": ["2022-01-01", 0, "day"]}, 5]}, None),
        ({"plusTime": [{"var": "x"}, 0, "day"]}, {}),
        ({"plusTime": [{"plusTime": ["2022-01-01", 0, "day"]}, 0, "day"]}, None),
        ({"reduce": ["abc", 1, 0]}, None),
        ({"extractFromUVCI": [1, 0]}, None),
        ({"dccDateOfBirth": [{"var": "x"}]}, {"x": None}),
        ({"===": [{"var": "x"}, {"var": "x"}]}, {"x": []}),
        ({"===": [{"var": "x"}, {"var": "x"}]}, {"x": {}}),
        ({"===": [{"plusTime": ["2022", 0, "day"]}, {"plusTime": ["2022", 0, "day"]}]}, None),
    ],
)
def test_what_the_specification_calls_an_error_has_no_value(expression: Any, data: Any) -> None:
    with pytest.raises(Undefined):
        value(expression, data)


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, True, False),
        (0, False, False),
        ("1", 1, False),
        (None, False, False),
        (None, None, True),
        (2.0, 2, True),
        ([], None, False),
        ([], {}, False),
        ("", None, False),
        (True, True, True),
    ],
)
def test_equality_never_coerces(left: Any, right: Any, equal: bool) -> None:
    assert value({"===": [{"var": "0"}, {"var": "1"}]}, [left, right]) is equal
    assert value({"in": [{"var": "0"}, [{"var": "1"}]]}, [left, right]) is equal


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2022", "2022-12-31T00:00:00"),
        ("2024-02", "2024-02-29T00:00:00"),
        ("2022-03-01", "2022-03-01T00:00:00"),
        ("2022-03-01T10:20:30", "2022-03-01T10:20:30"),
        ("2022-03-01T10:20:30Z", "2022-03-01T10:20:30"),
        ("2022-03-01T10:20:30+2", "2022-03-01T08:20:30"),
        ("2022-03-01T10:20:30-02", "2022-03-01T12:20:30"),
        ("2022-03-01T10:20:30+130", "2022-03-01T08:50:30"),
        ("2022-03-01T10:20:30+0130", "2022-03-01T08:50:30"),
        ("2022-03-01T10:20:30+1:30", "2022-03-01T08:50:30"),
        ("2022-03-01T10:20:30-01:30", "2022-03-01T11:50:30"),
        ("2022-03-01T10:20:30.9", "2022-03-01T10:20:30.900000"),
        ("2022-03-01T10:20:30.123999Z", "2022-03-01T10:20:30.123000"),
        ("2022-03-01T23:59:59.999999999-00:30", "2022-03-02T00:29:59.999000"),
    ],
)
def test_every_written_form_of_a_time_is_read(text: str, written: str) -> None:
    for unit in ("year", "month", "day", "hour"):
        assert value({"plusTime": [text, 0, unit]}) == datetime.fromisoformat(written).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-13",
        "2022-00",
        "2022-02-30",
        "2021-09-99",
        "0000",
        "2022-1-1",
        "2022-01-01 ",
        "٢٠٢٢",
        "2022-01-01T10:20",
        "2022-01-01T24:00:00",
        "2022-01-01T10:20:60",
        "2022-01-01t10:20:30",
        "2022-01-01T10:20:30+24",
        "2022-01-01T10:20:30+01:60",
        "2022-01-01T10:20:30+",
        "2022-01-01T10:20:30.",
        "2022-01-01 10:20:30",
        "2022-01-01T10:20:30z",
        "0001-01-01T00:00:00+01",
        "20220101",
        "2022-W01-1",
        "2022-01-01T10:20:30." + "1" * 100,
    ],
)
def test_what_is_no_time_of_the_calendar_has_no_value(text: str) -> None:
    with pytest.raises(Undefined):
        value({"plusTime": [text, 0, "day"]})


@pytest.mark.parametrize("text", ["2022-01-01T00:00:00", "2022-01-01T00:00:00Z", "", "22"])
def test_a_date_of_birth_has_no_time(text: str) -> None:
    with pytest.raises(Undefined):
        value({"dccDateOfBirth": [text]})


@pytest.mark.parametrize(
    ("begin", "amount", "unit", "end"),
    [
        ("2020-02-29", 1, "day", "2020-03-01"),
        ("2020-02-29", 1, "month", "2020-03-29"),
        ("2020-02-29", 1, "year", "2021-03-01"),
        ("2021-01-31", 1, "month", "2021-03-03"),
        ("2021-03-31", -1, "month", "2021-03-03"),
        ("2021-01-15", -13, "month", "2019-12-15"),
        ("2021-01-01", -24, "hour", "2020-12-31"),
        ("2021-12-31", 12, "month", "2022-12-31"),
    ],
)
def test_offsets_run_over_as_in_ecmascript(begin: str, amount: int, unit: str, end: str) -> None:
    moved = value({"plusTime": [begin, amount, unit]})
    assert moved == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize("amount", [MOST, -MOST, 8000 * 366 * 24])
@pytest.mark.parametrize("unit", ["year", "month", "day", "hour"])
def test_an_offset_beyond_the_calendar_has_no_value(amount: int, unit: str) -> None:
    with pytest.raises(Undefined):
        value({"plusTime": ["2022-01-01", amount, unit]})


def test_var_finds_what_is_there_and_null_elsewhere() -> None:
    data = {"a": [{"b": 1}, "text"], "0": "key"}
    assert value({"var": "a.0.b"}, data) == 1
    assert value({"var": "0"}, data) == "key"
    for path in (
        "a.2",
        "a.-1",
        "a.b",
        "a.1.0",
        "a.0.b.c",
        "a.1.length",
        "__class__",
        "a.99999999999999999999",
    ):
        assert value({"var": path}, data) is None, path


def test_reduce_sees_the_item_and_what_was_gathered_and_nothing_else() -> None:
    seen = {"reduce": [{"var": "x"}, {"var": ""}, 0]}
    assert value(seen, {"x": [7], "data": 1}) == {"current": 7, "accumulator": 0}


def test_work_is_bounded_however_reductions_are_nested() -> None:
    items = list(range(60))
    forever = {"reduce": [{"var": "x"}, {"reduce": [items, {"reduce": [items, {"+": [1, 1]}, 0]}, 0]}, 0]}
    assert MOST_STEPS < 60**3
    with pytest.raises(Undefined, match="steps"):
        value(forever, {"x": items})
    with pytest.raises(Undefined, match="steps"):
        value({"reduce": [{"var": "x"}, {"in": ["b", {"var": "current"}]}, 0]}, {"x": [["a"] * 5000] * 1000})
    with pytest.raises(Undefined, match="steps"):
        value({"in": [7, {"var": "x"}]}, {"x": [1] * (MOST_STEPS + 1)})


def test_two_evaluations_do_not_share_their_steps() -> None:
    expression = compiled({"reduce": [{"var": "x"}, {"+": [{"var": "accumulator"}, 1]}, 0]})
    data = {"x": [0] * (MOST_STEPS // 4)}
    assert [expression.evaluate(data) for _ in range(3)] == [MOST_STEPS // 4] * 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)
OPERATORS = ["if", "and", "!", "===", "in", "+", "<", ">=", "after", "not-before", "reduce", "var"]
OPERATORS += ["plusTime", "dccDateOfBirth", "extractFromUVCI"]
EXPRESSIONS = st.recursive(
    st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "day", "2022-01-01", "2004-02"])
    | st.builds(lambda path: {"var": path}, st.sampled_from(["", "a", "a.0", "current", "accumulator"])),
    lambda inner: st.builds(
        lambda operator, operands: {operator: operands},
        st.sampled_from(OPERATORS),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=20,
)


@given(expression=EXPRESSIONS | JSON, data=JSON)
def test_nothing_but_a_value_or_one_of_two_named_errors_comes_out(expression: Any, data: Any) -> None:
    try:
        valid = compiled(expression)
    except CertLogicInvalid:
        return
    before = repr(data)
    try:
        valid.evaluate(data)
    except Undefined as error:
        assert "\n" not in str(error)
    assert repr(data) == before
