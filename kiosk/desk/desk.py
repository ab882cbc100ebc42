"""The desk of one lane: what an officer asks goes through here, and nothing goes by a stale view."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from config.moment import Clock
from kiosk.desk.decision import (
    NeedsSecondOfficer,
    may_enter_document,
    may_free,
    may_take_back,
    obstacle,
    orders,
    release_obstacle,
)
from kiosk.desk.lane_control import Action, LaneControl, LaneOrder, Notice
from kiosk.desk.note import note_of
from kiosk.desk.session import OfficerSession
from kiosk.health.readiness import Readiness
from kiosk.lane_view import LaneView
from verification.entered import Choice, Entered

CONTACT_S = 3.0
"""A view older than this says nothing about the lane any more."""
TICK_MS = 500


class OfficerDesk(QObject):
    """Views come in, decisions go out. Panel and simulated officer both work on this."""

    changed = Signal()
    """A new view came, or time made a difference (contact lost, referral older)."""
    noticed = Signal(str)
    """The lane or the desk says why something was not done: a `Notice` or one plain sentence."""

    def __init__(
        self,
        session: OfficerSession,
        control: LaneControl,
        clock: Clock,
        needs_second_officer: NeedsSecondOfficer,
        parent: QObject | None = None,
        entry_choices: Callable[[], tuple[Choice, ...]] = lambda: (),
    ) -> None:
        """`entry_choices` says what can be entered of a paper document."""
        super().__init__(parent)
        self.session, self.clock = session, clock
        self.needs_second_officer = needs_second_officer
        self.entry_choices = entry_choices
        self.view: LaneView | None = None
        self.parts: Callable[[], Readiness | None] = lambda: None
        """How every part of the lane is; None: nobody knows just now."""
        self._control = control
        self._seen_at = clock().mono
        control.on_notice = self.noticed.emit
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begins to watch idling and contact."""
        self._timer.start()

    def show_view(self, view: LaneView) -> None:
        """The lane published a view. It does so at least once a second, changed or not."""
        self.view = view
        self._seen_at = self.clock().mono
        self.changed.emit()

    def age_s(self) -> float:
        """Seconds since the lane was last heard of."""
        return self.clock().mono - self._seen_at

    @property
    def in_contact(self) -> bool:
        """Whether the view still tells how the lane is."""
        return self.view is not None and self.age_s() <= CONTACT_S

    def tick(self) -> None:
        """Time went on."""
        self.session.tick()
        self.changed.emit()

    def decide(self, crossing: str, action: Action, reason: str, note: str = "") -> Notice | None:
        """Decides a referral in the officer's name. Returns why not, where the desk itself knows it."""
        officer, view = self.session.officer, self._current()
        if officer is None or view is None:
            return self._refuse(Notice.NOT_NOW)
        why_not = obstacle(view, crossing, action, reason, self.needs_second_officer, officer.id)
        if why_not is not None:
            return self._refuse(why_not)
        self.session.touched()
        self._control.decide(crossing, officer.id, action, reason, note_of(note))
        return None

    def enter(self, crossing: str, entered: Entered) -> Notice | None:
        """Hands the lane a document as the officer entered it; `crossing` is empty for nobody's yet."""
        officer, view = self.session.officer, self._current()
        here = view.crossing.crossing if view is not None and view.crossing is not None else ""
        if officer is None or view is None or here != crossing or not may_enter_document(view):
            return self._refuse(Notice.NOT_NOW)
        self.session.touched()
        self._control.enter(crossing, officer.id, entered)
        return None

    def take_back(self) -> Notice | None:
        """Takes the officer's own decision about who stands there back. Returns why not."""
        officer, view = self.session.officer, self._current()
        if officer is None or view is None or view.crossing is None:
            return self._refuse(Notice.NOT_NOW)
        if not may_take_back(view, officer.id, self.clock().mono):
            return self._refuse(Notice.TOO_LATE)
        self.session.touched()
        self._control.take_back(view.crossing.crossing, officer.id)
        return None

    def hold_or_free(self) -> Notice | None:
        """Holds the lane, or lets a held or closed one go on. Returns why not."""
        view = self._current()
        return self.order(LaneOrder.OPEN if view is not None and may_free(view) else LaneOrder.HOLD)

    def order(self, order: LaneOrder, to: str = "") -> Notice | None:
        """Orders how the lane is to be, in the officer's name. Returns why not, where the desk knows it."""
        officer, view = self.session.officer, self._current()
        if officer is None or view is None:
            return self._refuse(Notice.NOT_NOW)
        possible = {(what, where): why_not for what, where, why_not in orders(view)}
        if (why_not := possible.get((order, to), Notice.NOT_NOW)) is not None:
            return self._refuse(why_not)
        self.session.touched()
        self._control.order(order, officer.id, to)
        return None

    def more_time(self) -> Notice | None:
        """Gives who stands there longer. Returns why not."""
        officer = self.session.officer
        if officer is None or self._current() is None:
            return self._refuse(Notice.NOT_NOW)
        self.session.touched()
        self._control.more_time(officer.id)
        return None

    def release_once(self, reason: str) -> Notice | None:
        """One pulse outside any crossing. Returns why not."""
        officer, view = self.session.officer, self._current()
        if officer is None or view is None:
            return self._refuse(Notice.NOT_NOW)
        if (why_not := release_obstacle(view, reason)) is not None:
            return self._refuse(why_not)
        self.session.touched()
        self._control.release_once(officer.id, reason)
        return None

    def _current(self) -> LaneView | None:
        return self.view if self.in_contact else None

    def _refuse(self, notice: Notice) -> Notice:
        self.noticed.emit(notice)
        return notice
