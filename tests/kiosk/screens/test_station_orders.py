"""The station desk orders its lanes: what is offered, what is signed, what the officer hears of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.entry_text import read_entry
from kiosk.desk.hub_line import Answer, Picture
from kiosk.desk.lane_control import LaneOrder
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.orders_out import OrderNotice
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.desk.station import StationDesk
from kiosk.screens import station_shots
from kiosk.screens.station_shots import NoHub
from kiosk.screens.station_window import StationWindow
from sync.canonical import utc_text
from sync.lane_order import OrderCheck, OrderStatement
from sync.referral import ForDesk, LaneShown, OrderShown, Shown
from sync.sealing import SealKey
from tests.kiosk.desk.ground import QUICK
from tests.sync.ground import HandClock
from verification.evidence import Kind

PIN = "739164"
PUBLIC, SEALED = new_officer_key("O-17", PIN)
ROSTER = Roster((Officer("O-17", Role.OFFICER, hash_pin(PIN, QUICK), None, PUBLIC, SEALED),))
DUTY = {
    "direction": "to_mainland",
    "turns_to": "to_macao",
    "turned": False,
    "shut": "",
    "muted": False,
    "alarm": False,
}


def waiting(crossing: str) -> Shown:
    """Somebody of lane-1 whom nobody has taken."""
    return Shown(
        lane="lane-1", crossing=crossing * 16, left_s=90, outcome="REFER", reasons=("UNKNOWN_SIGNER",),
        policy="", demo=False, why_not_admit="", second=False, approved_by="", sealed="", officer="", desk="",
        state="open", how="", by="", word="",
    )  # fmt: skip


class OrderLine(NoHub):
    """Notes what is sent and says that the hub took it."""

    def __init__(self, clock: HandClock, *told: Callable[[Any], None]) -> None:
        super().__init__(clock, *told)
        self.orders: list[tuple[str, str, bytes]] = []
        self.word = ""
        self.claims: list[str] = []
        self.let_go: list[str] = []

    def claim(self, lane: str, crossing: str, officer: str) -> None:
        self.claims.append(officer)
        super().claim(lane, crossing, officer)

    def release(self, lane: str, crossing: str) -> None:
        self.let_go.append(crossing)

    def order(self, lane: str, statement: str, signature: bytes) -> None:
        self.orders.append((lane, statement, signature))
        self._grant(Answer("order", lane, "", self.word, len(self.orders)))


class AtTheDesk:
    """A window, an officer signed in, and a picture of the station."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.clock = HandClock()
        self.lines: list[OrderLine] = []
        session = OfficerSession(
            ROSTER, Lockouts(folder / "lockouts.json"), self.clock, lambda _: None, with_key=True
        )
        seal = SealKey.of(X25519PrivateKey.generate())
        self.desk = StationDesk("desk-1", session, self._line, self.clock, seal)
        self.window = StationWindow(self.desk)
        qtbot.addWidget(self.window)
        self.noticed: list[str] = []
        self.desk.noticed.connect(self.noticed.append)
        session.try_pin("O-17", PIN)
        qtbot.waitUntil(lambda: session.key is not None, timeout=30_000)
        self.sees()

    @property
    def line(self) -> OrderLine:
        return self.lines[0]

    def sees(
        self,
        *orders: OrderShown,
        phase: str = "waiting",
        age_s: float = 1.0,
        waits: tuple[Shown, ...] = (),
        **duty: object,
    ) -> None:
        report: dict[str, object] = {"phase": phase, "demo": False, "faults": [], "duty": DUTY | duty}
        report["entries"] = [
            {"kind": "test", "issuers": ["HK", "MO"]},
            {"kind": "of_tomorrow", "issuers": []},
        ]
        lane = LaneShown(lane="lane-1", age_s=age_s, report=report)
        old = LaneShown(lane="lane-2", age_s=1.0, report={"phase": "waiting", "demo": False, "faults": []})
        at = utc_text(self.clock().utc)
        said = ForDesk(at=at, change=1, lanes=(lane, old), referrals=waits, orders=orders)
        self.line.say(Picture(said, self.clock().mono))

    def answered(self, word: str) -> OrderShown:
        return OrderShown(
            number=len(self.line.orders), lane="lane-1", order="close", officer="O-17", desk="desk-1",
            age_s=1, word=word,
        )  # fmt: skip

    def touch(self, order: LaneOrder) -> None:
        self.window.lane.controls.buttons[order].click()

    def sent(self) -> list[str]:
        return [json.loads(text)["order"] for _, text, _ in self.line.orders]

    def _line(self, *told: Callable[[Any], None]) -> OrderLine:
        self.lines.append(OrderLine(self.clock, *told))
        return self.lines[0]


