"""What hangs on a board's inputs: bouncing contacts, cut cables, and what may be claimed of a passage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.modbus import WaveshareFirmware
from drivers.turnstile.emulators.person import NOBODY, passes_after, two_pass
from drivers.turnstile.gate import LONGEST_UNREADY_S, NOT_READY
from drivers.turnstile.inputs import LONGEST_PASSAGE_S, STUCK, BoardInputs
from drivers.turnstile.port import (
    FireAlarm,
    LinkChanged,
    LinkState,
    Passage,
    PassageCorrected,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Way,
)
from drivers.turnstile.protocols.codec import Event, FireContact, Passed, ReadyInput, TamperContact
from drivers.turnstile.wiring import Inputs
from tests.drivers.turnstile.devices import ALL_FOUR, NAMES, device
from tests.drivers.turnstile.virtual import VirtualLane

CLOSES = Inputs(passage=1)
OPENS = Inputs(passage=1, passage_when="opens")
WITH_PASSAGE = [name for name in NAMES if device(name).inputs.passage]
WITH_FIRE = [name for name in NAMES if device(name).inputs.fire]


def heard(inputs: BoardInputs, readings: str, every: float = 0.05) -> list[Event]:
    """The events of readings of input 1, one each 50 ms."""
    events: list[Event] = []
    for place, reading in enumerate(readings):
        events += inputs.read(int(reading), place * every)
    return events


@pytest.mark.parametrize(
    ("wiring", "readings", "passages"),
    [
        (CLOSES, "0001110", 1),
        (CLOSES, "0001110001110", 2),
        (CLOSES, "00010", 0),
        (CLOSES, "0001011100", 1),
        (CLOSES, "00011101000", 1),
        (CLOSES, "1111000", 0),
        (OPENS, "1110001", 0),
        (OPENS, "11100011", 1),
        (OPENS, "1110100011", 1),
        (OPENS, "111000000", 0),
    ],
)
def test_a_passage_is_two_readings_that_agree_and_a_bounce_is_none(
    wiring: Inputs, readings: str, passages: int
) -> None:
    assert heard(BoardInputs(wiring, polled=True), readings) == [Passed(Way.FORWARD)] * passages


def test_a_contact_that_opens_and_stays_is_no_passage_but_a_cut_cable() -> None:
    inputs = BoardInputs(OPENS, polled=True)
    assert heard(inputs, "11" + "0" * 80) == []
    assert inputs.stuck(80 * 0.05)
    assert inputs.read(1, 5.0) == []
    assert inputs.read(1, 5.1) == []
    assert not inputs.stuck(5.1)


def test_a_board_that_tells_changes_is_believed_after_30_ms() -> None:
    inputs = BoardInputs(CLOSES, polled=False)
    assert inputs.read(1, 1.0) == []
    assert inputs.tick(1.02) == []
    assert inputs.tick(1.03) == [Passed(Way.FORWARD)]
    inputs.read(0, 1.5)
    inputs.read(1, 1.505)
    assert inputs.tick(1.54) == []


def test_the_polarity_of_every_contact_is_a_setting() -> None:
    wiring = replace(ALL_FOUR, closed_reads=0, ready_when="open")
    assert BoardInputs(wiring, polled=True).read(0b1000, 0.0) == [
        FireContact(False),
        TamperContact(True),
        ReadyInput(False),
    ]


def test_a_lane_that_releases_backward_counts_its_own_passages_on_the_same_contact() -> None:
    inputs = BoardInputs(Inputs(passage=1, passage_back=2), polled=True, way=Way.BACKWARD)
    assert heard(inputs, "00011") == [Passed(Way.BACKWARD)]


@pytest.mark.parametrize("name", WITH_PASSAGE)
def test_who_passed_and_who_followed_is_seen_at_the_contact(name: str) -> None:
    for person, ends in (
        (passes_after(0.8), [Passage.PASSED]),
        (two_pass(0.8, 0.8), [Passage.PASSED, Passage.TAILGATE]),
    ):
        lane = VirtualLane(FIRMWARES[name](Faults(bounce=0.02), person)).plug()
        lane.run(1.5)
        lane.authorise("a")
        lane.run(10.0)
        assert [report.passage for report in lane.of("a") if hasattr(report, "passage")] == ends
        assert Tamper(True) not in lane.reports


@pytest.mark.parametrize("name", WITH_PASSAGE)
def test_nobody_is_claimed_only_by_a_board_that_confirmed_the_pulse(name: str) -> None:
    lane = VirtualLane(FIRMWARES[name](None, NOBODY)).plug()
    lane.run(1.5)
    lane.authorise("a")
    lane.run(10.0)
    accepted = [report.acknowledged for report in lane.of("a") if isinstance(report, PulseAccepted)]
    assert lane.ended("a") is (Passage.NO_PASSAGE if accepted == [True] else Passage.UNKNOWN)


def test_while_nobody_looked_nothing_is_claimed() -> None:
    lane = VirtualLane(WaveshareFirmware(None, NOBODY)).plug()
    lane.run(1.5)
    lane.authorise("a")
    lane.run(1.0)
    lane.firmware.faults = Faults(delay=0.25)
    lane.run(0.3)
    lane.firmware.faults = Faults()
    lane.run(10.0)
    assert lane.ended("a") is Passage.UNKNOWN


@pytest.mark.parametrize("name", WITH_FIRE)
def test_fire_tamper_and_readiness_at_the_inputs_hold_the_pulse(name: str) -> None:
    for faults, report in ((Faults(fire=True), FireAlarm(True)), (Faults(not_ready=True), None)):
        lane = VirtualLane(FIRMWARES[name](faults)).plug()
        lane.run(2.0)
        lane.authorise("a")
        lane.run(8.0)
        assert lane.ended("a") == "refused"
        assert lane.firmware.pulses == 0
        assert report is None or report in lane.reports
    lane = VirtualLane(FIRMWARES[name](Faults(tamper=True))).plug()
    lane.run(2.0)
    assert Tamper(True) in lane.reports


def test_the_first_reading_of_a_sound_fire_contact_cuts_no_pulse_short() -> None:
    lane = VirtualLane(WaveshareFirmware()).plug()
    while lane.gate.supervisor.state is not LinkState.UP:
        lane.run(0.001)
    lane.authorise("a")
    lane.run(3.0)
    assert lane.firmware.longest_on(lane.now) == pytest.approx(0.4, abs=0.02)


def test_a_passage_contact_that_does_not_come_back_is_named_and_holds_the_pulse() -> None:
    lane = VirtualLane(WaveshareFirmware(None, NOBODY)).plug()
    lane.run(1.5)
    stays = lane.firmware
    assert isinstance(stays, WaveshareFirmware)
    stays.contacts = lambda _at: 0b1111  # type: ignore[method-assign]
    lane.run(LONGEST_PASSAGE_S + 1.0)
    changes = [report for report in lane.reports if isinstance(report, LinkChanged)]
    assert changes[-1] == LinkChanged(LinkState.DEGRADED, STUCK)
    lane.authorise("a")
    lane.run(1.0)
    assert lane.ended("a") == "refused"
    stays.contacts = lambda _at: 0b1110  # type: ignore[method-assign]
    lane.run(2.0)
    assert lane.gate.supervisor.state is LinkState.UP


def test_a_follower_is_told_as_a_correction_of_the_one_before() -> None:
    lane = VirtualLane(WaveshareFirmware(None, two_pass(0.5, 1.0))).plug()
    lane.run(1.5)
    lane.authorise("a")
    lane.run(8.0)
    assert lane.of("a")[-1] == PassageCorrected("a", Passage.TAILGATE)


@pytest.mark.parametrize("name", WITH_FIRE)
def test_a_gate_that_stays_not_ready_is_named_before_anybody_is_let_down(name: str) -> None:
    lane = VirtualLane(FIRMWARES[name](None, NOBODY)).plug()
    lane.run(2.0)
    lane.firmware.faults = Faults(not_ready=True)
    lane.run(LONGEST_UNREADY_S - 1.0)
    assert lane.gate.supervisor.state is LinkState.UP, "somebody may be in it"
    lane.run(3.0)
    assert lane.reports[-1] == LinkChanged(LinkState.DEGRADED, NOT_READY)
    lane.authorise("a")
    assert lane.of("a") == [PulseRefused("a", NOT_READY)]
    lane.firmware.faults = Faults()
    lane.run(3.0)
    assert lane.gate.supervisor.state is LinkState.UP
