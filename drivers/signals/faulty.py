"""A device that is not there, so that the lane can be seen to go on in silence."""

from __future__ import annotations

from drivers.signals.port import Health, Prompt, Tone
from drivers.signals.simulated import WORKS, SimulatedSignals

MISSING = Health("sound", "SN", works=False, advice="No sound device: check the loudspeaker and its cable.")


class FaultySignals(SimulatedSignals):
    """Hears every request, plays none. `mend` brings the device back."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[Tone] = []
        self._mended = False

    def mend(self) -> None:
        """The device is plugged in again."""
        self._mended = True

    def play(self, tone: Tone) -> None:
        if self._mended:
            super().play(tone)
        else:
            self.refused.append(tone)

    def say(self, prompt: Prompt, language: str) -> None:
        if self._mended:
            super().say(prompt, language)

    def health(self) -> Health:
        return WORKS if self._mended else MISSING

    def self_test(self) -> Health:
        self.play(Tone.READ)
        return self.health()
