"""The desk: travellers of two lanes, two officers who never decide the same one, and a hub that dies."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.lane_control import Action, LaneOrder
from kiosk.desk.officer_key import unlock
from kiosk.desk.orders_out import OrderNotice
from kiosk.desk.station import Mine
from kiosk.screens.station_window import StationWindow
from sync.decision import new_statement, sign_decision
from sync.event_types import OfficerNoted
from sync.signing import SigningKey
from tests.flows.desk_station import PINS, Desk, DeskLane, Station
from tests.sync.ground import key
from verification.entered import Choice, Entered, Mark, Supposed
from verification.evidence import Kind, Origin
from verification.reasons import ReasonId
from verification.verdict import Outcome

NAME = b"E*****E"
PAPER = Entered(Kind.TEST, "MO", date(2026, 11, 23), None, None, True, (Mark.ORIGINAL,))


@pytest.fixture
def station(tmp_path: Path, qtbot: QtBot) -> Iterator[Station]:
    made = Station(tmp_path, qtbot)
    yield made
    made.stop()


@pytest.fixture
def with_program(tmp_path: Path, qtbot: QtBot) -> Iterator[Station]:
    """Its hub is `main.py hub run`."""
    made = Station(tmp_path, qtbot, program=True)
    yield made
    made.stop()


@pytest.fixture
def hasty(tmp_path: Path, qtbot: QtBot) -> Iterator[Station]:
    """Its lanes send a traveller to the desk after three seconds."""
    made = Station(tmp_path, qtbot, referral_s=3.0)
    yield made
    made.stop()


def traveller(station: Station, place: int = 0) -> tuple[DeskLane, str]:
    """Somebody stands at a lane and every desk knows it."""
    lane = station.lanes[place]
    lane.show_code()
    station.qtbot.waitUntil(lambda: bool(lane.waits), timeout=30_000)
    crossing = lane.waits
    for desk in station.desks:
        desk.until(lambda desk=desk: desk.sees(crossing))  # type: ignore[misc]
    return lane, crossing


def take(desk: Desk, lane: str, crossing: str) -> None:
    desk.desk.take(lane, crossing)
    desk.until(lambda: desk.desk.mine == Mine(lane, crossing))
    desk.until(lambda: desk.desk.view() is not None)


def entries_shown(desk: Desk) -> int:
    view = desk.desk.view()
    return view.crossing.entered if view is not None and view.crossing is not None else 0


def admit(desk: Desk, crossing: str) -> None:
    desk.desk.decide(crossing, Action.ADMIT, "DOCUMENT_GENUINE")


def test_one_officer_takes_a_traveller_and_the_gate_opens_once(with_program: Station) -> None:
    station = with_program
    one, two = station.desks
    one.sign_in("O-17")
    two.sign_in("O-18")
    lane, crossing = traveller(station)
    assert one.rings >= 1
    take(one, "lane-1", crossing)
    view = one.desk.view()
    assert view is not None
    assert view.crossing is not None
    assert [item.personal.masked_name for item in view.crossing.evidence] == [NAME.decode()]
    two.desk.take("lane-1", crossing)
    two.until(lambda: DeskNotice.TAKEN in two.notices)
    admit(one, crossing)
    one.until(lambda: len(lane.gate.opened) == 1)
    two.until(lambda: two.how(crossing) == "admit O-17")
    kinds = [kind for kind, _ in lane.events()]
    assert (
        kinds.index("crossing.decided") < kinds.index("officer.decided") < kinds.index("gate.authorised") + 1
    )
    assert lane.of("crossing.decided")[0]["outcome"] == "REFER", "the first verdict stays"
    (decided,) = lane.of("officer.decided")
    assert (decided["officer"], decided["desk"], decided["action"], decided["in_time"]) == (
        "O-17",
        "desk-1",
        "admit",
        True,
    )
    assert station.lanes[1].gate.opened == []
    one.until(lambda: one.desk.mine is None)
    held = b"".join(file.read_bytes() for file in station.hub.data.iterdir() if "sqlite" in file.name)
    assert crossing.encode() in held
    assert NAME not in held, "the hub's database never holds a name"


def test_two_travellers_at_two_lanes_are_decided_apart(station: Station) -> None:
    one, two = station.desks
    one.sign_in("O-17")
    two.sign_in("O-18")
    first, crossing = traveller(station)
    second, other = traveller(station, 1)
    take(one, "lane-1", crossing)
    take(two, "lane-2", other)
    two.desk.decide(other, Action.REFUSE, "NOT_THE_HOLDER")
    admit(one, crossing)
    one.until(lambda: len(first.gate.opened) == 1)
    one.until(lambda: bool(second.of("officer.decided")))
    assert second.gate.opened == []
    assert second.of("officer.decided")[0]["officer"] == "O-18"


def send(
    desk: Desk, signing: SigningKey, officer: str, lane: str, crossing: str, action: str = "admit"
) -> tuple[int, str]:
    """A decision as a desk that lies would send it: status and word of the hub's answer."""
    reason = {"admit": "DOCUMENT_GENUINE", "refuse": "NOT_THE_HOLDER"}[action]
    statement = new_statement(
        lane, crossing, action, reason, officer, "desk-1", datetime.now(UTC), "a-made-up-nonce-0001"
    )
    content: dict[str, object] = {
        "statement": statement.text(),
        "signature": sign_decision(signing, statement).hex(),
    }
    reply = desk.exchange().ask("POST", "/desk/decide", content)
    return reply.status, str(reply.table.get("refused", ""))


