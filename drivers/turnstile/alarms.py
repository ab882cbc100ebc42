"""Fire and tampering: what a gate says without being asked, debounced."""

from __future__ import annotations

from drivers.turnstile.contact import Contact
from drivers.turnstile.port import FireAlarm, Tamper

FORCED_S = 5.0
"""How long a passage that nobody authorised is shown as tampering."""


class Alarms:
    """The two contacts, and passages that nobody authorised. Pure; times are monotonic seconds."""

    def __init__(self) -> None:
        self.fire = Contact()
        self.tamper = Contact()
        self.tampered = False
        self._forced_until: float | None = None

    def forced(self, now: float) -> list[FireAlarm | Tamper]:
        """Somebody went through a gate that was not released."""
        self._forced_until = now + FORCED_S
        return self._tampering()

    def tick(self, now: float) -> list[FireAlarm | Tamper]:
        """What has become certain by now."""
        reports: list[FireAlarm | Tamper] = []
        if self.fire.settled(now):
            reports.append(FireAlarm(self.fire.is_open))
        self.tamper.settled(now)
        if self._forced_until is not None and now >= self._forced_until:
            self._forced_until = None
        return reports + self._tampering()

    @property
    def unsettled(self) -> bool:
        """Whether a contact changed and is not believed yet."""
        return self.fire.due is not None or self.tamper.due is not None

    @property
    def due(self) -> list[float]:
        """When `tick` has something to look at."""
        times = (self.fire.due, self.tamper.due, self._forced_until)
        return [time for time in times if time is not None]

    def _tampering(self) -> list[FireAlarm | Tamper]:
        tampered = self.tamper.is_open or self._forced_until is not None
        if tampered == self.tampered:
            return []
        self.tampered = tampered
        return [Tamper(tampered)]
