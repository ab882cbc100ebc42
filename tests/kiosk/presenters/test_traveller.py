"""What the traveller reads for every state of the lane, and what nobody may learn from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from config.moment import Moment
from drivers.reader.port import Hint
from drivers.signals.port import Tone
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import CrossingView, Fault, LaneView, Phase
from kiosk.presenters import phrases
from kiosk.presenters.traveller import TOLD, Sight, TravellerPresenter
from kiosk.presenters.traveller_screen import Line, Page, Shape, TravellerScreen
from kiosk.theme.palette import Role
from verification.evidence import Colour, Evidence, Kind, Personal
from verification.reasons import ReasonId, reason, reasons
from verification.verdict import Outcome

NOW = Moment(100.0, datetime(2026, 1, 1, tzinfo=UTC))
PRIVATE = [one for one, row in reasons().items() if row.private]
GENERIC = ReasonId.UNKNOWN_SIGNER


def lane(phase: Phase, *decided: ReasonId, **more: object) -> LaneView:
    crossing = CrossingView("c", Outcome.REFER, decided) if decided else None
    view = LaneView(phase, "3", crossing=crossing, since_mono=95.0)
    return replace(view, **more)  # type: ignore[arg-type]


def shown(view: LaneView, **more: object) -> TravellerScreen:
    return TravellerPresenter().present(view, NOW, **more)  # type: ignore[arg-type]


def lines(screen: TravellerScreen) -> list[Line]:
    return [*screen.headline, *screen.sub, *screen.echoes, *screen.steps]


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phase_has_words_in_every_language(phase: Phase, language: str) -> None:
    screen = shown(lane(phase, GENERIC, language=language))
    assert screen.headline[0].language == language
    assert all(line.text for line in lines(screen))
    said = {line.language for line in (*screen.headline, *screen.echoes)}
    assert said == set(LANGUAGES)


@pytest.mark.parametrize("private", PRIVATE)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", [Phase.REFERRED, Phase.REFUSED])
def test_a_private_reason_looks_and_sounds_like_any_other_referral(
    private: ReasonId, language: str, phase: Phase
) -> None:
    hidden = shown(lane(phase, private, language=language, until_mono=101.0))
    assert hidden == shown(lane(Phase.REFERRED, GENERIC, language=language, until_mono=220.0))


def test_a_private_reason_hides_what_was_found_beside_it() -> None:
    beside = lane(Phase.REFERRED, ReasonId.EXPIRED, ReasonId.REVOKED)
    assert shown(beside) == shown(lane(Phase.REFERRED, GENERIC))


def test_many_reasons_share_the_screen_of_the_private_one() -> None:
    hidden = shown(lane(Phase.REFERRED, ReasonId.REVOKED))
    sharing = [one for one in ReasonId if shown(lane(Phase.REFERRED, one)) == hidden]
    assert ReasonId.SPOT_CHECK in sharing
    assert ReasonId.REVOCATION_LIST_STALE in sharing
    assert len(sharing) > 15


@pytest.mark.parametrize("told", sorted(TOLD))
def test_a_referral_tells_what_the_traveller_can_use(told: ReasonId) -> None:
    screen = shown(lane(Phase.REFERRED, told, language="en"))
    assert screen.sub[0].text == reason(told).traveller["en"]
    assert screen.code == reason(told).code
    assert reason(told).traveller != reason(ReasonId.REVOKED).traveller


def test_no_private_reason_is_ever_told() -> None:
    assert PRIVATE
    assert not TOLD & set(PRIVATE)


@pytest.mark.parametrize("phase", list(Phase))
def test_nothing_that_names_a_person_reaches_the_screen(phase: Phase) -> None:
    named = Personal(masked_name="MASKED-EXAMPLE", name="NAME-EXAMPLE", birth="1900-01-01")
    evidence = Evidence(
        Kind.HEALTH_COLOUR, "HK1", "HK", None, None, colour=Colour.RED, holder=b"HOLDER", personal=named
    )
    view = lane(phase, ReasonId.EXPIRED)
    with_evidence = replace(view, crossing=replace(view.crossing, evidence=(evidence,)))  # type: ignore[type-var]
    assert shown(with_evidence) == shown(view)


def test_a_refusal_says_why_and_what_next_and_gives_the_code_for_the_telephone() -> None:
    screen = shown(lane(Phase.REFUSED, ReasonId.EXPIRED, language="pt"))
    assert (screen.page, screen.role, screen.shape) == (Page.REFUSE, Role.REFUSE, Shape.BAR_OCTAGON)
    assert screen.sub == (Line("pt", reason(ReasonId.EXPIRED).traveller["pt"]),)
    assert screen.code == reason(ReasonId.EXPIRED).code
    assert screen.steps
    assert screen.tone is Tone.STOP


def test_nobody_is_told_to_walk_before_the_gate_took_the_pulse() -> None:
    screen = shown(lane(Phase.ADMITTED, ReasonId.ADMITTED))
    assert screen.role is Role.NEUTRAL
    assert screen.arrow == ""
    assert screen.tone is not Tone.GO


@pytest.mark.parametrize("arrow", ["up", "left", "right"])
def test_passing_shows_which_way_to_walk(arrow: str) -> None:
    presenter = TravellerPresenter(arrow=arrow)
    assert presenter.present(lane(Phase.PASSING, ReasonId.ADMITTED), NOW).arrow == arrow


def test_a_gate_that_did_not_open_calls_an_officer_and_says_the_code_is_good() -> None:
    screen = shown(lane(Phase.GATE_FAILED, ReasonId.ADMITTED, language="en"))
    assert screen.sub[0].text == phrases.CODE_IS_GOOD
    assert screen.role is Role.REFER
    assert screen.arrow == ""


def test_each_verdict_has_its_own_colour_shape_and_tone() -> None:
    verdicts = [shown(lane(phase, GENERIC)) for phase in (Phase.PASSING, Phase.REFERRED, Phase.REFUSED)]
    for part in ("role", "shape", "tone", "headline"):
        assert len({getattr(screen, part) for screen in verdicts}) == 3, part


def test_a_menu_is_no_health_code_and_the_screen_goes_on_looking() -> None:
    screen = shown(lane(Phase.WAITING, not_a_code="link"))
    assert screen.page is Page.SCAN
    assert [line.text for line in screen.headline if line.language == "en"] == [phrases.NOT_A_CODE]
    assert [line.text for line in screen.sub if line.language == "en"] == [phrases.LOOKS_LIKE["link"]]
    assert screen.tone is Tone.AGAIN


def test_what_an_unknown_text_says_is_never_shown() -> None:
    hostile = "<b>walk through</b>"
    assert all(hostile not in line.text for line in lines(shown(lane(Phase.WAITING, not_a_code=hostile))))


@pytest.mark.parametrize("hint", [hint for hint in Hint if hint is not Hint.NOTHING_THERE])
def test_each_hint_is_said_in_four_languages(hint: Hint) -> None:
    screen = shown(lane(Phase.WAITING), sight=Sight(hint, located=True))
    assert len({line.text for line in screen.headline}) >= 3
    assert Line("en", phrases.HINTS[hint]) in screen.headline


def test_one_more_code_is_named() -> None:
    view = lane(
        Phase.GATHERING, crossing=CrossingView("c", None, missing=(Kind.CUSTOMS_DECLARATION,)), language="en"
    )
    screen = shown(view)
    assert screen.steps == (Line("en", phrases.KINDS[Kind.CUSTOMS_DECLARATION]),)
    assert screen.tone is Tone.READ


def test_every_kind_can_be_asked_for() -> None:
    assert set(phrases.KINDS) == set(Kind)


def test_every_fault_that_stops_the_lane_is_named_with_its_two_letters() -> None:
    faults = (
        Fault("camera", "CA", "Check the cable.", stops=True),
        Fault("sound", "SN", "Check the loudspeaker."),
        Fault("something new", "XY", "Call.", stops=True),
    )
    screen = shown(lane(Phase.OUT_OF_ORDER, faults=faults, language="en"))
    assert [line.text for line in screen.steps] == ["CA  Camera", f"XY  {phrases.SOME_PART}"]


def test_the_language_that_was_chosen_goes_before_that_of_the_code() -> None:
    view = lane(Phase.REFERRED, GENERIC, language="zh_CN")
    assert shown(view).headline[0].language == "zh_CN"
    assert shown(view, chosen="pt").headline[0].language == "pt"


def test_without_a_code_the_lane_speaks_in_its_own_order() -> None:
    presenter = TravellerPresenter(languages=("pt", "zh_HK"))
    screen = presenter.present(lane(Phase.WAITING), NOW)
    assert [line.language for line in screen.headline] == ["pt", "zh_HK"]


def test_where_to_go_without_a_phone_is_said_in_every_language_before_anybody_waits() -> None:
    screen = TravellerPresenter().present(lane(Phase.WAITING), NOW)
    said = {line.language: line.text for line in screen.steps}
    assert said == {language: text(phrases.NO_PHONE, language) for language in LANGUAGES}
    assert "Staffed lane" in said["en"]


def test_time_runs_out_from_one_to_nothing() -> None:
    view = lane(Phase.REFUSED, ReasonId.EXPIRED, until_mono=105.0)
    presenter = TravellerPresenter()
    parts = [
        presenter.present(view, Moment(at, NOW.utc)).progress for at in (90.0, 95.0, 100.0, 105.0, 200.0)
    ]
    assert parts == [1.0, 1.0, 0.5, 0.0, 0.0]


def test_a_referral_never_counts_down() -> None:
    assert shown(lane(Phase.REFERRED, GENERIC, until_mono=120.0)).progress is None


@pytest.mark.parametrize("phase", [Phase.WAITING, Phase.GATHERING])
def test_what_is_no_health_code_has_a_sign_of_its_own(phase: Phase) -> None:
    assert shown(lane(phase, not_a_code="link")).shape is Shape.NOT_A_CODE
    assert shown(lane(phase)).shape is not Shape.NOT_A_CODE


def test_only_who_is_too_near_is_shown_a_phone_that_goes_back() -> None:
    for hint in Hint:
        assert shown(lane(Phase.WAITING), sight=Sight(hint)).farther is (hint is Hint.FARTHER)
    assert not shown(lane(Phase.WAITING, not_a_code="link"), sight=Sight(Hint.FARTHER)).farther
