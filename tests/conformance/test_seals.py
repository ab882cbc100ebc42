"""The ICAO seals: the specimen that chains to its country, and fictional ones that chain to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verification.assessment import Assessment, Signature, Validity
from verification.evidence import Kind
from verification.reasons import ReasonId
from verification.snapshot import Snapshot
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList, merged
from verification.verifier import Verifier

pytestmark = pytest.mark.conformance
Record = Callable[[str, object], None]
JUNE_2022 = datetime(2022, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def seals(conformance_dir: Path) -> dict[str, bytes]:
    return {file.stem: file.read_bytes() for file in sorted((conformance_dir / "vdsnc").glob("*.txt"))}


@pytest.fixture(scope="module")
def authorities(conformance_dir: Path) -> TrustList:
    files = sorted((conformance_dir / "vdsnc" / "csca").iterdir())
    return merged([load_trust_list(file.read_bytes(), vouched=True) for file in files])


def check(text: bytes, trust: TrustList, at: datetime = JUNE_2022) -> Assessment:
    return Verifier(lambda: Snapshot(trust, None), frozenset({"VDSNC"})).verify(text, at)


def test_the_specimen_chains_to_its_country(
    seals: dict[str, bytes], authorities: TrustList, record_property: Record
) -> None:
    checked = check(seals["au-specimen"], authorities)
    assert (checked.signature, checked.validity, checked.issuer) == (Signature.VALID, Validity.VALID, "AU")
    assert checked.reasons == (ReasonId.NO_REVOCATION_LIST,)
    assert checked.evidence is not None and checked.evidence.kind is Kind.VACCINATION
    for at, reason in (
        (datetime(2021, 8, 1, tzinfo=UTC), ReasonId.SIGNER_NOT_YET_VALID),
        (datetime(2031, 10, 1, tzinfo=UTC), ReasonId.SIGNER_EXPIRED),
    ):
        late = check(seals["au-specimen"], authorities, at)
        assert late.signature is Signature.VALID
        assert reason in late.reasons
    record_property("conformance_cases", 3)


def test_either_authority_certificate_alone_is_enough_and_none_is_not(
    seals: dict[str, bytes], authorities: TrustList, record_property: Record
) -> None:
    assert {signer.issuer for signer in authorities} == {"AU"}
    for signer in authorities:
        assert check(seals["au-specimen"], TrustList([signer])).signature is Signature.VALID
    record_property("conformance_cases", len(authorities))


def test_seals_of_states_without_an_authority_are_not_trusted(
    seals: dict[str, bytes], authorities: TrustList, record_property: Record
) -> None:
    fictional = {name: text for name, text in seals.items() if name != "au-specimen"}
    for name, text in fictional.items():
        checked = check(text, authorities)
        assert checked.signature is Signature.UNKNOWN_SIGNER, name
        assert checked.reasons == (ReasonId.UNKNOWN_SIGNER,), name
        assert checked.evidence is not None and checked.evidence.specimen, name
    assert len(fictional) >= 2
    record_property("conformance_cases", len(fictional))


def test_every_changed_character_of_the_specimen_is_noticed(
    seals: dict[str, bytes], authorities: TrustList, record_property: Record
) -> None:
    text = seals["au-specimen"].rstrip()
    original, ran = check(text, authorities), 0
    for place in range(0, len(text), 7):
        byte = text[place]
        changed = text[:place] + (b"A" if byte != 65 else b"B") + text[place + 1 :]
        checked = check(changed, authorities)
        assert checked.signature is not Signature.VALID or checked.identity == original.identity
        ran += 1
    record_property("conformance_cases", ran)
