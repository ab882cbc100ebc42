"""Lanes of one station with all but screens and devices: journal, keys, rulebook, the line to the hub."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests

from config.moment import Clock
from kiosk.rulebook import LaneRulebook
from sync.event import Event
from sync.event_types import GateAuthorised
from sync.exchange import Exchange, Reply
from sync.hub_contact import HubContact, Trouble
from sync.journal import Journal
from sync.journal_reader import JournalReader
from sync.other_lanes import OtherLanes
from sync.session import open_session
from sync.signing import PublicKey, SigningKey
from sync.spent_elsewhere import SpentElsewhere
from tests.kiosk.lane_bench import assessment
from tests.sync.hub.ground import LaneKeys
from verification.evidence import Colour, Evidence, Kind, Use
from verification.policy import Policy, built_in
from verification.verdict import Outcome, Verdict

GENEROUS_S = 30.0
DECLARATION = b"customs declaration"


class SlowExchange(Exchange):
    """Brings no question to the hub while `way` is closed."""

    def __init__(
        self,
        url: str,
        kiosk: str,
        device: SigningKey,
        hub: PublicKey,
        session: requests.Session,
        way: threading.Event,
    ) -> None:
        super().__init__(url, kiosk, device, hub, session)
        self._way = way

    def ask(self, method: str, path: str, content: dict[str, object] | None = None, **bounds: Any) -> Reply:
        if content and content.get("uses"):
            assert self._way.wait(GENEROUS_S)
        return super().ask(method, path, content, **bounds)


class StationLane:
    """One lane. Without `start` nothing runs by itself: `round` is one round of each thread."""

    def __init__(
        self,
        folder: Path,
        keys: LaneKeys,
        url: str,
        hub: PublicKey,
        clock: Clock,
        policy: Policy | None = None,
        answer_s: float = 5.0,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.keys, self._url, self._hub_key, self._clock = folder, keys, url, hub, clock
        self.policy = policy or built_in()
        self.sessions: list[requests.Session] = []
        self.told: list[Event] = []
        self.troubles: dict[str, str | None] = {}
        self.reached = threading.Event()
        self.open = threading.Event()
        self.open.set()
        self.journal = Journal(folder, clock, keys.device, reserve_bytes=100_000)
        self.elsewhere = SpentElsewhere(folder)
        self.lanes = OtherLanes(
            self.journal.spent_line,
            self.elsewhere,
            self.exchange,
            clock,
            self.told.append,
            self._changed,
            answer_s=answer_s,
        )
        self.contact = HubContact(
            self.exchange,
            clock,
            keys.seal,
            "1.0.0",
            folder / "day-keys",
            self.journal.adopt,
            self.told.append,
            self._trouble,
        )
        self.rules = LaneRulebook(
            verifier=None,  # type: ignore[arg-type]  # codes come checked here
            policy=lambda: self.policy,
            journal=self.journal,
            draw=lambda: 1,
            lanes=self.lanes,
        )

    def exchange(self) -> Exchange:
        session = open_session()
        self.sessions.append(session)
        return SlowExchange(self._url, self.keys.name, self.keys.device, self._hub_key, session, self.open)

    def start(self) -> None:
        """The station's keys first, then the threads; returns when the hub was reached."""
        self.contact.step(self.exchange())
        self.lanes.start()
        self.lanes.poke()
        assert self.reached.wait(GENEROUS_S), self.troubles

    def show(self, code: bytes = DECLARATION) -> Verdict:
        """A traveller shows a code for one use; where the lane admits, the journal has it."""
        at, crossing = self._clock().utc, uuid.uuid4().hex
        ends = at.replace(year=at.year + 1)
        says = Evidence(Kind.HEALTH_COLOUR, "HK1", "HK", at, ends, Colour.GREEN, use=Use.SINGLE)
        checked = replace(assessment(code, use=Use.SINGLE), evidence=says)
        verdict = self.rules.judge([checked], at, crossing)
        assert isinstance(verdict, Verdict)
        if verdict.outcome is Outcome.ADMIT:
            event = GateAuthorised(crossing, uuid.uuid4().hex, "forward")
            self.journal.append([event], at, spend=verdict.spends)
        return verdict

    def nobody_passed(self, verdict: Verdict) -> None:
        """The gate reports NO_PASSAGE."""
        self.journal.append([], self._clock().utc, give_back=verdict.spends)
        self.lanes.poke()

    def round(self) -> None:
        """One round of the thread that keeps up, by the test's own hand."""
        self.lanes.step(self.exchange())

    def wait_until(self, holds: Callable[[], bool]) -> None:
        """Waits for what the threads do."""
        pause = threading.Event()
        for _ in range(int(GENEROUS_S / 0.05)):
            if holds():
                return
            pause.wait(0.05)
        raise AssertionError("it did not happen")

    def admitted(self) -> int:
        """How often the gate was asked, by the journal."""
        with closing(JournalReader(self.folder)) as reader:
            return sum(record.kind == GateAuthorised.kind for record in reader.all_records())

    def stop(self) -> None:
        self.lanes.stop()
        self.contact.stop()
        self.elsewhere.close()
        self.journal.close()
        for session in self.sessions:
            session.close()

    def _changed(self, advice: str | None) -> None:
        self.troubles["other lanes"] = advice
        if advice is None:
            self.reached.set()
        else:
            self.reached.clear()

    def _trouble(self, trouble: Trouble, advice: str | None) -> None:
        self.troubles[trouble.value] = advice
