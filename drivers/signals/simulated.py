"""A device that only remembers what it was asked to play: for demos, practice and machines without sound."""

from __future__ import annotations

from drivers.signals.port import Health, Prompt, Signals, Tone

WORKS = Health("sound", "SN", works=True)


class SimulatedSignals(Signals):
    """Plays nothing, keeps a list. `played` is in the order of asking."""

    def __init__(self) -> None:
        self.played: list[Tone] = []
        self.said: list[tuple[Prompt, str]] = []
        self._running = False

    def start(self) -> None:
        self._running = True

    def play(self, tone: Tone) -> None:
        if self._running:
            self.played.append(tone)

    def say(self, prompt: Prompt, language: str) -> None:
        if self._running:
            self.said.append((prompt, language))

    def health(self) -> Health:
        return WORKS

    def self_test(self) -> Health:
        self.play(Tone.READ)
        return WORKS

    def stop(self) -> None:
        self._running = False
