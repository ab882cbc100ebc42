"""The slip tells enough to object by, and nothing that a revoked code could be told by."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.taking_along import Slip as Objections
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import CrossingView, LaneView, Phase
from kiosk.presenters.officer_panel import past
from kiosk.presenters.officer_referral import referral
from kiosk.presenters.qr import modules
from kiosk.presenters.slip import ZONE, Facts, Place, facts, slip
from kiosk.presenters.traveller import TOLD
from kiosk.reference import in_groups, reference_of
from verification.evidence import Evidence, Kind, Personal
from verification.reasons import ReasonId, reason, reasons
from verification.verdict import Outcome

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PRIVATE = [one for one, row in reasons().items() if row.private]
GENERIC = ReasonId.UNKNOWN_SIGNER
WHERE = Objections(
    authority={"en": "Port Health", "zh_HK": "港口衞生科"},
    url="https://example.org/object",
    telephone="+852 0000 0000",
    address={"en": "Hall 2"},
)
PLACE = Place("bay", "lane-3", WHERE)


def told(*why: ReasonId, outcome: Outcome = Outcome.REFER, override: str = "") -> Facts:
    return Facts("0" * 32, AT, outcome, why, override)


@pytest.mark.parametrize("private", PRIVATE)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("override", ["", "admit", "refuse", "desk"])
def test_a_private_reasons_slip_is_that_of_any_other_referral(
    private: ReasonId, language: str, override: str
) -> None:
    other = slip(told(GENERIC, override=override), PLACE, language)
    for outcome in (Outcome.REFER, Outcome.REFUSE):
        for why in ((private,), (private, ReasonId.EXPIRED), (ReasonId.EXPIRED, private)):
            assert slip(told(*why, outcome=outcome, override=override), PLACE, language) == other


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_holds_reference_time_lane_reason_and_where_to_object(language: str) -> None:
    made = slip(told(ReasonId.EXPIRED, outcome=Outcome.REFUSE), PLACE, language)
    assert in_groups(reference_of("0" * 32)) in made.lines[1]
    assert "2026-03-02 09:00" in made.lines[2]
    assert "lane-3" in made.lines[3] and "bay" in made.lines[3]
    assert "V|EXP" in made.content
    assert reason(ReasonId.EXPIRED).traveller[language].rstrip(".") in made.content
    assert made.lines[-3:] == ("Hall 2", "+852 0000 0000", "https://example.org/object")


def test_the_authority_is_named_in_the_travellers_language() -> None:
    assert "港口衞生科" in slip(told(GENERIC), PLACE, "zh_HK").lines
    assert "Port Health" in slip(told(GENERIC), PLACE, "pt").lines


def test_where_nobody_is_named_the_desk_is() -> None:
    last = slip(told(GENERIC), Place("bay", "1"), "en").lines[-1]
    assert last == "the officers at the desk of this station"


@pytest.mark.parametrize("why", list(ReasonId))
def test_only_reasons_a_traveller_can_use_are_told_of_a_referral(why: ReasonId) -> None:
    made = slip(told(why), PLACE, "en")
    assert (reason(why).code in made.content) is (why in TOLD)


def test_what_an_officer_decided_is_on_it() -> None:
    assert "An officer did not let you pass" in slip(told(GENERIC, override="refuse"), PLACE, "en").lines


def test_a_demo_slip_says_so_first() -> None:
    assert slip(told(GENERIC), Place("bay", "1", demo=True), "en").lines[0] == "DEMO – not real"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("why", list(ReasonId))
def test_it_is_small_enough_to_be_photographed(language: str, why: ReasonId) -> None:
    """Version 15 of the symbol: 77 modules across."""
    content = slip(told(why, outcome=Outcome.REFUSE, override="refuse"), PLACE, language).content
    assert len(modules(content)) <= 77


def test_there_is_one_only_after_a_referral_or_a_refusal() -> None:
    named = Evidence(
        Kind.HEALTH_COLOUR, "HK", "HK", None, None, personal=Personal("E*****E", "ERIKA", "1970")
    )
    crossing = CrossingView("c", Outcome.REFER, (GENERIC,), evidence=(named,), decided_at=AT)
    shown = {phase for phase in Phase if facts(LaneView(phase, "3", crossing=crossing)) is not None}
    assert shown == {Phase.REFERRED, Phase.REFUSED, Phase.AT_DESK}
    found = facts(LaneView(Phase.REFERRED, "3", crossing=crossing))
    assert found is not None
    content = slip(found, PLACE, "en").content
    assert not any(personal in content for personal in ("E*****E", "ERIKA", "1970"))


def test_an_officer_sees_the_digits_of_the_slip_on_the_card_and_among_the_last_crossings() -> None:
    crossing = CrossingView("0" * 32, Outcome.REFER, (GENERIC,), decided_at=AT)
    view = LaneView(Phase.REFERRED, "3", crossing=crossing, last=(crossing,))
    digits = in_groups(reference_of("0" * 32))
    card = referral(view, "en", ZONE, lambda _reasons: False)
    assert card is not None and digits in card.reference
    assert past(view, "en", ZONE)[0].reference == digits
