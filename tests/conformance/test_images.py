"""Every public image at four clocks, against the signed list and a second opinion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.checking.inputs import codes_of
from tests.conformance.second_opinion import listed_keys, opinion
from verification.assessment import Assessment, Signature, Validity
from verification.signed_lists import ListRejected, public_key
from verification.snapshot import Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
DAYS = ("2022-02-01", "2022-06-01", "2022-12-01", "2023-03-01")
CLOCKS = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in DAYS]
UNKNOWN = {"JO", "LB", "SE", "TSI", "TW", "GB"}
"""The folders in which genuine codes stand whose signers the list does not have."""
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def codes(conformance_dir: Path) -> dict[str, str]:
    """Every code by the image's name below the folder."""
    folder = conformance_dir / "dcc" / "images"
    images = [file for file in sorted(folder.rglob("*")) if file.suffix.lower() in (".png", ".jpg", ".jpeg")]
    found = {}
    for image in images:
        read = [code.code.decode() for code in codes_of(str(image), batch=False)]
        (found[str(image.relative_to(folder))],) = [code for code in read if code.startswith("HC1:")]
    return found


@pytest.fixture(scope="module")
def trust(conformance_dir: Path) -> TrustList:
    folder = conformance_dir / "dcc" / "trust"
    key = public_key((folder / "dsc-list-signing-key.pem").read_bytes())
    return load_trust_list((folder / "dsc-list.json").read_bytes(), key)


def verifier(trust: TrustList) -> Callable[[str, datetime], Assessment]:
    snapshot = Snapshot(trust, None)
    return Verifier(lambda: snapshot, frozenset({"HC1"})).verify


@pytest.mark.parametrize("at", CLOCKS, ids=lambda at: at.date().isoformat())
def test_every_image_has_the_outcome_of_the_second_opinion(
    at: datetime, codes: dict[str, str], trust: TrustList, conformance_dir: Path, record_property: Record
) -> None:
    keys = listed_keys(conformance_dir / "dcc" / "trust" / "dsc-list.json")
    verify = verifier(trust)
    counts: Counter[tuple[str, str]] = Counter()
    disagreeing = {}
    for name, code in codes.items():
        checked, second = verify(code, at), opinion(code, keys, at)
        counts[checked.signature.value, checked.validity.value] += 1
        if (checked.signature, checked.validity) != (second.signature, second.validity):
            disagreeing[name] = (checked.signature.value, checked.validity.value, second)
    assert disagreeing == {}
    assert {signature for signature, _ in counts} == {"VALID", "UNKNOWN_SIGNER"}
    assert {validity for _, validity in counts} <= {"VALID", "EXPIRED", "NOT_YET_VALID"}
    record_property("conformance_cases", len(codes))


def test_all_images_are_read_and_only_the_known_folders_have_unknown_signers(
    codes: dict[str, str], trust: TrustList, record_property: Record
) -> None:
    assert len(codes) >= 324
    checked = {name: verifier(trust)(code, CLOCKS[1]) for name, code in codes.items()}
    unknown = {
        name.split("/")[0] for name, found in checked.items() if found.signature is Signature.UNKNOWN_SIGNER
    }
    assert unknown <= UNKNOWN
    assert "HK" not in unknown
    record_property("conformance_cases", len(codes))


def test_every_image_s_content_is_understood(
    codes: dict[str, str], trust: TrustList, record_property: Record
) -> None:
    """No certificate of an acceptance environment is malformed; every doubt is one of time or result."""
    doubts: Counter[str] = Counter()
    for code in codes.values():
        checked = verifier(trust)(code, CLOCKS[2])
        assert checked.evidence is not None
        assert checked.identity is not None
        doubts.update(why.value for why in checked.reasons)
    expected = {
        "UNKNOWN_SIGNER",
        "SIGNER_EXPIRED",
        "NO_REVOCATION_LIST",
        "KEY_USAGE",
        "EXPIRED",
        "TEST_POSITIVE",
        "EVIDENCE_MISSING",
    }
    assert set(doubts) <= expected
    assert doubts["NO_REVOCATION_LIST"] >= 300
    record_property("conformance_cases", len(codes))


def test_one_changed_bit_of_the_signed_content_never_passes(
    codes: dict[str, str], trust: TrustList, record_property: Record
) -> None:
    verify = verifier(trust)
    for code in codes.values():
        place = len(code) - 30
        changed = code[:place] + ("0" if code[place] != "0" else "1") + code[place + 1 :]
        assert verify(changed, CLOCKS[1]).signature is not Signature.VALID
    record_property("conformance_cases", len(codes))


def test_the_clock_alone_decides_between_valid_and_expired(codes: dict[str, str], trust: TrustList) -> None:
    verify = verifier(trust)
    counts = [Counter(verify(code, at).validity for code in codes.values()) for at in CLOCKS]
    valid = [count[Validity.VALID] for count in counts]
    expired = [count[Validity.EXPIRED] for count in counts]
    assert expired == sorted(expired)
    assert min(valid) > 50


def test_a_signed_list_with_one_changed_byte_is_rejected(
    conformance_dir: Path, record_property: Record
) -> None:
    folder = conformance_dir / "dcc" / "trust"
    key = public_key((folder / "dsc-list-signing-key.pem").read_bytes())
    data = (folder / "dsc-list.json").read_bytes()
    places = (0, 50, 200, len(data) // 2, len(data) - 1)
    for place in places:
        with pytest.raises(ListRejected):
            load_trust_list(data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :], key)
    record_property("conformance_cases", len(places))
