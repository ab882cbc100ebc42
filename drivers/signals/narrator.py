"""Reads sentences to one listener, in headphones: the newest reading cuts the one before."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Condition, Event, Thread

from drivers.signals.loudspeaker import Loudspeaker, OpenLoudspeaker, SoundMissing
from drivers.signals.port import Health
from drivers.signals.said import Said
from drivers.signals.sound import louder
from drivers.signals.wav import RATE

TONE = bytes(2 * RATE * 6 // 10)
"""Silence before the first sentence: as long as the longest tone, which is heard with every verdict."""
PAUSE = bytes(2 * RATE // 4)
"""A quarter of a second of silence after each sentence."""
WORKS = Health("headphones", "HP", works=True)
Sentence = tuple[str, str]
"""Language and text."""


class Narrator:
    """No call blocks. The device is opened for a reading and let go after it: it may be the lane's own."""

    def __init__(self, said: Said, open_loudspeaker: OpenLoudspeaker, loudness: float = 0.5) -> None:
        self._said, self._open, self._loudness = said, open_loudspeaker, loudness
        self._changed = Condition()
        self._wanted: deque[Sentence] = deque()
        self._cut = Event()
        self._begins = False
        """Whether the next sentence is the first of a reading."""
        self._stopping = False
        self._health = WORKS
        self._worker = Thread(target=self._work, name="narrator", daemon=True)

    def start(self) -> None:
        """Starts the worker."""
        self._worker.start()

    def read(self, sentences: Sequence[Sentence]) -> None:
        """Reads these now; none: falls silent."""
        with self._changed:
            self._wanted = deque(sentences)
            self._begins = True
            self._cut.set()
            self._changed.notify_all()

    def set_loudness(self, loudness: float) -> None:
        """From the next sentence on, 0 to 1."""
        with self._changed:
            self._loudness = loudness

    def health(self) -> Health:
        """How the device was the last time it was wanted."""
        with self._changed:
            return self._health

    def stop(self) -> None:
        """Silence; returns within a second."""
        with self._changed:
            self._stopping = True
            self._cut.set()
            self._changed.notify_all()
        if self._worker.is_alive():
            self._worker.join(0.9)

    def _work(self) -> None:
        speaker: Loudspeaker | None = None
        while True:
            with self._changed:
                if not self._wanted and speaker is not None:
                    speaker.close()
                    speaker = None
                self._changed.wait_for(lambda: bool(self._wanted) or self._stopping)
                if self._stopping:
                    break
                language, text = self._wanted.popleft()
                loudness, before = self._loudness, TONE if self._begins else b""
                self._begins = False
                self._cut.clear()
            samples = self._said.samples(language, text)
            if samples is not None:
                speaker = self._played(speaker, before + louder(samples, loudness) + PAUSE)
        if speaker is not None:
            speaker.close()

    def _played(self, speaker: Loudspeaker | None, samples: bytes) -> Loudspeaker | None:
        try:
            speaker = speaker or self._open()
            speaker.play(samples, self._cut)
        except SoundMissing as error:
            if speaker is not None:
                speaker.close()
            why = f"No headphones ({error}): check sound.headphones and the plug; the screen goes on."
            self._tell(Health("headphones", "HP", works=False, advice=why))
            return None
        self._tell(WORKS)
        return speaker

    def _tell(self, health: Health) -> None:
        with self._changed:
            self._health = health
