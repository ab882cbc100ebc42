"""A decision in the making: two touches and a reason. It belongs to one crossing and dies with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.desk.lane_control import Action
from kiosk.desk.override_reasons import RELEASE, OverrideReason, reasons_for


@dataclass(frozen=True, slots=True)
class Draft:
    """First touch: `decision`. Then the `reason`. The last touch makes it a decision."""

    crossing: str = ""
    """The referral it is about; empty for "release once"."""
    decision: str = ""
    """An `Action`, `release`, or empty: nothing was touched yet."""
    reason: str = ""
    note: str = field(default="", repr=False)
    """Free words; none are needed."""

    @property
    def choices(self) -> tuple[OverrideReason, ...]:
        """The reasons that can be given for it."""
        return reasons_for(self.decision) if self.decision else ()

    @property
    def complete(self) -> bool:
        """Whether the last touch may follow."""
        return any(row.id == self.reason for row in self.choices)

    def choose(self, action: Action, crossing: str) -> Draft:
        """The first touch on a referral."""
        return Draft(crossing, action)

    def release(self) -> Draft:
        """The first touch on "release once"."""
        return Draft("", RELEASE)

    def because(self, reason: str) -> Draft:
        """The reason, which has to be one of `choices`."""
        return replace(self, reason=reason) if any(row.id == reason for row in self.choices) else self

    def noting(self, words: str) -> Draft:
        """The note as it is typed."""
        return replace(self, note=words)

    def back(self) -> Draft:
        """One step back."""
        return replace(self, reason="") if self.reason else Draft()

    def when_in_front(self, crossing: str) -> Draft:
        """The draft, while the crossing in front is still the one it is about; else an empty one."""
        return self if self.crossing == crossing else Draft()
