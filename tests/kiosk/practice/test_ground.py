"""Practice: the codes get the answers the sheet says, in practice alone; no gate, no hub hears of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.other_direction import OtherDirection
from config.settings import Bundle, Hub, Journal, Officers, Settings, Turnstile
from config.taking_along import Venue
from drivers.turnstile.simulated import SimulatedTurnstile
from kiosk.commands.door import main
from kiosk.desk.pin import pin_matches
from kiosk.desk.roster import load_roster
from kiosk.lists import Lists, load_lists
from kiosk.practice.cases import Case, cases
from kiosk.practice.ground import Ground, gate_in_memory, open_ground, practice_settings, with_officers
from kiosk.practice.place import is_practice
from kiosk.program import ROOT
from kiosk.start_conditions import CannotStart, refuse_specimens
from verification.judgement import NOTHING_SPENT, SpentCodes, judge
from verification.policy import Policy, load
from verification.reasons import ReasonId
from verification.snapshot import Snapshot
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

NOON = datetime(2023, 1, 8, 4, tzinfo=UTC)
BACK = OtherDirection(direction="to_macao", profile="back", channel=2, way_out="left")
WIRED = Settings(
    other_direction=BACK,
    turnstile=Turnstile(protocol="lcus", path=Path("/dev/serial/by-id/the-gate"), way="backward"),
    hub=Hub(url="https://hub.example"),
    bundle=Bundle(root=Path("root.json"), url="hub"),
    venue=Venue(code="VENUE:MADE-UP"),
)


class Known(set[bytes]):
    """Codes spent at this lane; it has no hub to ask about others."""

    covers_other_lanes = False


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return open_ground(tmp_path_factory.mktemp("lane"), NOON)


@pytest.fixture(scope="module")
def settings(ground: Ground) -> Settings:
    lane = WIRED.model_copy(update={"journal": Journal(folder=ground.folder.parent)})
    return practice_settings(lane, ground, NOON)


@pytest.fixture(scope="module")
def lists(settings: Settings) -> Lists:
    return load_lists(settings.trust, settings.lane.policy)


@pytest.fixture(scope="module")
def guided(ground: Ground) -> list[Case]:
    return cases(ground, NOON)


def judged(code: str, snapshot: Snapshot, policy: Policy | None, spent: SpentCodes) -> Verdict:
    verifier = Verifier(lambda: snapshot, frozenset(Settings().lane.formats))
    decided = judge([verifier.verify(code, NOON)], spent, policy, NOON)
    assert isinstance(decided, Verdict)
    return decided


def test_a_lane_in_practice_answers_as_the_sheet_says(guided: list[Case], lists: Lists) -> None:
    assert not lists.faults
    for case in guided:
        spent = Known()
        for outcome, why in case.answers:
            verdict = judged(case.code, lists.snapshot, lists.policy, spent)
            assert (verdict.outcome, verdict.reasons[0]) == (outcome, why), case.name
            spent |= set(verdict.spends)
        if not case.answers:
            assert judged(case.code, lists.snapshot, lists.policy, spent).reasons == (
                ReasonId.NOT_A_HEALTH_CODE,
            )
    assert {why for case in guided for _, why in case.answers} >= {
        ReasonId.COLOUR_RED,
        ReasonId.EXPIRED,
        ReasonId.ALREADY_USED,
        ReasonId.REVOKED,
        ReasonId.SIGNATURE_INVALID,
    }


def test_a_live_lane_admits_no_code_of_practice(guided: list[Case], lists: Lists, tmp_path: Path) -> None:
    live = load((ROOT / "config" / "policies" / "to-hong-kong.json").read_bytes())
    others = practice_settings(Settings(), open_ground(tmp_path, NOON), NOON)
    stranger = load_lists(others.trust, None).snapshot
    for case in guided:
        for snapshot in (lists.snapshot, stranger):
            verdict = judged(case.code, snapshot, live, NOTHING_SPENT)
            assert verdict.outcome is not Outcome.ADMIT, case.name
    green = guided[0].code
    assert judged(green, lists.snapshot, live, NOTHING_SPENT).reasons == (ReasonId.SPECIMEN,)
    assert judged(green, stranger, live, NOTHING_SPENT).reasons == (ReasonId.UNKNOWN_SIGNER,)
    with pytest.raises(CannotStart, match="accepts specimens"):
        refuse_specimens(Settings(), lists.policy, None)


def test_practice_has_no_line_to_gate_hub_bundle_or_venue(settings: Settings) -> None:
    assert settings.turnstile == Turnstile(way="backward")
    assert (settings.hub, settings.bundle, settings.venue) == (Hub(), Bundle(), Venue())
    assert isinstance(gate_in_memory(lambda: True), SimulatedTurnstile)


def test_a_lane_that_can_be_turned_is_turned_in_practice_by_the_policy_of_practice(
    settings: Settings,
) -> None:
    other = settings.other_direction
    assert (other.direction, other.way_out) == ("to_macao", "left")
    assert (other.policy, other.profile, other.channel) == (settings.lane.policy, "", 0)


def test_the_records_are_apart_and_are_not_exported(
    settings: Settings, ground: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journal = settings.journal.folder
    assert journal != ground.folder.parent
    assert is_practice(journal)
    assert not is_practice(ground.folder.parent)
    assert main(["export", "--folder", str(journal), "--to", str(tmp_path / "out"), "--progress"]) == 2
    assert json.loads(capsys.readouterr().out)["failed"] == "practice"
    assert not (tmp_path / "out").exists()


def test_the_keys_say_that_they_are_no_real_ones_and_stay_until_they_end(ground: Ground) -> None:
    assert all(one.demo for one in ground.issuers.trusted)
    keys = list(ground.folder.rglob("*.demo-key.pem"))
    assert len(keys) == 5
    assert not list(ground.folder.rglob("*.key.pem"))
    assert all(key.stat().st_mode & 0o077 == 0 for key in keys)
    lane = ground.folder.parent
    again = open_ground(lane, NOON + timedelta(days=30))
    assert again.revoked == ground.revoked
    assert again.issuers.customs.kid("CD1") == ground.issuers.customs.kid("CD1")


def test_keys_that_have_ended_are_made_anew(tmp_path: Path) -> None:
    first = open_ground(tmp_path, NOON)
    later = open_ground(tmp_path, NOON + timedelta(days=800))
    assert later.issuers.hong_kong.kid("HK1") != first.issuers.hong_kong.kid("HK1")


def test_without_a_roster_two_officers_are_made_and_their_pin_is_written_nowhere(ground: Ground) -> None:
    own = Settings(officers=Officers(roster=Path("roster.json")))
    assert with_officers(own, ground) == (own, "")
    made, pin = with_officers(Settings(), ground)
    assert made.officers.roster is not None
    officer, supervisor = load_roster(made.officers.roster).officers
    assert (officer.id, supervisor.id, supervisor.role) == ("P-1", "P-2", "supervisor")
    assert pin_matches(pin, officer.pin_hash)
    assert pin not in made.officers.roster.read_text()
