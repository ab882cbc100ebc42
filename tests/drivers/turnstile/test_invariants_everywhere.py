"""The eight rules of test_invariants once more, for every dialect that is there."""

from __future__ import annotations

import pytest

from config.settings import Turnstile
from drivers.turnstile.emulators.catalogue import FIRMWARES
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.person import NOBODY
from drivers.turnstile.from_settings import capabilities_of
from drivers.turnstile.port import (
    FireAlarm,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Way,
)
from drivers.turnstile.protocols.codec import Off, Query, Release
from tests.drivers.turnstile.devices import NAMES, device, wiring
from tests.drivers.turnstile.virtual import VirtualLane, setup

EVERY = pytest.mark.parametrize("name", NAMES)
KEEPS = {"hw667", "eth008", "k8090", "waveshare", "r421a08", "wirenboard"}
"""Those whose own clock ends an ON that nobody withdraws."""
WITH_FIRE = [name for name in NAMES if device(name).inputs.fire]


def lane_of(name: str, faults: Faults | None = None) -> VirtualLane:
    lane = VirtualLane(FIRMWARES[name](faults, NOBODY)).plug()
    lane.run(2.0)
    return lane


@EVERY
def test_invariant_1_off_is_first_after_every_open_and_last_before_every_close(name: str) -> None:
    lane = lane_of(name)
    for _ in range(3):
        lane.unplug()
        sent = len(lane.sent)
        lane.plug()
        lane.run(10.0)
        assert isinstance(lane.sent[sent][1].command, Off)
    lane.authorise("a")
    lane.run(0.1)
    lane.perform(lane.gate.close(lane.now))
    assert isinstance(lane.sent[-1][1].command, Off)
    assert not lane.firmware.on


@EVERY
def test_invariant_2_one_pulse_for_one_authorisation_ever(name: str) -> None:
    lane = lane_of(name)
    for _ in range(3):
        lane.authorise("a")
        lane.run(10.0)
    lane.unplug()
    lane.plug()
    lane.run(10.0)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.firmware.pulses == lane.releases == 1
    assert lane.of("a").count(PulseRefused("a", "This authorisation was used before.")) == 3


@EVERY
def test_invariant_2_an_unknown_outcome_repeats_off_or_questions_and_nothing_else(name: str) -> None:
    lane = lane_of(name)
    lane.authorise("a")
    while not lane.releases:
        lane.run(0.01)
    sent = len(lane.sent)
    lane.firmware.faults = Faults(mute=True)
    lane.run(30.0)
    later = [send.command for _, send in lane.sent[sent:]]
    assert later
    assert not any(isinstance(command, Release) for command in later)
    assert sum(isinstance(command, Off) for command in later) >= 3


@EVERY
def test_invariant_3_on_is_never_longer_than_allowed(name: str) -> None:
    lane = lane_of(name)
    lane.authorise("a")
    lane.run(20.0)
    limit = setup().longest_on_s(lane.dialect)
    assert 0.0 < lane.firmware.longest_on(lane.now) <= limit


@pytest.mark.parametrize("name", sorted(KEEPS))
def test_invariant_3_the_device_itself_ends_an_on_that_nobody_withdraws(name: str) -> None:
    """The kiosk, its worker and its watchdog are all gone in the moment after the release."""
    lane = lane_of(name)
    lane.authorise("a")
    lane.run(0.05)
    assert lane.firmware.on
    end = lane.now + 10.0
    while (due := lane.firmware.due()) is not None and due <= end:
        lane.firmware.advance(due)
    lane.firmware.advance(end)
    assert not lane.firmware.on
    assert lane.firmware.longest_on(end) <= 1.05


@EVERY
def test_invariant_3_who_keeps_the_longest_on_is_known_before_the_start(name: str) -> None:
    made = wiring(name)
    settings = Turnstile.model_validate(
        {"protocol": name, "host": "127.0.0.1", "frames": {"on": made.frames.on, "off": made.frames.off}}
    )
    assert capabilities_of(settings).keeps_max_on is (name in KEEPS)


@EVERY
def test_invariant_4_no_pulse_while_the_link_is_not_up(name: str) -> None:
    lane = VirtualLane(FIRMWARES[name]())
    lane.authorise("a")
    lane.firmware.faults = Faults(mute=True)
    lane.plug()
    if lane.gate.supervisor.state is not LinkState.UP:
        lane.authorise("b")
        assert lane.ended("b") == "refused"
    assert lane.ended("a") == "refused"
    assert lane.releases == 0


@EVERY
def test_invariant_5_accepted_says_whether_the_device_itself_confirmed(name: str) -> None:
    lane = lane_of(name)
    lane.authorise("a")
    lane.run(3.0)
    can = lane.dialect.capabilities
    assert lane.of("a")[0] == PulseAccepted("a", acknowledged=can.acknowledges or can.reads_back)


@EVERY
def test_invariant_6_an_absent_gate_answers_every_authorisation_at_once(name: str) -> None:
    lane = VirtualLane(FIRMWARES[name]())
    lane.perform(lane.gate.link_lost("not there", lane.now))
    lane.authorise("a")
    assert lane.ended("a") == "refused"


@EVERY
def test_invariant_7_only_off_one_release_each_way_and_questions_ever_leave(name: str) -> None:
    lane = lane_of(name)
    for number in range(3):
        lane.authorise(str(number))
        lane.run(9.0)
    dialect = lane.dialect
    release = dialect.encode(Release(Way.FORWARD, 0.4))
    for _, send in lane.sent:
        if not isinstance(send.command, Release | Query | Off):
            continue
        assert (send.data == release) is isinstance(send.command, Release)


@pytest.mark.parametrize("name", WITH_FIRE)
def test_invariant_8_an_open_fire_contact_ends_everything_and_a_cut_cable_is_one(name: str) -> None:
    for faults in (Faults(fire=True), Faults(power_cut=True)):
        lane = lane_of(name)
        lane.authorise("a")
        lane.run(0.2)
        lane.firmware.faults = faults
        lane.run(3.0)
        assert FireAlarm(True) in lane.reports
        assert lane.of("a")[-1] == PassageReported("a", Passage.UNKNOWN)
        sent = len(lane.sent)
        lane.authorise("b")
        lane.run(20.0)
        assert lane.ended("b") == "refused"
        assert all(isinstance(send.command, Query) for _, send in lane.sent[sent:])
        lane.firmware.faults = Faults()
        lane.run(3.0)
        assert FireAlarm(False) in lane.reports
        lane.authorise("c")
        lane.run(3.0)
        assert lane.accepted("c")


@pytest.mark.parametrize("name", WITH_FIRE)
def test_invariant_8_a_fire_contact_that_bounces_for_20_ms_is_no_alarm(name: str) -> None:
    lane = lane_of(name)
    lane.firmware.faults = Faults(fire=True)
    lane.run(0.02)
    lane.firmware.faults = Faults()
    lane.run(5.0)
    assert FireAlarm(True) not in lane.reports or Tamper(True) not in lane.reports
    assert lane.gate.supervisor.state is LinkState.UP
