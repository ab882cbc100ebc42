"""The labelled cases of dgc-testdata: every label that can be trusted, and the exceptions by name."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.second_opinion import opinion, public_keys
from verification.assessment import Assessment, Signature, Validity
from verification.encodings import base45
from verification.encodings.inflate import inflate
from verification.encodings.malformed import Malformed
from verification.formats.recognise import recognise
from verification.reasons import ReasonId
from verification.snapshot import Snapshot
from verification.trust.certificate import CertificateUnusable, certificate_kid, signer_of
from verification.trust.store import TrustList
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
EXCEPTIONS = {
    "IS/2DCode/raw/3": "the label forgets that a certificate without key usages may sign everything",
}
Record = Callable[[str, object], None]
Case = tuple[str, dict[str, Any], dict[str, Any]]


@pytest.fixture(scope="module")
def cases(conformance_dir: Path) -> list[Case]:
    """Name, case and expected results of each file that has any."""
    folder = conformance_dir / "dcc" / "testdata"
    found = []
    for file in sorted(folder.rglob("*.json")):
        case = json.loads(file.read_text(encoding="utf-8"))
        name = str(file.relative_to(folder).with_suffix(""))
        if "EXPECTEDRESULTS" in case and name not in EXCEPTIONS:
            found.append((name, case, case["EXPECTEDRESULTS"]))
    return found


def labelled(cases: list[Case], label: str) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Cases that have this label and the text that it is about."""
    for name, case, expected in cases:
        if isinstance(expected.get(label), bool) and case.get("PREFIX"):
            yield name, case, expected[label]


def clock(case: dict[str, Any]) -> datetime:
    written = case.get("TESTCTX", {}).get("VALIDATIONCLOCK")
    moment = datetime.fromisoformat(written) if written else datetime(2021, 6, 1, tzinfo=UTC)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def der_of(case: dict[str, Any]) -> bytes | None:
    written = case.get("TESTCTX", {}).get("CERTIFICATE")
    return base64.b64decode(written) if written else None


def check(case: dict[str, Any]) -> Assessment:
    """With a trust list of the one certificate, as the verifier of a list would see it.

    A few cases have the key id of another certificate on purpose; the list is made by the certificate's own.
    """
    der = der_of(case)
    signers = []
    if der is not None:
        try:
            signers = [signer_of(der, issuer="XX", formats=frozenset({"HC1"}))]
        except CertificateUnusable:
            signers = []
    snapshot = Snapshot(TrustList(signers), None)
    return Verifier(lambda: snapshot, frozenset({"HC1"})).verify(case["PREFIX"], clock(case))


def agree(found: dict[str, tuple[Any, bool]], record_property: Record, at_least: int) -> None:
    disagreeing = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
    assert disagreeing == {}
    assert len(found) >= at_least
    record_property("conformance_cases", len(found))


def test_the_prefix(cases: list[Case], record_property: Record) -> None:
    agree(
        {
            name: (recognise(case["PREFIX"].encode()).format == "HC1", label)
            for name, case, label in labelled(cases, "EXPECTEDUNPREFIX")
        },
        record_property,
        at_least=200,
    )


def test_base45(cases: list[Case], record_property: Record) -> None:
    found = {}
    for name, case, label in labelled(cases, "EXPECTEDB45DECODE"):
        try:
            base45.decode(case["PREFIX"].removeprefix("HC1:").encode())
            found[name] = (True, label)
        except Malformed:
            found[name] = (False, label)
    agree(found, record_property, at_least=200)


def test_compression(cases: list[Case], record_property: Record) -> None:
    found = {}
    for name, case, label in labelled(cases, "EXPECTEDCOMPRESSION"):
        try:
            inflate(base45.decode(case["PREFIX"].removeprefix("HC1:").encode()))
            found[name] = (True, label)
        except Malformed:
            found[name] = (False, label)
    agree(found, record_property, at_least=200)


def test_the_signature(cases: list[Case], record_property: Record) -> None:
    agree(
        {
            name: (check(case).signature is Signature.VALID, label)
            for name, case, label in labelled(cases, "EXPECTEDVERIFY")
        },
        record_property,
        at_least=200,
    )


def test_the_time(cases: list[Case], record_property: Record) -> None:
    found = {}
    for name, case, label in labelled(cases, "EXPECTEDEXPIRATIONCHECK"):
        found[name] = (check(case).validity is Validity.VALID, label)
    agree(found, record_property, at_least=150)


def test_the_key_usage(cases: list[Case], record_property: Record) -> None:
    found = {}
    for name, case, label in labelled(cases, "EXPECTEDKEYUSAGE"):
        checked = check(case)
        allowed = checked.signature is Signature.VALID and ReasonId.KEY_USAGE not in checked.reasons
        found[name] = (allowed, label)
    agree(found, record_property, at_least=100)


def test_what_cannot_be_decoded_is_malformed(cases: list[Case], record_property: Record) -> None:
    ran = 0
    for name, case, label in labelled(cases, "EXPECTEDDECODE"):
        if not label:
            assert ReasonId.MALFORMED in check(case).reasons, name
            ran += 1
    record_property("conformance_cases", ran)


def test_a_second_opinion_agrees_on_signature_and_time(cases: list[Case], record_property: Record) -> None:
    found = {}
    for name, case, label in labelled(cases, "EXPECTEDVERIFY"):
        der = der_of(case)
        if der is None or not label:
            continue
        checked = check(case)
        second = opinion(case["PREFIX"], public_keys([(certificate_kid(der), der)]), clock(case))
        found[name] = ((checked.signature, checked.validity) == (second.signature, second.validity), True)
    agree(found, record_property, at_least=200)


def test_no_labelled_code_is_valid_long_after_it_expired(cases: list[Case], record_property: Record) -> None:
    ran = 0
    for _, case, _ in labelled(cases, "EXPECTEDVERIFY"):
        late = {**case, "TESTCTX": {**case["TESTCTX"], "VALIDATIONCLOCK": "2090-01-01T00:00:00+00:00"}}
        assert check(late).validity is not Validity.VALID
        assert clock(late) - datetime(2089, 1, 1, tzinfo=UTC) > timedelta(days=300)
        ran += 1
    record_property("conformance_cases", ran)


def test_the_schema_of_the_common_cases(cases: list[Case], record_property: Record) -> None:
    """The labels of `common` alone are to be trusted: issuers label values here that no schema forbids."""
    found = {}
    for name, case, expected in labelled(cases, "EXPECTEDSCHEMAVALIDATION"):
        if name.startswith("common/"):
            found[name] = (check(case).evidence is not None, expected)
    agree(found, record_property, at_least=5)
