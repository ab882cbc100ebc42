"""A health card in several symbols at the lane: gathered within one crossing, deciding nothing in part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.turnstile.port import Passage
from kiosk.crossing_io import Patience
from kiosk.lane_view import Phase
from sync.event_types import CodeAssessed, CrossingClosed, CrossingDecided, CrossingOpened
from tests.kiosk.lane_bench import NO_CODE, LaneBench, assessment
from tests.verification.made_cards import card_claims, digits, dose, jws, parts
from verification.evidence import Kind
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict

PART = replace(NO_CODE, format="SHC", reasons=(ReasonId.INCOMPLETE,), looks_like=None)
CARD = jws()
ONE, TWO, THREE = (part.encode() for part in parts(CARD, 3))
OTHERS, *OTHERS_REST = (part.encode() for part in parts(jws(card_claims(dose("208"))), 3))
WHOLE = b"shc:/" + digits(CARD).encode()


@pytest.fixture
def lane() -> LaneBench:
    bench = LaneBench()
    bench.rules.codes |= dict.fromkeys((ONE, TWO, THREE, OTHERS, *OTHERS_REST), PART)
    return bench


def reasons(lane: LaneBench) -> list[tuple[ReasonId, ...]]:
    return [tuple(event.reasons) for event in lane.events if isinstance(event, CrossingDecided)]


def test_the_parts_of_one_card_are_one_code_in_whatever_order_they_come(lane: LaneBench) -> None:
    for part in (THREE, ONE, TWO):
        assert lane.opened == []
        lane.show(part)
    assert lane.rules.verified[-1] == WHOLE
    assert len(lane.opened) == 1
    assert [event.fingerprint for event in lane.events if isinstance(event, CodeAssessed)] == [
        f"print of {WHOLE.decode()}"
    ]


def test_a_part_opens_the_crossing_and_asks_for_more_and_is_recorded_as_no_code(lane: LaneBench) -> None:
    lane.show(ONE)
    assert lane.phase is Phase.GATHERING
    assert lane.kinds() == ["crossing.opened"]
    lane.show(TWO)
    lane.show(ONE)
    assert lane.kinds() == ["crossing.opened"]


def test_a_card_whose_other_parts_never_come_is_for_an_officer_who_is_told_why(lane: LaneBench) -> None:
    lane.show(ONE)
    lane.wait(21)
    assert lane.phase is Phase.REFERRED
    assert reasons(lane) == [(ReasonId.INCOMPLETE,)]
    assert lane.opened == []


def test_a_part_shown_after_a_good_code_ends_nothing(lane: LaneBench) -> None:
    lane.rules.decision = Gathering((Kind.VACCINATION,))
    lane.show(b"code A")
    lane.show(ONE)
    assert lane.phase is Phase.GATHERING
    lane.wait(21)
    assert reasons(lane) == [(ReasonId.EVIDENCE_MISSING,)]


def test_parts_that_keep_coming_do_not_keep_the_lane(lane: LaneBench) -> None:
    for number in range(30):
        part = b"shc:/1/3/%04d" % number
        lane.rules.codes[part] = PART
        lane.show(part)
        lane.wait(1)
    assert lane.phase is Phase.REFERRED
    assert [type(event) for event in lane.events].count(CrossingOpened) == 1


def test_parts_of_two_cards_in_turns_are_never_put_together_and_lose_neither_card(lane: LaneBench) -> None:
    for part in (ONE, OTHERS_REST[0], OTHERS_REST[1]):
        lane.show(part)
    assert lane.opened == [] and lane.phase is Phase.GATHERING
    lane.show(TWO)
    lane.show(THREE)
    assert lane.rules.verified[-1] == WHOLE
    assert len(lane.opened) == 1


def test_one_part_of_each_of_two_cards_is_told_as_parts_that_are_missing_not_as_a_bad_card(
    lane: LaneBench,
) -> None:
    for part in (ONE, OTHERS_REST[0], OTHERS_REST[1]):
        lane.show(part)
    lane.wait(21)
    assert (lane.phase, reasons(lane)) == (Phase.REFERRED, [(ReasonId.INCOMPLETE,)])


def test_a_whole_card_that_is_bad_decides_like_any_other_code(lane: LaneBench) -> None:
    lane.rules.codes[WHOLE] = replace(assessment(WHOLE), reasons=(ReasonId.SIGNATURE_INVALID,))
    lane.rules.decision = Verdict(Outcome.REFUSE, (ReasonId.SIGNATURE_INVALID,))
    for part in (ONE, TWO, THREE):
        lane.show(part)
    assert lane.phase is Phase.REFUSED


def test_parts_still_in_view_when_a_crossing_ends_do_not_begin_the_next_one(lane: LaneBench) -> None:
    for part in (ONE, TWO, THREE):
        lane.show(part)
    lane.gate_accepts()
    for part in (ONE, TWO, THREE):
        lane.show(part)
    lane.gate_reports(Passage.PASSED)
    assert [event.how for event in lane.events if isinstance(event, CrossingClosed)] == ["passed"]
    lane.show(TWO)
    assert lane.phase is Phase.WAITING


def test_a_part_held_still_through_a_long_referral_does_not_begin_the_next_crossing(lane: LaneBench) -> None:
    lane.show(ONE)
    for _ in range(170):
        lane.wait(0.9)
        lane.show(ONE)
    assert lane.phase is Phase.WAITING
    assert lane.kinds().count("crossing.opened") == 1
    lane.wait(1.1)
    lane.show(ONE)
    assert lane.phase is Phase.GATHERING


def test_one_travellers_parts_are_never_put_to_the_next_ones() -> None:
    lane = LaneBench(Patience(gather=5, referral=5, desk=1))
    lane.rules.codes |= dict.fromkeys((ONE, TWO, THREE), PART)
    lane.show(ONE)
    lane.show(TWO)
    for _ in range(4):
        lane.wait(6)
    assert lane.phase is Phase.WAITING
    lane.show(THREE)
    assert lane.rules.verified[-1] == THREE
    assert lane.opened == []


def test_a_part_in_a_lane_that_does_not_take_its_format_is_judged_as_what_it_is(lane: LaneBench) -> None:
    lane.rules.codes[ONE] = replace(PART, reasons=(ReasonId.FORMAT_NOT_ALLOWED,))
    lane.rules.decision = Verdict(Outcome.REFER, (ReasonId.FORMAT_NOT_ALLOWED,))
    lane.show(ONE)
    assert lane.phase is Phase.REFERRED
