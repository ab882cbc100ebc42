"""The traveller's own side of the window: the row of help, its pages, and the call for an officer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from config.moment import Clock
from drivers.signals.port import Prompt
from kiosk.lane_view import Help, LaneView, Phase
from kiosk.presenters.aside import Along, Aside
from kiosk.presenters.traveller_screen import Page, TravellerScreen
from kiosk.screens.help_page import HelpPage
from kiosk.screens.keeps_page import KeepsPage
from kiosk.screens.slip_page import SlipPage
from kiosk.theme.sizes import Sizes
from kiosk.widgets.beforehand import Beforehand
from kiosk.widgets.help_bar import HelpBar
from kiosk.widgets.page import PageWidget
from kiosk.widgets.sheets import Sheets

HELP_KEY, BACK_KEY = "F1", "Esc"


class HelpSide(QObject):
    """Decides nothing about the lane: it asks for an officer, and shows what may be taken along."""

    officer_wanted = Signal()
    """The call was touched."""
    officer_not_wanted = Signal()
    """It was withdrawn."""
    changed = Signal()
    """Another page is in front, by somebody's touch."""
    spoken = Signal(object)
    """`Spoken`s that go with a touch."""

    def __init__(self, window: QWidget, along: Along, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._clock = window, clock
        self.aside = Aside(along)
        self._view = LaneView(Phase.WAITING, "")
        self._language = "en"
        self.bar: HelpBar
        self._sheets: tuple[Sheets, ...] = ()
        self.beforehand = Beforehand(self)
        self._made_for: tuple[Page, str, str] | None = None
        for key, do in ((HELP_KEY, self.show_help), (BACK_KEY, self.close)):
            QShortcut(QKeySequence(key), window, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def build(self, sizes: Sizes) -> dict[Page, PageWidget]:
        """Makes the row anew for a size, and the pages."""
        self.beforehand.stop()
        self._made_for = None
        self.bar = bar = HelpBar(self._window, sizes)
        bar.call.clicked.connect(self._call)
        bar.cancel.clicked.connect(self._cancel)
        bar.info.clicked.connect(self.show_help)
        bar.slip.clicked.connect(self._slip)
        bar.home.clicked.connect(self.close)
        page = HelpPage(sizes)
        page.keeps_wanted.connect(self._keeps)
        self._keeps_page, self._slip_page = keeps, slip = KeepsPage(sizes), SlipPage(sizes)
        self._sheets = (keeps.rows, slip.lines)
        for sheets in self._sheets:
            sheets.turned.connect(self.changed)
        return {Page.HELP: page, Page.KEEPS: keeps, Page.SLIP: slip}

    def front(self, view: LaneView, shown: TravellerScreen, chosen: str | None) -> TravellerScreen:
        """What is in front: a page of the traveller's, or the lane's own with what may be photographed."""
        if view.help is Help.NOTED and self._view.help is Help.NONE:
            self.spoken.emit(((Prompt.OFFICER_COMES, shown.headline[0].language),))
        if not self.open:
            self._language = shown.headline[0].language
        self._view, self._language = view, chosen or self._language
        own = self.aside.screen(view, self._language, self._clock().mono)
        front = own or self.aside.take_along(view, shown)
        self.bar.show_state(
            self._language,
            view.help,
            slip=self.aside.offers_slip(view) or front.page is Page.SLIP,
            aside=own is not None,
            slip_open=front.page is Page.SLIP,
        )
        self.bar.setVisible(view.phase is not Phase.EVACUATE)
        here = (front.page, self._language, view.crossing.crossing if view.crossing else "")
        if here != self._made_for:
            self._made_for = here
            self.beforehand.begin(self._pieces(view, front.page))
        return front

    def _pieces(self, view: LaneView, front: Page) -> Iterator[None]:
        soon = self.aside.soon(view, front, self._language)
        yield
        if soon is not None:
            page = self._keeps_page if soon.page is Page.KEEPS else self._slip_page
            yield from page.beforehand(soon, page.parentWidget().size())

    @property
    def open(self) -> bool:
        """Whether a page of the traveller's own is in front."""
        return self.aside.page(self._view, self._clock().mono) is not None

    def touched(self) -> None:
        """Somebody uses the screen."""
        self.aside.touched(self._clock().mono)

    @Slot()
    def close(self) -> None:
        """Back to the lane's own page."""
        self.aside.close()
        self.changed.emit()

    @Slot()
    def _call(self) -> None:
        self.aside.close()
        self.officer_wanted.emit()
        self.changed.emit()

    @Slot()
    def _cancel(self) -> None:
        self.officer_not_wanted.emit()
        self.changed.emit()

    @Slot()
    def show_help(self) -> None:
        """What to do without a phone, with children, in a wheelchair, in a group; spoken, too."""
        self._open(Page.HELP)
        self.spoken.emit(((Prompt.STAFFED_LANE, self._language),))

    @Slot()
    def _keeps(self) -> None:
        self._open(Page.KEEPS)

    @Slot()
    def _slip(self) -> None:
        self._open(Page.SLIP)

    def _open(self, page: Page) -> None:
        for sheets in self._sheets:
            sheets.rewind()
        self.aside.open(page, self._view, self._clock().mono)
        self.changed.emit()
