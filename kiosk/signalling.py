"""Sound, spoken prompts and lamp as one: what stands in for what, and what is named when it is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from drivers.signals.light import Lamp, Light, NoLamp
from drivers.signals.narrator import Narrator
from drivers.signals.port import Health, Signals, Tone
from drivers.signals.voices import Voices
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault
from kiosk.presenters.signalled import Spoken
from kiosk.presenters.traveller_screen import Line

VOICES = ("spoken prompts", "VO")


class Signalling:
    """No call blocks. `post` hears of every part that failed or came back, on the caller's thread."""

    def __init__(
        self,
        sound: Signals | None,
        lamp: Lamp,
        voices: Voices,
        post: Callable[[PartFailed | PartRecovered], None],
        narrator: Narrator | None = None,
    ) -> None:
        """`sound` None: the lane is to be silent, and nothing is missing. `narrator` reads to a traveller."""
        self._muted = False
        self._sound, self._lamp, self._voices, self._post = sound, lamp, voices, post
        self._narrator = narrator

    def start(self) -> None:
        """Starts both devices and tests them: a lane that begins its day knows what it can be heard with."""
        if self._sound:
            self._sound.start()
        self._lamp.start()
        if self._narrator:
            self._narrator.start()
        if advice := self._voices.advice() if self._sound else "":
            part, code = VOICES
            self._post(PartFailed(Fault(part, code, advice)))
        self.test_soon()

    def test_soon(self) -> None:
        """A self-test at the start of a shift, whose outcome `look` tells."""
        threading.Thread(target=self.self_test, name="signals-test", daemon=True).start()

    def mute(self, muted: bool) -> None:
        """Whether an officer wants no tones and no spoken words. The lamp's light goes on."""
        self._muted = muted

    def play(self, tone: Tone) -> None:
        """A tone; on the lamp's buzzer where the loudspeaker is gone."""
        if self._sound is None or self._muted:
            return
        if self._sound.health().works:
            self._sound.play(tone)
        else:
            self._lamp.buzz(tone)

    def say(self, prompts: Iterable[Spoken]) -> None:
        """Spoken words, after the tone asked for last."""
        if self._sound is not None and not self._muted:
            for prompt, language in prompts:
                self._sound.say(prompt, language)

    def read(self, lines: Iterable[Line]) -> None:
        """Lines of the screen, to who listens; none: silence."""
        if self._narrator is not None:
            self._narrator.read([(line.language, line.text) for line in lines])

    def set_loudness(self, loudness: float) -> None:
        """How loud that is, 0 to 1."""
        if self._narrator is not None:
            self._narrator.set_loudness(loudness)

    def show(self, light: Light) -> None:
        """The lamp's light until the next."""
        self._lamp.show(light)

    def self_test(self) -> tuple[Health, ...]:
        """Looks for both devices anew, with a tick and a flash of each colour. May take some seconds."""
        tested = [] if self._sound is None else [self._sound.self_test()]
        return (*tested, self._lamp.self_test())

    def look(self) -> None:
        """Tells how both are."""
        healths = [] if self._sound is None else [self._sound.health()]
        if not isinstance(self._lamp, NoLamp):
            healths.append(self._lamp.health())
        if self._narrator:
            healths.append(self._narrator.health())
        for health in healths:
            if health.works:
                self._post(PartRecovered(health.part))
            else:
                self._post(PartFailed(Fault(health.part, health.code, health.advice)))

    def stop(self) -> None:
        """Silence and darkness; returns within two seconds."""
        self._lamp.stop()
        if self._narrator:
            self._narrator.stop()
        if self._sound:
            self._sound.stop()
