"""The German list of document signers."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.verification.certified import certificate
from tests.verification.made import EC_KEY, ED_KEY, OTHER_EC_KEY, RSA_KEY, Bench, hc1, raw_sign
from verification.assessment import Signature
from verification.signed_lists import ListRejected
from verification.trust.certificate import certificate_kid
from verification.trust.loading import load_trust_list

DER = certificate(EC_KEY, usages=("1.3.6.1.4.1.0.1847.2021.1.2", "1.3.6.1.4.1.1847.2021.1.1"))
KID = certificate_kid(DER)


def row(der: bytes = DER, **changes: Any) -> dict[str, Any]:
    kid = base64.b64encode(certificate_kid(der)).decode()
    raw = base64.b64encode(der).decode()
    return {"certificateType": "DSC", "country": "HK", "kid": kid, "rawData": raw} | changes


def written(*rows: Any, body: bytes | None = None, key: Any = OTHER_EC_KEY) -> bytes:
    content = json.dumps({"certificates": rows}).encode() if body is None else body
    return base64.b64encode(raw_sign(key, content)) + b"\n" + content


def load(data: bytes) -> Any:
    return load_trust_list(data, OTHER_EC_KEY.public_key())


def test_a_signer_on_the_list_verifies_a_certificate() -> None:
    trusted = load(written(row()))
    assert len(trusted) == 1
    assert trusted.signed_at is None
    bench = Bench(signers=tuple(trusted))
    checked = bench.check(hc1(protected={1: -7, 4: KID}))
    assert checked.signature is Signature.VALID
    assert bench.reasons(hc1(protected={1: -7, 4: KID})) == []
    assert trusted.signers("HC1", KID)[0].usages == {
        "1.3.6.1.4.1.0.1847.2021.1.2",
        "1.3.6.1.4.1.1847.2021.1.1",
    }


def test_line_ends_of_the_first_line_do_not_matter_and_those_of_the_body_do() -> None:
    line, body = written(row()).split(b"\n", 1)
    assert load(line + b"\r\n" + body)
    with pytest.raises(ListRejected):
        load(line + b"\n" + body + b"\n")


def test_one_flipped_byte_anywhere_in_the_body_ends_all_trust() -> None:
    data = written(row())
    start = data.index(b"\n") + 1
    for place in range(start, len(data), 97):
        with pytest.raises(ListRejected):
            load(data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :])


def test_a_wrong_key_or_none_believes_nothing() -> None:
    for keys in ((), (EC_KEY.public_key(),), (RSA_KEY.public_key(), ED_KEY.public_key())):
        with pytest.raises(ListRejected):
            load_trust_list(written(row()), *keys)


@pytest.mark.parametrize(
    "data",
    [b"\n{}", b"AAAA\n{}", b"!!!!\n{}", written(body=b"{}"), written(body=b"[]"), written(body=b""),
     written(body=b'{"certificates":{}}'), written(row())[:80]],
    ids=range(8),
)  # fmt: skip
def test_what_is_no_list_is_rejected(data: bytes) -> None:
    with pytest.raises(ListRejected):
        load(data)


def test_what_cannot_be_used_is_left_out_and_the_rest_stays() -> None:
    other_curve = certificate(ec.generate_private_key(ec.SECP384R1()))
    trusted = load(
        written(row(), row(certificateType="CSCA"), row(rawData="AAAA"), row(other_curve), {}, None)
    )
    assert [signer.kid for signer in trusted] == [KID]


def test_what_a_short_key_signed_is_valid_and_not_good_enough() -> None:
    weak = rsa.generate_private_key(65537, 1024)
    der = certificate(weak)
    bench = Bench(signers=tuple(load(written(row(der)))))
    code = hc1(key=weak, protected={1: -37, 4: certificate_kid(der)})
    assert bench.check(code).signature is Signature.VALID
    assert bench.reasons(code) == ["KEY_USAGE"]


def test_two_keys_under_one_id_are_both_tried() -> None:
    other = certificate(OTHER_EC_KEY)
    shared = base64.b64encode(b"sharedid").decode()
    bench = Bench(signers=tuple(load(written(row(other, kid=shared), row(kid=shared)))))
    for key in (EC_KEY, OTHER_EC_KEY):
        assert bench.check(hc1(key=key, protected={1: -7, 4: b"sharedid"})).signature is Signature.VALID
    assert bench.reasons(hc1(key=RSA_KEY, protected={1: -7, 4: b"sharedid"})) == ["SIGNATURE_INVALID"]
