"""A lane with two directions on two relays: one gate at a time, and what no gate can do is said at load."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from config.other_direction import OtherDirection
from config.settings import SettingsError, Turnstile
from drivers.turnstile.emulators.lcus import LcusFirmware
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.from_settings import lane_gate, turned
from drivers.turnstile.port import (
    GateReport,
    LinkChanged,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Way,
)
from drivers.turnstile.port import Turnstile as Gate
from drivers.turnstile.protocols.catalogue import configured
from drivers.turnstile.setup import setup_from_json
from drivers.turnstile.turning import FOLLOWERS_S, TURNING, TurningGate
from drivers.turnstile.worker import idle_off
from tests.drivers.turnstile.conftest import PROGRAM

OTHER = OtherDirection(direction="to_hong_kong", policy=Path("p.json"), channel=2, way_out="left")


class HandGate(Gate):
    """Notes what it is told."""

    def __init__(self, way: Way, log: list[str]) -> None:
        self.way, self.log = way, log
        self.report: Callable[[GateReport], None] = lambda _: None

    def start(self, report: Callable[[GateReport], None]) -> None:
        self.report = report
        self.log.append(f"start {self.way}")
        report(LinkChanged(LinkState.UP))

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:
        self.log.append(f"{authorisation} {way}")

    def stop(self) -> None:
        self.log.append(f"stop {self.way}")
        self.report(LinkChanged(LinkState.DOWN, "gone"))


class Turned:
    """A turning gate of hand-made ones, and what it reported."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.reports: list[GateReport] = []
        self.gates: list[HandGate] = []
        self.now, self.waited = 100.0, list[float]()
        self.gate = TurningGate(self._make, Way.FORWARD, lambda: self.now, self._wait)

    def _make(self, way: Way) -> Gate:
        self.gates.append(HandGate(way, self.log))
        return self.gates[-1]

    def _wait(self, _stopped: threading.Event, seconds: float) -> None:
        self.waited.append(round(seconds, 3))
        self.now += seconds

    def turn(self, way: Way) -> None:
        self.gate.face(way)
        if (thread := self.gate._turning) is not None:
            thread.join(10)


@pytest.fixture
def lane() -> Turned:
    made = Turned()
    made.gate.start(made.reports.append)
    return made


def test_turning_lets_the_one_relay_go_before_it_takes_the_other(lane: Turned) -> None:
    lane.gate.authorise("a", Way.FORWARD)
    lane.turn(Way.BACKWARD)
    lane.gate.authorise("b", Way.BACKWARD)
    assert lane.log == ["start forward", "a forward", "stop forward", "start backward", "b backward"]
    assert lane.reports == [
        LinkChanged(LinkState.UP),
        LinkChanged(LinkState.PROBING, TURNING),
        LinkChanged(LinkState.UP),
    ], "the link is not up while it turns, and what the old one says at its end is nobody's business"


def test_a_lane_that_stands_turned_begins_there() -> None:
    made = Turned()
    made.gate.face(Way.BACKWARD)
    made.gate.start(made.reports.append)
    assert made.log == ["start backward"]


def test_the_way_it_faces_is_turned_to_once(lane: Turned) -> None:
    lane.turn(Way.FORWARD)
    assert lane.log == ["start forward"]


def test_no_release_goes_to_the_relay_of_the_other_way(lane: Turned) -> None:
    lane.gate.authorise("a", Way.BACKWARD)
    if (thread := lane.gate._turning) is not None:
        thread.join(10)
    assert PulseRefused("a", TURNING) in lane.reports
    lane.gate.authorise("b", Way.BACKWARD)
    assert "a backward" not in lane.log
    assert lane.log[-1] == "b backward", "it has turned by itself, so the next one opens"


def test_an_authorisation_counts_once_for_both_gates(lane: Turned) -> None:
    lane.gate.authorise("a", Way.FORWARD)
    lane.turn(Way.BACKWARD)
    lane.gate.authorise("a", Way.BACKWARD)
    assert isinstance(lane.reports[-1], PulseRefused)
    assert "a backward" not in lane.log


def test_somebody_right_behind_is_waited_for_before_it_turns(lane: Turned) -> None:
    lane.gates[0].report(PassageReported("a", Passage.PASSED))
    lane.now += 0.5
    lane.turn(Way.BACKWARD)
    assert lane.waited == [FOLLOWERS_S - 0.5]


def test_a_gate_that_was_forced_is_no_longer_so_when_nobody_looks(lane: Turned) -> None:
    lane.gates[0].report(Tamper(True))
    lane.turn(Way.BACKWARD)
    assert [one for one in lane.reports if isinstance(one, Tamper)] == [Tamper(True), Tamper(False)]


