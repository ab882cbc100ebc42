"""The roster in the bundle: only the station's own lanes can read it, and it is in force at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import requests

from config.moment import Moment
from kiosk.bundle.opening import open_lists
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.sign_in import Check, Denied, Limits, SignIn, Why
from kiosk.desk.station_roster import StationRoster
from kiosk.program import program
from sync.event_types import OfficerSignedIn, OfficerSignedOut
from sync.sealing import ROSTER, seal_for_all, seal_key
from tests.kiosk.bundle.town import Town

AT = datetime(2026, 11, 23, 4, tzinfo=UTC)
NOW = Moment(100.0, AT)
HASH = hash_pin("135790")


def put_roster(town: Town, *numbers: int, info: bytes = ROSTER) -> None:
    officers = [{"id": f"O-{number}", "role": "officer", "pin": HASH} for number in numbers]
    content = json.dumps({"roster": 1, "officers": officers}).encode()
    own = seal_key(town.settings.journal.folder).public
    other = seal_key(town.folder / "another lane").public
    town.repository.files["station/roster/station.sealed"] = seal_for_all([own, other], info, content)


def test_a_roster_that_is_sealed_to_this_lane_is_read(town: Town) -> None:
    put_roster(town, 17)
    town.publish(hours=1)
    town.worker.look()
    roster = town.keeper().station.roster
    assert roster is not None and [officer.id for officer in roster.officers] == ["O-17"]
    for file in (town.folder / "bundle").rglob("*"):
        assert not file.is_file() or HASH.encode() not in file.read_bytes(), "never in the clear on disk"


def test_a_roster_for_others_or_another_purpose_is_named_and_the_one_before_stays(town: Town) -> None:
    put_roster(town, 17)
    town.publish(hours=1)
    town.worker.look()
    keeper = town.keeper()
    before = keeper.station.roster
    put_roster(town, 18, info=b"another purpose\n")
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert "-roster" in town.faults()
    assert keeper.station.roster is before
    put_roster(town, 17, 18)
    town.publish(hours=1)
    town.worker.look()
    keeper.look_again(town.told.append)
    assert "+roster" in town.faults()
    assert keeper.station.roster is not None and len(keeper.station.roster.officers) == 2


def test_a_roster_that_did_not_change_is_the_same_one(town: Town) -> None:
    put_roster(town, 17)
    town.publish(hours=1)
    town.worker.look()
    keeper = town.keeper()
    before = keeper.station.roster
    put_roster(town, 17)
    town.publish(hours=1)
    town.worker.look()
    assert keeper.look_again(town.told.append)
    assert keeper.station.roster is before


def officer(number: int, pin: str = HASH) -> Officer:
    return Officer(f"O-{number}", Role.OFFICER, pin)


def signed_in(desk: SignIn, number: str) -> None:
    check = desk.attempt(number, "135790", NOW)
    assert isinstance(check, Check)
    denied, event = desk.checked(check, True, NOW)
    assert denied is None and isinstance(event, OfficerSignedIn)


def test_whoever_is_signed_in_stays_while_the_roster_still_names_him() -> None:
    desk = SignIn(Roster((officer(17),)), Limits(), {}, NOW)
    signed_in(desk, "17")
    assert desk.use_roster(Roster((officer(17), officer(18))), NOW) is None
    assert desk.officer == officer(17)
    assert desk.use_roster(Roster((officer(18),)), NOW) == OfficerSignedOut("O-17", "ended")
    assert desk.officer is None


def test_a_new_roster_gives_nobody_new_tries() -> None:
    desk = SignIn(Roster((officer(17),)), Limits(), {}, NOW)
    for _ in range(Limits().tries_before_wait):
        check = desk.attempt("17", "000000", NOW)
        assert isinstance(check, Check)
        desk.checked(check, False, NOW)
    for roster in (Roster(), Roster((officer(18),)), Roster((officer(17),))):
        desk.use_roster(roster, NOW)
        assert desk.tries["O-17"].count == Limits().tries_before_wait
    denied = desk.attempt("17", "135790", NOW)
    assert isinstance(denied, Denied) and denied.why is Why.WAIT


def test_who_is_taken_off_the_roster_while_a_pin_is_compared_is_not_signed_in() -> None:
    desk = SignIn(Roster((officer(17),)), Limits(), {}, NOW)
    check = desk.attempt("17", "135790", NOW)
    assert isinstance(check, Check)
    desk.use_roster(Roster((officer(18),)), NOW)
    denied, _ = desk.checked(check, True, NOW)
    assert denied is not None and denied.why is Why.ENDED and desk.officer is None


def test_a_station_desk_leaves_compacting_to_a_process_as_a_lane_does(town: Town) -> None:
    for worker in (
        StationRoster(town.settings, requests.Session(), town.clock)._worker,
        open_lists(town.settings, requests.Session(), town.clock, town.told.append, program())[1],
    ):
        assert worker is not None and worker._compactor is not None
        assert worker._compactor._argv == [*program(), "index-worker"]
