"""A station in a test: a hub program, lanes with real crossings and journals, desks with real sign-in."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import requests
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from drivers.turnstile.port import GateReport, Turnstile, Way
from kiosk.crossing import Crossing
from kiosk.crossing_io import Patience, Seen
from kiosk.desk.hub_line import Answer, DeskLine, Picture
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.desk.station import StationDesk
from kiosk.lane import Lane
from kiosk.lane_reporting import LaneReporting
from kiosk.lane_view import LaneView, Phase
from kiosk.referral_line import LaneFacts, ReferralLine
from sync.event import Event
from sync.exchange import Exchange
from sync.hub.app import create_app
from sync.hub.database import open_database
from sync.hub.devices import Devices
from sync.hub.ledger import Ledger
from sync.hub.server import hub_key
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.session import open_session
from sync.signing import PublicKey, load_public
from tests.faults.station_hub import HubProgram
from tests.kiosk.desk.ground import QUICK
from tests.kiosk.lane_bench import REFER, ScriptedRulebook
from tests.kiosk.test_lane_reporting import QuietUplink
from tests.sync.hub.ground import STATION, LaneKeys
from tests.sync.hub.served import served
from verification.entered import Choice
from verification.evidence import Kind

PINS = {"O-17": "739164", "O-18": "482915"}
SOON_MS = 30_000


def roster() -> Roster:
    officers = []
    for name, pin in PINS.items():
        public, sealed = new_officer_key(name, pin)
        officers.append(Officer(name, Role.OFFICER, hash_pin(pin, QUICK), None, public, sealed))
    return Roster(tuple(officers))


class Gate(Turnstile):
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def start(self, report: Callable[[GateReport], None]) -> None: ...

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        self.opened.append(authorisation)

    def stop(self) -> None: ...


class DeskLane:
    """A lane that refers everybody, on its own thread, with a journal on the disk."""

    def __init__(
        self,
        folder: Path,
        keys: LaneKeys,
        url: str,
        hub: PublicKey,
        officers: Roster,
        referral_s: float = 60.0,
    ) -> None:
        folder.mkdir()
        self.folder, self.name = folder, keys.name
        self.rules, self.gate = ScriptedRulebook(), Gate()
        self.rules.decision = REFER
        self.journal = Journal(folder, system_clock, keys.device, reserve_bytes=100_000)
        self.view: LaneView | None = None
        self.notices: list[str] = []
        self._sessions: list[requests.Session] = []
        crossing = Crossing(
            keys.name,
            self.rules,
            system_clock,
            lambda: uuid.uuid4().hex,
            patience=Patience(referral=referral_s, gate_answer=60.0, refused=0.5, desk=0.5, undo=2.0),
        )
        self.lane = Lane(crossing, self.journal, self.gate, system_clock, self._show)
        self.lane.on_notice = self.notices.append

        def exchange() -> Exchange:
            self._sessions.append(open_session())
            return Exchange(url, keys.name, keys.device, hub, self._sessions[-1])

        self.choices = (Choice(Kind.TEST, ("HK", "MO")),)
        facts = LaneFacts(
            lambda: officers,
            lambda: "made up 1",
            self.rules.needs_second_officer,
            choices=lambda: self.choices,
        )
        self.line = ReferralLine(keys.name, exchange, system_clock, self.lane.post, facts)
        self.lane.on_answer, self.lane.on_obeyed = self.line.answer, self.line.obeyed
        self._exchange = exchange
        self.line.start()
        self.lane.start()

    @property
    def waits(self) -> str:
        """The crossing that waits for an officer; empty: none."""
        view = self.view
        return view.crossing.crossing if view and view.crossing and view.phase is Phase.REFERRED else ""

    def show_code(self, content: bytes = b"made-up code") -> None:
        self.lane.post(Seen(content, time.monotonic()))

    def reports(self) -> None:
        """Tells the hub how it is, as it does every five seconds."""
        quiet = QuietUplink(0, None)
        reporting = LaneReporting(system_clock, quiet, lambda: self.choices)  # type: ignore[arg-type]
        assert self.view is not None
        reporting.show_view(self.view)
        report = reporting.report()
        assert report is not None
        assert self._exchange().ask("POST", "/status", report.content()).status == 200

    def events(self) -> list[tuple[str, dict[str, Any]]]:
        with closing(JournalReader(self.folder)) as reader:
            return [(record.kind, json.loads(record.payload or "{}")) for record in reader.all_records()]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [payload for name, payload in self.events() if name == kind]

    def stop(self) -> None:
        self.line.stop()
        self.lane.stop()
        self.journal.close()
        for session in self._sessions:
            session.close()

    def _show(self, view: LaneView) -> None:
        self.view = view
        self.line.show_view(view)


class Desk:
    """A station desk and the officer at it."""

    def __init__(
        self, folder: Path, keys: LaneKeys, url: str, hub: PublicKey, officers: Roster, qtbot: QtBot
    ) -> None:
        folder.mkdir()
        self.qtbot = qtbot
        self._sessions: list[requests.Session] = []
        self.url, self.keys, self.hub = url, keys, hub
        self.notices: list[str] = []
        self.rings = 0
        session = OfficerSession(
            officers, Lockouts(folder / "lockouts.json"), system_clock, lambda _: None, with_key=True
        )
        self.recorded: list[Event] = []
        """What the desk wrote into its own journal."""
        self.desk = StationDesk(keys.name, session, self._line, system_clock, keys.seal, self.recorded.append)
        self.desk.noticed.connect(self.notices.append)
        self.desk.rang.connect(self._rang)
        self.desk.start()

    def exchange(self) -> Exchange:
        self._sessions.append(open_session())
        return Exchange(self.url, self.keys.name, self.keys.device, self.hub, self._sessions[-1])

    def sign_in(self, officer: str) -> None:
        self.desk.session.try_pin(officer, PINS[officer])
        self.until(lambda: self.desk.session.key is not None)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=SOON_MS)

    def sees(self, crossing: str) -> bool:
        return any(one.crossing == crossing and one.state == "open" for one in self.desk.referrals)

    def how(self, crossing: str) -> str:
        return next((f"{one.how} {one.by}" for one in self.desk.referrals if one.crossing == crossing), "")

    def stop(self) -> None:
        self.desk.stop()
        for session in self._sessions:
            session.close()

    def _rang(self) -> None:
        self.rings += 1

    def _line(
        self, seen: Callable[[Picture], None], answered: Callable[[Answer], None], away: Callable[[str], None]
    ) -> DeskLine:
        return DeskLine(self.exchange, system_clock, seen, answered, away)


class Station:
    """Two lanes, two desks, one hub."""

    def __init__(
        self, folder: Path, qtbot: QtBot, referral_s: float = 60.0, *, program: bool = False
    ) -> None:
        """`program`: the hub is a process of its own, which can be killed."""
        self.folder, self.qtbot = folder, qtbot
        self._stack = ExitStack()
        self.hub = HubProgram(folder / "hub")
        self.hub.data.mkdir()
        self.officers = roster()
        names = ("lane-1", "lane-2", "desk-1", "desk-2")
        keys = {name: LaneKeys(name) for name in names}
        self._enrol([keys[name] for name in names])
        if program:
            self.hub.start()
            self.url = self.hub.url
        else:
            engine = open_database(self.hub.data)
            self._stack.callback(engine.dispose)
            app = create_app(Ledger(engine, system_clock), hub_key(self.hub.data))
            self.url = self._stack.enter_context(served(app))
        public = load_public(self.hub.data / "hub.pub.pem")
        self.lanes = [
            DeskLane(folder / name, keys[name], self.url, public, self.officers, referral_s)
            for name in names[:2]
        ]
        self.desks = [
            Desk(folder / name, keys[name], self.url, public, self.officers, qtbot) for name in names[2:]
        ]

    def stop(self) -> None:
        for desk in self.desks:
            desk.stop()
        for lane in self.lanes:
            lane.stop()
        self.hub.kill()
        self._stack.close()

    def _enrol(self, everybody: list[LaneKeys]) -> None:
        engine, hub = open_database(self.hub.data), hub_key(self.hub.data)
        devices = Devices(engine, system_clock)
        for keys in everybody:
            devices.enrol(
                keys.name,
                keys.device.public,
                station=STATION,
                hub=hub.public,
                seal_key=keys.seal.public.raw,
                desk=keys.name.startswith("desk"),
            )
        engine.dispose()
