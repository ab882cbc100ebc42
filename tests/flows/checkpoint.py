"""A lane with its people: real codes, rules, journal, lane and windows; gate and clock are the test's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from argon2 import PasswordHasher
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from config.moment import Moment
from drivers.turnstile.port import GateReport, LinkChanged, LinkState, PulseAccepted, Turnstile, Way
from kiosk.crossing import Crossing
from kiosk.crossing_io import PartFailed, PartRecovered, Seen, Tick
from kiosk.desk.desk import OfficerDesk
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.gate_parts import part_news
from kiosk.lane import Lane
from kiosk.lane_view import Fault, LaneView
from kiosk.presenters.traveller_screen import Page
from kiosk.rulebook import LaneRulebook
from kiosk.screens.help_shots import ALONG
from kiosk.screens.officer_panel import OfficerPanel
from kiosk.screens.traveller_shots import LAYOUTS
from kiosk.screens.traveller_window import TravellerWindow
from kiosk.standing import Side, Standing
from sync.device_key import device_key
from sync.event import Event
from sync.journal import Journal
from sync.journal_file import JournalUnavailable
from sync.journal_reader import JournalReader
from tests.kiosk.lane_bench import NOON
from verification.evidence import Colour, Use
from verification.issuing.authority import Authority, found_authority
from verification.issuing.colour_code import ColourCode, issue
from verification.policy import Policy, load
from verification.revocation.memory import RevocationList
from verification.snapshot import ListAge, Signer, Snapshot
from verification.trust.store import TrustList
from verification.verifier import Verifier

QUICK = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The weakest hash a roster takes, so that tests are quick."""
PINS = {"O-17": "739164", "O-22": "284951"}
ROSTER = Roster(tuple(Officer(who, Role.OFFICER, hash_pin(pin, QUICK)) for who, pin in PINS.items()))
MACAO, FORGER = (found_authority("MO", frozenset({"MO1"}), NOON, demo=False) for _ in range(2))
POLICY = Path(__file__).resolve().parents[2] / "config" / "policies" / "to-macao.json"
OFTEN_S, MOST_STEPS = 0.5, 40


class Gate(Turnstile):
    """Takes what it is asked for, or says no; what it reports is the test's to say."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ways: list[Way] = []
        """Which way each was asked for, and what it was turned to face."""

    def start(self, report: object) -> None: ...

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        self.asked.append(authorisation)
        self.ways.append(way)

    def face(self, way: Way) -> None:
        self.ways.append(way)

    def stop(self) -> None: ...


class Disk:
    """The lane's journal on a disk that can be full."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.full = False

    def append(
        self,
        events: Sequence[Event],
        at: datetime,
        *,
        spend: Sequence[bytes] = (),
        give_back: Sequence[bytes] = (),
    ) -> int:
        if self.full:
            raise JournalUnavailable("The disk is full: free some space, nothing is lost meanwhile.")
        return self._journal.append(events, at, spend=spend, give_back=give_back)


