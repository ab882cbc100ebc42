"""The verifier: which key is believed, in which order doubts are told, and that nothing ever raises."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import base45
import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.made import (
    EC_KEY,
    ED_KEY,
    NOW,
    OTHER_EC_KEY,
    P256_ORDER,
    RSA_KEY,
    Bench,
    aged,
    colour,
    colour_claims,
    dcc_claims,
    hc1,
    kid_of,
    message,
    raw_sign,
    signer,
    text,
)
from verification.assessment import Assessment, Signature
from verification.reasons import ReasonId
from verification.snapshot import Snapshot
from verification.trust.store import TrustList
from verification.verifier import MAX_BYTES, Verifier

BENCH = Bench()
PAYLOAD = cbor2.dumps(dcc_claims())
ORDER = {why: place for place, why in enumerate(ReasonId)}


@pytest.mark.parametrize("key", [EC_KEY, RSA_KEY], ids=["ES256", "PS256"])
def test_a_certificate_of_a_known_signer_is_valid(key: Any) -> None:
    checked = BENCH.check(hc1(key=key))
    assert checked.signature is Signature.VALID
    assert checked.kid == kid_of(key)
    assert BENCH.reasons(hc1(key=key)) == []
    assert not checked.sound, "nobody said yet that it is not revoked"


def test_text_and_bytes_are_the_same_code() -> None:
    assert BENCH.check(hc1().encode()).signature is Signature.VALID


def test_one_changed_character_is_never_a_valid_signature() -> None:
    code = hc1()
    for place in range(4, len(code), 5):
        changed = code[:place] + ("0" if code[place] != "0" else "1") + code[place + 1 :]
        assert BENCH.check(changed).signature is not Signature.VALID


def test_an_unknown_signer_is_neither_valid_nor_invalid_and_its_time_is_told() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    assert BENCH.reasons(hc1(key=other)) == ["UNKNOWN_SIGNER"]
    checked = BENCH.check(hc1(dcc_claims(exp=1), key=other))
    assert checked.signature is Signature.UNKNOWN_SIGNER
    assert [why.value for why in checked.reasons] == ["UNKNOWN_SIGNER", "EXPIRED"]


@pytest.mark.parametrize(
    "header", [{1: -7}, {1: -7, 4: "text"}, {1: -7, 4: 5}, {1: -7, 4: b""}, {1: -7, 4: b"x" * 9}]
)
def test_without_a_usable_key_id_no_key_is_tried(header: dict[int, Any]) -> None:
    assert BENCH.reasons(hc1(protected=header)) == ["UNKNOWN_SIGNER"]


def test_the_key_id_may_stand_outside_and_the_protected_one_goes_first() -> None:
    assert BENCH.reasons(hc1(protected={1: -7}, unprotected={4: kid_of(EC_KEY)})) == []
    assert BENCH.reasons(hc1(protected={1: -7, 4: b"another!"}, unprotected={4: kid_of(EC_KEY)})) == [
        "UNKNOWN_SIGNER"
    ]


def test_every_key_with_the_same_id_is_tried() -> None:
    shared = b"sharedid"
    keys = (OTHER_EC_KEY, RSA_KEY, EC_KEY)
    bench = Bench(signers=tuple(signer(key, kid=shared) for key in keys))
    for key in keys:
        alg = -37 if key is RSA_KEY else -7
        assert bench.reasons(hc1(key=key, protected={1: alg, 4: shared})) == []


@pytest.mark.parametrize("alg", [-37, -8, -35, -36, -38, -257, 5, 0, 1, None, "ES256", b"\x26", True])
def test_a_header_that_disagrees_with_the_key_is_refused(alg: Any) -> None:
    code = hc1(protected={1: alg, 4: kid_of(EC_KEY)})
    assert BENCH.reasons(code) == ["ALGORITHM_MISMATCH"]
    assert BENCH.check(code).signature is Signature.INVALID


def test_a_header_without_an_algorithm_is_refused_and_one_outside_must_agree_with_the_key() -> None:
    own = {4: kid_of(EC_KEY)}
    assert BENCH.reasons(hc1(protected=own)) == ["ALGORITHM_MISMATCH"]
    assert BENCH.reasons(hc1(protected=own, unprotected={1: -37})) == ["ALGORITHM_MISMATCH"]
    assert BENCH.reasons(hc1(protected=own, unprotected={1: -7})) == []
    assert BENCH.reasons(hc1(protected=b"", unprotected={1: -7} | own)) == []


def test_keys_that_disagree_are_skipped_and_those_that_agree_decide() -> None:
    bench = Bench(signers=(signer(RSA_KEY, kid=b"sharedid"), signer(OTHER_EC_KEY, kid=b"sharedid")))
    assert bench.reasons(hc1(protected={1: -7, 4: b"sharedid"})) == ["SIGNATURE_INVALID"]
    assert bench.reasons(hc1(protected={1: -8, 4: b"sharedid"})) == ["ALGORITHM_MISMATCH"]


def test_a_signature_in_any_other_form_is_invalid_and_does_no_harm() -> None:
    data = cbor2.dumps(["Signature1", cbor2.dumps({1: -7, 4: kid_of(EC_KEY)}), b"", PAYLOAD])
    good = raw_sign(EC_KEY, data)
    for wrong in (
        b"",
        good[:63],
        good + b"\0",
        good * 40,
        bytes(64),
        b"\xff" * 64,
        raw_sign(OTHER_EC_KEY, data),
    ):
        assert BENCH.reasons(hc1(signature=wrong)) == ["SIGNATURE_INVALID"]
    for key in (RSA_KEY, ED_KEY):
        for wrong in (b"", b"\0", bytes(64), bytes(256), b"\xff" * 512):
            assert BENCH.reasons(hc1(key=key, signature=wrong)) == ["SIGNATURE_INVALID"]


def test_what_was_signed_for_another_purpose_is_not_a_certificate() -> None:
    header = cbor2.dumps({1: -7, 4: kid_of(EC_KEY)})
    for structure in (
        ["Signature", header, b"", PAYLOAD],
        ["CounterSignature", header, b"", PAYLOAD],
        ["Signature1", b"", b"", PAYLOAD],
        ["Signature1", header, b"HK1", PAYLOAD],
        ["Signature1", header, PAYLOAD],
    ):
        assert BENCH.reasons(hc1(signature=raw_sign(EC_KEY, cbor2.dumps(structure)))) == ["SIGNATURE_INVALID"]


def test_a_signer_holds_at_the_time_of_the_check_only() -> None:
    day = timedelta(days=1)
    for begins, ends, reasons in (
        (NOW - day, NOW + day, []),
        (NOW, NOW, []),
        (NOW - day, NOW - timedelta(seconds=1), ["SIGNER_EXPIRED"]),
        (NOW + timedelta(seconds=1), NOW + day, ["SIGNER_NOT_YET_VALID"]),
        (None, None, []),
    ):
        bench = Bench(signers=(signer(not_before=begins, not_after=ends),))
        assert bench.reasons(hc1()) == reasons
        assert bench.check(hc1()).signature is Signature.VALID


def test_a_renewed_certificate_of_the_same_key_replaces_the_expired_one() -> None:
    bench = Bench(
        signers=(signer(not_after=NOW - timedelta(days=1)), signer(not_after=NOW + timedelta(days=1)))
    )
    assert bench.reasons(hc1()) == []


def test_without_a_trust_list_nothing_is_checked() -> None:
    bench = Bench(signers=())
    assert bench.check(hc1()).signature is Signature.UNCHECKED
    assert bench.reasons(hc1()) == ["NO_TRUST_LIST"]


def test_a_stale_trust_list_is_told_beside_what_it_found() -> None:
    for hours, reasons in ((72, []), (73, ["TRUST_LIST_STALE"])):
        bench = Bench(trust_age=aged(hours))
        assert bench.reasons(hc1()) == reasons
        assert bench.reasons(hc1(signature=bytes(64))) == ["SIGNATURE_INVALID", *reasons]


def test_the_age_of_a_list_is_judged_at_every_scan() -> None:
    bench = Bench(trust_age=aged(0))
    code = hc1(dcc_claims(exp=int((NOW + timedelta(days=9)).timestamp())))
    assert bench.reasons(code, NOW) == []
    assert bench.reasons(code, NOW + timedelta(days=4)) == ["TRUST_LIST_STALE"]


def test_reasons_come_in_the_order_of_judgement() -> None:
    bench = Bench(
        signers=(signer(not_after=NOW - timedelta(days=1), usages=frozenset({"1.3.6.1.4.1.1847.2021.1.1"})),),
        trust_age=aged(100),
    )
    reasons = bench.check(hc1(dcc_claims(exp=float("nan")))).reasons
    assert [why.value for why in reasons] == [
        "TRUST_LIST_STALE", "KEY_USAGE", "SIGNER_EXPIRED", "NO_REVOCATION_LIST", "VALIDITY_UNKNOWN",
    ]  # fmt: skip


@pytest.mark.parametrize("tags", [(), (18,), (61, 18)], ids=["untagged", "18", "61 and 18"])
def test_a_message_is_read_with_and_without_its_tags(tags: tuple[int, ...]) -> None:
    assert BENCH.reasons(hc1(tags=tags)) == []


COSE = message(PAYLOAD)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "0",
        "   ",
        base45.b45encode(COSE).decode(),
        base45.b45encode(zlib.compress(COSE)[:-3]).decode(),
        base45.b45encode(zlib.compress(COSE) + b"x").decode(),
        base45.b45encode(zlib.compress(COSE, wbits=-15)).decode(),
        base45.b45encode(zlib.compress(COSE + b"\0")).decode(),
        base45.b45encode(zlib.compress(bytes(3_000_000), 9)).decode(),
        base45.b45encode(zlib.compress(b"\x81" * 60_000)).decode(),
        base45.b45encode(zlib.compress(b"")).decode(),
        hc1()[4:].lower(),
        hc1()[4:] + "\n",
        " " + hc1()[4:],
        hc1()[4:] + "é",
        hc1()[4:].replace(" ", ""),
        "A" * (8 * 1024 + 1),
    ],
    ids=range(17),
)
def test_a_container_that_is_not_one_is_malformed_and_nothing_is_checked(body: str) -> None:
    checked = BENCH.check("HC1:" + body)
    assert checked.format == "HC1"
    assert [why.value for why in checked.reasons] == ["MALFORMED"]
    assert checked.signature is Signature.UNCHECKED


def test_the_longest_text_is_looked_at_only_as_far_as_it_may_be() -> None:
    for text_of_any_length in (
        "A" * (MAX_BYTES * 4),
        "HC1:" + "A" * (MAX_BYTES * 4),
        b"\xff" * (MAX_BYTES * 4),
    ):
        assert BENCH.check(text_of_any_length).signature is Signature.UNCHECKED


def _twins() -> dict[str, str]:
    """One code, rewritten in every way that leaves its signature good."""
    cose = cbor2.loads(COSE).value
    r, s = cose[3][:32], int.from_bytes(cose[3][32:], "big")
    twin = r + (P256_ORDER - s).to_bytes(32, "big")
    return {
        "the code itself": text(COSE),
        "compressed otherwise": "HC1:" + base45.b45encode(zlib.compress(COSE, 0)).decode(),
        "without its tag": text(cbor2.dumps(list(cose))),
        "with two tags": text(cbor2.dumps(cbor2.CBORTag(61, cbor2.CBORTag(18, list(cose))))),
        "with an unprotected header": text(cbor2.dumps(cbor2.CBORTag(18, [cose[0], {99: 1}, *cose[2:]]))),
        "with the other s": text(cbor2.dumps(cbor2.CBORTag(18, [*cose[:3], twin]))),
        "signed again": text(message(PAYLOAD)),
        "signed again with another header": text(
            message(PAYLOAD, protected={1: -7, 4: kid_of(EC_KEY), 5: b""})
        ),
    }


def test_every_rewriting_of_one_code_has_one_identity() -> None:
    checked = {name: BENCH.check(code) for name, code in _twins().items()}
    assert {name for name, found in checked.items() if found.signature is not Signature.VALID} == set()
    assert len({found.identity for found in checked.values()}) == 1


def test_two_codes_have_two_identities() -> None:
    identities = {
        BENCH.check(code).identity
        for code in (hc1(), hc1(dcc_claims(iss="MO")), hc1(dcc_claims(exp=2**31)), colour(), colour("GD1"))
    }
    assert len(identities) == 5


def test_a_use_is_counted_only_under_a_valid_signature() -> None:
    identity = BENCH.check(colour()).identity
    assert identity is not None and identity.use is not None
    for code in (colour(signature=bytes(64)), colour(key=OTHER_EC_KEY)):
        forged = BENCH.check(code).identity
        assert forged is not None and forged.use is None
    other = BENCH.check(colour(claims=colour_claims(exp=2**31))).identity
    assert other is not None and other.use == identity.use, "the same cti of the same issuer"


def test_personal_fields_reach_no_repr() -> None:
    shown = repr(BENCH.check(hc1())) + repr(BENCH.check(colour()))
    for private in ("Muster", "Mia", "1970", "C***", str(PAYLOAD)[4:40]):
        assert private not in shown


def test_each_code_sees_one_snapshot() -> None:
    calls = []

    def snapshot() -> Snapshot:
        calls.append(1)
        return Snapshot(TrustList((signer(),)), None)

    Verifier(snapshot, frozenset({"HC1"})).verify(hc1(), NOW)
    assert len(calls) == 1


def _holds_together(checked: Assessment) -> None:
    assert checked.reasons
    assert list(checked.reasons) == sorted(checked.reasons, key=ORDER.__getitem__)
    assert len(set(checked.reasons)) == len(checked.reasons)
    assert not checked.sound


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_text_at_all_gives_an_assessment(code: bytes | str) -> None:
    _holds_together(BENCH.check(code))


@given(st.sampled_from(("HC1:", "HK1:", "PV1:", "NO1:", "HKSARG|", '{"data')), st.binary(max_size=300))
def test_any_text_behind_a_prefix_gives_an_assessment(prefix: str, body: bytes) -> None:
    for written in (body, base45.b45encode(body), base45.b45encode(zlib.compress(body))):
        _holds_together(BENCH.check(prefix.encode() + written))


@settings(max_examples=300)
@given(st.data())
def test_any_damage_at_any_layer_gives_an_assessment_and_never_a_valid_signature(data: st.DataObject) -> None:
    """The signed content is unchanged wherever the signature is still valid."""
    layers = [COSE, zlib.compress(COSE), base45.b45encode(zlib.compress(COSE))]
    layer = data.draw(st.integers(0, 2))
    raw = bytearray(layers[layer])
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(raw)
    if layer == 0:
        damaged = zlib.compress(damaged)
    if layer < 2:
        damaged = base45.b45encode(damaged)
    checked = BENCH.check(b"HC1:" + damaged)
    _holds_together(checked)
    if checked.signature is Signature.VALID:
        good = BENCH.check(text(COSE)).identity
        assert checked.identity == good


@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from([1, 4, 5, 6, 7, -260, -70001]),
        st.recursive(
            st.none()
            | st.booleans()
            | st.floats()
            | st.integers(-(2**64), 2**64 - 1)
            | st.text(max_size=9)
            | st.binary(max_size=9),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from([1, 2, 3, 4, 5, "v", "t", "nam", "ci", "fn"]), inner, max_size=5
                )
            ),
            max_leaves=12,
        ),
    ),
    st.sampled_from(["HC1", "HK1", "CD1", "PV1"]),
)
def test_any_claims_that_a_trusted_signer_signs_give_an_assessment(
    claims: dict[Any, Any], prefix: str
) -> None:
    _holds_together(BENCH.check(text(message(cbor2.dumps(claims)), prefix)))


def test_the_clock_is_the_caller_s() -> None:
    code = hc1()
    assert BENCH.check(code, datetime(2030, 1, 1, tzinfo=UTC)).validity == "EXPIRED"
    assert BENCH.check(code, datetime(2020, 1, 1, tzinfo=UTC)).validity == "NOT_YET_VALID"
