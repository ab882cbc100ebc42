"""A demo authority's HC1 certificate passes the same checks as the world's."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from verification.assessment import Assessment, Signature
from verification.evidence import Kind
from verification.issuing.authority import CannotIssue, found_authority
from verification.issuing.health_certificate import HealthCertificate, issue
from verification.issuing.symbol import symbol
from verification.reasons import ReasonId
from verification.revocation.memory import RevocationList
from verification.snapshot import Snapshot
from verification.trust.certificate import certificate_kid, signer_of
from verification.trust.store import TrustList
from verification.verifier import Verifier

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HC1 = frozenset({"HC1"})
AUTHORITY = found_authority("HK", HC1, AT)


def certificate(kind: Kind, **changes: Any) -> HealthCertificate:
    plain: dict[str, Any] = {
        "kind": kind,
        "issued_at": AT - timedelta(hours=1),
        "expires_at": AT + timedelta(days=30),
        "ci": "URN:UVCI:01:HK:DEMO0001",
        "event": AT - timedelta(days=20),
    }
    return HealthCertificate(**plain | changes)


def checked(text: str) -> Assessment:
    assert AUTHORITY.certificate is not None
    signer = signer_of(AUTHORITY.certificate, issuer="HK", formats=HC1, demo=True)
    snapshot = Snapshot(TrustList([signer]), RevocationList([], [("HC1", "*")]))
    return Verifier(lambda: snapshot, HC1).verify(text, AT)


@pytest.mark.parametrize("kind", [Kind.VACCINATION, Kind.TEST, Kind.RECOVERY])
def test_each_kind_is_sound_a_specimen_and_names_its_event(kind: Kind) -> None:
    answer = checked(issue(certificate(kind), AUTHORITY))
    assert answer.sound, answer
    assert answer.kid == certificate_kid(AUTHORITY.certificate or b"")
    says = answer.evidence
    assert says is not None
    assert says.medical is not None
    assert says.kind is kind
    assert says.specimen
    assert says.personal.name == "Specimen Traveller"
    if kind is Kind.TEST:
        assert says.medical.sampled_at == AT - timedelta(days=20)
        assert says.medical.negative
    else:
        assert says.medical.on == date(2026, 11, 3)


def test_a_positive_test_says_so() -> None:
    answer = checked(issue(certificate(Kind.TEST, negative=False), AUTHORITY))
    assert (answer.signature, answer.reasons) == (Signature.VALID, (ReasonId.TEST_POSITIVE,))


def test_a_certificate_fits_an_ordinary_symbol() -> None:
    made = symbol(issue(certificate(Kind.TEST), AUTHORITY), "Q", colour_code=False)
    assert int(made.version) <= 20


@pytest.mark.parametrize(
    "changes",
    [{"kind": Kind.ITINERARY}, {"expires_at": AT - timedelta(days=1)}, {"family": "陳"}],
)
def test_what_cannot_be_certified_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(CannotIssue):
        issue(certificate(**{"kind": Kind.TEST, **changes}), AUTHORITY)
