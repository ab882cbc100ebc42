"""The store of signers: lists that age each for itself, and certificates remembered by their whole bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.verification.made import NOW, OTHER_EC_KEY, Bench, aged, colour, hc1, signer
from tests.verification.made_cards import card, card_signer
from tests.verification.made_seals import csca, seal, seal_certificate, url
from verification.assessment import Signature
from verification.snapshot import ListAge, Signer, Snapshot
from verification.trust import chain, store
from verification.trust.certificate_fields import Fields, read
from verification.trust.csca import authority
from verification.trust.store import TrustList, merged
from verification.trust.store import aged as with_age
from verification.verifier import Verifier

FRESH, STALE = aged(1), aged(100)


def of(age: ListAge | None, *signers: Signer) -> TrustList:
    return with_age(TrustList(signers), age)


def reasons(code: str, *lists: TrustList) -> list[str]:
    return Bench(signers=tuple(merged(lists))).reasons(code)


def test_a_stale_list_of_one_format_spoils_no_other_format() -> None:
    for ages, certificates, cards in (
        ((FRESH, STALE), [], ["TRUST_LIST_STALE"]),
        ((STALE, FRESH), ["TRUST_LIST_STALE"], []),
    ):
        lists = of(ages[0], signer()), of(ages[1], card_signer())
        assert reasons(hc1(), *lists) == reasons(colour(), *lists) == certificates
        assert reasons(card(), *lists) == cards


def test_a_signer_on_a_fresh_list_is_good_whatever_else_names_it() -> None:
    for lists in ((of(STALE, signer()), of(FRESH, signer())), (of(FRESH, signer()), of(STALE, signer()))):
        assert reasons(hc1(), *lists) == []
    assert reasons(hc1(), of(FRESH, signer(kid=b"another!")), of(STALE, signer())) == ["TRUST_LIST_STALE"]


def test_a_signer_in_force_on_a_stale_list_goes_before_an_expired_one_on_a_fresh_list() -> None:
    expired = of(FRESH, signer(not_after=NOW - timedelta(days=1)))
    assert reasons(hc1(), expired, of(STALE, signer())) == ["TRUST_LIST_STALE"]
    assert reasons(hc1(), expired) == ["SIGNER_EXPIRED"]


def test_a_key_that_no_list_has_may_stand_on_the_newer_version_of_a_stale_one() -> None:
    unknown = signer(kid=b"another!")
    assert reasons(hc1(), of(STALE, unknown)) == ["TRUST_LIST_STALE", "UNKNOWN_SIGNER"]
    assert reasons(hc1(), of(FRESH, unknown), of(STALE, card_signer())) == ["UNKNOWN_SIGNER"]


def test_a_wrong_signature_is_told_with_the_age_of_the_list_it_was_asked_of() -> None:
    assert reasons(hc1(signature=bytes(64)), of(STALE, signer())) == ["SIGNATURE_INVALID", "TRUST_LIST_STALE"]


def test_a_list_that_names_its_end_is_stale_after_it_for_its_own_signers_alone() -> None:
    ended = ListAge(NOW, timedelta(days=9), timedelta(days=9), NOW - timedelta(seconds=1))
    lists = of(ended, card_signer()), of(FRESH, signer())
    assert (reasons(card(), *lists), reasons(hc1(), *lists)) == (["TRUST_LIST_STALE"], [])


def test_a_seal_is_as_fresh_as_the_list_of_the_authority_that_issued_its_certificate() -> None:
    for age, expected in ((FRESH, []), (STALE, ["TRUST_LIST_STALE"])):
        assert Bench(signers=tuple(of(age, authority(csca())))).reasons(seal()) == expected


# --- certificates of seals ---


@pytest.fixture
def chained(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """The certificates that were checked against authorities, in order."""
    asked: list[bytes] = []
    original = chain.signers

    def counted(certificate: Fields, authorities: object) -> object:
        asked.append(certificate.der)
        return original(certificate, authorities)  # type: ignore[arg-type]

    monkeypatch.setattr(chain, "signers", counted)
    yield asked


def test_a_certificate_is_checked_once_for_each_list(chained: list[bytes]) -> None:
    certificate = read(seal_certificate())
    first, second = TrustList([authority(csca())]), TrustList([authority(csca())])
    for trusted in (first, first, second, second, first):
        assert len(trusted.issued("VDSNC", certificate)) == 1
    assert len(chained) == 2


def test_a_remembered_certificate_counts_for_nothing_in_a_list_without_its_authority() -> None:
    certificate = read(seal_certificate())
    assert TrustList([authority(csca())]).issued("VDSNC", certificate)
    stranger = csca(key=OTHER_EC_KEY)
    assert not TrustList([authority(stranger)]).issued("VDSNC", certificate)
    assert not TrustList([]).issued("VDSNC", certificate)
    assert not TrustList([authority(csca())]).issued("HC1", certificate)


def test_one_byte_more_in_a_certificate_is_another_certificate() -> None:
    trusted = TrustList([authority(csca())])
    good, forged = read(seal_certificate()), read(seal_certificate(by=OTHER_EC_KEY))
    assert trusted.issued("VDSNC", good)
    assert not trusted.issued("VDSNC", forged)
    bent = bytearray(seal_certificate())
    bent[-1] ^= 1
    assert not trusted.issued("VDSNC", read(bytes(bent)))


def test_that_nobody_issued_a_certificate_is_asked_anew_each_time(chained: list[bytes]) -> None:
    trusted, forged = TrustList([authority(csca())]), read(seal_certificate(by=OTHER_EC_KEY))
    assert not trusted.issued("VDSNC", forged) and not trusted.issued("VDSNC", forged)
    assert len(chained) == 2


def test_no_more_than_some_certificates_are_remembered_the_last_ones(
    chained: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_MOST_ISSUED", 2)
    trusted = TrustList([authority(csca())])
    one, two, three = (read(seal_certificate()) for _ in range(3))
    for certificate in (one, two, one, three, one, two):
        assert trusted.issued("VDSNC", certificate)
    assert chained == [one.der, two.der, three.der, two.der]


def test_a_seal_with_a_remembered_certificate_still_has_its_own_signature_checked() -> None:
    certificate = seal_certificate()
    trusted = TrustList([authority(csca())])
    snapshot = Snapshot(trusted, None)
    verifier = Verifier(lambda: snapshot, frozenset({"VDSNC"}))
    good, bad = seal(certificate=certificate), seal(certificate=certificate, sigvl=url(bytes(64)))
    for code, expected in ((good, Signature.VALID), (bad, Signature.INVALID), (good, Signature.VALID)):
        assert verifier.verify(code, NOW).signature is expected


def test_a_certificate_remembered_under_one_list_is_unknown_after_the_list_is_swapped() -> None:
    code = seal()
    held = [Snapshot(TrustList([authority(csca())]), None)]
    verifier = Verifier(lambda: held[-1], frozenset({"VDSNC"}))
    assert verifier.verify(code, NOW).signature is Signature.VALID
    held.append(Snapshot(TrustList([authority(csca(key=OTHER_EC_KEY))]), None))
    assert verifier.verify(code, NOW).signature is Signature.UNKNOWN_SIGNER