def officers_key(station: Station, name: str) -> SigningKey:
    officer = station.officers.officer(name)
    assert officer is not None
    assert officer.public is not None
    made = unlock(name, officer.public, officer.sealed_key, PINS[name])
    assert made is not None
    return made


def test_a_forged_decision_opens_nothing_and_the_true_one_still_counts(station: Station) -> None:
    one, _ = station.desks
    one.sign_in("O-17")
    lane, crossing = traveller(station)
    take(one, "lane-1", crossing)
    assert send(one, key(), "O-17", "lane-1", crossing) == (200, "")
    one.until(lambda: [said["why"] for said in lane.of("decision.refused")] == ["forged"])
    assert lane.gate.opened == []
    one.until(lambda: DeskNotice.NOT_BELIEVED in one.notices)
    admit(one, crossing)
    one.until(lambda: len(lane.gate.opened) == 1)
    assert len(lane.of("officer.decided")) == 1


def test_a_desk_can_decide_neither_in_anothers_name_nor_about_what_it_has_not_taken(station: Station) -> None:
    one, _ = station.desks
    one.sign_in("O-17")
    lane, crossing = traveller(station)
    eighteen = officers_key(station, "O-18")
    assert send(one, eighteen, "O-18", "lane-1", crossing) == (409, "not_taken")
    take(one, "lane-1", crossing)
    assert send(one, eighteen, "O-18", "lane-1", crossing) == (409, "not_taken")
    assert send(one, eighteen, "O-18", "lane-2", crossing) == (409, "unknown")
    assert lane.gate.opened == []


def test_a_decision_that_comes_too_late_is_written_down_and_opens_nothing(hasty: Station) -> None:
    one, _ = hasty.desks
    one.sign_in("O-17")
    lane, crossing = traveller(hasty)
    take(one, "lane-1", crossing)
    one.until(lambda: not lane.waits)
    one.until(lambda: one.how(crossing) == "timed_out ")
    assert send(one, officers_key(hasty, "O-17"), "O-17", "lane-1", crossing) == (200, "")
    one.until(lambda: bool(lane.of("officer.decided")))
    assert lane.of("officer.decided")[0]["in_time"] is False
    assert lane.gate.opened == []


def test_the_red_and_the_revoked_take_two_officers(station: Station) -> None:
    one, two = station.desks
    one.sign_in("O-17")
    two.sign_in("O-18")
    for lane in station.lanes:
        lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    lane, crossing = traveller(station)
    take(one, "lane-1", crossing)
    admit(one, crossing)
    one.until(lambda: bool(lane.of("officer.approved")))
    one.until(lambda: one.desk.mine is None and DeskNotice.SECOND_OFFICER in one.notices)
    assert lane.gate.opened == []
    one.desk.take("lane-1", crossing)
    one.until(lambda: one.notices.count(DeskNotice.SECOND_OFFICER) == 2)
    two.until(lambda: two.sees(crossing))
    take(two, "lane-1", crossing)
    admit(two, crossing)
    two.until(lambda: len(lane.gate.opened) == 1)
    assert lane.of("officer.approved")[0]["officer"] == "O-17"
    assert lane.of("officer.decided")[0]["officer"] == "O-18"


