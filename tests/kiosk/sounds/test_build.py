"""The tones are told apart by their rhythm, and the same wherever they are built."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from drivers.signals.port import Tone
from drivers.signals.sound import load
from drivers.signals.wav import RATE
from kiosk.sounds.build import SCORES, build, samples, seconds


def bursts(tone: Tone) -> list[tuple[float, float]]:
    """Pitch in Hz and length in seconds of each stretch of sound, heard from the samples."""
    wave = np.frombuffer(samples(tone), dtype="<i2").astype(float)
    quiet = np.convolve(np.abs(wave), np.ones(480) / 480, mode="same") < 60
    edges = np.flatnonzero(np.diff(np.concatenate(([True], quiet, [True])).astype(int)))
    heard = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        spectrum = np.abs(np.fft.rfft(wave[start:end], RATE))
        heard.append((float(np.argmax(spectrum)), (end - start) / RATE))
    return heard


def test_go_is_two_rising() -> None:
    (first, _), (second, _) = bursts(Tone.GO)
    assert second > first * 1.2


def test_stop_is_five_short() -> None:
    heard = bursts(Tone.STOP)
    assert len(heard) == 5
    assert all(length < 0.12 for _, length in heard)


def test_attention_is_one_long() -> None:
    ((_, length),) = bursts(Tone.ATTENTION)
    assert length > 0.4


def test_again_is_two_falling() -> None:
    (first, _), (second, _) = bursts(Tone.AGAIN)
    assert second < first


def test_read_is_one_tick() -> None:
    ((_, length),) = bursts(Tone.READ)
    assert length < 0.1


@pytest.mark.parametrize("tone", list(Tone))
def test_no_tone_holds_anybody_up(tone: Tone) -> None:
    assert seconds(tone) <= 0.6


def test_every_tone_has_a_score() -> None:
    assert set(SCORES) == set(Tone)


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [file.read_bytes() for file in build(tmp_path / "a")]
    assert [file.read_bytes() for file in build(tmp_path / "b")] == first


def test_the_loudspeaker_takes_what_was_built(tmp_path: Path) -> None:
    build(tmp_path)
    assert all(load(tmp_path / f"{tone}.wav") == samples(tone) for tone in Tone)
