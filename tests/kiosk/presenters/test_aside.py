"""Pages a traveller opens give way to every verdict, and what may be photographed is the right thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from config.moment import Moment
from config.settings import Settings
from config.taking_along import Privacy, Slip, Venue
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import CrossingView, LaneView, Phase
from kiosk.presenters.aside import STAYS_S, Along, Aside, along_of
from kiosk.presenters.renewal import RENEWABLE, renewal_address
from kiosk.presenters.slip import Place
from kiosk.presenters.traveller import TravellerPresenter
from kiosk.presenters.traveller_screen import Page, TravellerScreen
from sync.retention import Keeping
from verification.evidence import Evidence, Kind
from verification.reasons import ReasonId
from verification.verdict import Outcome

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOW = Moment(100.0, AT)
ADDRESSES = {"HK": "https://hk.example/renew", "CN-GD": "https://gd.example/renew"}
ALONG = Along(
    Place("bay", "3", Slip(renew_url=ADDRESSES)),
    Keeping(31, {}),
    Privacy(url="https://bay.example/privacy"),
    Venue(code="HKEN:01234", name={"en": "The bay"}),
)
IDLE = LaneView(Phase.WAITING, "3")


def code(issuer: str = "HK", scheme: str = "HK1", *, expired: bool = True) -> Evidence:
    end = AT + timedelta(days=-1 if expired else 1)
    return Evidence(Kind.HEALTH_COLOUR, scheme, issuer, AT - timedelta(days=2), end)


def decided(
    phase: Phase, *why: ReasonId, crossing: str = "c", evidence: tuple[Evidence, ...] = ()
) -> LaneView:
    outcome = Outcome.REFUSE if phase is Phase.REFUSED else Outcome.REFER
    shown = CrossingView(crossing, outcome, why, evidence=evidence, decided_at=AT)
    return LaneView(phase, "3", crossing=shown)


REFERRED = decided(Phase.REFERRED, ReasonId.UNKNOWN_SIGNER)


def lane_page(view: LaneView) -> TravellerScreen:
    return TravellerPresenter().present(view, NOW)


def opened(page: Page, view: LaneView) -> Aside:
    aside = Aside(ALONG)
    aside.open(page, view, 0.0)
    return aside


@pytest.mark.parametrize("page", [Page.HELP, Page.KEEPS])
@pytest.mark.parametrize(
    "phase", sorted(set(Phase) - {Phase.WAITING, Phase.HELD, Phase.CLOSED, Phase.OUT_OF_ORDER})
)
def test_no_page_hides_what_the_lane_has_to_say(page: Page, phase: Phase) -> None:
    aside = opened(page, IDLE)
    assert aside.page(IDLE, 1.0) is page
    assert aside.page(LaneView(phase, "3"), 1.0) is None
    assert aside.page(IDLE, 1.0) is None


def test_a_lane_that_is_held_or_breaks_leaves_the_page_open() -> None:
    aside = opened(Page.HELP, IDLE)
    assert aside.page(LaneView(Phase.OUT_OF_ORDER, "3"), 1.0) is Page.HELP


def test_a_page_goes_away_by_itself_and_every_touch_keeps_it() -> None:
    aside = opened(Page.KEEPS, IDLE)
    aside.touched(STAYS_S - 1)
    assert aside.page(IDLE, 2 * STAYS_S - 2) is Page.KEEPS
    assert aside.page(IDLE, 2 * STAYS_S) is None


def test_nothing_is_opened_while_everybody_leaves() -> None:
    leave = LaneView(Phase.EVACUATE, "3")
    assert opened(Page.HELP, leave).page(leave, 0.0) is None


def test_a_slip_stays_after_the_crossing_is_over_until_the_next_traveller() -> None:
    aside = opened(Page.SLIP, REFERRED)
    for view in (REFERRED, decided(Phase.REFUSED, ReasonId.UNKNOWN_SIGNER), IDLE):
        assert aside.page(view, 1.0) is Page.SLIP
    assert aside.page(decided(Phase.REFERRED, ReasonId.SPOT_CHECK, crossing="next"), 1.0) is None


@pytest.mark.parametrize("phase", [Phase.GATHERING, Phase.ADMITTED, Phase.PASSING, Phase.EVACUATE])
def test_a_slip_gives_way_to_the_next_traveller(phase: Phase) -> None:
    aside = opened(Page.SLIP, REFERRED)
    assert aside.page(LaneView(phase, "3"), 1.0) is None


def test_there_is_no_slip_to_open_where_nothing_was_decided() -> None:
    assert opened(Page.SLIP, IDLE).page(IDLE, 0.0) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [Page.HELP, Page.KEEPS, Page.SLIP])
def test_every_page_speaks_one_language(page: Page, language: str) -> None:
    screen = opened(page, REFERRED).screen(REFERRED, language, 1.0)
    assert screen is not None and screen.page is page
    lines = [*screen.headline, *screen.sub, *screen.steps, *(line for row in screen.table for line in row)]
    assert lines and {line.language for line in lines} == {language}
    assert all(line.text for line in lines)


def test_what_is_kept_can_be_read_at_home() -> None:
    screen = opened(Page.KEEPS, IDLE).screen(IDLE, "en", 1.0)
    assert screen is not None and screen.photograph is not None
    assert screen.photograph.content == "https://bay.example/privacy"
    nowhere = Aside(replace(ALONG, privacy=Privacy()))
    nowhere.open(Page.KEEPS, IDLE, 0.0)
    alone = nowhere.screen(IDLE, "en", 0.0)
    assert alone is not None and alone.photograph is None


def test_the_venues_code_is_on_the_idle_page_as_it_is_written_in_the_settings() -> None:
    shown = Aside(ALONG).take_along(IDLE, lane_page(IDLE)).photograph
    assert shown is not None and (shown.content, shown.caption.text) == ("HKEN:01234", "The bay")
    assert Aside(replace(ALONG, venue=Venue())).take_along(IDLE, lane_page(IDLE)).photograph is None


def photographed(view: LaneView) -> str:
    shown = Aside(ALONG).take_along(view, lane_page(view)).photograph
    return shown.content if shown else ""


@pytest.mark.parametrize("phase", [Phase.REFERRED, Phase.REFUSED])
def test_an_expired_codes_page_leads_to_its_own_issuer(phase: Phase) -> None:
    assert photographed(decided(phase, ReasonId.EXPIRED, evidence=(code(),))) == ADDRESSES["HK"]
    gd = code("CN-GD", "GD1")
    assert photographed(decided(phase, ReasonId.EXPIRED, evidence=(gd,))) == ADDRESSES["CN-GD"]


def test_where_nobody_wrote_where_to_renew_the_slip_is_shown() -> None:
    macao = code("MO", "MO1")
    assert "706" in photographed(decided(Phase.REFUSED, ReasonId.EXPIRED, evidence=(macao,)))


def test_of_two_codes_the_one_that_is_out_of_date_is_renewed() -> None:
    fresh, old = code(expired=False), code("CN-GD", "GD1")
    both = decided(Phase.REFUSED, ReasonId.EXPIRED, evidence=(fresh, old))
    assert renewal_address(both, ADDRESSES) == ADDRESSES["CN-GD"]
    unclear = decided(Phase.REFUSED, ReasonId.EXPIRED, evidence=(code(), old))
    assert renewal_address(unclear, ADDRESSES) == ""


def test_the_schemes_own_address_goes_before_the_issuers() -> None:
    view = decided(Phase.REFUSED, ReasonId.EXPIRED, evidence=(code(),))
    assert renewal_address(view, ADDRESSES | {"HK1": "https://scheme.example/"}) == "https://scheme.example/"


@pytest.mark.parametrize("names", ["HK1", "HK"])
def test_what_the_policy_names_goes_before_the_kiosks_own_settings(names: str) -> None:
    expired = decided(Phase.REFUSED, ReasonId.EXPIRED, evidence=(code(),))
    told = replace(expired, renew_url={names: "https://bundle.example/renew"})
    assert photographed(told) == "https://bundle.example/renew"
    assert photographed(replace(expired, renew_url={"MO": "https://bundle.example/mo"})) == ADDRESSES["HK"]


def test_what_the_policy_names_is_not_shown_beside_a_private_reason_either() -> None:
    view = decided(Phase.REFERRED, ReasonId.EXPIRED, ReasonId.REVOKED, evidence=(code(),))
    assert "https" not in photographed(replace(view, renew_url={"HK": "https://bundle.example/renew"}))


@pytest.mark.parametrize("why", list(ReasonId))
def test_only_what_a_new_code_mends_leads_to_one(why: ReasonId) -> None:
    view = decided(Phase.REFERRED, why, evidence=(code(),))
    assert bool(renewal_address(view, ADDRESSES)) is (why in RENEWABLE)


def test_a_code_that_is_revoked_too_leads_nowhere() -> None:
    view = decided(Phase.REFERRED, ReasonId.EXPIRED, ReasonId.REVOKED, evidence=(code(),))
    assert renewal_address(view, ADDRESSES) == ""


def test_the_lanes_settings_are_what_it_gives_along() -> None:
    settings = Settings.model_validate(
        {"lane": {"station": "bay", "id": "7"}, "journal": {"keep_days": 9}, "venue": {"code": "V"}}
    )
    along = along_of(settings, demo=True)
    assert (along.place.station, along.place.lane, along.place.demo) == ("bay", "7", True)
    assert (along.keeping.days, along.venue.code) == (9, "V")
