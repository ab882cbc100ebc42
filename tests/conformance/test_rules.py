"""Business rules as countries published them, with the answers they expect; and wallets' common cases."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from verification.rules.certificate import certificate_of
from verification.rules.certlogic import compiled
from verification.rules.dcc import Certificate, Result, Rule, RuleBook, evaluated
from verification.rules.holder import Comparison, compared, holder_of
from verification.rules.rule_files import load_rules
from verification.rules.value_sets import for_rules, load_value_sets
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
Record = Callable[[str, object], None]
EXCEPTIONS = {
    "NL/GR-NL-0002/tests/test004.json": "has no payload and external parameters without their frame",
}


ODDITIES: tuple[dict[str, Any], ...] = (
    {},
    {"v": [1], "t": [1], "r": [1]},
    {"v": "x", "t": {"0": {}}, "r": [[]]},
    {"v": [{"dn": {}, "dt": "soon"}]},
)


def published(folder: Path) -> Iterator[tuple[Rule, Path]]:
    for file in sorted(folder.glob("*/*/rule.json")):
        (rule,) = load_rules(file.read_bytes())
        yield rule, file.parent / "tests"


def test_every_published_test_of_every_country(conformance_dir: Path, record_property: Record) -> None:
    folder, wrong, ran, left_out = conformance_dir / "dcc" / "rules", [], 0, []
    for rule, tests in published(folder):
        for file in sorted(tests.glob("*.json")):
            name = str(file.relative_to(folder))
            case = json.loads(file.read_text(encoding="utf-8"))
            if "payload" not in case:
                left_out.append(name)
                continue
            result = evaluated(rule, case["payload"], case["external"])
            expected = Result.PASSED if case["expected"] else Result.FAILED
            if result is not expected:
                wrong.append((name, result, expected))
            ran += 1
    assert wrong == []
    assert left_out == list(EXCEPTIONS)
    assert ran >= 517
    record_property("conformance_cases", ran)


def test_no_certificate_however_odd_makes_a_rule_raise(
    conformance_dir: Path, record_property: Record
) -> None:
    ran = 0
    for rule, _ in published(conformance_dir / "dcc" / "rules"):
        for payload in (
            {"v": [1], "t": [1], "r": [1]},
            {"v": "x", "t": {"0": {}}, "r": [[]]},
            {"v": [{"dn": {}}]},
        ):
            assert evaluated(rule, payload, {}) in Result
            ran += 1
    record_property("conformance_cases", ran)


def test_the_published_value_sets(conformance_dir: Path, record_property: Record) -> None:
    folder = conformance_dir / "dcc" / "valuesets"
    files = [file for file in sorted(folder.glob("*.json")) if "schema" not in file.name]
    sets = for_rules(one for file in files for one in load_value_sets(file.read_bytes()))
    assert "HK" in sets["country-2-codes"]
    assert sets["disease-agent-targeted"] == ["840539006"]
    assert "CoronaVac" in sets["vaccines-covid-19-names"]
    assert len(sets) == len(files)
    record_property("conformance_cases", len(files))


def test_the_common_cases_of_wallets(conformance_dir: Path, record_property: Record) -> None:
    file = conformance_dir / "dcc" / "behaviour" / "dcc-validation-rules-common-test-cases.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    frame = next((conformance_dir / "dcc" / "rules" / "EU").glob("*/tests/*.json"))
    preset = json.loads(frame.read_text(encoding="utf-8"))["external"]["valueSets"]["country-2-codes"]
    sets = wallet_value_sets(base64.b64decode(document["general"]["valueSetProtocolBuffer"]))
    sets["country-2-codes"] = preset  # the wallets' own list, older than the published set
    for case in document["testCases"]:
        book = RuleBook(load_rules(json.dumps(case["rules"]).encode()), sets)
        at = datetime.fromtimestamp(case["validationClock"], UTC)
        results = [
            answer.result for answer in book.check(certificate(case), case["countryOfArrival"], "", at)
        ]
        counted = {which: results.count(which) for which in Result}
        assert counted == {
            Result.PASSED: case["expPass"],
            Result.FAILED: case["expFail"],
            Result.OPEN: case["expOpen"],
        }, case["description"]
    record_property("conformance_cases", len(document["testCases"]))


def certificate(case: Mapping[str, Any]) -> Certificate:
    """As the product reads it: the cases are about what rules are told, not about who signed."""
    snapshot = Snapshot(TrustList([]), None)
    checked = Verifier(lambda: snapshot, frozenset({"HC1"})).verify(
        case["dcc"], datetime(2022, 5, 1, tzinfo=UTC)
    )
    read = certificate_of(checked)
    assert read is not None, checked
    return read


WALLET_SETS = {
    1: "sct-vaccines-covid-19",
    2: "vaccines-covid-19-names",
    3: "vaccines-covid-19-auth-holders",
    4: "disease-agent-targeted",
    5: "covid-19-lab-test-type",
    6: "covid-19-lab-test-manufacturer-and-name",
    7: "covid-19-lab-result",
}


def fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The length-delimited fields of a protocol buffer, which is all that the wallets' value sets use."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        size, at = varint(message, at)
        yield tag >> 3, message[at : at + size]
        at += size


def varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (message[at] & 0x7F) << shift
        shift += 7
        at += 1
        if message[at - 1] < 0x80:
            return value, at


def wallet_value_sets(message: bytes) -> dict[str, list[str]]:
    return {
        WALLET_SETS.get(number, str(number)): [dict(fields(item))[1].decode() for _, item in fields(entry)]
        for number, entry in fields(message)
    }


def test_holders_are_compared_as_wallets_compare_them(conformance_dir: Path, record_property: Record) -> None:
    file = conformance_dir / "dcc" / "behaviour" / "dcc-holder-comparison.gen.json"
    cases = json.loads(file.read_text(encoding="utf-8"))["data"]
    for case in cases:
        answers = {
            compared(holder_of(one), holder_of(other))
            for one, other in (
                (case["actHolderA"], case["actHolderB"]),
                (case["actHolderB"], case["actHolderA"]),
            )
        }
        assert answers == {Comparison.SAME if case["expIsSameHolder"] else Comparison.DIFFERENT}, case
    assert len(cases) >= 38
    record_property("conformance_cases", len(cases))


def test_every_published_rule_is_within_the_bounds_of_the_language(conformance_dir: Path) -> None:
    sizes = [rule.logic.size for rule, _ in published(conformance_dir / "dcc" / "rules")]
    assert max(sizes) < 1000
    assert compiled(True).size == 1
