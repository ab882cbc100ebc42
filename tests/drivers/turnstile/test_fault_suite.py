"""Every fault at every phase, for every dialect, in virtual time: what the gate says and what was done."""

from __future__ import annotations

import random

import pytest

from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.person import NOBODY, Person, passes_after
from drivers.turnstile.flight import Phase
from drivers.turnstile.port import LinkChanged, LinkState, Passage
from drivers.turnstile.protocols.codec import Off
from tests.drivers.turnstile.devices import NAMES, device
from tests.drivers.turnstile.virtual import VirtualLane, setup
from tests.faults.gate_cycles import CHECKED

EVERY = pytest.mark.parametrize("name", NAMES)
ASKED = [name for name in NAMES if device(name).questions or device(name).capabilities.acknowledges]
"""Those whose silence is noticed."""
READ_BACK = [name for name in NAMES if device(name).capabilities.reads_back]


LATE_OFF_S = 2.0
"""How long an OFF that was damaged on its way may stay unnoticed where frames have no check."""


def lane_of(name: str, person: Person = NOBODY, faults: Faults | None = None) -> VirtualLane:
    """A lane whose device is plugged in, with whatever is wrong from the start."""
    lane = VirtualLane(FIRMWARES[name](faults, person))
    lane.firmware.in_one_piece = True
    lane.plug()
    lane.run(2.0)
    return lane


def advice(lane: VirtualLane) -> str:
    return [report.advice for report in lane.reports if isinstance(report, LinkChanged)][-1]


def serves(lane: VirtualLane) -> bool:
    """Whether the lane is whole again: one more pulse, for one more authorisation."""
    lane.firmware.faults = Faults()
    lane.firmware.person = NOBODY
    lane.run(15.0)
    before = lane.firmware.pulses
    lane.authorise("afterwards")
    lane.run(10.0)
    return lane.gate.supervisor.state is LinkState.UP and lane.firmware.pulses == before + 1


@EVERY
@pytest.mark.parametrize("after", [0.0, 0.005, 0.02, 0.1, 0.39, 0.45, 2.0, 4.99, 5.3])
def test_unplugged_at_every_phase_of_an_authorisation(name: str, after: float) -> None:
    lane = lane_of(name)
    lane.authorise("a")
    lane.run(after)
    flying = lane.gate.phase not in (Phase.IDLE, Phase.OUT_OF_SERVICE)
    sent = lane.releases
    lane.unplug()
    assert not flying or lane.ended("a") == (Passage.UNKNOWN if sent else "refused")
    lane.run(1.0)
    lane.authorise("b")
    assert lane.ended("b") == "refused"
    lane.plug()
    lane.run(20.0)
    assert lane.releases == sent, "sent again after the cable was back"
    assert serves(lane)


@EVERY
@pytest.mark.parametrize("after", [0.0, 0.05, 0.2])
def test_unplugged_behind_somebody_who_passed_changes_nothing_that_was_told(name: str, after: float) -> None:
    lane = lane_of(name, passes_after(0.6))
    if not lane.dialect.capabilities.reports_passage:
        pytest.skip("it reports no passage")
    lane.authorise("a")
    for _ in range(400):
        if lane.ended("a"):
            break
        lane.run(0.01)
    assert lane.ended("a") is Passage.PASSED
    lane.run(after)
    lane.unplug()
    lane.plug()
    lane.run(10.0)
    assert [report for report in lane.of("a") if hasattr(report, "passage")][-1].passage is Passage.PASSED
    assert serves(lane)


@EVERY
@pytest.mark.parametrize("writes", range(4))
def test_a_write_that_fails_is_never_made_up_for(name: str, writes: int) -> None:
    lane = lane_of(name)
    lane.writes_until_break = writes
    lane.authorise("a")
    lane.run(20.0)
    assert lane.releases <= 1
    assert lane.ended("a") in ("refused", Passage.UNKNOWN, Passage.NO_PASSAGE)
    assert serves(lane)


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("faults", [Faults(mute=True), Faults(wrong_device=True)])
def test_the_wrong_device_or_none_that_answers_ends_degraded_with_advice_and_gets_no_pulse(
    name: str, faults: Faults
) -> None:
    lane = lane_of(name, faults=faults)
    lane.run(8.0)
    lane.authorise("a")
    lane.run(8.0)
    assert lane.states == [LinkState.PROBING, LinkState.DEGRADED]
    # Devantech's answers are any byte: rubbish reads as a relay that is on.
    assert "turnstile.protocol" in advice(lane) or name == "devantech"
    assert (lane.ended("a"), lane.releases) == ("refused", 0)
    assert serves(lane)


