"""Sound, words and lamp of one lane: what stands in for what, and what nobody may be able to tell apart."""

from __future__ import annotations

import pytest

from config.moment import Moment
from drivers.signals.faulty import FaultySignals
from drivers.signals.light import Light, NoLamp
from drivers.signals.port import Prompt, Tone
from drivers.signals.simulated import SimulatedSignals
from drivers.signals.simulated_lamp import FaultyLamp, SimulatedLamp
from drivers.signals.voices import NO_VOICES, Voices
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import CrossingView, LaneView, Phase
from kiosk.presenters.signalled import LIGHTS, light, spoken
from kiosk.presenters.traveller import TravellerPresenter
from kiosk.presenters.traveller_screen import ASIDE, Page
from kiosk.signalling import Signalling
from tests.kiosk.lane_bench import NOON
from verification.reasons import ReasonId
from verification.verdict import Outcome

NOW = Moment(100.0, NOON)


class Post(list[PartFailed | PartRecovered]):
    def faults(self) -> set[str]:
        return {said.fault.code for said in self if isinstance(said, PartFailed)}


def screen(phase: Phase, *reasons: ReasonId, outcome: Outcome = Outcome.REFER, language: str = "zh_HK"):  # type: ignore[no-untyped-def]
    crossing = CrossingView("id-1", outcome, reasons) if reasons else None
    return TravellerPresenter().present(LaneView(phase, "1", crossing=crossing, language=language), NOW)


def test_every_page_of_the_lane_has_its_light() -> None:
    """Pages that a traveller opens have none: the lamp goes on showing what the lane says."""
    assert set(LIGHTS) == set(Page) - set(ASIDE)


@pytest.mark.parametrize(
    ("phase", "reason", "lit", "said"),
    [
        (Phase.PASSING, ReasonId.ADMITTED, Light.GO, Prompt.GO),
        (Phase.REFERRED, ReasonId.UNKNOWN_SIGNER, Light.ATTENTION, Prompt.OFFICER_COMES),
        (Phase.REFUSED, ReasonId.EXPIRED, Light.STOP, Prompt.PLEASE_STOP),
        (Phase.AT_DESK, ReasonId.EXPIRED, Light.ATTENTION, Prompt.GO_TO_DESK),
    ],
)
def test_each_verdict_is_lit_and_spoken(phase: Phase, reason: ReasonId, lit: Light, said: Prompt) -> None:
    shown = screen(phase, reason, language="pt")
    assert light(shown) is lit
    assert spoken(shown) == ((said, "pt"),)


@pytest.mark.parametrize("phase", [Phase.REFERRED, Phase.REFUSED])
def test_a_revoked_code_is_lit_and_spoken_like_any_referral(phase: Phase) -> None:
    revoked = screen(phase, ReasonId.REVOKED, outcome=Outcome.REFUSE)
    other = screen(Phase.REFERRED, ReasonId.UNKNOWN_SIGNER)
    assert (light(revoked), spoken(revoked), revoked.tone) == (light(other), spoken(other), other.tone)


def test_in_a_fire_everybody_is_told_in_their_language() -> None:
    shown = screen(Phase.EVACUATE)
    assert light(shown) is Light.LEAVE
    assert spoken(shown) == tuple((Prompt.LEAVE_NOW, language) for language in ("zh_HK", "zh_CN", "en", "pt"))


def test_an_empty_hall_is_not_spoken_to() -> None:
    assert not any(spoken(screen(phase)) for phase in (Phase.WAITING, Phase.HELD, Phase.OUT_OF_ORDER))


def test_the_buzzer_stands_in_for_a_loudspeaker_that_is_gone() -> None:
    sound, lamp, post = FaultySignals(), SimulatedLamp(), Post()
    signals = Signalling(sound, lamp, NO_VOICES, post.append)
    sound.start()
    signals.play(Tone.STOP)
    assert (sound.played, lamp.buzzed) == ([], [Tone.STOP])
    sound.mend()
    signals.play(Tone.GO)
    assert (sound.played, lamp.buzzed) == ([Tone.GO], [Tone.STOP])


def test_what_is_missing_is_named_and_what_comes_back_too() -> None:
    sound, lamp, post = FaultySignals(), FaultyLamp(), Post()
    signals = Signalling(sound, lamp, Voices((), ["en"]), post.append)
    signals.start()
    signals.look()
    assert post.faults() == {"SN", "LA", "VO"}
    sound.mend()
    lamp.mend()
    post.clear()
    signals.look()
    assert post == [PartRecovered("sound"), PartRecovered("lamp")]


def test_the_lane_begins_with_a_self_test(monkeypatch: pytest.MonkeyPatch) -> None:
    tested: list[str] = []
    monkeypatch.setattr(Signalling, "test_soon", lambda _: tested.append("both"))
    signals = Signalling(SimulatedSignals(), SimulatedLamp(), NO_VOICES, Post().append)
    signals.start()
    signals.stop()
    assert tested == ["both"]


def test_the_self_test_asks_both_devices() -> None:
    sound, lamp = SimulatedSignals(), SimulatedLamp()
    sound.start()
    signals = Signalling(sound, lamp, NO_VOICES, Post().append)
    assert [health.part for health in signals.self_test()] == ["sound", "lamp"]
    assert (sound.played, lamp.tests) == ([Tone.READ], 1)


def test_a_silent_lane_says_nothing_and_misses_nothing() -> None:
    post = Post()
    signals = Signalling(None, NoLamp(), NO_VOICES, post.append)
    signals.play(Tone.GO)
    signals.say(((Prompt.GO, "en"),))
    signals.show(Light.GO)
    signals.look()
    assert post == []


def test_an_officers_mute_silences_tones_and_words_and_not_the_lamp() -> None:
    sound, lamp = SimulatedSignals(), SimulatedLamp()
    signals = Signalling(sound, lamp, NO_VOICES, Post().append)
    signals.start()
    signals.mute(True)
    before = (list(sound.played), list(sound.said))
    signals.play(Tone.STOP)
    signals.say([(Prompt.GO, "pt")])
    signals.show(Light.STOP)
    assert (list(sound.played), list(sound.said)) == before
    signals.mute(False)
    signals.play(Tone.STOP)
    assert list(sound.played) == [*before[0], Tone.STOP]
    signals.stop()
