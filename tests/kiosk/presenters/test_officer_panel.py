"""What the officer's panel says, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from drivers.turnstile.port import LinkState, Passage
from kiosk.desk.lane_control import Notice
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import CrossingView, DutyView, Fault, ListView, Phase, RuleView
from kiosk.presenters import officer_texts
from kiosk.presenters.officer_draft import Draft
from kiosk.presenters.officer_panel import health, notice, past, state
from kiosk.presenters.officer_referral import referral, shown
from kiosk.theme.palette import Role
from tests.kiosk.desk.ground import CALM, EVIDENCE, NAME, START, needs_second_officer, referred
from verification.evidence import Colour, Personal
from verification.reasons import ReasonId, reason
from verification.snapshot import Freshness
from verification.verdict import Outcome

ZONE = ZoneInfo("Asia/Hong_Kong")


def ago(**length: float) -> datetime:
    return START.utc - timedelta(**length)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_words_and_a_role(phase: Phase) -> None:
    said = {language: state(replace(CALM, phase=phase), True, 0, 0, language) for language in LANGUAGES}
    assert all(strip.headline for strip in said.values())
    assert len({strip.headline for strip in said.values()}) >= 3


def test_without_contact_nothing_of_the_last_view_is_shown() -> None:
    strip = state(replace(CALM, phase=Phase.PASSING), False, 7.2, 0, "en")
    assert strip.headline == "Lost contact with the lane"
    assert "7 s" in strip.detail
    assert strip.role is Role.REFER, "somebody has to go and look"
    assert health(CALM, False, START.utc, "en") == ()


def test_before_the_first_view_the_panel_says_so() -> None:
    assert "not reported" in state(None, False, 0, 0, "en").detail


def test_a_referral_says_when_it_ends_by_itself() -> None:
    view = replace(referred(), until_mono=START.mono + 75)
    assert "75 s" in state(view, True, 0, START.mono, "en").ends_in
    assert "0 s" in state(view, True, 0, START.mono + 80, "en").ends_in


@pytest.mark.parametrize(
    ("duty", "says"),
    [
        (DutyView("to_macao"), ""),
        (DutyView("to_macao", "any"), "Direction: to Macao."),
        (DutyView("any", "to_macao", turned=True), "Turned by an officer. Direction now: any direction."),
        (DutyView("of_tomorrow", "to_macao"), ""),
    ],
)
def test_a_lane_that_can_be_turned_says_its_direction(duty: DutyView, says: str) -> None:
    assert state(replace(CALM, duty=duty), True, 0, 0, "en").detail == says


def test_an_out_of_order_lane_says_what_to_do() -> None:
    fault = Fault("camera", "CA", "Push the camera's cable in.")
    strip = state(replace(CALM, phase=Phase.OUT_OF_ORDER, faults=(fault,)), True, 0, 0, "en")
    assert strip.detail == "CA: Push the camera's cable in."


def test_faults_come_first_with_code_and_advice() -> None:
    fault = Fault("camera", "CA", "Push the camera's cable in.")
    first = health(replace(CALM, faults=(fault,)), True, START.utc, "en")[0]
    assert (first.part, first.words, first.role) == ("CA camera", "Push the camera's cable in.", Role.REFUSE)


@pytest.mark.parametrize(
    ("item", "words", "role"),
    [
        (ListView("trust", Freshness.FRESH, ago(minutes=9)), "9 min old", Role.ADMIT),
        (ListView("trust", Freshness.FRESH, ago(hours=3)), "3 h old", Role.ADMIT),
        (
            ListView("trust", Freshness.AGEING, ago(hours=40)),
            "40 h old, ageing",
            Role.REFER,
        ),
        (
            ListView("trust", Freshness.STALE, ago(days=9)),
            "9 days old, too old",
            Role.REFUSE,
        ),
        (ListView("trust", Freshness.STALE), "none: every code is referred", Role.REFUSE),
    ],
)
def test_a_list_says_how_old_it_is_and_whether_that_matters(item: ListView, words: str, role: Role) -> None:
    line = health(replace(CALM, lists=(item,)), True, START.utc, "en")[1]
    assert line.words.startswith(words)
    assert line.role is role


def test_one_of_several_lists_has_its_name_and_a_long_one_its_end() -> None:
    names = ("station.json", "/srv/lists/of/the/station/cards.json")
    lists = tuple(ListView("revocation", Freshness.FRESH, ago(hours=1), name) for name in names)
    fault = Fault(f"revocation list {names[1]}", "RL", "It is not signed.")
    lines = health(replace(CALM, lists=lists, faults=(fault,)), True, START.utc, "en")
    assert [line.part for line in lines if "station" in line.part] == [
        "RL …st /srv/lists/of/the/station/cards.json",
        "Revocation list station.json",
        "Revocation list …/the/station/cards.json",
    ]


def test_gate_and_unsent_records_are_named() -> None:
    lines = {line.part: line for line in health(replace(CALM, unsent=12), True, START.utc, "en")}
    assert lines["Records"].words == "12 not at the hub yet"
    waited = replace(CALM, unsent=12, oldest_unsent_s=660.0)
    lines = {line.part: line for line in health(waited, True, START.utc, "en")}
    assert lines["Records"].words == "12 not at the hub yet, the oldest for 11 min"
    assert lines["Records"].role is Role.REFER
    assert lines["Gate"].role is Role.ADMIT
    down = health(replace(CALM, link=LinkState.DOWN), True, START.utc, "en")[0]
    assert down.role is Role.REFER


def test_a_past_crossing_keeps_verdict_decision_and_passage_apart() -> None:
    crossing = CrossingView(
        "c",
        Outcome.REFER,
        (ReasonId.UNKNOWN_SIGNER,),
        passage=Passage.PASSED,
        decided_at=START.utc,
        override="admit",
    )
    row = past(replace(CALM, last=(crossing,)), "en", ZONE)[0]
    assert (row.time, row.verdict, row.then) == ("09:00:00", "REFER", "officer admitted, passed")
    assert reason(ReasonId.UNKNOWN_SIGNER).code in row.why


def test_the_card_keeps_our_verdict_and_the_issuers_colour_apart() -> None:
    card = referral(referred(), "en", ZONE, needs_second_officer)
    assert card is not None
    assert (card.verdict, card.role) == ("REFER", Role.REFER)
    assert card.proofs[0].colour is Colour.GREEN
    assert card.proofs[0].colour_words == "Issuer's colour: green"


def test_the_card_shows_the_masked_name_and_no_other() -> None:
    card = referral(referred(), "en", ZONE, needs_second_officer)
    assert ("Name", NAME) in card.proofs[0].rows  # type: ignore[union-attr]
    assert "MADE-UP NAME" not in repr(card)
    assert "1900" not in repr(card)


def test_a_withdrawn_code_is_named_to_the_officer_as_private() -> None:
    view = referred("c", ReasonId.REVOKED, outcome=Outcome.REFUSE)
    card = referral(view, "en", ZONE, needs_second_officer)
    assert card is not None
    assert card.verdict == "REFUSE"
    assert card.whys[0].found == reason(ReasonId.REVOKED).officer["en"]
    assert "private" in card.private
    assert "two officers" in card.second
    assert view.crossing is not None
    once = replace(view, crossing=replace(view.crossing, approved_by="O-17"))
    for officer, may in (("O-17", False), ("O-18", True)):
        card = referral(once, "en", ZONE, needs_second_officer, officer)
        assert card is not None
        assert "O-17 has admitted" in card.second
        assert card.choices[0].possible is may


@pytest.mark.parametrize("doubt", [ReasonId.UNKNOWN_SIGNER, ReasonId.SIGNATURE_INVALID])
def test_what_no_signature_proves_is_called_a_claim(doubt: ReasonId) -> None:
    unproven = referral(referred("c", doubt), "en", ZONE, needs_second_officer)
    proven = referral(referred("c", ReasonId.HOLDER_UNBOUND), "en", ZONE, needs_second_officer)
    assert unproven is not None
    assert proven is not None
    assert "claim" in unproven.unproven
    assert proven.unproven == ""


@pytest.mark.parametrize("claim", ["hksar_record", "online_health_code", "newer_certificate", "SHC"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_officer_reads_what_an_uncheckable_code_claims_to_be_and_that_it_is_unproven(
    claim: str, language: str
) -> None:
    view = referred("c", ReasonId.NOT_VERIFIABLE_OFFLINE)
    assert view.crossing is not None
    told = replace(view, crossing=replace(view.crossing, claims=(claim, claim), evidence=()))
    card = referral(told, language, ZONE, needs_second_officer)
    assert card is not None
    name = officer_texts.CLAIMED.get(claim)
    said = officer_texts.say(name, language) if name else claim
    assert card.unproven.count(said) == 1
    assert card.unproven.startswith(officer_texts.say(officer_texts.NOTHING_PROVEN, language))


def test_who_calls_without_a_code_is_not_told_of_as_a_code_that_proves_nothing() -> None:
    view = referred("c", ReasonId.HELP_ASKED)
    assert view.crossing is not None
    card = referral(
        replace(view, crossing=replace(view.crossing, evidence=())), "en", ZONE, needs_second_officer
    )
    assert card is not None
    assert card.unproven == "No health code was shown: go by the documents."


def test_the_card_names_the_rules_that_were_not_met_in_their_own_words() -> None:
    view = referred("c", ReasonId.RULE_FAILED)
    assert view.crossing is not None
    rules = (RuleView("VR-XA-0001", "Two\ndoses,\u202e please."), RuleView("XB"), RuleView("R", "w" * 900))
    card = referral(
        replace(view, crossing=replace(view.crossing, rules=rules)), "en", ZONE, needs_second_officer
    )
    assert card is not None
    assert card.rules[:2] == ("Rule VR-XA-0001: Two doses,� please.", "Rule XB")
    assert len(card.rules[2]) == len("Rule R: ") + 200


def test_scanned_text_cannot_hide_or_turn_letters() -> None:
    assert shown("A\u202eB\u200bC\nD") == "A�B�C�D"
    assert len(shown("x" * 5000)) == 60
    assert shown("<b>T**</b>") == "<b>T**</b>"


def test_a_code_without_a_name_says_so() -> None:
    view = referred()
    assert view.crossing is not None
    nameless = replace(view.crossing, evidence=(replace(EVIDENCE, personal=Personal()),))
    card = referral(replace(view, crossing=nameless), "en", ZONE, needs_second_officer)
    assert ("Name", "not in this code") in card.proofs[0].rows  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("identifier", list(ReasonId))
def test_every_reason_makes_a_card_in_every_language(identifier: ReasonId, language: str) -> None:
    card = referral(referred("c", identifier), language, ZONE, needs_second_officer)
    assert card is not None
    assert card.whys[0].found
    assert card.whys[0].next


def test_a_known_notice_is_translated_and_any_other_is_shown_as_it_is() -> None:
    assert notice(Notice.CROSSING_OVER, "en").startswith("The crossing")
    assert notice(str(Notice.CROSSING_OVER.value), "pt") != notice(Notice.CROSSING_OVER, "en")
    assert notice("The printer is empty.", "pt") == "The printer is empty."


def test_the_tables_of_texts_leave_nothing_out() -> None:
    for table, members in (
        (officer_texts.PHASES, Phase),
        (officer_texts.NOTICES, Notice),
        (officer_texts.PASSAGES, Passage),
        (officer_texts.LINKS, LinkState),
        (officer_texts.OUTCOMES, Outcome),
        (officer_texts.COLOURS, Colour),
    ):
        assert set(table) == set(members)  # type: ignore[call-overload]


def test_a_draft_takes_two_touches_and_a_reason_and_belongs_to_one_crossing() -> None:
    from kiosk.desk.lane_control import Action

    draft = Draft().choose(Action.ADMIT, "c")
    assert not draft.complete
    assert not draft.because("NOT_THE_HOLDER").complete
    draft = draft.because("DOCUMENT_GENUINE")
    assert draft.complete
    assert draft.when_in_front("c") is draft
    assert draft.when_in_front("d") == Draft()
    assert draft.when_in_front("") == Draft()
    assert Draft().release().when_in_front("d") == Draft()
    assert draft.back().decision == Action.ADMIT
    assert draft.back().back() == Draft()
