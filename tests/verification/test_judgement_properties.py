"""What holds for every judgement, whatever the codes and the policy."""

import json
import random
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.assessed import NOON, code, menu
from verification.assessment import Assessment, Revocation, Signature, Validity
from verification.evidence import Colour, Direction, Kind, Use
from verification.findings import is_good
from verification.judgement import judge
from verification.policy import FIXED, NOT_KNOWING, Policy, built_in
from verification.reasons import ReasonId, reason
from verification.verdict import Gathering, Outcome, Verdict


@dataclass
class Spent:
    uses: frozenset[bytes]
    covers_other_lanes: bool

    def __contains__(self, use: bytes) -> bool:
        return use in self.uses


DOUBTS = [one for one in ReasonId if reason(one).outcome != Outcome.ADMIT]
SCHEMES = {"HK1": "HK", "GD1": "GD", "CD1": "CN", "HC1": "DCC"}

codes = st.builds(
    code,
    st.sampled_from(sorted(SCHEMES)),
    st.sampled_from([Kind.HEALTH_COLOUR, Kind.CUSTOMS_DECLARATION, Kind.VACCINATION]),
    scheme=st.sampled_from(sorted(set(SCHEMES.values()))),
    colour=st.sampled_from([None, Colour.GREEN, Colour.GREEN, Colour.YELLOW, Colour.RED]),
    issued=st.sampled_from([None, *(NOON - timedelta(hours=hours) for hours in (0, 2, 7, 30))]),
    direction=st.sampled_from([Direction.ANY, Direction.TO_MACAO]),
    use=st.sampled_from(Use),
    holder=st.sampled_from([None, b"holder-of-tests-", b"somebody-else..."]),
    specimen=st.booleans(),
    signature=st.sampled_from([Signature.VALID] * 4 + list(Signature)),
    validity=st.sampled_from([Validity.VALID] * 4 + list(Validity)),
    revocation=st.sampled_from([Revocation.CLEAR] * 4 + list(Revocation)),
    reasons=st.one_of(st.just(()), st.lists(st.sampled_from(DOUBTS), max_size=2).map(tuple)),
    serial=st.sampled_from([b"1", b"2", b"3"]),
)
good_codes = st.builds(
    code,
    st.sampled_from(["HK1", "GD1", "CD1"]),
    st.sampled_from([Kind.HEALTH_COLOUR, Kind.CUSTOMS_DECLARATION]),
    use=st.sampled_from(Use),
    serial=st.sampled_from([b"1", b"2", b"3"]),
)
asked = st.builds(
    lambda kind, age, use: {"kind": kind, "max_age_h": age, "use": use},
    st.sampled_from(["health_colour", "customs_declaration", "vaccination"]),
    st.sampled_from([None, 6, 24]),
    st.sampled_from(["as_issued", "single"]),
)
movable = [one for one in DOUBTS if one not in NOT_KNOWING | FIXED]
policies = st.builds(
    lambda any_of, one_holder, elsewhere, specimens, outcomes: Policy.model_validate_json(
        json.dumps(
            built_in().model_dump(mode="json")
            | {
                "evidence": {"any_of": [{"all_of": one} for one in any_of]},
                "one_holder": one_holder,
                "single_use_elsewhere": elsewhere,
                "accept_specimens": specimens,
                "outcomes": outcomes,
            }
        )
    ),
    st.lists(st.lists(asked, min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(["refer", "admit_noted"]),
    st.booleans(),
    st.dictionaries(st.sampled_from(movable), st.sampled_from(["REFER", "REFUSE"]), max_size=3),
)
spents = st.builds(
    Spent, st.sampled_from([frozenset(), frozenset([b"use|CD11", b"use|HK12"])]), st.booleans()
)
several = st.lists(st.one_of(codes, good_codes), max_size=4)


def admitted(answer: Verdict | Gathering) -> bool:
    return isinstance(answer, Verdict) and answer.outcome is Outcome.ADMIT


@given(several, spents, policies)
@settings(max_examples=300, deadline=None)
def test_nobody_is_admitted_while_any_code_has_no_valid_signature(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    if admitted(judge(shown, spent, by, NOON)):
        assert shown
        assert all(one.signature is Signature.VALID and is_good(one) for one in shown)


@given(several, codes.filter(lambda one: not is_good(one)), spents, policies)
@settings(max_examples=300, deadline=None)
def test_a_bad_code_never_helps(shown: list[Assessment], bad: Assessment, spent: Spent, by: Policy) -> None:
    assert not admitted(judge([*shown, bad], spent, by, NOON))


@given(several, spents, policies, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_the_order_in_which_codes_were_shown_does_not_matter(
    shown: list[Assessment], spent: Spent, by: Policy, chance: random.Random
) -> None:
    otherwise = list(shown)
    chance.shuffle(otherwise)
    assert judge(shown, spent, by, NOON) == judge(otherwise, spent, by, NOON)


@given(several.filter(bool), spents, policies)
@settings(max_examples=200, deadline=None)
def test_a_text_that_is_no_health_code_changes_nothing(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    assert judge([*shown, menu()], spent, by, NOON) == judge(shown, spent, by, NOON)


@given(several, spents, policies)
@settings(max_examples=300, deadline=None)
def test_the_first_reason_leads_to_the_outcome_and_the_rest_are_in_the_order_of_judgement(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    answer = judge(shown, spent, by, NOON)
    if isinstance(answer, Verdict):
        assert by.outcome(answer.reasons[0]) is answer.outcome
        rest = [list(ReasonId).index(one) for one in answer.reasons[1:]]
        assert rest == sorted(set(rest))
        if answer.outcome is Outcome.REFER:
            assert not [one for one in answer.reasons if by.outcome(one) is Outcome.REFUSE]


@given(several, spents, policies)
@settings(max_examples=200, deadline=None)
def test_only_an_admission_spends_and_never_what_was_spent(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    answer = judge(shown, spent, by, NOON)
    if isinstance(answer, Verdict) and answer.spends:
        assert answer.outcome is Outcome.ADMIT
        assert not [use for use in answer.spends if use in spent]


@given(several, spents, policies)
@settings(max_examples=200, deadline=None)
def test_specimens_are_never_admitted_where_they_do_not_count(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    real = by.model_copy(update={"accept_specimens": False})
    if admitted(judge(shown, spent, real, NOON)):
        assert not [one for one in shown if one.evidence is not None and one.evidence.specimen]


@given(several, spents, policies)
@settings(max_examples=200, deadline=None)
def test_codes_of_several_holders_are_never_admitted_where_one_is_asked_for(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    one_holder = by.model_copy(update={"one_holder": True})
    other = replace(code(holder=b"yet another one."), kid=b"other")
    if shown and admitted(judge([*shown, other], spent, one_holder, NOON)):
        assert {one.evidence.holder for one in shown if one.evidence is not None} <= {
            None,
            b"yet another one.",
        }


rules_together = st.sampled_from(
    [
        {"===": [1, 1]},
        {"===": [1, 2]},
        {">": ["a", 1]},
        {"===": [{"var": "payload.codes.0.format"}, "HK1"]},
        {"===": [{"var": "payload.codes.0.scheme"}, {"var": "payload.codes.1.scheme"}]},
        {"in": [{"var": "payload.codes.1.use"}, ["single"]]},
    ]
)
ruled = st.builds(
    lambda alternatives: Policy.model_validate_json(
        json.dumps(
            built_in().model_dump(mode="json")
            | {
                "evidence": {
                    "any_of": [
                        {
                            "all_of": requirements,
                            "rules": [
                                {"id": f"R{place}-{number}", "says": "Made up.", "logic": logic}
                                for number, logic in enumerate(logics)
                            ],
                        }
                        for place, (requirements, logics) in enumerate(alternatives)
                    ]
                }
            }
        )
    ),
    st.lists(
        st.tuples(st.lists(asked, min_size=1, max_size=3), st.lists(rules_together, max_size=2)),
        min_size=1,
        max_size=3,
    ),
)
any_policy = st.one_of(policies, ruled)


def outcome(answer: Verdict | Gathering) -> Outcome | None:
    return answer.outcome if isinstance(answer, Verdict) else None


@given(several, spents, ruled, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_with_rules_over_codes_together_too_the_order_does_not_matter_and_no_bad_code_is_admitted(
    shown: list[Assessment], spent: Spent, by: Policy, chance: random.Random
) -> None:
    otherwise = list(shown)
    chance.shuffle(otherwise)
    answer = judge(shown, spent, by, NOON)
    assert answer == judge(otherwise, spent, by, NOON)
    if admitted(answer):
        assert all(is_good(one) for one in shown)


@given(several, spents, ruled)
@settings(max_examples=200, deadline=None)
def test_rules_only_ever_take_away(shown: list[Assessment], spent: Spent, by: Policy) -> None:
    free = by.model_copy(
        update={
            "evidence": by.evidence.model_copy(
                update={"any_of": tuple(one.model_copy(update={"rules": ()}) for one in by.evidence.any_of)}
            )
        }
    )
    if admitted(judge(shown, spent, by, NOON)):
        assert outcome(judge(shown, spent, free, NOON)) in (Outcome.ADMIT, Outcome.REFER), (
            "maybe unbound there"
        )
    if outcome(judge(shown, spent, free, NOON)) is Outcome.REFUSE:
        assert outcome(judge(shown, spent, by, NOON)) is Outcome.REFUSE


@given(several, codes, spents, any_policy)
@settings(max_examples=300, deadline=None)
def test_a_revoked_code_beside_them_refuses_whatever_else_is_shown(
    shown: list[Assessment], other: Assessment, spent: Spent, by: Policy
) -> None:
    revoked = replace(
        other, signature=Signature.VALID, revocation=Revocation.REVOKED, reasons=(ReasonId.REVOKED,)
    )
    answer = judge([*shown, revoked], spent, by, NOON)
    assert isinstance(answer, Verdict)
    assert ReasonId.REVOKED in answer.reasons
    assert answer.outcome is not Outcome.ADMIT
    if by.outcome(ReasonId.REVOKED) is Outcome.REFUSE:
        assert answer.outcome is Outcome.REFUSE


@given(several.filter(bool), spents, any_policy, st.data())
@settings(max_examples=300, deadline=None)
def test_hiding_a_code_never_admits_who_was_refused_unless_it_was_the_reason(
    shown: list[Assessment], spent: Spent, by: Policy, data: st.DataObject
) -> None:
    hidden = data.draw(st.integers(0, len(shown) - 1))
    rest = shown[:hidden] + shown[hidden + 1 :]
    before, after = judge(shown, spent, by, NOON), judge(rest, spent, by, NOON)
    if outcome(before) is Outcome.REFUSE and admitted(after):
        alone = judge([shown[hidden]], spent, by, NOON)
        assert outcome(alone) is Outcome.REFUSE, "the code that was hidden is refused by itself"


@given(several, spents, any_policy, st.integers(0, 1000))
@settings(max_examples=200, deadline=None)
def test_judging_changes_nothing_and_says_the_same_again(
    shown: list[Assessment], spent: Spent, by: Policy, draw: int
) -> None:
    before = repr((shown, spent, by))
    first = judge(tuple(shown), spent, by, NOON, draw)
    assert first == judge(tuple(shown), spent, by, NOON, draw)
    assert repr((shown, spent, by)) == before


ORDER_OF_LAW = (
    (ReasonId.SIGNATURE_INVALID, ReasonId.UNKNOWN_SIGNER, ReasonId.KEY_USAGE),
    (ReasonId.REVOKED, ReasonId.NO_REVOCATION_LIST, ReasonId.REVOCATION_LIST_STALE),
    (
        ReasonId.EXPIRED,
        ReasonId.NOT_YET_VALID,
        ReasonId.TEST_POSITIVE,
        ReasonId.RULE_REFUSED,
        ReasonId.RULE_OPEN,
    ),
    (ReasonId.ALREADY_USED, ReasonId.OTHER_LANES_UNKNOWN),
    (
        ReasonId.COLOUR_RED,
        ReasonId.TOO_OLD,
        ReasonId.WRONG_DIRECTION,
        ReasonId.HOLDER_MISMATCH,
        ReasonId.SPOT_CHECK,
    ),
)
"""Signature, revocation, validity and rules, use, policy."""


def test_the_order_of_judgement_is_signature_revocation_validity_use_policy() -> None:
    places = [[list(ReasonId).index(why) for why in stage] for stage in ORDER_OF_LAW]
    for earlier, later in pairwise(places):
        assert max(earlier) < min(later)


@given(several, spents, any_policy)
@settings(max_examples=200, deadline=None)
def test_what_decides_is_the_earliest_reason_of_its_gravity(
    shown: list[Assessment], spent: Spent, by: Policy
) -> None:
    answer = judge(shown, spent, by, NOON)
    if isinstance(answer, Verdict) and answer.outcome is not Outcome.ADMIT:
        places = [list(ReasonId).index(one) for one in answer.reasons if by.outcome(one) is answer.outcome]
        assert places[0] == min(places)
