"""What a text is, told by its first characters."""

from __future__ import annotations

import pytest

from tests.verification.made import Bench, hc1

BENCH = Bench()
VDSNC = '{"data":{"hdr":{"t":"icao.vacc","v":1,"is":"UTO"}},"sig":{}}'


@pytest.mark.parametrize(
    ("text", "looks_like"),
    [
        ("", "nothing"),
        (" \r\n", "nothing"),
        ("https://example.org/menu", "link"),
        ("HTTP://EXAMPLE.ORG", "link"),
        ("https://www.healthcode.gov.hk.example.org/", "link"),
        ("https://example.org/www.healthcode.gov.hk", "link"),
        ("www.example.org", "link"),
        ("00020101021226580012hk.com.hkicl", "payment"),
        ("wxp://f2f0abc", "payment"),
        ("M1MUSTER/MIA          EABC123 HKGLISXX 0123", "boarding_pass"),
        ("WIFI:S:cafe;T:WPA;P:secret;;", "wifi"),
        ("BEGIN:VCARD\nVERSION:3.0", "contact"),
        ("MECARD:N:Muster;;", "contact"),
        ("hello", "text"),
        ("hc1:6BF", "text"),
        (" HC1:6BF", "text"),
        ("HC1", "text"),
        ("HC1;6BF", "text"),
        ("hk1:6BF", "text"),
        ("\ud800", "text"),
        ("{}", "text"),
    ],
)
def test_a_text_that_is_no_health_code_is_named_and_nothing_else_is_said(text: str, looks_like: str) -> None:
    checked = BENCH.check(text)
    assert (checked.format, checked.looks_like) == ("OTHER", looks_like)
    assert [why.value for why in checked.reasons] == ["NOT_A_HEALTH_CODE"]
    assert not checked.is_health_code


@pytest.mark.parametrize(
    ("text", "name"),
    [("B64:UEsDBA==", "DIVOC"), ("PK\x03\x04rest", "DIVOC")],
)  # fmt: skip
def test_a_health_code_that_cannot_be_verified_here_says_so(text: str, name: str) -> None:
    checked = BENCH.check(text)
    assert checked.format == name
    assert [why.value for why in checked.reasons] == ["NOT_VERIFIABLE_OFFLINE"]
    assert checked.is_health_code
    assert [why.value for why in Bench(allowed=frozenset({"HC1"})).check(text).reasons] == [
        "FORMAT_NOT_ALLOWED"
    ]


@pytest.mark.parametrize(
    ("text", "looks_like"),
    [
        ("HKSARG|VAC|3.00|1|", "hksar_record"),
        ("HC2:6BF", "newer_certificate"),
        ("https://www.healthcode.gov.hk/code?id=1", "online_health_code"),
        ("HTTPS://APP.SSM.GOV.MO/healthPHD", "online_health_code"),
        ("https://htdecl.chinaport.gov.cn", "online_health_code"),
    ],
)
def test_a_claim_to_be_a_health_code_without_a_format_of_ours_is_for_an_officer(
    text: str, looks_like: str
) -> None:
    checked = BENCH.check(text)
    assert (checked.format, checked.looks_like) == ("OTHER", looks_like)
    assert [why.value for why in checked.reasons] == ["NOT_VERIFIABLE_OFFLINE"]
    assert checked.is_health_code


def test_a_format_that_the_lane_does_not_allow_is_not_opened() -> None:
    checked = Bench(allowed=frozenset({"HK1"})).check(hc1())
    assert [why.value for why in checked.reasons] == ["FORMAT_NOT_ALLOWED"]
    assert checked.signature == "UNCHECKED"
    assert checked.evidence is None
