"""Whether the device can be trusted with a pulse, and when to try to open it again."""

from __future__ import annotations

from drivers.turnstile.port import LinkChanged, LinkState

FIRST_RETRY_S = 0.2
LONGEST_RETRY_S = 5.0
PATIENCE_S = 3.0
"""How long a device may be silent after opening (controllers start up) before the officer is told."""


class Supervisor:
    """Pure; each call returns the change to report, or None when nothing is new to the officer."""

    def __init__(self) -> None:
        self.state = LinkState.DOWN
        self.opens_at = 0.0
        """When to try to open the link again; only meaningful while DOWN."""
        self._retry_s = FIRST_RETRY_S
        self._probing_since = 0.0
        self._told: LinkChanged | None = None

    def opened(self, now: float) -> LinkChanged | None:
        """The link is open; the device has not answered yet."""
        self._probing_since = now
        return self._becomes(LinkState.PROBING, "The gate is being checked.")

    def answered(self) -> LinkChanged | None:
        """The device is there and speaks as configured."""
        if self.state is LinkState.DOWN:
            return None
        self._retry_s = FIRST_RETRY_S
        return self._becomes(LinkState.UP, "")

    def doubtful(self, advice: str, now: float, patient: bool = True) -> LinkChanged | None:
        """The device did not answer, or answered what cannot be true. `advice` is for the officer."""
        if self.state is LinkState.DOWN:
            return None
        if patient and self.state is LinkState.PROBING and now - self._probing_since < PATIENCE_S:
            return None
        return self._becomes(LinkState.DEGRADED, advice)

    def lost(self, advice: str, now: float) -> LinkChanged | None:
        """The link broke or could not be opened. Each failure without an UP in between doubles the pause."""
        self.opens_at = now + self._retry_s
        self._retry_s = min(self._retry_s * 2, LONGEST_RETRY_S)
        return self._becomes(LinkState.DOWN, advice)

    def _becomes(self, state: LinkState, advice: str) -> LinkChanged | None:
        self.state = state
        change = LinkChanged(state, advice)
        if change == self._told:
            return None
        # A device that flaps between absent and being checked is told once, as absent.
        if state is LinkState.PROBING and self._told is not None and self._told.state is LinkState.DOWN:
            return None
        self._told = change
        return change
