"""Tones on a real loudspeaker, played by a worker that survives a missing or dying device."""

from __future__ import annotations

import wave
from pathlib import Path
from threading import Condition, Event, Thread

from drivers.signals.loudspeaker import (
    RATE,
    Loudspeaker,
    MiniaudioLoudspeaker,
    OpenLoudspeaker,
    SoundMissing,
)
from drivers.signals.port import Health, Signals, Tone

RETRY_S = 10.0
"""How long the worker leaves a missing device alone before it looks again."""
ANSWER_S = 3.0
"""How long a self-test waits for the worker."""


class TonesMissing(Exception):
    """The tones are not built, or a file is not what the device plays. `str()` is one line."""


class SoundSignals(Signals):
    """Plays the WAV files `<tone>.wav` of a folder (mono, 16 bit, 48 kHz).

    Raises `TonesMissing` when the folder does not hold all of them: that is a mistake of the installation.
    """

    def __init__(
        self, folder: Path, volume: float = 0.8, open_loudspeaker: OpenLoudspeaker = MiniaudioLoudspeaker
    ) -> None:
        self._samples = {tone: louder(load(folder / f"{tone}.wav"), volume) for tone in Tone}
        self._open = open_loudspeaker
        self._changed = Condition()
        self._wanted: Tone | None = None
        self._stopping = False
        self._tested = 0
        self._asked = 0
        self._cut = Event()
        self._health = _missing("not looked for yet")
        self._worker = Thread(target=self._work, name="sound", daemon=True)

    def start(self) -> None:
        self._worker.start()

    def play(self, tone: Tone) -> None:
        with self._changed:
            self._wanted = tone
            self._cut.set()
            self._changed.notify_all()

    def health(self) -> Health:
        with self._changed:
            return self._health

    def self_test(self) -> Health:
        with self._changed:
            self._asked += 1
            mine = self._asked
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._tested >= mine or self._stopping, ANSWER_S)
            return self._health

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._cut.set()
            self._changed.notify_all()
        if self._worker.is_alive():
            self._worker.join(0.9)

    def _work(self) -> None:
        speaker: Loudspeaker | None = self._opened()
        while True:
            with self._changed:
                self._changed.wait_for(self._something, None if speaker else RETRY_S)
                if self._stopping:
                    break
                tone, asked = self._wanted, self._asked
                self._wanted = None
                self._cut.clear()
            speaker = speaker or self._opened()
            if tone is None and asked > self._tested:
                tone = Tone.READ
            if speaker and tone:
                speaker = self._played(speaker, tone)
            with self._changed:
                self._tested = asked
                self._changed.notify_all()
        if speaker:
            speaker.close()

    def _something(self) -> bool:
        return self._stopping or self._wanted is not None or self._asked > self._tested

    def _opened(self) -> Loudspeaker | None:
        try:
            speaker = self._open()
        except SoundMissing as error:
            self._tell(_missing(str(error)))
            return None
        self._tell(Health("sound", "SN", works=True))
        return speaker

    def _played(self, speaker: Loudspeaker, tone: Tone) -> Loudspeaker | None:
        try:
            speaker.play(self._samples[tone], self._cut)
        except SoundMissing as error:
            speaker.close()
            self._tell(_missing(str(error)))
            return None
        return speaker

    def _tell(self, health: Health) -> None:
        with self._changed:
            self._health = health


def load(file: Path) -> bytes:
    """The samples of one WAV file. Raises `TonesMissing`."""
    try:
        with wave.open(str(file), "rb") as sound:
            if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, RATE):
                raise TonesMissing(f"{file}: not mono, 16 bit, {RATE} Hz")
            return sound.readframes(sound.getnframes())
    except (OSError, EOFError, wave.Error) as error:
        raise TonesMissing(f"{file}: missing or damaged: run `make setup`") from error


def louder(samples: bytes, volume: float) -> bytes:
    """Samples scaled by a volume between 0 and 1."""
    view = memoryview(samples).cast("h")
    return b"".join(round(value * volume).to_bytes(2, "little", signed=True) for value in view)


def _missing(why: str) -> Health:
    advice = f"No sound ({why}): check the loudspeaker and its cable; the lane goes on in silence."
    return Health("sound", "SN", works=False, advice=advice)
