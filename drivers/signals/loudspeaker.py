"""The one place that speaks to ALSA or PipeWire: opens a device, plays samples, lets go."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path
from threading import Event
from typing import Protocol

import miniaudio

from drivers.signals.wav import RATE

BACKENDS = [miniaudio.Backend.PULSEAUDIO, miniaudio.Backend.ALSA]
"""PipeWire answers as PulseAudio. Without this list a machine without sound gets one that swallows it."""
CARDS = Path("/dev/snd")


class SoundMissing(Exception):
    """There is no sound device, or it went away. `str()` is one line."""


class Loudspeaker(Protocol):
    """An open device. Mono, signed 16 bit, 48,000 samples a second."""

    def play(self, samples: bytes, cut: Event) -> None:
        """Plays to the end or until `cut` is set. Raises `SoundMissing`."""

    def close(self) -> None:
        """Lets the device go."""


OpenLoudspeaker = Callable[[], Loudspeaker]


class MiniaudioLoudspeaker:
    """A device through miniaudio. Raises `SoundMissing` when there is none."""

    def __init__(self, name: str = "") -> None:
        """`name`: a part of the device's name; empty: the one that the machine plays on."""
        if not _something_to_open():
            raise SoundMissing("there is no sound card and no sound server")
        try:
            self._device = miniaudio.PlaybackDevice(
                device_id=_named(name) if name else None,
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=RATE,
                buffersize_msec=40,
                backends=BACKENDS,
                app_name="checkpoint-kiosk",
            )
        except miniaudio.MiniaudioError as error:
            raise SoundMissing(str(error)) from error

    def play(self, samples: bytes, cut: Event) -> None:
        ended = Event()
        stream = _stream(samples, cut, ended)
        next(stream)
        try:
            self._device.start(stream)
            if not ended.wait(len(samples) / (2 * RATE) + 2.0):
                raise SoundMissing("the sound device took no samples")
            self._device.stop()
        except miniaudio.MiniaudioError as error:
            raise SoundMissing(str(error)) from error

    def close(self) -> None:
        self._device.close()


def _named(name: str) -> object:
    """The device's id. Raises `SoundMissing`, `MiniaudioError`."""
    found = miniaudio.Devices(BACKENDS).get_playbacks()
    for device in found:
        if name.lower() in device["name"].lower():
            return device["id"]
    there = ", ".join(device["name"] for device in found) or "none"
    raise SoundMissing(f"no sound device is called {name} (there are: {there})")


def _something_to_open() -> bool:
    """Whether it is worth asking: ALSA writes twenty lines to stderr each time it finds no card."""
    server = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "pulse" / "native"
    return "PULSE_SERVER" in os.environ or server.exists() or any(CARDS.glob("pcm*p"))


def _stream(samples: bytes, cut: Event, ended: Event) -> Generator[bytes, int, None]:
    """Feeds the device's own thread; then silence, so that the last samples leave its buffer."""
    at = 0
    wanted = yield b""
    silent = 0
    while silent < 3:
        chunk = b"" if cut.is_set() else samples[at : at + wanted * 2]
        at += len(chunk)
        silent += not chunk
        wanted = yield chunk.ljust(wanted * 2, b"\0")
    ended.set()
    while True:
        wanted = yield bytes(wanted * 2)
