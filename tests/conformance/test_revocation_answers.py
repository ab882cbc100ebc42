"""Revocation hashes with known answers, from a source that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verification.formats import hc1
from verification.revocation.hashes import signature_hash, truncated
from verification.revocation.memory import RevocationList, Withdrawn
from verification.signed_lists import public_key
from verification.snapshot import Snapshot
from verification.trust.loading import load_trust_list
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
AT = datetime(2022, 6, 1, tzinfo=UTC)
TYPES = ("UCI", "COUNTRYCODEUCI", "SIGNATURE")


@pytest.fixture(scope="module")
def answers(conformance_dir: Path) -> list[dict[str, str]]:
    file = conformance_dir / "dcc" / "behaviour" / "RevocationCalculationSampleData.json"
    rows: list[dict[str, str]] = json.loads(file.read_text())
    return rows


def test_every_hash_is_the_known_one(
    answers: list[dict[str, str]], record_property: Callable[[str, object], None]
) -> None:
    for row in answers:
        opened = hc1.FORMAT.open(row["barcodeData"].removeprefix("HC1:").encode())
        found = {kind: truncated(data).hex() for kind, data in hc1.read(opened.content).identifiers}
        assert opened.algorithm is not None
        found["SIGNATURE"] = signature_hash(opened.algorithm, opened.signature).hex()
        assert found == {kind: row[f"exp{kind}"] for kind in TYPES}
    record_property("conformance_cases", 3 * len(answers))


def test_a_code_with_a_known_hash_on_the_list_is_revoked(
    answers: list[dict[str, str]], conformance_dir: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = conformance_dir / "dcc" / "trust"
    key = public_key((folder / "dsc-list-signing-key.pem").read_bytes())
    trust = load_trust_list((folder / "dsc-list.json").read_bytes(), key)
    ran = 0
    for row in answers:
        for kind in TYPES:
            withdrawn = Withdrawn(None, kind, frozenset({bytes.fromhex(row[f"exp{kind}"])}))
            snapshot = Snapshot(trust, RevocationList([withdrawn], [("HC1", "*")]))
            checked = Verifier(lambda held=snapshot: held, frozenset({"HC1"})).verify(row["barcodeData"], AT)
            if checked.signature == "VALID":
                assert checked.revocation == "REVOKED"
                ran += 1
    assert ran >= 6
    record_property("conformance_cases", ran)
