"""The signal tower: its bytes, rhythms that need no colours, and a lane that goes on without it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Lamp as LampSettings
from drivers.pseudo_terminal import PseudoTerminal
from drivers.signals.from_settings import lamp_for
from drivers.signals.light import Light, NoLamp
from drivers.signals.owned_lamp import LampDevice, OwnedLamp
from drivers.signals.port import Tone
from drivers.signals.simulated_lamp import FaultyLamp
from drivers.signals.tower import BUZZES, RHYTHMS, Part, Player, all_off, state
from drivers.signals.tower_lamp import TowerLamp

GENEROUS_S = 20.0


@pytest.mark.parametrize(
    ("lit", "sent"),
    [
        (Part(0), "21 22 24 28"),
        (Part.RED, "11 22 24 28"),
        (Part.YELLOW, "21 12 24 28"),
        (Part.GREEN | Part.BUZZER, "21 22 14 18"),
    ],
)
def test_the_bytes_are_those_of_the_makers_table(lit: Part, sent: str) -> None:
    assert state(lit) == bytes.fromhex(sent)


def test_everything_off_is_off() -> None:
    assert all_off() == bytes.fromhex("21 22 24 28")


def pattern(light: Light) -> str:
    """What somebody who sees no colours and no places sees in two seconds, every 25 ms."""
    player = Player()
    player.show(light, 0.0)
    return "".join("#" if player.at(step / 40)[0] else "." for step in range(80))


def test_no_two_verdicts_share_a_rhythm() -> None:
    told_apart = [Light.DARK, Light.GO, Light.ATTENTION, Light.STOP]
    assert len({pattern(light) for light in told_apart}) == len(told_apart)


def test_no_two_lights_are_the_same_and_none_buzzes() -> None:
    assert len(set(RHYTHMS.values())) == len(Light)
    assert not any(Part.BUZZER in lit for rhythm in RHYTHMS.values() for _, lit in rhythm)


@pytest.mark.parametrize("light", Light)
def test_nothing_flashes_more_than_three_times_a_second(light: Light) -> None:
    rhythm = RHYTHMS[light]
    whole = sum(seconds for seconds, _ in rhythm)
    for part in (Part.RED, Part.YELLOW, Part.GREEN):
        lit = [part in shown for _, shown in rhythm]
        flashes = sum(now and not before for before, now in zip([lit[-1], *lit], lit, strict=False))
        assert flashes / whole <= 3


def test_every_tone_has_a_rhythm_on_the_buzzer_and_no_two_the_same() -> None:
    assert set(BUZZES) == set(Tone)
    assert len(set(BUZZES.values())) == len(Tone)


def test_a_buzz_is_heard_once_while_the_light_goes_on() -> None:
    player = Player()
    player.show(Light.CLOSED, 0.0)
    player.buzz(Tone.READ, 10.0)
    assert player.at(10.01)[0] == Part.RED | Part.BUZZER
    assert player.at(10.06)[0] == Part.RED
    assert player.at(10.01)[1] == pytest.approx(10.05)


def test_the_same_light_again_does_not_begin_its_rhythm_anew() -> None:
    player = Player()
    player.show(Light.ATTENTION, 0.0)
    player.show(Light.ATTENTION, 0.5)
    assert player.at(0.7)[0] == Part(0)


# --- on a pseudo-terminal ---


@pytest.fixture
def device(tmp_path: Path) -> Iterator[PseudoTerminal]:
    with PseudoTerminal(tmp_path / "lamp") as plugged:
        yield plugged


@pytest.fixture
def lamp(device: PseudoTerminal) -> Iterator[TowerLamp]:
    lamp = TowerLamp(str(device.link))
    lamp.start()
    yield lamp
    lamp.stop()


def seen(device: PseudoTerminal, wanted: bytes) -> bool:
    """Whether the tower is told this before long."""
    data = b""
    for _ in range(200):
        data += device.take(0.2)
        if wanted in data:
            return True
    return False


def test_the_tower_is_made_dark_first_then_shows_what_is_asked(
    device: PseudoTerminal, lamp: TowerLamp
) -> None:
    lamp.show(Light.GO)
    first = device.take()
    assert first.startswith(all_off())
    assert state(Part.GREEN) in first or seen(device, state(Part.GREEN))
    assert lamp.health().works


def test_the_tower_is_dark_after_the_lane_ended(device: PseudoTerminal, lamp: TowerLamp) -> None:
    lamp.show(Light.LEAVE)
    assert seen(device, state(Part.GREEN))
    lamp.stop()
    assert seen(device, all_off())


def test_a_lamp_that_is_pulled_is_named_and_lights_again_when_tested(
    device: PseudoTerminal, lamp: TowerLamp
) -> None:
    assert lamp.self_test().works
    device.unplug()
    gone = threading.Event()
    for _ in range(200):
        lamp.show(Light.STOP)
        lamp.show(Light.GO)
        if not lamp.health().works:
            break
        gone.wait(0.05)
    health = lamp.health()
    assert (health.works, health.code) == (False, "LA")
    assert "check its cable" in health.advice
    device.plug()
    assert lamp.self_test().works
    lamp.show(Light.CLOSED)
    assert seen(device, state(Part.RED))


def test_a_lamp_that_was_never_there_is_named_and_stops_at_once(tmp_path: Path) -> None:
    lamp = TowerLamp(str(tmp_path / "nothing"))
    lamp.start()
    assert "is not there" in lamp.self_test().advice
    lamp.stop()


def test_a_lamp_that_hangs_is_named_by_the_self_test_and_not_taken_for_well() -> None:
    released = threading.Event()

    class Hanging(LampDevice):
        def open(self) -> None:
            """It is there."""

        def light(self, lit: Part) -> None:
            released.wait(GENEROUS_S)

        def close(self) -> None:
            """Nothing to let go."""

    lamp = OwnedLamp(Hanging(), answer_s=0.05)
    lamp.start()
    health = lamp.self_test()
    assert (health.works, health.code) == (False, "LA") and "does not answer" in health.advice
    assert lamp.health() == health
    released.set()
    lamp._answer_s = GENEROUS_S
    assert lamp.self_test().works
    lamp.stop()


def test_the_settings_choose_the_lamp() -> None:
    assert isinstance(lamp_for(LampSettings()), NoLamp)
    assert isinstance(lamp_for(LampSettings(kind="adafruit")), TowerLamp)


def test_the_faulty_lamp_is_named_until_it_is_mended() -> None:
    lamp = FaultyLamp()
    assert not lamp.self_test().works
    lamp.mend()
    assert lamp.self_test().works
