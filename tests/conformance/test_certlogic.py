"""The published test suite of CertLogic, whole; what its own directives skip is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from verification.rules.certlogic import compiled

pytestmark = pytest.mark.conformance
SKIPPED = {
    "patched-reduce.json": 10,
    "ins-with-nulls.json": 4,
}
"""How many assertions of a file its directives skip: an extension of `reduce`, and `in` on null."""


def test_the_published_suite(conformance_dir: Path, record_property: Callable[[str, object], None]) -> None:
    ran, skipped, wrong = 0, dict.fromkeys(SKIPPED, 0), []
    for file in sorted((conformance_dir / "certlogic").glob("*.json")):
        suite = json.loads(file.read_text(encoding="utf-8"))
        for case in suite["cases"]:
            for assertion in case["assertions"]:
                if "skip" in (suite.get("directive"), case.get("directive"), assertion.get("directive")):
                    skipped[file.name] += 1
                    continue
                logic = assertion.get("certLogicExpression", case.get("certLogicExpression"))
                value = compiled(logic).evaluate(assertion["data"])
                if (type(value), value) != (type(assertion["expected"]), assertion["expected"]):
                    wrong.append((file.name, case["name"], assertion, value))
                ran += 1
    assert wrong == []
    assert skipped == SKIPPED
    assert ran >= 218
    record_property("conformance_cases", ran)
