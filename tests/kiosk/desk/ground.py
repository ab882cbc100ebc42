"""A desk to test on: a clock that is set by hand, a lane that writes down what it is asked, one roster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from pytestqt.qtbot import QtBot

from config.moment import Moment
from drivers.turnstile.port import LinkState
from kiosk.desk.desk import OfficerDesk
from kiosk.desk.lane_control import Action, LaneOrder, SignInEvent
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster
from kiosk.desk.session import OfficerSession
from kiosk.lane_view import CrossingView, LaneView, ListView, Phase
from verification.entered import Choice, Entered
from verification.evidence import Colour, Evidence, Kind, Personal
from verification.reasons import ReasonId
from verification.snapshot import Freshness
from verification.verdict import Outcome

QUICK = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""The weakest hash a roster takes, so that tests are quick."""
PIN, WRONG = "739164", "482915"
OFFICER = Officer("O-17", Role.OFFICER, hash_pin(PIN, QUICK))
ROSTER = Roster((OFFICER, Officer("S-3", Role.SUPERVISOR, hash_pin(WRONG, QUICK))))
NAME = "M**-U* N***"
CHOICES = (
    Choice(Kind.HEALTH_COLOUR, ("HK", "GD")),
    Choice(Kind.TEST, tuple(f"X{number}" for number in range(12))),
)
START = Moment(5000.0, datetime(2023, 1, 8, 1, 0, tzinfo=UTC))

EVIDENCE = Evidence(
    kind=Kind.HEALTH_COLOUR,
    scheme="HK1",
    issuer="HK",
    issued_at=START.utc - timedelta(hours=2),
    expires_at=START.utc + timedelta(hours=9),
    colour=Colour.GREEN,
    personal=Personal(masked_name=NAME, name="MADE-UP NAME", birth="1900-01-01"),
)
CALM = LaneView(
    Phase.WAITING,
    "lane-1",
    link=LinkState.UP,
    lists=(ListView("trust", Freshness.FRESH, START.utc - timedelta(hours=3)),),
)


def referred(crossing: str = "crossing-1", *reasons: ReasonId, outcome: Outcome = Outcome.REFER) -> LaneView:
    """A lane held by a referral."""
    doubted = CrossingView(crossing, outcome, reasons or (ReasonId.HOLDER_UNBOUND,), evidence=(EVIDENCE,))
    return replace(CALM, phase=Phase.REFERRED, crossing=doubted, since_mono=START.mono)


class NotedLane:
    """A lane that does nothing but note what it was asked."""

    on_notice: Callable[[str], None]

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.events: list[SignInEvent] = []

    def decide(self, crossing: str, officer: str, action: Action, reason: str, note: str = "") -> None:
        self.asked.append(("decide", crossing, officer, action, reason, *([note] if note else [])))

    def enter(self, crossing: str, officer: str, entered: Entered) -> None:
        self.asked.append(("enter", crossing, officer, entered.kind, entered.issuer, str(entered.issued)))

    def take_back(self, crossing: str, officer: str) -> None:
        self.asked.append(("take_back", crossing, officer))

    def order(self, order: LaneOrder, officer: str, to: str = "") -> None:
        self.asked.append((order, officer, *([to] if to else [])))

    def more_time(self, officer: str) -> None:
        self.asked.append(("more_time", officer))

    def release_once(self, officer: str, reason: str) -> None:
        self.asked.append(("release", officer, reason))

    def record(self, event: SignInEvent) -> None:
        self.events.append(event)


def needs_second_officer(reasons: Sequence[ReasonId]) -> bool:
    """The policy of the tests."""
    return not {ReasonId.REVOKED, ReasonId.COLOUR_RED, ReasonId.ALREADY_USED}.isdisjoint(reasons)


class Ground:
    """Everything of one desk."""

    def __init__(self, folder: Path, qtbot: QtBot, roster: Roster = ROSTER) -> None:
        self.now = START
        self.qtbot = qtbot
        self.lane = NotedLane()
        self.lockouts = Lockouts(folder / "lockouts.json")
        self.session = OfficerSession(roster, self.lockouts, self.clock, self.lane.record)
        self.desk = OfficerDesk(
            self.session, self.lane, self.clock, needs_second_officer, entry_choices=lambda: CHOICES
        )
        self.notices: list[str] = []
        self.desk.noticed.connect(self.notices.append)

    def clock(self) -> Moment:
        return self.now

    def later(self, seconds: float) -> None:
        """Time goes on; the desk notices as its timer would make it."""
        self.now = self.now.later(seconds)
        self.desk.tick()

    def try_pin(self, pin: str = PIN, typed: str = "O-17") -> None:
        """Somebody types, and waits for the answer."""
        self.session.try_pin(typed, pin)
        self.settle()

    def settle(self) -> None:
        """Waits until a PIN that is being checked is checked."""
        self.qtbot.waitUntil(lambda: not self.session.checking, timeout=20_000)
