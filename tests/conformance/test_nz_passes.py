"""New Zealand's own examples, valid and invalid, at fixed clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drivers.reader.still import read_image
from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.encodings import base32
from verification.formats import nzcp
from verification.formats.registry import KNOWN
from verification.snapshot import Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
Record = Callable[[str, Any], None]
AT = datetime(2022, 6, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def passes(conformance_dir: Path) -> Path:
    return conformance_dir / "nzcp"


@pytest.fixture(scope="module")
def trust(passes: Path) -> TrustList:
    return load_trust_list((passes / "valid" / "did.json").read_bytes(), vouched=True)


def check(trust: TrustList, code: bytes, at: datetime = AT) -> Assessment:
    return Verifier(lambda: Snapshot(trust, None), KNOWN).verify(code, at)


def test_the_valid_pass_is_valid_and_a_specimen(passes: Path, trust: TrustList) -> None:
    checked = check(trust, (passes / "valid" / "nzcp.txt").read_bytes())
    assert (checked.signature, checked.validity) == (Signature.VALID, Validity.VALID)
    assert checked.revocation is Revocation.NOT_APPLICABLE
    assert checked.reasons == ()
    assert checked.evidence is not None and checked.evidence.specimen


def test_the_picture_and_the_bytes_are_the_text_s(passes: Path, record_property: Record) -> None:
    import cv2

    text = (passes / "valid" / "nzcp.txt").read_bytes()
    picture = cv2.imread(str(passes / "valid" / "nzcp.png"))
    assert picture is not None
    assert [symbol.content for symbol in read_image(picture.astype("uint8"))] == [text]
    written = (passes / "valid" / "nzcp-cwt-hex.txt").read_text().strip()
    assert base32.decode(text.removeprefix(b"NZCP:/1/")).hex() == written
    record_property("conformance_cases", 2)


@pytest.mark.parametrize(
    ("name", "signature", "reason"),
    [
        ("bad-public-key", Signature.INVALID, "SIGNATURE_INVALID"),
        ("modified-sig", Signature.INVALID, "SIGNATURE_INVALID"),
        ("modified-payload", Signature.INVALID, "SIGNATURE_INVALID"),
        ("expired-payload", Signature.VALID, "EXPIRED"),
    ],
)
def test_each_invalid_pass_is_refused_for_its_own_reason(
    passes: Path, trust: TrustList, name: str, signature: Signature, reason: str, record_property: Record
) -> None:
    checked = check(trust, (passes / "invalid" / f"nzcp-{name}.txt").read_bytes())
    assert checked.signature is signature
    assert [why.value for why in checked.reasons] == [reason]
    record_property("conformance_cases", 1)


def test_the_clock_alone_decides_between_not_yet_valid_valid_and_expired(
    passes: Path, trust: TrustList
) -> None:
    code = (passes / "valid" / "nzcp.txt").read_bytes()
    begins, ends = datetime.fromtimestamp(1635883530, UTC), datetime.fromtimestamp(1951416330, UTC)
    found = [
        check(trust, code, at).validity
        for at in (datetime(2021, 1, 1, tzinfo=UTC), begins, datetime(2026, 11, 23, tzinfo=UTC), ends)
    ]
    assert found == [Validity.NOT_YET_VALID, Validity.VALID, Validity.VALID, Validity.EXPIRED]


def test_without_the_issuer_s_document_or_with_another_key_id_nobody_is_known(
    passes: Path, trust: TrustList
) -> None:
    code = (passes / "valid" / "nzcp.txt").read_bytes()
    assert [why.value for why in check(TrustList([]), code).reasons] == ["NO_TRUST_LIST"]
    data = base32.decode(code.removeprefix(b"NZCP:/1/")).replace(b"key-1", b"key-2")
    opened = nzcp.open_pass(b"1/" + base32.encode(data))
    assert opened.kid == b"key-2"
    other = check(trust, b"NZCP:/1/" + base32.encode(data))
    assert [why.value for why in other.reasons] == ["UNKNOWN_SIGNER"]
