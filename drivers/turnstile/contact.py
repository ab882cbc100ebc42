"""A contact that bounces: believed after 30 ms, but already acted on with care at the first sign."""

from __future__ import annotations

SETTLE_S = 0.03


class Contact:
    """A normally closed contact, so open is the alarm and so is a broken wire. Times: monotonic seconds."""

    def __init__(self) -> None:
        self.is_open = False
        """The state that was reported."""
        self._raw = False
        self._since = 0.0
        self._read = self._told = False

    @property
    def doubtful(self) -> bool:
        """True when open or perhaps open: the state in which nothing may be released."""
        return self.is_open or self._raw

    def read(self, is_open: bool, now: float) -> None:
        """One reading of the contact."""
        if is_open != self._raw or not self._read:
            self._raw, self._since, self._read = is_open, now, True

    def settled(self, now: float) -> bool:
        """True once when the contact has a new state that lasted.

        The first state is new even when it is closed: an alarm that ended while nobody read is over.
        """
        if not self._news or now < self._since + SETTLE_S:
            return False
        self.is_open, self._told = self._raw, True
        return True

    @property
    def due(self) -> float | None:
        """When `settled` is worth asking again."""
        return self._since + SETTLE_S if self._news else None

    @property
    def _news(self) -> bool:
        return self._read and (self._raw != self.is_open or not self._told)
