"""Tones on a real loudspeaker, played by a worker that survives a missing or dying device."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from threading import Condition, Event, Thread

import numpy as np

from drivers.signals.loudspeaker import Loudspeaker, MiniaudioLoudspeaker, OpenLoudspeaker, SoundMissing
from drivers.signals.port import Health, Prompt, Signals, Tone
from drivers.signals.voices import NO_VOICES, Voices
from drivers.signals.wav import SoundFileUnusable, load_wav

RETRY_S = 10.0
"""How long the worker leaves a missing device alone before it looks again."""
LONGEST_SPEECH = 8
"""Prompts that may wait: one in each language, and room."""
ANSWER_S = 3.0
"""How long a self-test waits for the worker."""
WORKS = Health("sound", "SN", works=True)


class TonesMissing(Exception):
    """The tones are not built, or a file is not what the device plays. `str()` is one line."""


class SoundSignals(Signals):
    """Plays the WAV files `<tone>.wav` of a folder (mono, 16 bit, 48 kHz).

    Raises `TonesMissing` when the folder does not hold all of them: that is a mistake of the installation.
    """

    def __init__(
        self,
        folder: Path,
        volume: float = 0.8,
        open_loudspeaker: OpenLoudspeaker = MiniaudioLoudspeaker,
        voices: Voices = NO_VOICES,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._samples = {tone: louder(load(folder / f"{tone}.wav"), volume) for tone in Tone}
        self._voices, self._volume = voices, volume
        self._open = open_loudspeaker
        self._changed = Condition()
        self._wanted: Tone | None = None
        self._prompts: deque[bytes] = deque(maxlen=LONGEST_SPEECH)
        """What is to be spoken once the tone is over."""
        self._stopping = False
        self._tested = self._asked = 0
        self._playing = False
        """Whether the device plays: it gives up by itself when nobody takes the samples."""
        self._answer_s = answer_s
        self._cut = Event()
        self._health = _missing("not looked for yet")
        self._worker = Thread(target=self._work, name="sound", daemon=True)

    def start(self) -> None:
        self._worker.start()

    def play(self, tone: Tone) -> None:
        with self._changed:
            self._wanted = tone
            self._prompts.clear()
            self._cut.set()
            self._changed.notify_all()

    def say(self, prompt: Prompt, language: str) -> None:
        samples = self._voices.samples(prompt, language)
        if samples is not None:
            with self._changed:
                self._prompts.append(samples)
                self._changed.notify_all()

    def health(self) -> Health:
        with self._changed:
            return self._health

    def self_test(self) -> Health:
        with self._changed:
            self._asked += 1
            mine = self._asked
            self._changed.notify_all()
            if not self._changed.wait_for(self._answered(mine), self._answer_s):
                # Inside a prompt the device does what it should; one that hangs says nothing of itself.
                self._health = self._health if self._playing else _HUNG
            return self._health

    def _answered(self, mine: int) -> Callable[[], bool]:
        return lambda: self._tested >= mine or self._stopping

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
                prompt = self._prompts.popleft() if self._prompts and not tone else None
                self._cut.clear()
            speaker = speaker or self._opened()
            if tone is None and asked > self._tested:
                tone = Tone.READ
            if speaker and tone:
                speaker = self._played(speaker, self._samples[tone])
            elif speaker and prompt:
                speaker = self._played(speaker, louder(prompt, self._volume))
            with self._changed:
                self._tested = asked
                if speaker and self._health is _HUNG:
                    self._health = WORKS
                self._changed.notify_all()
        if speaker:
            speaker.close()

    def _something(self) -> bool:
        wanted = self._wanted is not None or bool(self._prompts)
        return self._stopping or wanted or self._asked > self._tested

    def _opened(self) -> Loudspeaker | None:
        try:
            speaker = self._open()
        except SoundMissing as error:
            self._tell(_missing(str(error)))
            return None
        self._tell(WORKS)
        return speaker

    def _played(self, speaker: Loudspeaker, samples: bytes) -> Loudspeaker | None:
        self._playing = True
        try:
            speaker.play(samples, self._cut)
        except SoundMissing as error:
            self._tell(_missing(str(error)))
            speaker.close()
            return None
        finally:
            self._playing = False
        return speaker

    def _tell(self, health: Health) -> None:
        with self._changed:
            self._health = health


def load(file: Path) -> bytes:
    """The samples of one WAV file. Raises `TonesMissing`."""
    try:
        return load_wav(file)
    except SoundFileUnusable as error:
        raise TonesMissing(f"{error}: run `make setup`") from error


def louder(samples: bytes, volume: float) -> bytes:
    """Samples scaled by a volume between 0 and 1."""
    return np.rint(np.frombuffer(samples, "<i2") * volume).astype("<i2").tobytes()


def _missing(why: str) -> Health:
    advice = f"No sound ({why}): check the loudspeaker and its cable; the lane goes on in silence."
    return Health("sound", "SN", works=False, advice=advice)


_HUNG = _missing("the sound device does not answer")
