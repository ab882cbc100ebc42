"""Explanations name the one thing that keeps a code from being trusted, and agree with the verifier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from tests.verification import made_seals as made
from tests.verification.made import (
    EC_KEY,
    NOW,
    OTHER_EC_KEY,
    RSA_KEY,
    colour,
    colour_claims,
    hc1,
    kid_of,
    signer,
)
from verification.assessment import Signature
from verification.trust.explaining import Explanation, explain
from verification.trust.store import TrustList


def explained(code: str, *signers: Any, days: int = 0) -> Explanation:
    return explain(code.encode(), TrustList(signers), NOW + timedelta(days=days))


def why(code: str, *signers: Any, days: int = 0) -> list[str]:
    return [point.why.value for point in explained(code, *signers, days=days).points]


def test_a_trusted_code_is_said_to_be_trusted_and_by_whom() -> None:
    said = explained(hc1(), signer())
    assert said.trusted
    assert "HK" in said.points[0].says


def test_each_reason_for_not_trusting_has_a_name() -> None:
    other = signer(OTHER_EC_KEY)
    assert why(hc1()) == ["no_trust_list"]
    assert why(hc1(), other) == ["no_such_key"]
    assert why(hc1(protected={1: -7}), other) == ["no_key_id"]
    assert why(hc1(), signer(formats=frozenset({"HK1"}))) == ["other_format"]
    assert why(hc1(), signer(RSA_KEY, kid=kid_of(EC_KEY))) == ["algorithm"]
    assert why(hc1(), signer(OTHER_EC_KEY, kid=kid_of(EC_KEY))) == ["signature"]
    assert why(hc1(), signer(not_after=NOW - timedelta(1))) == ["expired"]
    assert why(hc1(), signer(not_before=NOW + timedelta(1))) == ["not_yet_valid"]
    assert why(hc1(), signer(usages=frozenset({"1.3.6.1.4.1.1847.2021.1.1"}))) == ["usage"]
    assert why(colour(claims=colour_claims(iss="MO")), signer()) == ["usage"]
    assert why("https://example.com", signer()) == ["not_checked"]
    assert why("HC1:6BF", signer()) == ["not_checked"]


def test_the_sentences_say_what_helps() -> None:
    def says(code: str, *signers: Any) -> str:
        return explained(code, *signers).points[0].says

    assert "0 signers of 'HK' among 1 for HC1" in says(hc1(), signer(OTHER_EC_KEY, issuer="DE"))
    assert "1 signer of 'HK' among 1 for HC1" in says(hc1(), signer(OTHER_EC_KEY))
    assert "no signers for HC1" in says(hc1(), signer(OTHER_EC_KEY, formats=frozenset({"HK1"})))
    assert "HK1 only" in says(hc1(), signer(formats=frozenset({"HK1"})))
    assert "2022-05-31" in says(hc1(), signer(not_after=NOW - timedelta(1)))


def test_a_seal_is_explained_by_its_authority() -> None:
    trusted = tuple(made.bench().signers)
    assert why(made.seal(), *trusted) == ["trusted"]
    elsewhere = made.seal(certificate=made.seal_certificate(issuer=made.name("SG")))
    assert why(elsewhere, *trusted) == ["no_authority"]
    forged = made.seal_certificate(by=ec.generate_private_key(ec.SECP256R1()))
    assert why(made.seal(certificate=forged), *trusted) == ["not_issued_by_authority"]
    assert why(made.seal(cer=None), *trusted) == ["no_key_id"]
    assert why(made.seal(certificate=made.seal_certificate(usages=None)), *trusted) == ["usage"]
    assert why(made.seal(), *trusted, days=1000) == ["expired"]


def test_a_key_of_another_issuer_is_told_where_issuers_own_keys() -> None:
    from tests.verification.made_cards import card, jwk

    kid = jwk()["kid"].encode()
    keyed = {"kid": kid, "formats": frozenset({"SHC"})}
    assert why(card(), signer(**keyed, owner="https://example.com/another")) == ["other_issuer"]
    assert why(card(), signer(**keyed, owner="*")) == ["other_issuer"]


@pytest.mark.parametrize("signers", [(), (signer(),), (signer(OTHER_EC_KEY),)], ids=["none", "own", "other"])
@given(st.one_of(st.binary(max_size=60), st.sampled_from([hc1().encode(), colour().encode()])))
def test_any_text_is_explained_and_the_explanation_agrees_with_the_verifier(
    signers: tuple[Any, ...], code: bytes
) -> None:
    said = explain(code, TrustList(signers), NOW)
    assert said.points and all(point.says for point in said.points)
    assert said.trusted <= (said.assessment.signature is Signature.VALID)
