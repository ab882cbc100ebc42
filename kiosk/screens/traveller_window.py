"""The traveller's window: it shows what the lane says and what the camera sees, and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from config.moment import Clock, system_clock
from config.settings import Display
from drivers.signals.light import Light
from kiosk.i18n.texts import text
from kiosk.lane_view import LaneView, Phase, SightView
from kiosk.presenters import phrases
from kiosk.presenters.signalled import light, spoken
from kiosk.presenters.steady_hint import SteadyHint
from kiosk.presenters.traveller import Sight, TravellerPresenter
from kiosk.presenters.traveller_screen import Line, Page, TravellerScreen
from kiosk.screens.admit import AdmitScreen
from kiosk.screens.desk import DeskScreen
from kiosk.screens.evacuate import EvacuateScreen
from kiosk.screens.gathering import GatheringScreen
from kiosk.screens.held import HeldScreen
from kiosk.screens.moment import MomentScreen
from kiosk.screens.out_of_order import OutOfOrderScreen
from kiosk.screens.refer import ReferScreen
from kiosk.screens.refuse import RefuseScreen
from kiosk.screens.scan import ScanScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.demo_mark import DemoBand, DemoStrip
from kiosk.widgets.language_bar import LanguageBar
from kiosk.widgets.page import PageWidget, paint_role
from kiosk.widgets.preview_feed import PreviewFeed
from kiosk.widgets.preview_image import Pixels
from kiosk.widgets.words import Words

REFRESH_MS = 100
"""How often a bar that runs out is drawn anew."""
CHOICE_MS = 30_000
"""A language that was touched is forgotten after this long without a crossing."""


class TravellerWindow(QWidget):
    """One display. `show_lane` and `show_sight` are slots; `show_frame` may be called from any thread.

    `still` stops what moves by itself, for exact pictures.
    """

    tone_wanted = Signal(object)
    """A `Tone` to be played, once for each thing that happened."""

    prompts_wanted = Signal(object)
    """What is spoken after that tone, as `Spoken`s."""
    light_wanted = Signal(object)
    """The lamp's `Light`, whenever it changes."""

    def __init__(
        self,
        display: Display,
        lane: str,
        demo: bool = False,
        *,
        clock: Clock = system_clock,
        still: bool = False,
    ) -> None:
        super().__init__()
        self._display, self._demo, self._clock, self._still = display, demo, clock, still
        self._presenter = TravellerPresenter(display.languages, display.way_out)
        self._view = LaneView(Phase.WAITING, lane, demo)
        self._steady = SteadyHint()
        self._sight = Sight()
        self._chosen: str | None = None
        self._shown: TravellerScreen | None = None
        self._heard: set[object] = set()
        self._heard_since = 0.0
        self._lit: Light | None = None
        self.feed = PreviewFeed(self)
        self.feed.ready.connect(self._paint_newest)
        self._refresh = QTimer(self)
        self._refresh.setInterval(REFRESH_MS)
        self._refresh.timeout.connect(self._present)
        self._forget_choice = QTimer(self)
        self._forget_choice.setSingleShot(True)
        self._forget_choice.setInterval(CHOICE_MS)
        self._forget_choice.timeout.connect(self._end_of_choice)
        self.setWindowTitle("Checkpoint Kiosk")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if display.fullscreen:
            self.setCursor(Qt.CursorShape.BlankCursor)
        self.pages: dict[Page, PageWidget] = {}
        self.resize(display.width, display.height)
        self._build()

    @property
    def screen_shown(self) -> TravellerScreen:
        """What stands on the screen now."""
        assert self._shown is not None
        return self._shown

    @property
    def page(self) -> PageWidget:
        """The page in front."""
        return self.pages[self.screen_shown.page]

    @Slot(object)
    def show_lane(self, view: LaneView) -> None:
        """Shows a new state of the lane."""
        if view.phase is Phase.WAITING and self._view.phase not in (Phase.WAITING, Phase.GATHERING):
            self._chosen = None
        if view.phase is not self._view.phase:
            self._steady.forget()
            self._sight = Sight()
        self._view = view
        self._present()

    @Slot(object)
    def show_sight(self, view: SightView) -> None:
        """Guides the hand that holds the code."""
        for page in (self._scan, self._gathering):
            if page is self.page:
                page.preview.show_sight(view)
        sight = self._steady.see(view, self._clock().mono)
        if sight != self._sight:
            self._sight = sight
            self._present()

    def show_frame(self, pixels: Pixels) -> None:
        """Takes a camera frame (uint8, height x width x 3, BGR) on the camera's own thread."""
        self.feed.offer(pixels)

    @Slot(str)
    def choose_language(self, language: str | None) -> None:
        """Speaks this language until the next traveller."""
        self._chosen = language
        if language:
            self._forget_choice.start()
        self._present()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Builds the pages anew for another size: sizes of letters follow from it."""
        super().resizeEvent(event)
        if self.pages and (self._sizes.width, self._sizes.height) != (self.width(), self.height()):
            self._build()

    def _build(self) -> None:
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.hide()
            part.deleteLater()
        display = self._display
        self._sizes = sizes = Sizes.for_window(
            self.width(), self.height(), diagonal_mm=display.diagonal_mm, reading_mm=display.reading_mm
        )
        self._scan, self._gathering = ScanScreen(sizes), GatheringScreen(sizes)
        for looking in (self._scan, self._gathering):
            looking.preview.placed.connect(self._look, Qt.ConnectionType.QueuedConnection)
        refer = ReferScreen(sizes)
        self.pages = {
            Page.SCAN: self._scan,
            Page.GATHERING: self._gathering,
            Page.MOMENT: MomentScreen(sizes),
            Page.ADMIT: AdmitScreen(sizes, still=self._still),
            Page.REFER: refer,
            Page.GATE_FAILED: refer,
            Page.REFUSE: RefuseScreen(sizes),
            Page.DESK: DeskScreen(sizes),
            Page.HELD: HeldScreen(sizes),
            Page.OUT_OF_ORDER: OutOfOrderScreen(sizes),
            Page.EVACUATE: EvacuateScreen(sizes),
        }
        self._stack = QStackedWidget(self)
        for page in dict.fromkeys(self.pages.values()):
            self._stack.addWidget(page)
        self._plate = Words(self, most=sizes.px(52), least=sizes.px(16), bold=True, lines=1, centred=False)
        self._languages = LanguageBar(self, sizes, display.languages)
        self._languages.chosen.connect(self.choose_language)
        self.demo_strip = DemoStrip(self, sizes, display.languages) if self._demo else None
        self.demo_band = DemoBand(self, sizes) if self._demo else None
        self._worn: tuple[Role, str] | None = None
        self._arrange()
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.show()
        if self.demo_band:
            self.demo_band.raise_()
        self.setFocus()
        self._present()

    def _arrange(self) -> None:
        sizes, top = self._sizes, 0
        if self.demo_strip and self.demo_band:
            top = DemoStrip.height_for(sizes)
            self.demo_strip.setGeometry(0, 0, self.width(), top)
            self.demo_strip.arrange()
            side = DemoBand.side_for(sizes)
            self.demo_band.setGeometry(self.width() - side, top, side, side)
        header, margin = round(sizes.smallest * 2.1), sizes.px(48)
        bar = sizes.px(112) * len(self._display.languages)
        middle = (self.width() - bar) // 2
        self._plate.setGeometry(margin, top + sizes.px(16), middle - 2 * margin, header - sizes.px(16))
        self._languages.setGeometry(QRect(middle, top + sizes.px(16), bar, header - sizes.px(16)))
        self._stack.setGeometry(0, top + header, self.width(), self.height() - top - header)

    @Slot()
    def _present(self) -> None:
        shown = self._presenter.present(self._view, self._clock(), self._sight, self._chosen)
        if shown != self._shown or self._stack.currentWidget() is not self.pages[shown.page]:
            self._shown = shown
            page = self.pages[shown.page]
            page.show_screen(shown)
            self._stack.setCurrentWidget(page)
        self._wear(shown)
        self._sound(shown)
        self._look()
        if shown.progress is None or self._still:
            self._refresh.stop()
        elif not self._refresh.isActive():
            self._refresh.start()

    @Slot()
    def _look(self) -> None:
        """Tells the feed what size of picture is wanted; none where no picture is shown."""
        page = self.pages[self.screen_shown.page]
        place = page.preview.size() if isinstance(page, ScanScreen | GatheringScreen) else QSize(0, 0)
        self.feed.size = (place.width(), place.height())

    def _wear(self, shown: TravellerScreen) -> None:
        language = shown.headline[0].language
        self._plate.say(Line(language, f"{text(phrases.LANE, language)} {self._view.lane}"))
        if self._worn == (shown.role, language):
            return
        self._worn = (shown.role, language)
        for part in (self, self._plate):
            paint_role(part, shown.role)
        alone = language if len(shown.headline) == 1 or self._chosen else None
        self._languages.wear(shown.role, alone)

    def _sound(self, shown: TravellerScreen) -> None:
        """Asks for tone and words once for each phase and each text that is no health code, and for light."""
        if self._view.since_mono != self._heard_since:
            self._heard_since = self._view.since_mono
            self._heard.clear()
        if self._view.not_a_code is None:
            self._heard -= {key for key in self._heard if isinstance(key, tuple) and key[1]}
        key = (shown.tone, self._view.not_a_code is not None, shown.page)
        prompts = spoken(shown)
        if (shown.tone is not None or prompts) and key not in self._heard:
            self._heard.add(key)
            if shown.tone is not None:
                self.tone_wanted.emit(shown.tone)
            self.prompts_wanted.emit(prompts)
        if light(shown) is not self._lit:
            self._lit = light(shown)
            self.light_wanted.emit(self._lit)

    @Slot()
    def _paint_newest(self) -> None:
        image = self.feed.take()
        if image is not None:
            (self._gathering if self.page is self._gathering else self._scan).preview.show_image(image)

    @Slot()
    def _end_of_choice(self) -> None:
        if self._view.phase is Phase.WAITING:
            self.choose_language(None)
