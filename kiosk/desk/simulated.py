"""An officer who follows a script, for demonstration and training: signs in and decides like a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from kiosk.desk.desk import OfficerDesk
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Phase
from verification.reasons import ReasonId


@dataclass(frozen=True, slots=True)
class ScriptedDecision:
    """What to decide about the next referral that has the reason `on`."""

    on: ReasonId
    action: Action
    reason: str
    after_s: float = 0.0
    """How long the officer looks at it first, in seconds of the referral."""


class SimulatedOfficer(QObject):
    """Works on the desk the panel works on, through the real sign-in. Leaves what is not in the script."""

    def __init__(
        self,
        desk: OfficerDesk,
        officer: str,
        pin: str,
        script: Sequence[ScriptedDecision],
    ) -> None:
        """`officer` and `pin` are of the desk's roster. Lives as long as the desk."""
        super().__init__(desk)
        self._desk, self._officer, self._pin = desk, officer, pin
        self.script = list(script)
        self.decided: list[str] = []
        """Crossings this officer has decided, in order."""
        self.refused: list[tuple[str, Notice]] = []
        """Decisions that the desk did not take, and why."""
        self._asked = False
        desk.changed.connect(self._look)
        desk.session.changed.connect(self._look)

    def _look(self) -> None:
        view, session = self._desk.view, self._desk.session
        if session.officer is not None:
            self._asked = False
        if view is None or view.crossing is None or view.phase is not Phase.REFERRED:
            return
        crossing = view.crossing
        step = next((step for step in self.script if step.on in crossing.reasons), None)
        if step is None or crossing.crossing in self.decided:
            return
        if session.officer is None:
            if not self._asked:
                self._asked = True
                session.try_pin(self._officer, self._pin)
            return
        if self._desk.clock().mono - view.since_mono < step.after_s:
            return
        self.script.remove(step)
        self.decided.append(crossing.crossing)
        why_not = self._desk.decide(crossing.crossing, step.action, step.reason)
        if why_not is not None:
            self.decided.remove(crossing.crossing)
            self.refused.append((crossing.crossing, why_not))