@pytest.fixture
def officer(qtbot: QtBot, tmp_path: Path) -> Iterator[AtTheDesk]:
    made = AtTheDesk(qtbot, tmp_path)
    yield made
    made.desk.stop()


def test_who_waits_is_rung_once_and_again_while_nobody_takes_them(officer: AtTheDesk) -> None:
    rung: list[float] = []
    officer.desk.rang.connect(lambda: rung.append(officer.clock().mono))
    began = officer.clock().mono
    waits = waiting("c1")
    for taken, seconds in (("", 0), ("", 1), ("", 8), ("", 1), ("O-22", 1), ("O-22", 10), ("O-22", 1)):
        officer.clock.pass_time(seconds=seconds)
        officer.sees(waits=(waits.model_copy(update={"officer": taken}),))
    assert [at - began for at in rung] == [0, 10]
    officer.sees(waits=(waits.model_copy(update={"officer": "O-22"}), waiting("c2")))
    assert len(rung) == 3, "the next traveller is heard at once"


def test_seconds_that_run_out_make_no_key_anew(officer: AtTheDesk) -> None:
    officer.sees(waits=(waiting("c1"),))
    (key,) = officer.window.waiting.buttons
    officer.clock.pass_time(seconds=3)
    officer.window.refresh()
    assert officer.window.waiting.buttons == [key], "a reader would say it once more"
    assert any("87 s" in label.text() for label in officer.window.waiting.findChildren(QLabel))


def test_a_lane_that_is_chosen_is_read(officer: AtTheDesk, qtbot: QtBot) -> None:
    officer.window.show()
    with qtbot.waitActive(officer.window):
        officer.window.activateWindow()
    officer.window.choose_lane("lane-1")
    assert QApplication.focusWidget() is officer.window.lane
    assert officer.window.lane.accessibleName().startswith("lane-1. Ready")


def test_who_leaves_a_lanes_page_is_told_that_nobody_waits(officer: AtTheDesk) -> None:
    holds: list[str] = []
    officer.window.told.follow = lambda now: holds.append(" ".join(now.values()))  # type: ignore[method-assign]
    officer.window.choose_lane("lane-1")
    assert "Nothing to decide." not in holds[-1]
    officer.window.choose_lane("")
    assert "Nothing to decide." in holds[-1], "a reader would say nothing"


@pytest.fixture
def taken(officer: AtTheDesk) -> tuple[AtTheDesk, Shown]:
    """The officer has taken who waits."""
    waits = waiting("c1")
    officer.sees(waits=(waits,))
    officer.desk.take("lane-1", waits.crossing)
    return officer, waits.model_copy(update={"officer": "O-17", "desk": "desk-1"})


def test_who_was_taken_is_said_to_be_taken_again_and_again(taken: tuple[AtTheDesk, Shown]) -> None:
    officer, mine = taken
    for _ in range(3):
        officer.clock.pass_time(seconds=4)
        officer.sees(waits=(mine,))
        officer.desk.tick()
    assert officer.line.claims == ["O-17"] * 4
    assert officer.desk.view() is not None and officer.line.let_go == []


