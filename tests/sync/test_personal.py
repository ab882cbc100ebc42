"""Which payloads speak of a person."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sync.personal import speaks_of_a_person


@pytest.mark.parametrize(
    "payload", [{"name": "X"}, {"at": {"holder_name": "X"}}, {"rows": [{"a": 1}, {"birth": "X"}]}]
)
def test_a_field_that_names_a_person_is_found_at_any_depth(payload: dict[str, Any]) -> None:
    assert speaks_of_a_person(payload)


def test_what_names_nobody_is_fine_however_deep_it_is() -> None:
    assert not speaks_of_a_person({"kind": "lane.held", "officer": "O-17", "rows": [[1], "name"]})
    assert not speaks_of_a_person(json.loads('{"a":' * 900 + "1" + "}" * 900))
