"""Headphones: who plugs them in is noticed, who listens is read to, a device that is gone harms nobody."""

from __future__ import annotations

import os
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from drivers.signals.jack import EV_SW, EVENT, SW_HEADPHONE_INSERT, HeadphoneJack, last_state, plugged_now
from drivers.signals.loudspeaker import SoundMissing
from drivers.signals.narrator import PAUSE, TONE, Narrator
from drivers.signals.said import FOLDER, Said, file_name
from drivers.signals.wav import SPEECH_RATE

PATIENCE_S = 20.0


def say(folder: Path, language: str, text: str, value: int, rate: int = SPEECH_RATE) -> None:
    place = folder / language / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    with wave.open(str(place / file_name(text)), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(value.to_bytes(2, "little") * 4)


@pytest.fixture
def said(tmp_path: Path) -> Said:
    say(tmp_path, "en", "Please pass", 1000)
    say(tmp_path, "en", "Please stop", 2000)
    return Said([tmp_path])


class Headset:
    """Notes what is played; can be pulled out, or hold on until it is cut."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.silence_before: list[int] = []
        self.holds, self.gone = False, False
        self.changed, self.playing = Event(), Event()

    def play(self, samples: bytes, cut: Event) -> None:
        if self.gone:
            raise SoundMissing("pulled out")
        self.silence_before.append(len(samples) - len(samples.lstrip(b"\0")))
        self.heard.append(int.from_bytes(samples.lstrip(b"\0")[:2], "little"))
        self.playing.set()
        if self.holds:
            assert cut.wait(PATIENCE_S)
            self.holds = False

    def close(self) -> None:
        self.changed.set()


@pytest.fixture
def headset() -> Headset:
    return Headset()


@pytest.fixture
def narrator(said: Said, headset: Headset) -> Iterator[Narrator]:
    reads = Narrator(said, lambda: headset, 1.0)
    reads.start()
    yield reads
    reads.stop()


def test_speech_is_kept_at_a_third_of_the_size_and_heard_at_full_rate(said: Said) -> None:
    samples = said.samples("en", "Please pass")
    assert samples is not None
    assert len(samples) == 3 * 4 * 2
    assert said.samples("en", "Never said") is None
    assert said.samples("pt", "Please pass") is None


def test_a_recording_is_heard_before_the_machines_voice(tmp_path: Path, said: Said) -> None:
    people = tmp_path / "people"
    say(people, "en", "Please pass", 7, rate=48_000)
    heard = Said([people, tmp_path]).samples("en", "Please pass")
    assert heard is not None
    assert heard[:2] == (7).to_bytes(2, "little")


def test_a_lane_reads_only_where_it_can_in_all_its_languages(said: Said) -> None:
    assert said.anything(["en"])
    assert not said.anything(["en", "pt"])


def test_sentences_are_read_in_turn_and_the_device_is_let_go(narrator: Narrator, headset: Headset) -> None:
    narrator.read([("en", "Please pass"), ("en", "Never said"), ("en", "Please stop")])
    assert headset.changed.wait(PATIENCE_S)
    assert headset.heard == [1000, 2000]
    assert headset.silence_before == [len(TONE), 0], "the verdict's tone is over when the words begin"
    assert len(PAUSE) > 0


def test_a_newer_screen_cuts_the_reading_of_the_one_before(narrator: Narrator, headset: Headset) -> None:
    headset.holds = True
    narrator.read([("en", "Please pass"), ("en", "Please pass")])
    assert headset.playing.wait(PATIENCE_S)
    narrator.read([("en", "Please stop")])
    assert headset.changed.wait(PATIENCE_S)
    assert headset.heard == [1000, 2000]


def test_loudness_holds_from_the_next_sentence(narrator: Narrator, headset: Headset) -> None:
    narrator.set_loudness(0.25)
    narrator.read([("en", "Please pass")])
    assert headset.changed.wait(PATIENCE_S)
    assert headset.heard == [250]


def test_a_device_that_is_gone_is_named_and_the_next_reading_looks_again(
    narrator: Narrator, headset: Headset
) -> None:
    headset.gone = True
    narrator.read([("en", "Please pass")])
    assert headset.changed.wait(PATIENCE_S)
    waited = threading.Event()
    while narrator.health().works and not waited.wait(0.01):
        pass
    assert narrator.health().code == "HP"
    assert "check" in narrator.health().advice
    headset.gone = False
    headset.changed.clear()
    narrator.read([("en", "Please stop")])
    assert headset.changed.wait(PATIENCE_S)
    assert headset.heard == [2000]
    assert narrator.health().works


def event(kind: int, code: int, value: int) -> bytes:
    return EVENT.pack(0, 0, kind, code, value)


def test_only_the_switch_of_the_headphones_counts() -> None:
    plugged = event(EV_SW, SW_HEADPHONE_INSERT, 1)
    assert last_state(plugged) is True
    assert last_state(plugged + event(EV_SW, SW_HEADPHONE_INSERT, 0) + event(0, 0, 0)) is False
    assert last_state(event(EV_SW, 4, 1)) is None
    assert last_state(plugged[:-1]) is None


def test_plugging_in_and_out_is_told_once_each(tmp_path: Path) -> None:
    device = tmp_path / "jack"
    os.mkfifo(device)
    told: list[bool] = []
    heard = {True: Event(), False: Event()}

    def hear(plugged: bool) -> None:
        told.append(plugged)
        heard[plugged].set()

    held = os.open(device, os.O_RDWR)
    jack = HeadphoneJack(device, hear)
    jack.start()
    os.write(held, event(EV_SW, SW_HEADPHONE_INSERT, 1) + event(0, 0, 0))
    assert heard[True].wait(PATIENCE_S)
    os.write(held, event(EV_SW, SW_HEADPHONE_INSERT, 1))
    os.write(held, event(EV_SW, SW_HEADPHONE_INSERT, 0))
    assert heard[False].wait(PATIENCE_S)
    jack.stop()
    os.close(held)
    assert told == [True, False]


def test_a_jack_that_is_not_there_reads_as_unplugged(tmp_path: Path) -> None:
    told: list[bool] = []
    jack = HeadphoneJack(tmp_path / "nowhere", told.append)
    jack.start()
    jack.stop()
    assert told == []
    with (tmp_path / "plain").open("wb") as plain:
        assert plugged_now(plain.fileno()) is False
