"""Sound is heard where it can be, and missed by nobody's lane where it cannot."""

from __future__ import annotations

import struct
import wave
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from drivers.signals import loudspeaker
from drivers.signals.faulty import FaultySignals
from drivers.signals.loudspeaker import MiniaudioLoudspeaker, SoundMissing, _stream
from drivers.signals.port import Tone
from drivers.signals.simulated import SimulatedSignals
from drivers.signals.sound import SoundSignals, TonesMissing, load, louder

PATIENCE_S = 20.0
RATE = 48_000


@pytest.fixture
def tones(tmp_path: Path) -> Path:
    for at, tone in enumerate(Tone):
        with wave.open(str(tmp_path / f"{tone}.wav"), "wb") as sound:
            sound.setparams((1, 2, RATE, 0, "NONE", ""))
            sound.writeframes(struct.pack("<4h", *([100 * (at + 1)] * 4)))
    return tmp_path


class Speaker:
    """Writes down what it is given; can be told to hang until cut, or to die."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.playing, self.hangs, self.dies, self.closed = Event(), False, False, Event()

    def play(self, samples: bytes, cut: Event) -> None:
        if self.dies:
            raise SoundMissing("unplugged")
        self.heard.append(samples)
        self.playing.set()
        if self.hangs:
            assert cut.wait(PATIENCE_S)

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


@pytest.fixture
def sound(tones: Path, speaker: Speaker) -> Iterator[SoundSignals]:
    signals = SoundSignals(tones, 1.0, lambda: speaker)
    signals.start()
    yield signals
    signals.stop()


def test_a_tone_is_played_by_the_worker(sound: SoundSignals, speaker: Speaker, tones: Path) -> None:
    sound.play(Tone.GO)
    assert speaker.playing.wait(PATIENCE_S)
    assert speaker.heard == [load(tones / "go.wav")]


def test_a_newer_tone_cuts_an_older_one_short(sound: SoundSignals, speaker: Speaker, tones: Path) -> None:
    speaker.hangs = True
    sound.play(Tone.ATTENTION)
    assert speaker.playing.wait(PATIENCE_S)
    speaker.playing.clear()
    speaker.hangs = False
    sound.play(Tone.STOP)
    assert speaker.playing.wait(PATIENCE_S)
    assert speaker.heard[-1] == load(tones / "stop.wav")


def test_a_self_test_is_heard_and_says_that_all_is_well(sound: SoundSignals, speaker: Speaker) -> None:
    assert sound.self_test().works
    assert len(speaker.heard) == 1


def test_a_missing_device_is_a_fault_with_a_name_and_an_advice(tones: Path) -> None:
    def none_there() -> Speaker:
        raise SoundMissing("there is no sound card and no sound server")

    signals = SoundSignals(tones, 1.0, none_there)
    signals.start()
    signals.play(Tone.GO)
    health = signals.self_test()
    signals.stop()
    assert (health.works, health.code, health.part) == (False, "SN", "sound")
    assert "loudspeaker" in health.advice


def test_a_sound_server_that_hangs_is_named_by_the_self_test_and_not_taken_for_well(tones: Path) -> None:
    released, opened = Event(), Speaker()

    def hangs() -> Speaker:
        released.wait(PATIENCE_S)
        return opened

    signals = SoundSignals(tones, 1.0, hangs, answer_s=0.05)
    signals.start()
    health = signals.self_test()
    assert (health.works, health.code) == (False, "SN") and "does not answer" in health.advice
    assert signals.health() == health
    released.set()
    assert opened.playing.wait(PATIENCE_S)
    signals._answer_s = PATIENCE_S
    assert signals.self_test().works
    signals.stop()


def test_a_long_prompt_at_the_start_of_a_shift_is_no_fault(tones: Path, speaker: Speaker) -> None:
    speaker.hangs = True
    signals = SoundSignals(tones, 1.0, lambda: speaker, answer_s=0.05)
    signals.start()
    signals.play(Tone.ATTENTION)
    assert speaker.playing.wait(PATIENCE_S)
    assert signals.self_test().works
    signals.stop()


def test_a_device_that_dies_is_let_go_and_found_again(tones: Path) -> None:
    dying, fresh = Speaker(), Speaker()
    dying.dies = True
    speakers = [dying, fresh]
    signals = SoundSignals(tones, 1.0, lambda: speakers.pop(0))
    signals.start()
    assert not signals.self_test().works
    assert dying.closed.is_set()
    assert signals.self_test().works
    signals.stop()
    assert len(fresh.heard) == 1
    assert fresh.closed.is_set()


def test_stopping_lets_the_device_go_in_the_middle_of_a_tone(tones: Path, speaker: Speaker) -> None:
    speaker.hangs = True
    signals = SoundSignals(tones, 1.0, lambda: speaker)
    signals.start()
    signals.play(Tone.ATTENTION)
    assert speaker.playing.wait(PATIENCE_S)
    signals.stop()
    assert speaker.closed.wait(PATIENCE_S)


def test_tones_that_were_not_built_are_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(TonesMissing, match="make setup"):
        SoundSignals(tmp_path)


def test_a_damaged_tone_is_said_in_one_line(tones: Path) -> None:
    (tones / "go.wav").write_bytes(b"RIFF")
    with pytest.raises(TonesMissing, match=r"go\.wav"):
        SoundSignals(tones)


def test_volume_scales_every_sample() -> None:
    assert struct.unpack("<3h", louder(struct.pack("<3h", 1000, -1000, 0), 0.5)) == (500, -500, 0)


def test_a_machine_without_sound_is_not_asked_and_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("drivers.signals.loudspeaker.CARDS", tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    with pytest.raises(SoundMissing, match="no sound card"):
        MiniaudioLoudspeaker()
    assert capfd.readouterr().err == ""


def test_only_what_can_be_heard_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's list ends with a device that swallows everything: a silent lane would look well."""
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(loudspeaker, "_something_to_open", lambda: True)
    monkeypatch.setattr(loudspeaker.miniaudio, "PlaybackDevice", lambda **how: asked.append(how))
    MiniaudioLoudspeaker()
    (how,) = asked
    assert how["backends"] == [loudspeaker.miniaudio.Backend.PULSEAUDIO, loudspeaker.miniaudio.Backend.ALSA]
    assert (how["sample_rate"], how["nchannels"]) == (RATE, 1)


def test_the_stream_gives_every_sample_then_silence_then_says_it_ended() -> None:
    cut, ended = Event(), Event()
    stream = _stream(b"abcdef", cut, ended)
    next(stream)
    given = [stream.send(2) for _ in range(6)]
    assert b"".join(given).rstrip(b"\0") == b"abcdef"
    assert ended.is_set()
    assert stream.send(2) == bytes(4)


def test_a_stream_that_is_cut_falls_silent_at_once() -> None:
    cut, ended = Event(), Event()
    stream = _stream(b"x" * 1000, cut, ended)
    next(stream)
    stream.send(2)
    cut.set()
    assert stream.send(2) == bytes(4)


def test_the_simulated_device_remembers_what_it_was_asked() -> None:
    signals = SimulatedSignals()
    signals.play(Tone.GO)
    signals.start()
    signals.play(Tone.READ)
    signals.stop()
    signals.play(Tone.STOP)
    assert signals.played == [Tone.READ]


def test_the_faulty_device_is_named_until_it_is_mended() -> None:
    signals = FaultySignals()
    signals.start()
    assert signals.self_test().code == "SN"
    assert not signals.health().works
    signals.mend()
    signals.play(Tone.GO)
    assert signals.health().works
    assert signals.played == [Tone.GO]
