"""What only looks like a VDS-NC seal: nothing raises, and no changed byte makes another valid one."""

from __future__ import annotations

import json
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from tests.verification import made_seals as made
from tests.verification.made_seals import SEAL_KEY, bench, seal, seal_certificate, url
from verification.assessment import Signature
from verification.reasons import ReasonId

BENCH = bench()
NAMES = ["hdr", "msg", "t", "v", "is", "ve", "vd", "dvc", "dis", "pid", "n", "dat", "tr", "r", "sc"]


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
