"""One lane of real parts for the benchmarks: lists, verifier, policy, journal, crossing, a gate in memory."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from config.moment import Clock
from config.settings import Lane as LaneSettings
from config.settings import Trust
from drivers.turnstile.port import GateReport
from drivers.turnstile.simulated import Later, SimulatedTurnstile
from kiosk.crossing import Crossing
from kiosk.crossing_io import Patience
from kiosk.demo import authorities
from kiosk.lane import Lane, Surroundings
from kiosk.lane_view import LaneView
from kiosk.lists import load_lists
from kiosk.program import ROOT
from kiosk.rulebook import LaneRulebook
from sync.device_key import device_key
from sync.journal import Journal
from verification.evidence import Colour, Use
from verification.issuing import colour_code
from verification.issuing.authority import Authority
from verification.issuing.colour_code import ColourCode
from verification.verifier import Verifier

POLICY = ROOT / "config" / "policies" / "demo.json"


class RealLane:
    """Composed as `Machinery` composes it, without camera, reader and hub."""

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        publish: Callable[[LaneView], None],
        *,
        later: Later,
        patience: Patience | None = None,
        unsent: Callable[[], int] = lambda: 0,
    ) -> None:
        """`folder` is an empty one for lists and journal; `later` runs the gate's answers."""
        self.clock = clock
        self.issuers = authorities.found(clock().utc)
        self._random = random.Random(7)
        files = authorities.write_lists(folder / "lists", self.issuers, (), clock().utc, POLICY.read_bytes())
        trust = Trust(lists=(files.trust,), key=(files.key,), revocation=(files.revocation,))
        self.lists = load_lists(trust, files.policy)
        snapshot = self.lists.snapshot
        self.journal = Journal(folder / "journal", clock, device_key(folder / "journal"), kiosk="bench-1")
        verifier = Verifier(lambda: snapshot, frozenset(LaneSettings().formats))
        self.rulebook = LaneRulebook(verifier, lambda: self.lists.policy, self.journal, lambda: 1)
        self.gate = SimulatedTurnstile(later)
        crossing = Crossing(
            "bench-1", self.rulebook, clock, lambda: uuid.uuid4().hex, patience=patience, demo=True
        )
        self.lane = Lane(crossing, self.journal, self.gate, clock, publish, lambda: self._around(unsent()))

    def connect(self, report: Callable[[GateReport], None]) -> None:
        """Plugs the gate in; its reports go to `report`."""
        self.gate.start(report)

    def code(
        self,
        prefix: str = "HK1",
        authority: Authority | None = None,
        colour: Colour | None = Colour.GREEN,
        age: timedelta = timedelta(minutes=1),
        use: Use = Use.MULTIPLE,
    ) -> bytes:
        """A code that was issued `age` ago, by Hong Kong when nobody else is named."""
        issued_at = self.clock().utc - age
        made = ColourCode(
            prefix=prefix,
            cti=self._random.randbytes(16),
            issued_at=issued_at,
            expires_at=_end(prefix, issued_at),
            colour=colour,
            use=use,
            masked_name="S******N T*******R",
        )
        return colour_code.issue(made, authority or self.issuers.hong_kong).encode()

    def close(self) -> None:
        """Closes the journal."""
        self.journal.close()

    def _around(self, unsent: int) -> Surroundings:
        return Surroundings(unsent, lists=self.lists.views(self.clock().utc))


def _end(prefix: str, issued_at: datetime) -> datetime:
    return issued_at + timedelta(hours=24) if prefix == "CD1" else colour_code.lifetime(prefix, issued_at)
