"""A lane without a turnstile: the officer lets people through, and nothing here pretends otherwise."""

from __future__ import annotations

from collections.abc import Callable

from drivers.turnstile.port import GateReport, LinkChanged, LinkState, PulseRefused, Turnstile, Way

NO_GATE = "This lane has no turnstile: the officer lets the traveller through."


class NoTurnstile(Turnstile):
    """The link counts as UP, because nothing is broken and the lane may verify.

    Every authorisation is refused, because no pulse is made: the journal then says so, the screen calls the
    officer, and no passage is claimed that no device could have seen.
    """

    def __init__(self) -> None:
        self._report: Callable[[GateReport], None] = lambda _: None

    def start(self, report: Callable[[GateReport], None]) -> None:
        self._report = report
        report(LinkChanged(LinkState.UP))

    def authorise(self, authorisation: str, way: Way = Way.FORWARD) -> None:  # noqa: ARG002
        self._report(PulseRefused(authorisation, NO_GATE))

    def stop(self) -> None:
        """There is nothing to let go."""