def test_what_another_desk_has_taken_is_not_decided_here(taken: tuple[AtTheDesk, Shown]) -> None:
    officer, mine = taken
    officer.sees(waits=(mine.model_copy(update={"officer": "O-22", "desk": "desk-2"}),))
    assert officer.desk.view() is None
    assert officer.noticed[-1] == DeskNotice.TAKEN


def test_who_signs_out_lets_go_and_leaves_nothing_to_read(taken: tuple[AtTheDesk, Shown]) -> None:
    officer, mine = taken
    officer.sees(waits=(mine,))
    assert officer.desk.view() is not None and officer.desk._contents
    officer.desk.session.sign_out()
    assert officer.line.let_go == [mine.crossing]
    assert officer.desk.view() is None and not officer.desk._contents


def test_a_picture_older_than_six_seconds_is_none(taken: tuple[AtTheDesk, Shown]) -> None:
    officer, mine = taken
    officer.sees(waits=(mine,))
    officer.clock.pass_time(seconds=6.1)
    assert officer.desk.referrals == () and officer.desk.view() is None
    officer.desk.take("lane-1", mine.crossing)
    assert officer.noticed[-1] == DeskNotice.HUB_AWAY


def test_a_lane_is_closed_with_two_touches_and_the_lane_believes_the_signature(officer: AtTheDesk) -> None:
    officer.window.lanes.buttons["lane-1"].click()
    officer.touch(LaneOrder.CLOSE)
    ((lane, text, signature),) = officer.line.orders
    check = OrderCheck("lane-1", ROSTER.officer)
    said = check.check(text, signature, officer.clock().utc, timedelta(hours=1))
    assert isinstance(said, OrderStatement), said
    assert (lane, said.order, said.officer, said.desk) == ("lane-1", "close", "O-17", "desk-1")
    officer.sees(officer.answered("taken"), phase="closed", shut="close")
    assert officer.noticed == [DeskNotice.SENT, OrderNotice.OBEYED]
    assert officer.window.lane.headline.text() != ""
    officer.window.lane.hold.click()
    assert officer.sent() == ["close", "open"], "a closed lane is opened at the same place"


def test_the_alarm_takes_two_touches_and_its_end_is_not_offered(officer: AtTheDesk) -> None:
    officer.window.choose_lane("lane-1")
    officer.touch(LaneOrder.ALARM)
    assert officer.sent() == []
    officer.touch(LaneOrder.ALARM)
    assert officer.sent() == ["alarm"]
    officer.sees(phase="evacuate", alarm=True)
    assert officer.window.lane.controls.buttons[LaneOrder.ALARM].isHidden()
    officer.desk.order("lane-1", LaneOrder.ALL_CLEAR)
    assert officer.sent() == ["alarm"]


def test_a_lane_is_turned_from_the_desk_while_nobody_is_in_it(officer: AtTheDesk) -> None:
    officer.window.choose_lane("lane-1")
    officer.touch(LaneOrder.TURN)
    assert json.loads(officer.line.orders[0][1])["to"] == "to_macao"
    officer.sees(officer.answered("in_the_lane"))
    assert officer.noticed[-1] == OrderNotice.IN_THE_LANE
    officer.sees(phase="passing")
    officer.touch(LaneOrder.TURN)
    assert len(officer.line.orders) == 1


@pytest.mark.parametrize(("word", "notice"), [("forged", "not_obeyed"), ("overtaken", "not_obeyed")])
def test_an_order_that_the_lane_does_not_believe_is_said(officer: AtTheDesk, word: str, notice: str) -> None:
    officer.desk.order("lane-1", LaneOrder.MUTE)
    officer.sees(officer.answered(word))
    assert officer.noticed[-1] == notice


def test_a_lane_that_does_not_answer_is_said_once(officer: AtTheDesk) -> None:
    officer.desk.order("lane-1", LaneOrder.MUTE)
    officer.clock.pass_time(seconds=31)
    officer.desk.tick()
    officer.desk.tick()
    assert officer.noticed.count(OrderNotice.NO_ANSWER) == 1


