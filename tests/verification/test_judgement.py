"""What a traveller's codes together lead to."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.verification.assessed import NOON, code, declaration, menu, vaccination
from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.evidence import Colour, Direction, Kind, MedicalStatement, Use
from verification.judgement import NOTHING_SPENT, incomplete, judge, single_use_codes
from verification.policy import Policy, built_in
from verification.reasons import ReasonId as R
from verification.verdict import Gathering, Outcome, Verdict


@dataclass
class Spent:
    uses: frozenset[bytes] = frozenset()
    covers_other_lanes: bool = True

    def __contains__(self, use: bytes) -> bool:
        return use in self.uses


ALONE = Spent(covers_other_lanes=False)


def policy(*alternatives: list[dict[str, Any]], **changes: Any) -> Policy:
    document = built_in().model_dump(mode="json") | changes
    if alternatives:
        document["evidence"] = {"any_of": [{"all_of": list(asked)} for asked in alternatives]}
    return Policy.model_validate_json(json.dumps(document))


COLOUR = {"kind": "health_colour"}
DECLARATION = {"kind": "customs_declaration", "max_age_h": 24}
BOTH = policy([COLOUR, DECLARATION])


def verdict(*codes: Assessment, by: Policy | None = None, spent: Any = NOTHING_SPENT, **more: Any) -> Verdict:
    answer = judge(codes, spent, by if by is not None else built_in(), more.pop("at", NOON), **more)
    assert isinstance(answer, Verdict), answer
    return answer


def test_one_valid_code_is_enough_without_a_policy_of_the_lane() -> None:
    for one in (code(), declaration(), vaccination()):
        answer = verdict(one)
        assert (answer.outcome, answer.reasons) == (Outcome.ADMIT, (R.ADMITTED,))


def test_without_any_usable_policy_nobody_is_admitted() -> None:
    answer = judge([code()], NOTHING_SPENT, None, NOON)
    assert answer == Verdict(Outcome.REFER, (R.NO_POLICY,))


@pytest.mark.parametrize(
    ("changes", "outcome", "why"),
    [
        ({"signature": Signature.INVALID}, Outcome.REFUSE, R.SIGNATURE_INVALID),
        ({"signature": Signature.UNKNOWN_SIGNER}, Outcome.REFER, R.UNKNOWN_SIGNER),
        ({"signature": Signature.UNCHECKED}, Outcome.REFER, R.NOT_VERIFIABLE_OFFLINE),
        ({"signature": Signature.UNCHECKED, "reasons": (R.MALFORMED,)}, Outcome.REFUSE, R.MALFORMED),
        ({"revocation": Revocation.REVOKED}, Outcome.REFUSE, R.REVOKED),
        ({"revocation": Revocation.NO_LIST}, Outcome.REFER, R.NO_REVOCATION_LIST),
        ({"revocation": Revocation.STALE}, Outcome.REFER, R.REVOCATION_LIST_STALE),
        ({"validity": Validity.EXPIRED}, Outcome.REFUSE, R.EXPIRED),
        ({"validity": Validity.NOT_YET_VALID}, Outcome.REFUSE, R.NOT_YET_VALID),
        ({"validity": Validity.UNKNOWN}, Outcome.REFER, R.VALIDITY_UNKNOWN),
        ({"reasons": (R.CLOCK_UNTRUSTED,)}, Outcome.REFER, R.CLOCK_UNTRUSTED),
        ({"specimen": True}, Outcome.REFER, R.SPECIMEN),
        ({"colour": Colour.RED}, Outcome.REFUSE, R.COLOUR_RED),
        ({"colour": Colour.YELLOW}, Outcome.REFER, R.COLOUR_YELLOW),
    ],
)
def test_each_check_that_says_no_counts_with_or_without_its_reason(
    changes: dict[str, Any], outcome: Outcome, why: R
) -> None:
    answer = verdict(code(**changes))
    assert answer.outcome is outcome
    assert answer.reasons[0] is why
    assert answer.spends == ()


def test_nothing_is_believed_of_a_code_whose_signature_does_not_hold() -> None:
    forged = code(colour=Colour.RED, signature=Signature.UNKNOWN_SIGNER, specimen=True)
    assert verdict(forged) == Verdict(Outcome.REFER, (R.UNKNOWN_SIGNER,))


def test_a_bad_code_decides_although_a_good_one_lies_beside_it() -> None:
    bad = code("GD1", scheme="GD", signature=Signature.INVALID, reasons=(R.SIGNATURE_INVALID,))
    assert verdict(code(), bad).outcome is Outcome.REFUSE


def test_a_refusal_beats_a_referral_and_stands_first() -> None:
    unknown = code("GD1", signature=Signature.UNKNOWN_SIGNER)
    expired = code(validity=Validity.EXPIRED)
    answer = verdict(unknown, expired)
    assert answer.outcome is Outcome.REFUSE
    assert answer.reasons == (R.EXPIRED, R.UNKNOWN_SIGNER)


def test_reasons_stand_in_the_order_of_judgement() -> None:
    worst = code(revocation=Revocation.REVOKED, validity=Validity.EXPIRED, colour=Colour.RED)
    assert verdict(worst).reasons == (R.REVOKED, R.EXPIRED, R.COLOUR_RED)


def test_the_policy_asks_for_one_more_code() -> None:
    assert judge([code()], NOTHING_SPENT, BOTH, NOON) == Gathering((Kind.CUSTOMS_DECLARATION,))
    assert judge([], NOTHING_SPENT, BOTH, NOON) == Gathering((Kind.HEALTH_COLOUR, Kind.CUSTOMS_DECLARATION))
    assert verdict(code(), declaration(), by=BOTH).outcome is Outcome.ADMIT


def test_when_no_further_code_comes_an_officer_decides() -> None:
    gathering = judge([code()], NOTHING_SPENT, BOTH, NOON)
    assert isinstance(gathering, Gathering)
    assert incomplete(gathering) == Verdict(Outcome.REFER, (R.EVIDENCE_MISSING,))


def test_one_code_never_stands_for_two() -> None:
    two = policy([COLOUR, COLOUR])
    twin = replace(code(), kid=b"the same code, written differently")
    assert isinstance(judge([code(), twin], NOTHING_SPENT, two, NOON), Gathering)
    assert verdict(code(), code("GD1", scheme="GD"), by=two).outcome is Outcome.ADMIT


def test_two_requirements_find_the_codes_that_fit_both() -> None:
    any_then_hk = policy([COLOUR, {**COLOUR, "schemes": ["HK"]}])
    newest_fits_both = code(issued=NOON)
    older_fits_one = code("GD1", scheme="GD", issued=NOON - timedelta(hours=2))
    assert verdict(newest_fits_both, older_fits_one, by=any_then_hk).outcome is Outcome.ADMIT


def test_a_menu_decides_nothing_beside_a_code_and_is_named_when_alone() -> None:
    assert verdict(menu(), code()).outcome is Outcome.ADMIT
    assert verdict(menu(), code(validity=Validity.EXPIRED)).reasons == (R.EXPIRED,)
    assert verdict(menu()) == Verdict(Outcome.REFER, (R.NOT_A_HEALTH_CODE,))


def test_a_red_code_is_not_hidden_by_a_green_one() -> None:
    for beside in (code(serial=b"2"), code("GD1", scheme="GD")):
        assert verdict(code(colour=Colour.RED), beside).reasons[0] is R.COLOUR_RED


def test_a_policy_may_accept_yellow_of_one_scheme_and_may_refer_red() -> None:
    mild = policy(
        [{**COLOUR, "schemes": ["GD"], "colours": ["green", "yellow"]}],
        [{**COLOUR, "schemes": ["HK"]}],
        outcomes={"COLOUR_RED": "REFER"},
    )
    yellow = {"colour": Colour.YELLOW}
    assert verdict(code("GD1", scheme="GD", **yellow), by=mild).outcome is Outcome.ADMIT
    assert verdict(code(**yellow), by=mild).reasons == (R.COLOUR_YELLOW,)
    assert verdict(code(colour=Colour.RED), by=mild) == Verdict(Outcome.REFER, (R.COLOUR_RED,))


def test_the_fresh_code_counts_and_the_old_one_of_the_same_kind_is_forgotten() -> None:
    six_hours = policy([{**COLOUR, "max_age_h": 6}])
    old = code(issued=NOON - timedelta(hours=6, seconds=1), serial=b"old")
    assert verdict(old, by=six_hours) == Verdict(Outcome.REFUSE, (R.TOO_OLD,))
    assert verdict(old, code(), by=six_hours).outcome is Outcome.ADMIT
    assert verdict(code(issued=NOON - timedelta(hours=6)), by=six_hours).outcome is Outcome.ADMIT


def test_an_old_code_is_forgotten_beside_a_fresh_one_while_another_is_awaited() -> None:
    both = policy([{**COLOUR, "max_age_h": 6}, DECLARATION])
    old = code("GD1", scheme="GD", issued=NOON - timedelta(hours=7))
    assert judge([old, code()], NOTHING_SPENT, both, NOON) == Gathering((Kind.CUSTOMS_DECLARATION,))
    assert verdict(old, declaration(), by=both).reasons == (R.TOO_OLD,)


def test_an_old_code_is_forgotten_when_another_alternative_is_met() -> None:
    either = policy([{**COLOUR, "max_age_h": 6}], [{"kind": "vaccination"}])
    old = code(issued=NOON - timedelta(hours=7))
    assert verdict(old, vaccination(), by=either).outcome is Outcome.ADMIT


def test_a_code_of_the_day_ends_at_midnight_of_its_own_zone() -> None:
    of_the_day = policy([{**COLOUR, "same_day": "Asia/Hong_Kong"}])
    last_minute = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)
    assert verdict(code(), by=of_the_day, at=last_minute).outcome is Outcome.ADMIT
    assert verdict(code(), by=of_the_day, at=last_minute + timedelta(seconds=1)).reasons == (R.TOO_OLD,)


def test_an_age_that_cannot_be_told_is_not_known() -> None:
    asked = policy([{**COLOUR, "max_age_h": 6}])
    assert verdict(code(issued=None), by=asked) == Verdict(Outcome.REFER, (R.VALIDITY_UNKNOWN,))


def test_the_age_of_a_test_runs_from_the_sample() -> None:
    asked = policy([{"kind": "test", "max_age_h": 48, "counted_from": "event"}])

    def sampled(hours: int) -> Assessment:
        says = MedicalStatement(sampled_at=NOON - timedelta(hours=hours), negative=True)
        return code("HC1", Kind.TEST, colour=None, holder=None, medical=says, issued=NOON)

    assert verdict(sampled(47), by=asked).outcome is Outcome.ADMIT
    assert verdict(sampled(49), by=asked).reasons == (R.TOO_OLD,)
    assert verdict(code("HC1", Kind.TEST, colour=None), by=asked).reasons == (R.VALIDITY_UNKNOWN,)


def test_mutual_recognition_and_direction_are_the_policys() -> None:
    to_macao = policy(
        [{**COLOUR, "schemes": ["MO", "GD"]}], direction="to_macao", formats=["HK1", "MO1", "CD1"]
    )
    assert verdict(code(), by=to_macao) == Verdict(Outcome.REFER, (R.SCHEME_NOT_ACCEPTED,))
    assert verdict(code("MO1", scheme="MO"), by=to_macao).outcome is Outcome.ADMIT
    assert (
        verdict(code("MO1", scheme="MO", direction=Direction.TO_MACAO), by=to_macao).outcome is Outcome.ADMIT
    )
    assert verdict(code("MO1", scheme="MO", direction=Direction.TO_MAINLAND), by=to_macao).reasons == (
        R.WRONG_DIRECTION,
    )
    assert verdict(declaration(), by=to_macao).reasons == (R.KIND_NOT_ACCEPTED,)
    assert verdict(code("GD1", scheme="GD"), by=to_macao).reasons == (R.FORMAT_NOT_ALLOWED,)


def test_a_code_nobody_asked_for_does_not_disturb_one_that_was() -> None:
    assert judge([code(), vaccination()], NOTHING_SPENT, BOTH, NOON) == Gathering((Kind.CUSTOMS_DECLARATION,))
    assert verdict(vaccination(), by=BOTH).reasons == (R.KIND_NOT_ACCEPTED,)


def test_a_requirement_may_name_formats() -> None:
    only_hc1 = policy([{"kind": "vaccination", "formats": ["HC1"]}])
    assert verdict(vaccination(), by=only_hc1).outcome is Outcome.ADMIT
    assert verdict(code("PV1", Kind.VACCINATION, colour=None), by=only_hc1).reasons == (R.KIND_NOT_ACCEPTED,)


def test_a_single_use_code_is_spent_by_its_admission_and_refused_the_next_time() -> None:
    admitted = verdict(declaration())
    assert admitted.spends == (b"use|CD11",)
    again = verdict(declaration(), spent=Spent(frozenset(admitted.spends)))
    assert again == Verdict(Outcome.REFUSE, (R.ALREADY_USED,))
    assert verdict(declaration(use=Use.MULTIPLE)).spends == ()


def test_a_referral_spends_nothing_until_an_officer_admits() -> None:
    codes = [declaration(), code()]
    answer = verdict(*codes, by=policy([COLOUR, DECLARATION], spot_check_one_in=1), draw=0)
    assert (answer.reasons, answer.spends) == ((R.SPOT_CHECK,), ())
    assert single_use_codes(codes, BOTH, NOON) == (b"use|CD11",)
    assert single_use_codes([code(signature=Signature.INVALID, use=Use.SINGLE)], BOTH, NOON) == ()


def test_of_two_declarations_the_newer_is_spent_whichever_was_shown_first() -> None:
    newer, older = declaration(b"2"), declaration(b"1", issued=NOON - timedelta(hours=9))
    assert verdict(newer, older).spends == verdict(older, newer).spends == (b"use|CD12",)


def test_a_code_that_may_be_used_again_is_taken_before_one_that_is_spent_by_it() -> None:
    single = code(use=Use.SINGLE, issued=NOON, serial=b"2")
    assert verdict(single, code()).spends == verdict(code(), single).spends == ()


def test_a_lane_may_let_any_code_be_used_once() -> None:
    once = policy([{**COLOUR, "use": "single"}])
    spent = Spent(frozenset(verdict(code(), by=once).spends))
    assert spent.uses
    assert verdict(code(), by=once, spent=spent).reasons == (R.ALREADY_USED,)


def test_other_lanes_that_cannot_be_asked_are_a_doubt_that_the_policy_decides() -> None:
    assert verdict(declaration(), spent=ALONE) == Verdict(Outcome.REFER, (R.OTHER_LANES_UNKNOWN,))
    noted = verdict(declaration(), spent=ALONE, by=policy(single_use_elsewhere="admit_noted"))
    assert noted == Verdict(Outcome.ADMIT, (R.ADMITTED_NOTED, R.OTHER_LANES_UNKNOWN), (b"use|CD11",))
    assert verdict(code(), spent=ALONE).reasons == (R.ADMITTED,)


def test_a_single_use_code_without_a_serial_cannot_be_told_from_a_used_one() -> None:
    unknown = declaration()
    assert unknown.identity is not None
    unknown = replace(unknown, identity=replace(unknown.identity, use=None))
    by = policy(single_use_elsewhere="admit_noted")
    assert verdict(unknown, by=by) == Verdict(Outcome.REFER, (R.OTHER_LANES_UNKNOWN,))


def test_codes_of_two_holders_are_referred_at_once() -> None:
    other = code("GD1", scheme="GD", holder=b"somebody-else...")
    assert verdict(code(), other).reasons == (R.HOLDER_MISMATCH,)
    assert verdict(code(), other, by=policy(one_holder=False)).outcome is Outcome.ADMIT


def test_codes_that_cannot_be_bound_to_one_holder_are_referred() -> None:
    mixed = policy([COLOUR, {"kind": "vaccination"}])
    assert verdict(code(), vaccination(), by=mixed) == Verdict(Outcome.REFER, (R.HOLDER_UNBOUND,))
    unbound = policy([COLOUR, {"kind": "vaccination"}], one_holder=False)
    assert verdict(code(), vaccination(), by=unbound).outcome is Outcome.ADMIT
    assert verdict(vaccination()).outcome is Outcome.ADMIT, "one code alone has one holder"


def test_a_demo_lane_takes_specimens_and_a_real_one_refers_them() -> None:
    assert verdict(code(specimen=True), by=policy(accept_specimens=True)).outcome is Outcome.ADMIT
    assert verdict(code(specimen=True)).reasons == (R.SPECIMEN,)


def test_one_crossing_in_n_is_drawn_for_a_spot_check() -> None:
    fourth = policy(spot_check_one_in=4)
    drawn = [verdict(code(), by=fourth, draw=draw).reasons[0] for draw in range(8)]
    assert drawn == [R.SPOT_CHECK, R.ADMITTED, R.ADMITTED, R.ADMITTED] * 2
    assert verdict(code(), by=fourth).reasons == (R.ADMITTED,)
    assert verdict(code(validity=Validity.EXPIRED), by=fourth, draw=0).reasons == (R.EXPIRED,)


def test_a_policy_moves_a_reason_between_refer_and_refuse() -> None:
    strict = policy(outcomes={"SIGNER_EXPIRED": "REFUSE", "TEST_POSITIVE": "REFUSE", "REVOKED": "REFER"})
    assert verdict(code(reasons=(R.SIGNER_EXPIRED,)), by=strict).outcome is Outcome.REFUSE
    assert verdict(code(reasons=(R.REVOKED,)), by=strict).outcome is Outcome.REFER


def test_a_code_that_ran_out_while_others_were_gathered_counts_no_longer() -> None:
    health = code()
    assert health.evidence is not None and health.evidence.expires_at is not None
    later = health.evidence.expires_at + timedelta(seconds=1)
    answer = verdict(health, declaration(), by=BOTH, at=later)
    assert (answer.outcome, answer.reasons[0]) == (Outcome.REFUSE, R.EXPIRED)
