"""The Swedish list: its own signature and nothing in its header decides, and its end is an end."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import given
from hypothesis import strategies as st

from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, NOW, OTHER_EC_KEY, RSA_KEY, raw_sign, seconds
from verification.policy import Thresholds
from verification.signed_lists import ListRejected
from verification.snapshot import Freshness
from verification.trust.loading import load_trust_list
from verification.trust.store import TrustList, merged

LIST_KEY = ec.generate_private_key(ec.SECP256R1())
OLD, NEW = "1.3.6.1.4.1.0.1847.2021.1.1", "1.3.6.1.4.1.1847.2021.1.2"
KID = base64.b64encode(b"kid-of-1").decode()


def url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def key_row(der: bytes, kid: str = KID) -> dict[str, Any]:
    return {"kty": "EC", "kid": kid, "x5c": [base64.b64encode(der).decode()]}


def document(**changes: Any) -> dict[str, Any]:
    countries = {"SE": {"eku": {KID: [OLD]}, "keys": [key_row(certificate(EC_KEY))]}}
    made = {"iss": "made up", "iat": seconds(), "exp": seconds() + 86400, "dsc_trust_list": countries}
    return made | changes


def signed(
    body: dict[str, Any] | None = None, key: Any = LIST_KEY, header: dict[str, Any] | None = None
) -> bytes:
    head = {"b64": False, "alg": "ES256", "typ": "JOSE"} if header is None else header
    text = json.dumps(document() if body is None else body).encode()
    payload = text if head.get("b64") is False else url(text).encode()
    start = url(json.dumps(head).encode()).encode() + b"." + payload
    return start + b"." + url(raw_sign(key, start)).encode()


def load(data: bytes, *keys: Any) -> TrustList:
    return load_trust_list(data, *(keys or (LIST_KEY.public_key(),)))


def test_signers_are_filed_under_their_country_with_the_usages_of_the_list() -> None:
    (signer,) = load(signed())
    assert (signer.issuer, signer.kid) == ("SE", b"kid-of-1")
    assert signer.usages == {OLD}
    assert signer.formats == {"HC1"}
    assert signer.not_after == datetime(2024, 1, 1, tzinfo=UTC)


def test_an_encoded_payload_is_the_same_list() -> None:
    assert len(load(signed(header={"alg": "ES256"}))) == 1
    assert len(load(signed(header={"alg": "ES256", "b64": False, "crit": ["b64"]}))) == 1


def test_national_contexts_belong_to_their_countries() -> None:
    countries = {name: {"keys": [key_row(certificate(EC_KEY))]} for name in ("NO", "AT", "CH", "FI")}
    formats = {one.issuer: one.formats for one in load(signed(document(dsc_trust_list=countries)))}
    assert formats == {
        "NO": {"HC1", "NO1"},
        "AT": {"HC1", "AT1"},
        "CH": {"HC1", "LT1"},
        "FI": {"HC1"},
    }


def test_a_certificate_in_the_header_proves_nothing() -> None:
    own = {"b64": False, "alg": "ES256", "x5c": [base64.b64encode(certificate(OTHER_EC_KEY)).decode()]}
    with pytest.raises(ListRejected, match="not made by a key"):
        load(signed(key=OTHER_EC_KEY, header=own))


def test_one_changed_byte_anywhere_spoils_the_list() -> None:
    data = signed()
    for place in range(0, len(data), 17):
        changed = data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]
        with pytest.raises(ListRejected):
            load(changed)


@pytest.mark.parametrize(
    "header",
    [
        {"b64": False, "alg": "none"},
        {"b64": False, "alg": "HS256"},
        {"b64": False, "alg": "ES384"},
        {"b64": False},
        {"b64": "false", "alg": "ES256"},
        {"b64": False, "alg": "ES256", "crit": ["exp"]},
        {"b64": False, "alg": "ES256", "crit": []},
    ],
)
def test_a_header_that_says_anything_else_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(ListRejected):
        load(signed(header=header))


def test_without_a_key_or_with_a_key_of_another_sort_nothing_is_believed() -> None:
    with pytest.raises(ListRejected):
        load_trust_list(signed(), vouched=True)
    with pytest.raises(ListRejected):
        load(signed(), RSA_KEY.public_key())


@pytest.mark.parametrize("name", ["iat", "exp"])
@pytest.mark.parametrize("value", [None, "soon", True, -1])
def test_a_list_without_its_times_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ListRejected, match="when"):
        load(signed(document(**{name: value})))


def test_a_list_is_stale_from_its_own_end_on() -> None:
    trusted = merged([load(signed()), TrustList([], NOW - timedelta(hours=1))])
    assert trusted.signed_at == NOW - timedelta(hours=1)
    assert trusted.expires_at == NOW + timedelta(days=1)
    age = Thresholds(warn_h=36, refer_h=168).age(NOW, trusted.expires_at)
    assert age.freshness(NOW + timedelta(days=1)) is Freshness.FRESH
    assert age.freshness(NOW + timedelta(days=1, seconds=1)) is Freshness.STALE


def test_usages_of_list_and_certificate_narrow_each_other() -> None:
    def usages(listed: Any, own: tuple[str, ...]) -> list[frozenset[str]]:
        row = {"eku": {KID: listed}, "keys": [key_row(certificate(EC_KEY, own))]}
        return [one.usages for one in load(signed(document(dsc_trust_list={"SE": row})))]

    assert usages([OLD, NEW], (OLD,)) == [{OLD}]
    assert usages([OLD], ()) == [{OLD}]
    assert usages([], (NEW,)) == [{NEW}]
    assert usages([], ()) == [frozenset()]
    assert usages([OLD], (NEW,)) == [], "a contradiction: the key is left out"


def test_keys_that_cannot_be_used_are_left_out_and_the_others_stay() -> None:
    curve = ec.generate_private_key(ec.SECP521R1())
    rows = [
        key_row(certificate(curve)),
        key_row(b"no certificate"),
        {"kid": KID},
        {"x5c": []},
        "nothing",
        key_row(certificate(EC_KEY), kid="not base64!"),
        key_row(certificate(RSA_KEY)),
    ]
    (signer,) = load(signed(document(dsc_trust_list={"SE": {"keys": rows}})))
    assert isinstance(signer.key, rsa.RSAPublicKey)


@pytest.mark.parametrize("countries", [None, [], {"SE": {}}, {"Sweden": {"keys": []}}, {"SE": {"keys": {}}}])
def test_a_list_built_in_another_way_is_refused(countries: Any) -> None:
    with pytest.raises(ListRejected):
        load(signed(document(dsc_trust_list=countries)))


@given(st.binary(max_size=200))
def test_any_payload_of_a_trusted_signer_gives_a_list_or_a_refusal(payload: bytes) -> None:
    start = url(b'{"alg":"ES256","b64":false}').encode() + b"." + payload
    try:
        load(start + b"." + url(raw_sign(LIST_KEY, start)).encode())
    except ListRejected as refused:
        assert str(refused)
