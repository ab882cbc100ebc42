"""Key usages are read past the mistakes that a strict parser refuses a whole certificate for."""

from __future__ import annotations

import pytest
from cryptography import x509
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.certified import certificate
from tests.verification.made import EC_KEY
from verification.trust.certificate import signer_of
from verification.trust.key_usage import extended_key_usages

USAGES = ("1.3.6.1.4.1.1847.2021.1.2", "1.3.6.1.4.1.0.1847.2021.1.3", "2.999.4294967295")
DER = certificate(EC_KEY, USAGES)
TBS = x509.load_der_x509_certificate(DER).tbs_certificate_bytes


def test_the_usages_of_a_certificate_are_read() -> None:
    assert extended_key_usages(TBS) == set(USAGES)
    plain = x509.load_der_x509_certificate(certificate(EC_KEY)).tbs_certificate_bytes
    assert extended_key_usages(plain) == frozenset()


def test_a_mistake_in_another_extension_loses_nobody() -> None:
    # BasicConstraints with its default written out: 30 03 01 01 00 where 30 00 belongs.
    constraints = bytes.fromhex("0603551d130101ff0402 3000".replace(" ", ""))
    assert constraints in DER
    mistaken = DER.replace(constraints, bytes.fromhex("0603551d1304053003010100"))
    assert len(mistaken) == len(DER), "lengths around it stay right: the critical flag makes room"
    with pytest.raises(ValueError, match="BasicConstraints"):
        _ = x509.load_der_x509_certificate(mistaken).extensions
    signer = signer_of(mistaken, issuer="FI", formats=frozenset({"HC1"}))
    assert signer.usages == set(USAGES)


@given(st.integers(0, len(TBS) - 1), st.integers(0, 255))
def test_a_damaged_certificate_is_read_or_refused_and_nothing_else(place: int, byte: int) -> None:
    damaged = TBS[:place] + bytes((byte,)) + TBS[place + 1 :]
    try:
        extended_key_usages(damaged)
    except ValueError:
        return
