"""What a gate's report means for the parts of the lane: which one failed, which one is back."""

from __future__ import annotations

from collections.abc import Iterable

from drivers.turnstile.port import GateReport, LinkChanged, LinkState, Tamper
from drivers.turnstile.turning import TURNING
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.lane_view import Fault

CONNECTING = "The gate is being connected."
FORCED = "Somebody forced the gate, or its housing is open: look at it now."


def turns(faults: Iterable[Fault]) -> bool:
    """Whether what stops the lane is that its gate is being turned, and nothing else does."""
    stopping = {(fault.part, fault.advice) for fault in faults if fault.stops}
    return stopping == {("turnstile", TURNING)}


def part_news(report: GateReport) -> PartFailed | PartRecovered | None:
    """The lane stops without its gate, and goes on beside one that was forced; None for all else."""
    match report:
        case LinkChanged(LinkState.UP):
            return PartRecovered("turnstile")
        case LinkChanged(_, advice):
            return PartFailed(Fault("turnstile", "GT", advice or CONNECTING, stops=True))
        case Tamper(active=True):
            return PartFailed(Fault("gate forced", "GF", FORCED))
        case Tamper(active=False):
            return PartRecovered("gate forced")
    return None
