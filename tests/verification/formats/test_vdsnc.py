"""VDS-NC: what a seal says, from when it holds, and that one seal in many dresses is one."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.verification import made_seals as made
from tests.verification.made import P256_ORDER
from tests.verification.made_seals import bench, seal, sign, url
from verification.assessment import Signature, Validity
from verification.evidence import Evidence, Kind

BENCH = bench()


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


def test_a_seal_holds_from_its_dose_or_sample_and_names_no_end() -> None:
    assert BENCH.check(seal(), datetime(2022, 1, 17, tzinfo=UTC)).validity is Validity.VALID
    assert BENCH.check(seal(), datetime(2022, 1, 16, 23, tzinfo=UTC)).validity is Validity.NOT_YET_VALID
    assert said(made.vaccination()).expires_at is None
    undated = [{"dis": "RA01", "vd": [{"dvc": "someday", "seq": 1}]}]
    assert BENCH.reasons(seal(made.vaccination(ve=undated))) == ["VALIDITY_UNKNOWN"]


def test_utopia_is_a_specimen() -> None:
    assert said(made.vaccination("UTO")).specimen