def test_the_lanes_own_panel_may_be_first_and_the_desk_is_told(station: Station) -> None:
    one, _ = station.desks
    one.sign_in("O-17")
    lane, crossing = traveller(station)
    take(one, "lane-1", crossing)
    lane.lane.decide(crossing, "O-18", Action.REFUSE, "NOT_THE_HOLDER")
    one.until(lambda: one.desk.mine is None and DeskNotice.OVER in one.notices)
    assert one.how(crossing) == "refuse O-18"
    admit(one, crossing)
    assert one.notices[-1] == DeskNotice.NOT_NOW
    assert lane.gate.opened == []


def test_without_a_hub_the_lanes_own_panel_does_the_same_work(with_program: Station) -> None:
    station = with_program
    one, _ = station.desks
    one.sign_in("O-17")
    lane, crossing = traveller(station)
    window = StationWindow(one.desk, "en")
    station.qtbot.addWidget(window)
    window.show()
    take(one, "lane-1", crossing)
    station.hub.kill()
    one.until(lambda: not one.desk.in_contact)
    admit(one, crossing)
    assert one.notices[-1] == DeskNotice.HUB_AWAY

    def words() -> str:
        return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())

    one.until(lambda: "use each lane's own panel" in words())
    assert NAME.decode() not in words()
    assert "Connected" not in words()
    lane.lane.decide(crossing, "O-18", Action.ADMIT, "DOCUMENT_GENUINE")
    one.until(lambda: len(lane.gate.opened) == 1)
    assert lane.of("officer.decided")[0]["desk"] == ""
    station.hub.start()
    one.until(lambda: one.desk.in_contact and one.how(crossing) == "admit O-18")


def test_everything_is_done_by_keyboard_alone(station: Station) -> None:
    one, _ = station.desks
    lane, _ = traveller(station)
    window = StationWindow(one.desk, "en")
    station.qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    with station.qtbot.waitActive(window, timeout=5000):
        window.activateWindow()

    def words() -> str:
        return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())

    assert "lane-1" in words()
    assert "trust list" not in words(), "the reason waits behind the sign-in"
    station.qtbot.keyClicks(QApplication.focusWidget() or window, "17")
    station.qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    station.qtbot.keyClicks(QApplication.focusWidget() or window, PINS["O-17"])
    station.qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Return)
    one.until(lambda: one.desk.session.key is not None)
    assert "trust list" in words()
    station.qtbot.keyClick(window, Qt.Key.Key_1)
    one.until(lambda: one.desk.view() is not None and window.bar.isVisible())
    assert NAME.decode() in words()
    for pressed in (Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return):
        station.qtbot.keyClick(QApplication.focusWidget() or window, pressed)
    one.until(lambda: len(lane.gate.opened) == 1)
    assert lane.of("officer.decided")[0]["reason"] == "DOCUMENT_GENUINE"
    one.until(lambda: "Admitted by O-17" in words())
    assert NAME.decode() not in words()


def test_a_decision_sent_by_mistake_is_taken_back_and_its_note_stays_at_the_desk(station: Station) -> None:
    one = station.desks[0]
    one.sign_in("O-17")
    lane, crossing = traveller(station)
    take(one, "lane-1", crossing)
    one.desk.decide(crossing, Action.REFUSE, "NOT_THE_HOLDER", "made-up\u202e words ")
    one.until(lambda: DeskNotice.SENT in one.notices)
    one.desk.take_back()
    one.until(lambda: DeskNotice.UNDONE in one.notices)
    one.until(lambda: one.desk.mine == Mine("lane-1", crossing))
    one.until(lambda: one.desk.view() is not None)
    admit(one, crossing)
    one.until(lambda: len(lane.gate.opened) == 1)
    kinds = [kind for kind, _ in lane.events() if kind.startswith("officer.")]
    assert kinds == ["officer.decided", "officer.undone", "officer.decided"]
    assert lane.of("officer.undone")[0] == {
        "crossing": crossing,
        "officer": "O-17",
        "action": "refuse",
        "reason": "NOT_THE_HOLDER",
        "desk": "desk-1",
    }
    assert one.recorded == [OfficerNoted(crossing, "O-17", "made-up words")]
    held = b"".join(file.read_bytes() for file in station.hub.data.iterdir() if "sqlite" in file.name)
    assert crossing.encode() in held
    assert b"made-up words" not in held, "a note passes no hub"
    one.desk.take_back()
    one.until(lambda: DeskNotice.TOO_LATE in one.notices)
    assert len(lane.gate.opened) == 1


