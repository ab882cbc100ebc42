"""VDS-NC: what is signed is the canonical form, who signed is proved by a chain, and nothing else counts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import rfc8785
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from tests.verification import made_seals as made
from tests.verification.made import ED_KEY, NOW, P256_ORDER, RSA_KEY, Bench
from tests.verification.made_seals import SEAL_KEY, bench, canonical, csca, seal, seal_certificate, sign, url
from verification.assessment import Signature, Validity
from verification.encodings.der import SEQUENCE, elements, only
from verification.evidence import Evidence, Kind
from verification.reasons import ReasonId

BENCH = bench()
NAMES = ["hdr", "msg", "t", "v", "is", "ve", "vd", "dvc", "dis", "pid", "n", "dat", "tr", "r", "sc"]
UNKNOWN = ["UNKNOWN_SIGNER"]


def said(data: Any) -> Evidence:
    evidence = BENCH.check(seal(data)).evidence
    assert evidence is not None
    return evidence


def test_a_vaccination_and_a_test_chained_to_an_authority_have_nothing_against_them() -> None:
    assert BENCH.reasons(seal()) == []
    assert BENCH.reasons(seal(made.test_result())) == []
    checked = BENCH.check(seal())
    assert (checked.format, checked.issuer, checked.signature) == ("VDSNC", "HK", Signature.VALID)
    assert checked.evidence is not None and checked.evidence.kind is Kind.VACCINATION
    assert not checked.evidence.specimen


def test_what_a_seal_says() -> None:
    says = said(made.vaccination())
    assert says.medical is not None
    assert (says.medical.product, says.medical.doses, says.medical.on) == (
        "Made up vaccine",
        2,
        date(2022, 1, 17),
    )
    assert (says.personal.name, says.personal.masked_name) == ("MUSTER  MIA", "M***** M**")
    tested = said(made.test_result())
    assert tested.kind is Kind.TEST
    assert tested.medical is not None
    assert tested.medical.sampled_at == datetime(2022, 6, 1, tzinfo=UTC)
    assert BENCH.reasons(seal(made.test_result(result="positive"))) == ["TEST_POSITIVE"]
    assert BENCH.reasons(seal(made.test_result(result="perhaps"))) == ["EVIDENCE_MISSING"]


@pytest.mark.parametrize(
    ("written", "read"),
    [(1, 1), ("1", 1), ("12", 12), ("x", None), (1.5, None), (True, None), ("\u00b3", None), (-1, None)],
)
def test_the_number_of_a_dose_may_be_a_text(written: Any, read: int | None) -> None:
    ve = [{"des": "XM68M6", "dis": "RA01.0", "vd": [{"dvc": "2022-01-17", "seq": written}]}]
    medical = said(made.vaccination(ve=ve)).medical
    assert medical is not None and medical.doses == read


def test_of_several_vaccines_covid_counts_and_of_several_doses_the_last() -> None:
    measles = {"des": "XM28X5", "dis": "1F03", "nam": "Measles", "vd": [{"dvc": "2022-05-01", "seq": 1}]}
    covid = {"des": "XM68M6", "nam": "Covid", "vd": [{"dvc": "2022-03-01", "seq": 2}, {"dvc": "2021-03-01"}]}
    both = said(made.vaccination(ve=[measles, covid]))
    assert both.kind is Kind.VACCINATION
    assert both.medical is not None and (both.medical.product, both.medical.doses) == ("Covid", 2)
    assert said(made.vaccination(ve=[measles])).kind is Kind.PROPHYLAXIS


def test_spaces_and_the_order_of_members_do_not_make_another_code() -> None:
    text = json.loads(seal())
    turned = json.dumps(dict(reversed(text.items())), indent=3, ensure_ascii=True)
    first, second = BENCH.check(json.dumps(text)), BENCH.check(turned)
    assert second.signature is Signature.VALID
    assert first.identity == second.identity


def test_a_twin_signature_makes_no_other_code() -> None:
    data = made.vaccination()
    raw = sign(data)
    twin = raw[:32] + (P256_ORDER - int.from_bytes(raw[32:], "big")).to_bytes(32, "big")
    first, second = BENCH.check(seal(data, sigvl=url(raw))), BENCH.check(seal(data, sigvl=url(twin)))
    assert second.signature is Signature.VALID
    assert first.identity == second.identity


def test_base64_comes_with_padding_or_without_and_never_in_between() -> None:
    whole = json.loads(seal())
    for cer, sigvl in (("", ""), ("=", "=="), ("", "==")):
        sig = whole["sig"] | {"sigvl": whole["sig"]["sigvl"].rstrip("=") + sigvl}
        bare = sig["cer"].rstrip("=")
        sig["cer"] = bare + "=" * (-len(bare) % 4) if cer else bare
        assert BENCH.reasons(json.dumps(whole | {"sig": sig})) == []
    for wrong in ("=", "===", "+/=="):
        sig = whole["sig"] | {"sigvl": whole["sig"]["sigvl"].rstrip("=") + wrong}
        assert BENCH.reasons(json.dumps(whole | {"sig": sig})) == ["MALFORMED"]


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()], ids=lambda one: one.name)
def test_each_curve_signs_with_its_own_hash_and_under_its_own_name(curve: ec.EllipticCurve) -> None:
    key = ec.generate_private_key(curve)
    assert BENCH.reasons(seal(key=key)) == []
    for name in ("ES256", "ES384", "ES512", "none", "HS256", "RS256", "es256", None, 5):
        if name != made.NAMES[curve.key_size]:
            assert BENCH.reasons(seal(key=key, alg=name)) == ["ALGORITHM_MISMATCH"]


def test_one_changed_character_of_the_data_spoils_the_signature() -> None:
    whole = json.loads(seal())
    for place, changed in (("n", "MUSTER  MIB"), ("dob", "1970-01-02"), ("i", "X0000001"), ("sex", "F")):
        data = json.loads(json.dumps(whole["data"]))
        data["msg"]["pid"][place] = changed
        assert BENCH.reasons(json.dumps(whole | {"data": data})) == ["SIGNATURE_INVALID"]


def test_a_signature_in_another_form_is_invalid() -> None:
    data = made.vaccination()
    raw = sign(data)
    der = SEAL_KEY.sign(canonical(data), ec.ECDSA(made.HASHES[256]))
    zero = bytes(64)
    for wrong in (
        b"",
        der,
        raw + b"\0",
        raw[:-1],
        zero,
        raw[:32] + b"\0" + raw[32:],
        b"\xff" * 64,
        raw[:32] + bytes(32),
    ):
        assert BENCH.reasons(seal(data, sigvl=url(wrong))) == ["SIGNATURE_INVALID"]


def test_whom_no_authority_vouches_for_is_unknown() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    assert BENCH.reasons(seal(certificate=seal_certificate(by=other))) == UNKNOWN, "the name alone is nothing"
    assert BENCH.reasons(seal(certificate=seal_certificate(issuer=made.name("SG")))) == UNKNOWN
    assert BENCH.reasons(seal(cer=None)) == UNKNOWN
    assert bench(csca(other)).reasons(seal()) == UNKNOWN
    assert BENCH.reasons(seal(certificate=csca(SEAL_KEY))) == UNKNOWN, "an authority of one's own"


def test_without_any_trust_list_nothing_is_checked() -> None:
    assert Bench(signers=()).reasons(seal()) == ["NO_TRUST_LIST"]


def test_a_certificate_whose_key_makes_no_such_signature_is_unknown() -> None:
    for key in (RSA_KEY, ED_KEY, ec.generate_private_key(ec.SECP256K1())):
        assert BENCH.reasons(seal(certificate=seal_certificate(key))) == UNKNOWN


def test_the_key_of_another_certificate_does_not_sign() -> None:
    other = seal_certificate(ec.generate_private_key(ec.SECP256R1()))
    assert BENCH.reasons(seal(certificate=other)) == ["SIGNATURE_INVALID"]


def _with_a_parameter_too_many(der: bytes) -> bytes:
    """The certificate with NULL beside the algorithm inside, as Japan issued some, signed anew."""
    (_, tbs, _), (_, _, outer), _ = elements(only(der, SEQUENCE))
    parts = [whole for _, _, whole in elements(tbs)]
    oid = next(whole for _, _, whole in elements(only(parts[2], SEQUENCE)))
    parts[2] = wrapped(0x30, oid + b"\x05\x00")
    changed = wrapped(0x30, b"".join(parts))
    signature = made.AUTHORITY_KEY.sign(changed, ec.ECDSA(made.HASHES[256]))
    return wrapped(0x30, changed + outer + wrapped(0x03, b"\0" + signature))


def wrapped(tag: int, content: bytes) -> bytes:
    size = len(content)
    width = 0 if size < 128 else (size.bit_length() + 7) // 8
    length = bytes((0x80 | width,)) + size.to_bytes(width, "big") if width else bytes((size,))
    return bytes((tag,)) + length + content


def test_a_certificate_that_a_strict_parser_refuses_is_still_read() -> None:
    certificate = _with_a_parameter_too_many(seal_certificate())
    with pytest.raises(ValueError, match="ExtraData"):
        x509.load_der_x509_certificate(certificate).public_key()
    assert BENCH.reasons(seal(certificate=certificate)) == []


def test_a_certificate_that_names_two_algorithms_is_malformed() -> None:
    certificate = seal_certificate()
    sha256, sha384 = b"\x2a\x86\x48\xce\x3d\x04\x03\x02", b"\x2a\x86\x48\xce\x3d\x04\x03\x03"
    assert certificate.count(sha256) == 2
    changed = certificate.replace(sha256, sha384, 1)
    assert BENCH.reasons(seal(certificate=changed)) == ["MALFORMED"]
    assert BENCH.reasons(seal(certificate=certificate.replace(sha256, sha384))) == UNKNOWN


def test_authorities_sign_with_rsa_too() -> None:
    for pss in (False, True):
        trusting = bench(csca(made.RSA_AUTHORITY, pss=pss))
        assert trusting.reasons(seal(certificate=seal_certificate(by=made.RSA_AUTHORITY, pss=pss))) == []
        assert trusting.reasons(seal()) == UNKNOWN


def test_every_authority_of_one_name_is_tried() -> None:
    other = ec.generate_private_key(ec.SECP256R1())
    both = bench(csca(other), csca())
    assert both.reasons(seal()) == []
    assert both.reasons(seal(certificate=seal_certificate(by=other))) == []


def test_the_dates_of_certificate_and_authority_count_at_the_time_of_the_check() -> None:
    late = NOW + timedelta(days=1)
    assert BENCH.reasons(seal(certificate=seal_certificate(ends=NOW)), late) == ["SIGNER_EXPIRED"]
    assert bench(csca(ends=NOW)).reasons(seal(), late) == ["SIGNER_EXPIRED"]
    early = seal(certificate=seal_certificate(begins=late))
    assert BENCH.reasons(early) == ["SIGNER_NOT_YET_VALID"]


def test_a_seal_holds_from_its_dose_or_sample_and_names_no_end() -> None:
    assert BENCH.check(seal(), datetime(2022, 1, 17, tzinfo=UTC)).validity is Validity.VALID
    assert BENCH.check(seal(), datetime(2022, 1, 16, 23, tzinfo=UTC)).validity is Validity.NOT_YET_VALID
    assert said(made.vaccination()).expires_at is None
    undated = [{"dis": "RA01", "vd": [{"dvc": "someday", "seq": 1}]}]
    assert BENCH.reasons(seal(made.vaccination(ve=undated))) == ["VALIDITY_UNKNOWN"]


@pytest.mark.parametrize(
    ("usages", "types", "allowed"),
    [
        ((made.HEALTH_SEAL,), None, True),
        ((made.HEALTH_SEAL,), ("NV",), True),
        ((made.HEALTH_SEAL,), ("NT", "NV"), True),
        ((made.HEALTH_SEAL,), ("NT",), False),
        ((made.HEALTH_SEAL,), ("P", "I"), False),
        ((made.HEALTH_SEAL,), (), False),
        (("1.3.6.1.5.5.7.3.1",), ("NV",), False),
        (None, ("NV",), False),
        (None, None, False),
    ],
)
def test_a_certificate_for_something_else_signs_no_seals(usages: Any, types: Any, allowed: bool) -> None:
    certificate = seal_certificate(usages=usages, types=types)
    assert BENCH.reasons(seal(certificate=certificate)) == ([] if allowed else ["KEY_USAGE"])


def test_an_authority_vouches_for_its_own_state_alone() -> None:
    assert BENCH.reasons(seal(made.vaccination("SGP"))) == ["KEY_USAGE"]
    assert BENCH.reasons(seal(made.vaccination("HK"))) == []
    assert bench(csca(country="DE")).reasons(
        seal(made.vaccination("D"), certificate=seal_certificate(issuer=made.name("DE")))
    ) == []  # fmt: skip


def test_utopia_is_a_specimen() -> None:
    assert said(made.vaccination("UTO")).specimen


GOOD = json.loads(seal())


@pytest.mark.parametrize(
    "changed",
    [
        GOOD | {"more": 1},
        GOOD | {"data": [GOOD["data"]]},
        {"data": GOOD["data"]},
        {"sig": GOOD["sig"] | {"x": "icao.vacc"}},
        GOOD | {"sig": GOOD["sig"] | {"x5u": "https://example.com"}},
        GOOD | {"sig": {key: value for key, value in GOOD["sig"].items() if key != "sigvl"}},
        GOOD | {"sig": GOOD["sig"] | {"sigvl": 5}},
        GOOD | {"sig": GOOD["sig"] | {"cer": ""}},
        GOOD | {"sig": GOOD["sig"] | {"cer": "AAAA"}},
        GOOD | {"sig": GOOD["sig"] | {"cer": 5}},
        GOOD | {"data": GOOD["data"] | {"n": float("nan")}},
        GOOD | {"data": GOOD["data"] | {"n": 1 << 53}},
        GOOD | {"data": GOOD["data"] | {"n": "\ud800"}},
        [GOOD],
    ],
)
def test_what_is_not_exactly_a_seal_is_malformed(changed: Any) -> None:
    text = json.dumps(changed)
    if text.startswith("{"):
        assert BENCH.reasons(text) == ["MALFORMED"]
    else:
        assert BENCH.reasons(text) == ["NOT_A_HEALTH_CODE"]


@pytest.mark.parametrize(
    "member", ['"data": {', '"sig": {', '"t": "icao.vacc"', '"pid": {', '"alg": "ES256"']
)
def test_a_member_that_occurs_twice_is_malformed(member: str) -> None:
    text = json.dumps(GOOD)
    twice = member + "}, " + member if member.endswith("{") else member + ", " + member
    assert text.count(member) == 1
    assert BENCH.reasons(text.replace(member, twice)) == ["MALFORMED"]


@pytest.mark.parametrize("end", [" x", "{}", "\0", ",", "]"])
def test_nothing_stands_after_a_seal(end: str) -> None:
    assert BENCH.reasons(json.dumps(GOOD) + end) == ["MALFORMED"]
    assert BENCH.reasons(json.dumps(GOOD) + " \n") == []


def test_a_number_too_large_to_be_one_is_malformed() -> None:
    assert BENCH.reasons(json.dumps(GOOD).replace('"v": 1', '"v": 1e400')) == ["MALFORMED"]


@pytest.mark.parametrize(
    "change",
    [
        {"hdr": {"t": "icao.vacc", "v": 2, "is": "HKG"}},
        {"hdr": {"t": "icao.vacc", "v": True, "is": "HKG"}},
        {"hdr": {"t": "icao.vacc", "v": "1", "is": "HKG"}},
        {"hdr": {"t": "icao.vacc", "v": 1}},
        {"hdr": {"t": "icao.visa", "v": 1, "is": "HKG", "x": "icao.vacc"}},
        {"msg": "icao.vacc"},
    ],
)
def test_another_type_or_version_is_malformed_whoever_signed_it(change: dict[str, Any]) -> None:
    assert BENCH.reasons(seal(made.vaccination() | change)) == ["MALFORMED"]


@pytest.mark.parametrize("ve", [None, [], [{}], [{"vd": []}], [{"vd": [1]}], "ve", [[]], [{"vd": [{}] * 65}]])
def test_a_vaccination_without_doses_or_with_too_many_is_malformed(ve: Any) -> None:
    assert BENCH.reasons(seal(made.vaccination(ve=ve))) == ["MALFORMED"]


def test_deep_and_long_texts_are_refused_before_they_are_parsed() -> None:
    deep = '{"data":' + '{"icao.vacc":' * 400 + "1" + "}" * 400 + ',"sig":{}}'
    assert BENCH.reasons(deep.replace('"icao.vacc"', '"a"', 1) + '"icao.vacc"') == ["MALFORMED"]
    assert BENCH.reasons('{"icao":"' + "x" * 9000 + '","t":"icao.vacc"}') == ["MALFORMED"]


def test_the_canonical_form_is_that_of_the_standard() -> None:
    """RFC 8785 §3.2.2 and §3.2.3, and some numbers of its appendix B."""
    value = json.loads(
        '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],'
        '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}'
    )
    assert rfc8785.dumps(value) == (
        b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    ordered = list(json.loads(rfc8785.dumps(dict.fromkeys(names, 0))))
    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    for number, text in ((-0.0, b"0"), (5e-324, b"5e-324"), (9007199254740991, b"9007199254740991")):
        assert rfc8785.dumps(number) == text


SEALS = [seal(), seal(made.test_result()), seal(certificate=seal_certificate(types=("NV",)))]


@given(st.sampled_from(SEALS), st.integers(0, 5000), st.integers(0, 255), st.integers(0, 3))
def test_no_changed_byte_raises_and_none_makes_another_valid_code(
    text: str, place: int, byte: int, how: int
) -> None:
    data = text.encode()
    at = place % len(data)
    kept = (data[:at], data[at:], data[at + 1 :], data[at + 40 :])
    changed = kept[0] + (b"" if how == 3 else bytes((byte,))) + kept[how if how < 3 else 3]
    before, after = BENCH.check(data), BENCH.check(changed)
    if after.signature is Signature.VALID:
        assert after.identity == before.identity


@given(st.binary(max_size=600))
def test_any_bytes_for_a_certificate_give_an_assessment(der: bytes) -> None:
    checked = BENCH.check(seal(cer=url(der)))
    assert checked.signature is not Signature.VALID


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        ),
        max_leaves=20,
    )
)
def test_any_data_that_a_trusted_signer_signs_gives_an_assessment(data: Any) -> None:
    given_data = {"hdr": {"t": "icao.vacc", "v": 1, "is": "HKG"}, "msg": data}
    try:
        content = rfc8785.dumps(given_data)
    except rfc8785.CanonicalizationError:
        return
    size = 32
    r, s = decode_dss_signature(SEAL_KEY.sign(content, ec.ECDSA(made.HASHES[256])))
    value = url(r.to_bytes(size, "big") + s.to_bytes(size, "big"))
    text = json.dumps({"data": given_data, "sig": {"alg": "ES256", "cer": CERTIFICATE, "sigvl": value}})
    checked = BENCH.check(text)
    assert checked.signature is Signature.VALID
    assert checked.reasons
    order = list(ReasonId)
    assert list(checked.reasons) == sorted(checked.reasons, key=order.index)


CERTIFICATE = url(seal_certificate())