@pytest.mark.parametrize("name", ASKED)
def test_a_device_that_falls_silent_in_mid_flight_is_degraded_and_nothing_is_claimed(name: str) -> None:
    lane = lane_of(name)
    lane.authorise("a")
    lane.run(0.2)
    lane.firmware.faults = Faults(mute=True)
    lane.run(12.0)
    assert lane.ended("a") is Passage.UNKNOWN
    assert lane.gate.supervisor.state is LinkState.DEGRADED
    assert lane.releases == 1
    assert serves(lane)


@pytest.mark.parametrize("name", READ_BACK)
def test_a_relay_that_stays_on_is_named_and_gets_no_other_pulse(name: str) -> None:
    lane = lane_of(name)
    lane.firmware.faults = Faults(stuck_relay=True)
    lane.authorise("a")
    lane.run(8.0)
    assert lane.gate.supervisor.state is LinkState.DEGRADED
    assert "relay stays on" in advice(lane)
    lane.authorise("b")
    lane.run(2.0)
    assert (lane.ended("b"), lane.releases) == ("refused", 1)
    assert isinstance(lane.sent[-1][1].command, Off) or lane.offs > 3
    assert serves(lane)


@EVERY
@pytest.mark.parametrize(
    "faults",
    [
        *("flood", "noise", "echo", "split", "wrong_checksum", "delay=0.15", "bounce=0.02"),
        *("no_ack", "late_ack=0.9", "drop=0.2", "garble=0.2", "drop=0.02", "garble=0.02"),
    ],
)
def test_a_bad_line_costs_no_second_pulse_and_the_gate_comes_back(name: str, faults: str) -> None:
    lane = lane_of(name)
    lane.firmware.faults = Faults.named(faults)
    for number in range(3):
        lane.authorise(str(number))
        lane.run(9.0)
    assert lane.releases <= 3
    ended = [lane.ended(str(number)) for number in range(3)]
    assert None not in ended
    if name in CHECKED or not faults.startswith(("drop", "garble")):
        assert lane.firmware.pulses <= lane.releases
        assert Passage.PASSED not in ended
    lane.firmware.faults = Faults()
    lane.run(60.0 if faults == "split" else 5.0)  # until it has said everything it still had to say
    assert not lane.firmware.on
    assert serves(lane)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CHECKED])
@pytest.mark.parametrize("faults", ["drop=0.02", "garble=0.02"])
def test_frames_without_a_check_on_a_bad_line_leave_no_relay_on(name: str, faults: str) -> None:
    """A damaged byte can make another command of the rest, but only for as long as the next OFF takes."""
    longest = 0.0
    for seed in range(8):
        lane = lane_of(name)
        lane.firmware._chance = random.Random(seed)
        lane.firmware.faults = Faults.named(faults)
        lane.authorise("a")
        lane.run(12.0)
        assert lane.releases <= 1
        assert lane.ended("a") is not None
        longest = max(longest, lane.firmware.longest_on(lane.now))
    assert longest <= setup().longest_on_s(device(name)) + LATE_OFF_S


@EVERY
def test_an_echo_of_our_own_bytes_confirms_nothing(name: str) -> None:
    """An adapter that echoes, with nothing behind it."""
    lane = VirtualLane(FIRMWARES[name]()).plug()

    def only_echoes(data: bytes, now: float) -> None:
        lane.firmware._say(data, now)

    lane.firmware.receive = only_echoes  # type: ignore[method-assign]
    lane.run(10.0)
    lane.authorise("a")
    lane.run(10.0)
    if name in ASKED:
        assert lane.gate.supervisor.state is LinkState.DEGRADED
    assert not any(getattr(report, "acknowledged", False) for report in lane.reports)


@EVERY
def test_a_slow_start_is_waited_for(name: str) -> None:
    lane = VirtualLane(FIRMWARES[name](Faults(boot_silence=2.0))).plug()
    lane.run(6.0)
    assert lane.states == [LinkState.PROBING, LinkState.UP]


@EVERY
def test_replugged_a_hundred_times_it_is_told_each_time_and_serves(name: str) -> None:
    lane = lane_of(name)
    for _ in range(100):
        lane.unplug()
        lane.run(0.5)
        lane.plug()
        lane.run(2.0)
    assert lane.states.count(LinkState.DOWN) == 100
    assert lane.releases == 0
    assert serves(lane)
