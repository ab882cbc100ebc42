"""What goes with a screen for ears and for eyes far away: each tone and each word once."""

from __future__ import annotations

from drivers.signals.light import Light
from drivers.signals.port import Tone
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters.signalled import Spoken, light, spoken
from kiosk.presenters.traveller_screen import TravellerScreen


class Heard:
    """Remembers what was sounded in this phase, and what the lamp shows."""

    def __init__(self) -> None:
        self._keys: set[object] = set()
        self._since = 0.0
        self._lit: Light | None = None

    def due(self, view: LaneView, shown: TravellerScreen) -> tuple[Tone | None, tuple[Spoken, ...]] | None:
        """Tone and words that are due now; None: all was said, or an officer silenced the lane. Once for each
        phase, each text that is no health code, and each end that is near. Nobody silences "leave now"."""
        if view.since_mono != self._since:
            self._since = view.since_mono
            self._keys.clear()
        if view.not_a_code is None:
            self._keys -= {key for key in self._keys if isinstance(key, tuple) and key[1]}
        if not shown.ends_soon:
            self._keys -= {key for key in self._keys if isinstance(key, tuple) and key[3]}
        key = (shown.tone, view.not_a_code is not None, shown.page, shown.ends_soon)
        prompts = spoken(shown)
        if (shown.tone is None and not prompts) or key in self._keys:
            return None
        self._keys.add(key)
        if view.duty.muted and view.phase is not Phase.EVACUATE:
            return None
        return (None if shown.ends_soon else shown.tone), prompts

    def lit(self, shown: TravellerScreen) -> Light | None:
        """The light, where it is another than before."""
        now = light(shown)
        if now is self._lit:
            return None
        self._lit = now
        return now