class Checkpoint:
    """One lane and both its windows. Its methods are what people do and what goes wrong."""

    def __init__(self, qtbot: QtBot, folder: Path, standing: Standing | None = None) -> None:
        """`standing` has both directions of a lane; `other_policy` judges in the second."""
        self.standing = standing or Standing((Side("to_macao"),))
        self.qtbot, self.folder = qtbot, folder
        self.now = Moment(100.0, NOON)
        self.authority, self.forger = MACAO, FORGER
        self.lists_from, self.revocation_there, self.believed, self.room = NOON, True, True, True
        self.withdrawn: frozenset[int] = frozenset()
        self.policy = self.other_policy = policy()
        self.journal = Journal(folder, self.clock, device_key(folder), kiosk="3")
        self.disk = Disk(self.journal)
        self.gate = Gate()
        self.rules = LaneRulebook(
            Verifier(self._snapshot, frozenset({"MO1"})),
            lambda: self.other_policy if self.standing.turned else self.policy,
            self.journal,
            lambda: 0,
            timed=lambda: self.believed,
            room=lambda: self.room,
        )
        ids = count(1)
        self.lane = Lane(
            Crossing("3", self.rules, self.clock, lambda: f"id-{next(ids)}", standing=self.standing),
            self.disk,
            self.gate,
            self.clock,
            self._published,
        )
        self.window = TravellerWindow(LAYOUTS["landscape"], "3", clock=self.clock, still=True, along=ALONG)
        lockouts = Lockouts(folder / "lockouts.json")
        self.session = OfficerSession(ROSTER, lockouts, self.clock, self.lane.record)
        self.desk = OfficerDesk(self.session, self.lane, self.clock, self.rules.needs_second_officer)
        self.panel = OfficerPanel(self.desk, "en")
        self.window.help.officer_wanted.connect(self.lane.call_officer)
        for shown in (self.window, self.panel):
            qtbot.addWidget(shown)
            shown.resize(1280, 800)
            shown.show()
        self.gate_says(LinkChanged(LinkState.UP))

    def close(self) -> None:
        self.session.stop()
        self.journal.close()

    def clock(self) -> Moment:
        return self.now

    # --- what travellers do ---

    def code(self, colour: Colour = Colour.GREEN, *, hours: float = 6.0, **more: object) -> bytes:
        """A code made a minute ago by Macao's authority, or by who is named as `by`."""
        by = more.pop("by", self.authority)
        assert isinstance(by, Authority)
        made = self.now.utc - timedelta(minutes=1)
        cti = len(more).to_bytes(1) + colour.value.encode().ljust(15)
        says = ColourCode(
            prefix="MO1",
            cti=cti,
            issued_at=made,
            expires_at=made + timedelta(hours=hours),
            colour=colour,
            **more,  # type: ignore[arg-type]
        )
        return issue(says, by).encode()

    def holds(self, code: bytes) -> None:
        """A traveller holds a code before the camera."""
        self.hear(Seen(code, self.now.mono))

    def used_once(self) -> bytes:
        return self.code(use=Use.SINGLE)

    def leaves(self) -> None:
        """Nobody stands there any more, and the screen has come to rest."""
        self.waits(8.0)

    def waits(self, seconds: float) -> None:
        """Time goes on, in steps as the lane takes them."""
        end, step = self.now.mono + seconds, max(OFTEN_S, seconds / MOST_STEPS)
        while self.now.mono < end:
            self.now = self.now.later(min(step, end - self.now.mono))
            self.desk.tick()
            self.work()

    # --- what the gate and other parts do ---

    def gate_says(self, report: GateReport) -> None:
        news = part_news(report)
        if news is not None:
            self.hear(news)
        self.hear(report)

    def gate_takes_it(self) -> None:
        self.gate_says(PulseAccepted(self.gate.asked[-1], acknowledged=True))

    def fails(self, part: str, code: str, *, stops: bool) -> None:
        self.hear(PartFailed(Fault(part, code, f"the detail of {code}", stops=stops)))

    def is_back(self, part: str) -> None:
        self.hear(PartRecovered(part))

    # --- what officers do ---

    def signs_in(self, who: str = "O-17", pin: str = "") -> None:
        """Types number and PIN at the panel, which stands at its sign-in."""
        page = self.panel.sign_in
        page.number.clear()
        self.qtbot.keyClicks(page.number, who)
        self.qtbot.keyClicks(page.pin, pin or PINS[who])
        self.touches(page.go)
        self.qtbot.waitUntil(lambda: not self.session.checking, timeout=20_000)
        self.work()

    def touches(self, *names: str | QWidget) -> None:
        """Fingers, on what is named by its words."""
        for name in names:
            self.desk.tick()
            target = name if isinstance(name, QWidget) else self._button(name)
            self.qtbot.mouseClick(target, Qt.MouseButton.LeftButton)
            self.work()

    # --- what is seen and kept ---

    @property
    def page(self) -> Page:
        return self.window.screen_shown.page

    @property
    def traveller_reads(self) -> str:
        return readable(self.window)

    @property
    def officer_reads(self) -> str:
        return readable(self.panel)

    def kept(self) -> list[tuple[str, dict[str, object]]]:
        """What the journal on the disk holds, as kind and payload."""
        reader = JournalReader(self.folder)
        try:
            return [(record.kind, json.loads(record.payload or "{}")) for record in reader.all_records()]
        finally:
            reader.close()

    # --- how it works ---

    def hear(self, heard: object) -> None:
        self.lane.post(heard)  # type: ignore[arg-type]
        self.work()

    def work(self) -> None:
        """The lane takes what waits for it."""
        inbox = self.lane._inbox
        while not inbox.empty():
            heard = inbox.get()
            assert heard is not None
            self.lane.step(heard)
        self.lane.step(Tick())
        QApplication.processEvents()

    def _published(self, view: LaneView) -> None:
        self.window.show_lane(view)
        self.desk.show_view(view)

    def _snapshot(self) -> Snapshot:
        key = Signer(
            self.authority.kid("MO1"),
            self.authority.key.public_key(),
            self.authority.algorithm,
            "MO",
            frozenset({"MO1"}),
        )
        age = ListAge(self.lists_from, timedelta(hours=36), timedelta(hours=72))
        withdrawn = RevocationList((), {("MO1", "MO")}, {"MO": self.withdrawn})
        return Snapshot(TrustList([key]), withdrawn if self.revocation_there else None, age, age)

    def _button(self, words: str) -> QAbstractButton:
        found = [
            button
            for window in (self.panel, self.window)
            for button in window.findChildren(QAbstractButton)
            if button.isVisible() and words in (button.text() or button.accessibleName())
        ]
        assert found, f"nobody can touch {words!r}; there is: {self.officer_reads}"
        return found[0]


def readable(window: QWidget) -> str:
    """All words that stand on a window."""
    seen = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    seen += [button.text() for button in window.findChildren(QAbstractButton) if button.isVisible()]
    for rows in (view.model() for view in window.findChildren(QAbstractItemView) if view.isVisible()):
        seen += [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]
    return "\n".join(words for words in seen if words)


def policy(**changes: object) -> Policy:
    """The shipped policy to Macao without its spot check, with changes."""
    document = json.loads(POLICY.read_text(encoding="utf-8"))
    del document["spot_check_one_in"]
    document["single_use_elsewhere"] = "admit_noted"  # there is no hub to ask
    return load(json.dumps(document | changes).encode())