def test_a_paper_document_is_entered_at_the_desk_and_judged_by_the_lane(station: Station) -> None:
    one = station.desks[0]
    one.sign_in("O-17")
    lane, crossing = traveller(station)
    take(one, "lane-1", crossing)
    one.until(lambda: bool(one.desk.entry_choices))
    assert one.desk.entry_choices == (Choice(Kind.TEST, ("HK", "MO")),)
    paper = Entered(Kind.TEST, "MO", date(2026, 11, 23), None, None, True, (Mark.ORIGINAL, Mark.SEALS))
    assert one.desk.enter(crossing, paper)
    one.until(lambda: entries_shown(one) == 1)
    view = one.desk.view()
    assert view is not None
    assert view.crossing is not None
    assert view.crossing.evidence[-1].origin is Origin.ENTERED
    assert view.crossing.supposed == Supposed(Outcome.ADMIT, (ReasonId.ADMITTED,))
    assert lane.gate.opened == [], "an entry decides nothing"
    (told,) = lane.of("officer.entered_document")
    assert (told["crossing"], told["officer"], told["desk"]) == (crossing, "O-17", "desk-1")
    assert (told["evidence_kind"], told["issuer"], told["seen"]) == ("test", "MO", ["original", "seals"])
    admit(one, crossing)
    one.until(lambda: len(lane.gate.opened) == 1)
    held = b"".join(file.read_bytes() for file in station.hub.data.iterdir() if "sqlite" in file.name)
    assert NAME not in held


def test_an_officer_at_the_desk_closes_a_lane_and_sees_it_closed(station: Station) -> None:
    lane, desk = station.lanes[0], station.desks[0]
    desk.sign_in("O-17")
    desk.until(lambda: lane.view is not None)
    lane.reports()
    desk.until(lambda: desk.desk.lane_view("lane-1") is not None)
    desk.desk.order("lane-1", LaneOrder.CLOSE)
    desk.until(lambda: OrderNotice.OBEYED in desk.notices)
    lane.reports()
    desk.until(lambda: (view := desk.desk.lane_view("lane-1")) is not None and view.duty.shut == "close")
    assert lane.of("lane.closed") == [{"officer": "O-17", "desk": "desk-1"}]
    assert lane.of("order.refused") == []
    assert lane.gate.opened == []


def test_an_officer_enters_paper_for_a_person_without_a_code_and_the_lane_waits_for_the_decision(
    station: Station,
) -> None:
    lane, desk = station.lanes[0], station.desks[0]
    desk.sign_in("O-17")
    desk.until(lambda: lane.view is not None)
    lane.reports()
    desk.until(lambda: desk.desk.lanes.choices("lane-1") == lane.choices)
    assert desk.desk.lanes.enter("lane-1", PAPER)
    desk.until(lambda: desk.desk.mine is not None and desk.desk.mine.crossing == lane.waits)
    assert OrderNotice.ENTERED in desk.notices, "and it is this officer's without being looked for"
    (told,) = lane.of("officer.entered_document")
    assert (told["crossing"], told["officer"], told["desk"]) == (lane.waits, "O-17", "desk-1")
    (decided,) = lane.of("crossing.decided")
    assert (decided["outcome"], decided["reasons"][0]) == ("REFER", "ENTERED_BY_OFFICER")
    assert lane.gate.opened == [], "an entry decides nothing"
    admit(desk, lane.waits)
    desk.until(lambda: len(lane.gate.opened) == 1)