def test_a_stopped_gate_does_not_turn(lane: Turned) -> None:
    lane.gate.stop()
    lane.turn(Way.BACKWARD)
    assert lane.log == ["start forward", "stop forward"]


@pytest.mark.parametrize(
    ("protocol", "channel", "said"),
    [
        ("lcus", 0, "name the relay that opens the other way"),
        ("hw667", 2, "other_direction.channel = 2: hw667 has only channel 1"),
        ("hw667", 0, "only one relay"),
        ("tx1500", 2, "opens both ways by itself"),
        ("generic", 2, "describes one relay"),
    ],
)
def test_a_gate_that_cannot_open_the_other_way_is_refused_at_load(
    protocol: str, channel: int, said: str
) -> None:
    frames = {"on": "A0 01 01 A2", "off": "A0 01 00 A1"} if protocol == "generic" else {}
    settings = Turnstile.model_validate({"protocol": protocol, "max_on_ms": 1000, "frames": frames})
    with pytest.raises(SettingsError, match=said.replace("(", r"\(")):
        lane_gate(settings, OTHER.model_copy(update={"channel": channel}), ["main"])


def test_a_controller_of_both_ways_is_the_one_gate_that_it_was() -> None:
    controller = OTHER.model_copy(update={"channel": 0})
    assert not isinstance(lane_gate(Turnstile(protocol="tx1500"), controller, ["main"]), TurningGate)
    assert isinstance(lane_gate(Turnstile(protocol="lcus"), OTHER, ["main"]), TurningGate)
    assert not isinstance(lane_gate(Turnstile(protocol="lcus"), OtherDirection(), ["main"]), TurningGate)


def test_the_contact_that_watches_the_other_way_counts_when_the_lane_is_turned() -> None:
    inputs = {"passage": 1, "passage_back": 2, "fire": 3}
    there = turned(Turnstile.model_validate({"protocol": "waveshare", "inputs": inputs}), 4)
    assert (there.way, there.channel) == ("backward", 4)
    assert (there.inputs.passage, there.inputs.passage_back, there.inputs.fire) == (2, 1, 3)


def test_the_relay_that_is_not_in_use_has_an_off_of_its_own() -> None:
    text = Turnstile(protocol="lcus").model_dump_json()
    setup, dialect = configured(text[:-1] + ',"idle_channel":2}')
    assert idle_off(dialect, setup) == bytes((0xA0, 2, 0, 0xA2))
    assert idle_off(dialect, setup_from_json(text)) == b""


def test_a_real_gate_opens_the_other_way_by_the_other_relay(tmp_path: Path) -> None:
    board = Emulator(LcusFirmware(channel=2), tmp_path / "board")
    board.start()
    reports: list[GateReport] = []
    up, accepted = threading.Event(), threading.Event()

    def heard(report: GateReport) -> None:
        reports.append(report)
        if report == LinkChanged(LinkState.UP):
            up.set()
        if isinstance(report, PulseAccepted):
            accepted.set()

    settings = Turnstile(protocol="lcus", path=board.link, pulse_ms=200)
    gate = lane_gate(settings, OTHER, PROGRAM)
    try:
        gate.start(heard)
        assert up.wait(20)
        gate.authorise("own", Way.FORWARD)
        assert accepted.wait(20)
        assert not board.wait_for(lambda firmware: firmware.pulses > 0, 0.1), "its own way is relay 1"
        up.clear()
        accepted.clear()
        gate.face(Way.BACKWARD)
        assert up.wait(20)
        gate.authorise("other", Way.BACKWARD)
        assert accepted.wait(20)
        assert board.wait_for(lambda firmware: firmware.pulses == 1 and not firmware.on, 5.0)
    finally:
        gate.stop()
        board.stop()


def test_while_the_other_relay_is_looked_for_the_gate_is_said_to_be_turning_and_no_longer(
    lane: Turned, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking = [LinkChanged(LinkState.PROBING), LinkChanged(LinkState.DEGRADED, "silent")]
    looking.append(LinkChanged(LinkState.PROBING))

    def start(gate: HandGate, report: Callable[[GateReport], None]) -> None:
        for told in looking:
            report(told)

    monkeypatch.setattr(HandGate, "start", start)
    lane.turn(Way.BACKWARD)
    assert lane.reports[1:] == [
        LinkChanged(LinkState.PROBING, TURNING),
        LinkChanged(LinkState.PROBING, TURNING),
        LinkChanged(LinkState.DEGRADED, "silent"),
        LinkChanged(LinkState.PROBING),
    ], "a gate that does not come is named as what it is"