def test_nothing_is_ordered_of_a_silent_lane_or_of_one_too_old_for_it(officer: AtTheDesk) -> None:
    assert list(officer.window.lanes.buttons) == ["lane-1"]
    officer.desk.order("lane-2", LaneOrder.CLOSE)
    officer.sees(age_s=16.0)
    officer.desk.order("lane-1", LaneOrder.CLOSE)
    assert (officer.sent(), officer.noticed) == ([], [DeskNotice.NOT_NOW] * 2)


def test_who_signs_out_leaves_the_lane_and_orders_nothing(officer: AtTheDesk, qtbot: QtBot) -> None:
    officer.window.choose_lane("lane-1")
    qtbot.keyClick(officer.window, Qt.Key.Key_Escape)
    assert officer.window.lane.isHidden()
    officer.desk.session.sign_out()
    officer.desk.order("lane-1", LaneOrder.CLOSE)
    assert officer.sent() == []
    assert officer.window.lanes.buttons == {}


def test_paper_of_a_person_without_a_code_is_entered_for_the_lane_by_digits(officer: AtTheDesk) -> None:
    officer.window.choose_lane("lane-1")
    officer.window.lane.enter.click()
    for answer in ("test", "MO", "yes", "today", "no_end"):
        draft = officer.window.entry.draft
        assert draft is not None
        officer.window.entry.begin(draft.answer(answer), "en")
    assert not officer.window.entry.isHidden()
    officer.window.entry.go.click()
    ((lane, text, _),) = officer.line.orders
    said = json.loads(text)
    assert (lane, said["order"], said["to"]) == ("lane-1", "document", "")
    assert read_entry(said["document"]).issuer == "MO"
    assert officer.window.entry.draft is None and officer.window.lane.isHidden()


def test_nothing_can_be_entered_where_somebody_stands(officer: AtTheDesk) -> None:
    officer.sees(phase="gathering")
    officer.window.choose_lane("lane-1")
    assert officer.window.lane.enter.isHidden()
    officer.sees()
    assert not officer.window.lane.enter.isHidden()
    officer.window.lane.enter.click()
    assert officer.window.entry.draft is not None
    officer.window.choose_lane("")
    assert officer.window.entry.draft is None, "an entry ends with the lane that it is for"


def test_escape_goes_back_through_the_questions_to_the_lane(officer: AtTheDesk, qtbot: QtBot) -> None:
    officer.window.show()
    officer.window.choose_lane("lane-1")
    officer.window.lane.enter.click()
    qtbot.keyClick(officer.window, Qt.Key.Key_1)
    assert officer.window.entry.draft is not None and officer.window.entry.draft.kind is Kind.TEST
    qtbot.keyClick(officer.window, Qt.Key.Key_Escape)
    qtbot.keyClick(officer.window, Qt.Key.Key_Escape)
    assert officer.window.entry.draft is None and officer.window.lane.isVisible()
    qtbot.keyClick(officer.window, Qt.Key.Key_Escape)
    assert not officer.window.lane.isVisible()


def test_an_entry_behind_the_orders_of_a_lane_hears_no_key_and_takes_no_focus(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stage = station_shots._Stage(tmp_path)
    window = stage.play(station_shots.SCENES["station-entry"], "en")
    qtbot.addWidget(window)
    window.show()
    draft = window.entry.draft
    assert draft is not None
    window.choose_lane("lane-5")
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert window.entry.draft == draft
    window.set_language("pt")
    assert not window.entry.isAncestorOf(window.focusWidget())
    window.choose_lane("lane-5")
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.entry.draft == draft and window.entry.isVisible()
    qtbot.keyClick(window.entry.buttons[0], Qt.Key.Key_1)
    assert window.entry.draft not in (None, draft)
    stage.desk.stop()
