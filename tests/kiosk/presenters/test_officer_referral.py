"""The referral card: how sure each code is, what to check, and what the policy says of an entered paper."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import Checked, LaneView
from kiosk.presenters.officer_referral import Referral, referral
from tests.kiosk.desk.ground import EVIDENCE, needs_second_officer, referred
from verification.assessment import Revocation, Signature, Validity
from verification.entered import Supposed
from verification.evidence import Kind, Origin, Personal
from verification.reasons import ReasonId
from verification.verdict import Outcome

ZONE = ZoneInfo("Asia/Hong_Kong")
PAPER = replace(EVIDENCE, origin=Origin.ENTERED, personal=Personal(), kind=Kind.TEST, colour=None)


def card(view: LaneView, language: str = "en") -> Referral:
    made = referral(view, language, ZONE, needs_second_officer, "O-17")
    assert made is not None
    return made


def shown(*reasons: ReasonId, **changes: object) -> LaneView:
    view = referred("c", *reasons)
    assert view.crossing is not None
    return replace(view, crossing=replace(view.crossing, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        (
            Checked(Signature.VALID, Validity.VALID, Revocation.CLEAR),
            "Genuine: signature right, in date, not revoked",
        ),
        (
            Checked(Signature.VALID, Validity.EXPIRED, Revocation.STALE),
            "Genuine: signature right, out of date, revocation not checked, list too old",
        ),
        (
            Checked(Signature.UNKNOWN_SIGNER, Validity.UNKNOWN, Revocation.NOT_APPLICABLE),
            "Not proven: signer not known here, dates not known",
        ),
        (
            Checked(Signature.INVALID, Validity.VALID, Revocation.NO_LIST),
            "Not proven: signature wrong, in date, revocation not checked, no list",
        ),
    ],
)
def test_each_code_says_how_sure_it_is(checked: Checked, words: str) -> None:
    (proof,) = card(shown(checks=(checked,))).proofs
    assert ("How sure", words) in proof.rows


def test_every_answer_of_every_check_has_words_in_every_language() -> None:
    said: set[str] = set()
    for signature in Signature:
        for validity in Validity:
            for revocation in Revocation:
                for language in LANGUAGES:
                    view = shown(checks=(Checked(signature, validity, revocation),))
                    (proof,) = card(view, language).proofs
                    said.add(proof.rows[-2][1])
    assert len(said) == len(Signature) * len(Validity) * len(Revocation) * len(LANGUAGES)


def test_a_lane_of_another_version_that_says_nothing_is_not_taken_for_sure() -> None:
    (proof,) = card(shown()).proofs
    assert "How sure" not in dict(proof.rows)
    assert dict(proof.rows)["Check"] == "Is the name that of the travel document?"


def test_what_to_check_depends_on_what_the_code_says_of_its_holder() -> None:
    nobody = replace(EVIDENCE, personal=Personal())
    specimen = replace(EVIDENCE, specimen=True)
    said = [
        dict(proof.rows)["Check"]
        for proof in card(shown(evidence=(EVIDENCE, nobody, specimen, PAPER))).proofs
    ]
    assert len(set(said)) == 4
    assert said[3].startswith("Look at the paper again")


@pytest.mark.parametrize(
    ("supposed", "words"),
    [
        (Supposed(Outcome.ADMIT, (ReasonId.ADMITTED,)), "the policy would admit. You decide."),
        (Supposed(None, (), (Kind.HEALTH_COLOUR,)), "would also ask for: Health code."),
        (Supposed(Outcome.REFER, (ReasonId.TOO_OLD,)), "would not admit: "),
    ],
)
def test_an_entered_paper_shows_what_the_policy_says_and_that_nothing_is_proven(
    supposed: Supposed, words: str
) -> None:
    view = shown(
        ReasonId.ENTERED_BY_OFFICER,
        *supposed.doubts,
        evidence=(PAPER,),
        checks=(),
        supposed=supposed,
        entered=1,
    )
    made = card(view)
    assert words in made.supposed
    (proof,) = made.proofs
    assert dict(proof.rows)["How sure"] == "Not proven: entered by an officer, no signature"
    assert "Name" not in dict(proof.rows), "an entry names nobody"
    assert [why.code for why in made.whys] == ["H|ENT"], "what the policy says is said once"
