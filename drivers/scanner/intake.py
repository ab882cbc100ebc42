"""What one open scanner may do to the lane: a few codes a second, and nothing while it floods. Pure."""

from __future__ import annotations

from drivers.scanner.keys import typed_for_another_layout
from drivers.scanner.port import Decoder, Scanned

AT_ONCE, PER_SECOND = 8, 4.0
"""Codes: a family's at once, and then as fast as hands are."""
FLOOD_BYTES, CALM_S = 131_072, 5.0
"""So many bytes without `CALM_S` of silence between them come from no hand."""

FLOODING = (
    "The scanner sends without end and is not listened to: unplug it, and have the operator scan its set-up "
    "codes again."
)
KEYBOARD_LAYOUT = (
    "The scanner types for another keyboard: have the operator set it to the US layout, or to USB serial."
)


class Intake:
    """Between a decoder and the lane. Times are monotonic seconds."""

    def __init__(self, decoder: Decoder, now: float) -> None:
        self._decoder = decoder
        self._tokens, self._filled = float(AT_ONCE), now
        self._bytes, self._last = 0, now
        self._odd_layout = False

    def feed(self, data: bytes, now: float) -> list[Scanned]:
        """What arrived, and the codes for the lane."""
        if now - self._last >= CALM_S:
            self._bytes = 0
        self._bytes += len(data)
        self._last = now
        if self.flooding:
            self._decoder.reset()
            return []
        return self._taken(self._decoder.feed(data, now), now)

    @property
    def flooding(self) -> bool:
        """Whether more came than hands can scan, and it was not calm since: nothing is even decoded."""
        return self._bytes > FLOOD_BYTES

    def due(self) -> float | None:
        """When `wait_over` is to be called at the latest; None: whenever something arrives."""
        calm = self._last + CALM_S if self.flooding else None
        dues = [due for due in (self._decoder.due(), calm) if due is not None]
        return min(dues) if dues else None

    def wait_over(self, now: float) -> list[Scanned]:
        """Nothing arrived for a while."""
        codes = self._decoder.silent(now)
        taken = self._taken(codes, now)
        if now - self._last >= CALM_S:
            self._bytes = 0
        return taken

    def fault(self) -> str | None:
        """What is wrong with the scanner that is there, in one sentence; None: nothing."""
        if self.flooding:
            return FLOODING
        return KEYBOARD_LAYOUT if self._odd_layout else None

    def _taken(self, codes: list[bytes], now: float) -> list[Scanned]:
        self._tokens = min(AT_ONCE, self._tokens + (now - self._filled) * PER_SECOND)
        self._filled = now
        taken = []
        for code in codes:
            self._odd_layout = typed_for_another_layout(code)
            if self._tokens >= 1:
                self._tokens -= 1
                taken.append(Scanned(code, now))
        return taken
