"""Spoken prompts: recordings before the machine's voice, tones before both, and silence harms nobody."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from drivers.signals.port import Prompt, Tone
from drivers.signals.sound import SoundSignals
from drivers.signals.voices import NO_VOICES, Voices
from tests.drivers.signals.test_sound import PATIENCE_S, Speaker, tones  # noqa: F401


def record(folder: Path, language: str, prompt: Prompt, value: int, rate: int = 48_000) -> None:
    place = folder / language
    place.mkdir(parents=True, exist_ok=True)
    with wave.open(str(place / f"{prompt}.wav"), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(value.to_bytes(2, "little") * 4)


def test_a_recording_replaces_the_machines_voice(tmp_path: Path) -> None:
    record(tmp_path / "machine", "en", Prompt.GO, 1)
    record(tmp_path / "machine", "en", Prompt.GO_TO_DESK, 2)
    record(tmp_path / "people", "en", Prompt.GO, 3)
    voices = Voices([tmp_path / "people", tmp_path / "machine"], ["en"])
    assert voices.samples(Prompt.GO, "en") == b"\x03\x00" * 4
    assert voices.samples(Prompt.GO_TO_DESK, "en") == b"\x02\x00" * 4
    assert voices.samples(Prompt.GO, "pt") is None


def test_what_is_missing_is_named_with_what_to_do(tmp_path: Path) -> None:
    voices = Voices([tmp_path], ["en", "pt"])
    assert len(voices.missing) == 2 * len(Prompt)
    assert "make voices" in voices.advice()


def test_a_recording_of_another_kind_is_named_and_the_machine_speaks(tmp_path: Path) -> None:
    for prompt in Prompt:
        record(tmp_path / "machine", "en", prompt, 1)
    record(tmp_path / "people", "en", Prompt.GO, 3, rate=44_100)
    voices = Voices([tmp_path / "people", tmp_path / "machine"], ["en"])
    assert voices.samples(Prompt.GO, "en") == b"\x01\x00" * 4
    assert "record it again" in voices.advice()


def test_a_lane_that_is_not_to_speak_misses_nothing() -> None:
    assert NO_VOICES.advice() == ""


@pytest.fixture
def voices(tmp_path: Path) -> Voices:
    for language, value in (("en", 7), ("pt", 8)):
        record(tmp_path / "voices", language, Prompt.OFFICER_COMES, value)
    return Voices([tmp_path / "voices"], ["en", "pt"])


def test_the_words_come_after_the_tone_in_the_order_of_asking(tones: Path, voices: Voices) -> None:  # noqa: F811
    speaker = Speaker()
    speaker.hangs = True
    signals = SoundSignals(tones, 1.0, lambda: speaker, voices)
    signals.play(Tone.ATTENTION)
    signals.say(Prompt.OFFICER_COMES, "en")
    signals.say(Prompt.OFFICER_COMES, "pt")
    signals.say(Prompt.GO, "en")
    speaker.hangs = False
    signals.start()
    assert signals.self_test().works
    for _ in range(200):
        if len(speaker.heard) >= 3:
            break
        speaker.playing.wait(0.05)
    signals.stop()
    assert speaker.heard[1:3] == [b"\x07\x00" * 4, b"\x08\x00" * 4]


def test_a_new_tone_ends_what_was_to_be_spoken(tones: Path, voices: Voices) -> None:  # noqa: F811
    speaker = Speaker()
    speaker.hangs = True
    signals = SoundSignals(tones, 1.0, lambda: speaker, voices)
    signals.start()
    signals.play(Tone.ATTENTION)
    assert speaker.playing.wait(PATIENCE_S)
    signals.say(Prompt.OFFICER_COMES, "en")
    speaker.hangs = False
    signals.play(Tone.GO)
    assert signals.self_test().works
    signals.stop()
    assert b"\x07\x00" * 4 not in speaker.heard
