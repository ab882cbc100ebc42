"""Lists of withdrawn certificates (X.509 CRL): signed by a trusted authority, in force, and whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from tests.verification.made import NOW, Bench
from tests.verification.made_seals import AUTHORITY_KEY, csca, name, seal, seal_certificate
from verification.assessment import Revocation
from verification.judgement import NOTHING_SPENT, judge
from verification.policy import built_in
from verification.reasons import ReasonId
from verification.revocation.certificates import load
from verification.revocation.loading import load_revocations
from verification.revocation.memory import RevocationLists
from verification.signed_lists import ListRejected
from verification.trust.csca import authority
from verification.trust.store import TrustList
from verification.verdict import Outcome, Verdict

TRUST = TrustList([authority(csca())])
CERTIFICATE = seal_certificate()
DAY = timedelta(days=1)
Change = Callable[[x509.CertificateRevocationListBuilder], x509.CertificateRevocationListBuilder]


def crl(
    *serials: int,
    by: Any = AUTHORITY_KEY,
    issuer: x509.Name | None = None,
    ends: datetime = NOW + 30 * DAY,
    change: Change = lambda builder: builder,
) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer or name())
    builder = builder.last_update(NOW - DAY).next_update(ends)
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(NOW - 2 * DAY)
        builder = builder.add_revoked_certificate(entry.build())
    return change(builder).sign(by, SHA256()).public_bytes(Encoding.DER)


def checked(*lists: bytes, at: datetime = NOW) -> tuple[Revocation, list[str]]:
    index = RevocationLists([load_revocations(one, trust=TRUST) for one in lists]) if lists else None
    bench = Bench(signers=tuple(TRUST), revocation=index)
    found = bench.check(seal(certificate=CERTIFICATE), at)
    return found.revocation, [why.value for why in found.reasons]


@pytest.mark.parametrize("serials", [(2,), (1, 2), (2, 2**150)])
def test_a_seal_whose_certificate_is_listed_is_refused_for_a_reason_of_its_own(
    serials: tuple[int, ...],
) -> None:
    assert checked(crl(*serials)) == (Revocation.REVOKED, ["SIGNER_REVOKED"])


def test_a_list_in_force_clears_the_certificates_that_are_not_on_it() -> None:
    assert checked(crl()) == checked(crl(1, 3)) == (Revocation.CLEAR, [])


def test_a_list_past_its_next_update_clears_nobody_and_still_withdraws() -> None:
    over = NOW + 31 * DAY
    assert checked(crl(3), at=over) == (Revocation.STALE, ["REVOCATION_LIST_STALE"])
    assert checked(crl(2), at=over) == (Revocation.REVOKED, ["SIGNER_REVOKED"])
    assert checked(crl(3), at=NOW - 3 * DAY)[0] is Revocation.STALE, "made after the lane's time"


def test_without_a_list_of_the_authority_it_is_as_before() -> None:
    assert checked() == (Revocation.NO_LIST, ["NO_REVOCATION_LIST"])


def test_a_list_of_another_authority_says_nothing() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    other = TrustList([*TRUST, authority(csca(key, "MO"))])
    lists = RevocationLists([load_revocations(crl(2, by=key, issuer=name("MO")), trust=other)])
    bench = Bench(signers=tuple(other), revocation=lists)
    assert bench.check(seal(certificate=CERTIFICATE)).revocation is Revocation.NO_LIST


def test_the_judgement_refuses_and_tells_no_more_reasons_than_there_are() -> None:
    index = RevocationLists([load(crl(2), TRUST)])
    found = Bench(signers=tuple(TRUST), revocation=index).check(seal(certificate=CERTIFICATE))
    verdict = judge([found], NOTHING_SPENT, built_in(), NOW)
    assert isinstance(verdict, Verdict)
    assert (verdict.outcome, verdict.reasons) == (Outcome.REFUSE, (ReasonId.SIGNER_REVOKED,))
    assert ReasonId.SIGNER_REVOKED in built_in().second_officer


def test_pem_is_read_like_der_and_nothing_may_stand_beside_it() -> None:
    der = crl(2)
    pem = x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)
    assert load(pem, TRUST) == load(der, TRUST)
    for wrong in (pem + pem, pem + b"more", b"x" + pem, pem.replace(b"M", b"-", 1)):
        with pytest.raises(ListRejected):
            load_revocations(wrong, trust=TRUST)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (crl(2, by=ec.generate_private_key(ec.SECP256R1())), "not signed by an authority"),
        (crl(2, issuer=name("MO")), "not signed by an authority"),
        (crl(2) + b"\0", "not well-formed"),
        (crl(2)[:-1], "not well-formed"),
        (b"\x30\x00", "not well-formed"),
        (csca(), "not"),
        (crl(change=lambda one: one.add_extension(x509.DeltaCRLIndicator(1), critical=True)), "critical"),
        (
            crl(
                change=lambda one: one.add_revoked_certificate(
                    x509.RevokedCertificateBuilder()
                    .serial_number(9)
                    .revocation_date(NOW)
                    .add_extension(x509.CertificateIssuer([x509.DirectoryName(name("MO"))]), critical=True)
                    .build()
                )
            ),
            "critical",
        ),
    ],
    ids=["another key", "another name", "more", "cut", "empty", "a certificate", "delta", "indirect"],
)
def test_what_is_not_such_a_list_is_not_believed(wrong: bytes, says: str) -> None:
    with pytest.raises(ListRejected, match=says):
        load_revocations(wrong, trust=TRUST)


def test_every_flipped_bit_breaks_it() -> None:
    good = crl(2, 7)
    for at in range(0, len(good), 3):
        for bit in (1, 128):
            with pytest.raises(ListRejected):
                load(good[:at] + bytes((good[at] ^ bit,)) + good[at + 1 :], TRUST)


def test_harmless_extensions_are_passed_over() -> None:
    numbered = crl(2, change=lambda one: one.add_extension(x509.CRLNumber(5), critical=False))
    assert load(numbered, TRUST).serials == {2}


def test_a_list_clears_no_longer_than_its_authority_holds() -> None:
    short = TrustList([authority(csca(ends=NOW + 2 * DAY))])
    assert load(crl(), short).fresh_until == NOW + 2 * DAY


def test_no_such_list_is_believed_without_authorities() -> None:
    with pytest.raises(ListRejected, match="authorities"):
        load_revocations(crl(2))
