"""The traveller's window: it shows what the lane says and what the camera sees, and decides nothing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from config.moment import Clock, system_clock
from config.settings import Display
from kiosk.i18n.texts import text
from kiosk.lane_view import LaneView, Phase, SightView
from kiosk.presenters import phrases
from kiosk.presenters.aside import Along
from kiosk.presenters.guidance import Guidance
from kiosk.presenters.looks import Look, next_look
from kiosk.presenters.steady_hint import SteadyHint
from kiosk.presenters.traveller import Sight, TravellerPresenter
from kiosk.presenters.traveller_screen import ASIDE, Line, Page, TravellerScreen, aloud
from kiosk.screens.admit import AdmitScreen
from kiosk.screens.closed import ClosedScreen
from kiosk.screens.desk import DeskScreen
from kiosk.screens.evacuate import EvacuateScreen
from kiosk.screens.gathering import GatheringScreen
from kiosk.screens.heard import Heard
from kiosk.screens.held import HeldScreen
from kiosk.screens.help_side import HelpSide
from kiosk.screens.moment import MomentScreen
from kiosk.screens.out_of_order import OutOfOrderScreen
from kiosk.screens.refer import ReferScreen
from kiosk.screens.refuse import RefuseScreen
from kiosk.screens.scan import ScanScreen
from kiosk.screens.window_places import window_places
from kiosk.theme.dress import dress
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.demo_mark import DemoBand, DemoStrip, band
from kiosk.widgets.page import PageWidget
from kiosk.widgets.preview_feed import PreviewFeed
from kiosk.widgets.preview_image import Pixels
from kiosk.widgets.told import NameTold
from kiosk.widgets.touch_bar import TouchBar
from kiosk.widgets.words import Words

REFRESH_MS = 100
"""How often a bar that runs out is drawn anew."""
CHOICE_MS = 30_000
"""What was touched is forgotten after this long without another touch or a crossing."""
TIMED = (Page.GATHERING, Page.REFER, Page.REFUSE, Page.DESK, Page.GATE_FAILED)
"""Screens that end by themselves and can be kept by a touch. The open gate's window is the gate's own."""


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
    more_time_wanted = Signal()
    """The traveller touched a screen that would end by itself."""
    guidance_wanted = Signal(object)
    """`Line`s to be read to who listens."""
    guidance_loudness = Signal(float)
    """How loud, 0 to 1, whenever it changes."""

    def __init__(
        self,
        display: Display,
        lane: str,
        demo: bool = False,
        *,
        clock: Clock = system_clock,
        still: bool = False,
        spoken: bool = False,
        private: bool = False,
        along: Along | None = None,
        practice: bool = False,
    ) -> None:
        """`spoken`: the lane can read its screens aloud, `private`: so that only the traveller hears.

        `along`: what a traveller may take along. `practice`: the mark of a demo has that word.
        """
        super().__init__()
        self._display, self._clock, self._still = display, clock, still
        self._demo, self._practice = demo or practice, practice
        self._own = Look(display.letters == "large", display.contrast == "high")
        self._look_now, self._guidance, self._spoken = self._own, Guidance(private), spoken
        self._presenter = TravellerPresenter(display.languages, display.way_out)
        self.help = HelpSide(self, along or Along(), clock)
        self.help.changed.connect(self._help_touched)
        self.help.spoken.connect(self._help_spoken)
        self._view = LaneView(Phase.WAITING, lane, self._demo)
        self._steady = SteadyHint()
        self._sight = Sight()
        self._chosen: str | None = None
        self._shown: TravellerScreen | None = None
        self._heard = Heard()
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
        left = view.phase is Phase.WAITING and self._view.phase not in (Phase.WAITING, Phase.GATHERING)
        if view.phase is not self._view.phase:
            self._steady.forget()
            self._sight = Sight()
        self._view = view
        self._guidance.muted = view.duty.muted
        if left and self.help.open:
            self._forget_choice.start()
        elif left:
            self._forget()
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
            self._touched()
        self._present()

    def choose_look(self, look: Look) -> None:
        """Builds the pages for other letters or colours, until the next traveller."""
        if look != self._look_now:
            self._look_now = look
            self._build()

    @Slot(bool)
    def show_headphones(self, plugged: bool) -> None:
        """Headphones were plugged in, or pulled out."""
        self._guidance.plug(plugged)
        self._present()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch anywhere says that somebody is still there."""
        super().mousePressEvent(event)
        self._touched()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Builds the pages anew for another size: sizes of letters follow from it."""
        super().resizeEvent(event)
        if self.pages and (self._sizes.width, self._sizes.height) != (self.width(), self.height()):
            self._build()

    def _build(self) -> None:
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.hide()
            part.setParent(None)
            part.deleteLater()
        display = self._display
        self._sizes = sizes = Sizes.for_window(
            self.width(),
            self.height(),
            diagonal_mm=display.diagonal_mm,
            reading_mm=display.reading_mm,
            large=self._look_now.large,
            strong=self._look_now.strong,
        )
        still = self._still or not display.motion
        self._scan, self._gathering = ScanScreen(sizes, still=still), GatheringScreen(sizes)
        self._scan.staffed_picture.touched.connect(self.help.show_help)
        for looking in (self._scan, self._gathering):
            looking.preview.placed.connect(self._look, Qt.ConnectionType.QueuedConnection)
        refer = ReferScreen(sizes)
        self.pages = {
            Page.SCAN: self._scan,
            Page.GATHERING: self._gathering,
            Page.MOMENT: MomentScreen(sizes, still=still),
            Page.ADMIT: AdmitScreen(sizes, still=still),
            Page.REFER: refer,
            Page.GATE_FAILED: refer,
            Page.REFUSE: RefuseScreen(sizes),
            Page.DESK: DeskScreen(sizes),
            Page.HELD: HeldScreen(sizes),
            Page.CLOSED: ClosedScreen(sizes),
            Page.OUT_OF_ORDER: OutOfOrderScreen(sizes),
            Page.EVACUATE: EvacuateScreen(sizes),
            **self.help.build(sizes),
        }
        self._stack = QStackedWidget(self)
        for page in dict.fromkeys(self.pages.values()):
            self._stack.addWidget(page)
        self._plate = Words(
            self,
            most=max(sizes.px(52), sizes.smallest),
            least=sizes.px(16),
            bold=True,
            lines=1,
            centred=False,
        )
        self.keys = TouchBar(self, sizes, display.languages, spoken=self._spoken)
        self.keys.language_chosen.connect(self.choose_language)
        self.keys.look.clicked.connect(self._next_look)
        self.keys.guide.clicked.connect(self._guide_touched)
        self.keys.louder.clicked.connect(self._louder)
        self.keys.more_time.clicked.connect(self._touched)
        self.demo_strip = self._strip() if self._demo else None
        self.demo_band = self._band() if self._demo else None
        self._worn: tuple[Role, str] | None = None
        self._arrange()
        for part in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            part.show()
        if self.demo_band:
            self.demo_band.raise_()
        self.told = NameTold(self)
        self.setFocus()
        self._present()

    def _strip(self) -> DemoStrip:
        return DemoStrip(self, self._sizes, self._display.languages, practice=self._practice)

    def _band(self) -> DemoBand:
        return band(self, self._sizes, self._display.languages[0], practice=self._practice)

    def _arrange(self) -> None:
        sizes, top = self._sizes, 0
        if self.demo_strip and self.demo_band:
            top = DemoStrip.height_for(sizes)
            self.demo_strip.setGeometry(0, 0, self.width(), top)
            self.demo_strip.arrange()
            side = DemoBand.side_for(sizes)
            self.demo_band.setGeometry(self.width() - side, top, side, side)
        places = window_places(sizes, top, demo=self._demo)
        self._plate.setGeometry(places.plate)
        self.keys.setGeometry(places.keys)
        self.help.bar.setGeometry(places.help)
        self._stack.setGeometry(places.page)

    @Slot()
    def _present(self) -> None:
        lane = self._presenter.present(
            self._view, self._clock(), self._sight, self._chosen, alone=self._sizes.large
        )
        shown, self._lane_page = self.help.front(self._view, lane, self._chosen), lane.page
        if shown != self._shown or self._stack.currentWidget() is not self.pages[shown.page]:
            self._shown = shown
            page = self.pages[shown.page]
            page.show_screen(shown)
            self.told.name(aloud(shown))
            self._stack.setCurrentWidget(page)
        self._wear(shown)
        self._sound(lane, shown)
        self._look()
        moves = shown.progress is not None or shown.page in ASIDE or self._sizes.large
        if self._still or not moves:
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
        self.keys.show_state(
            eased=self._look_now != self._own,
            guided=self._guidance.on,
            loud=self._guidance.loud,
            timed=self._timed(),
        )
        if self._worn == (shown.role, language):
            return
        self._worn = (shown.role, language)
        if self.demo_strip:
            self.demo_strip.speak(language)
        for part in (self, self._plate):
            dress(part, self._sizes.tones(shown.role))
        alone = language if len(shown.headline) == 1 or self._chosen else None
        self.keys.speak(language, alone)

    def _timed(self) -> bool:
        return self._lane_page in TIMED and self._view.until_mono is not None

    def _sound(self, lane: TravellerScreen, shown: TravellerScreen) -> None:
        """Asks for tone, words and light. Who is read the whole screen is not told its headline twice."""
        due = self._heard.due(self._view, lane)
        if due is not None:
            tone, prompts = due
            if tone is not None:
                self.tone_wanted.emit(tone)
            self.prompts_wanted.emit(() if self._guidance.on else prompts)
        read = self._guidance.read(shown)
        if read is not None:
            self.guidance_wanted.emit(read)
        lit = self._heard.lit(lane)
        if lit is not None:
            self.light_wanted.emit(lit)

    # --- what is touched ---

    @Slot()
    def _touched(self) -> None:
        """Somebody uses the screen: it stays, and so does what was chosen on it."""
        self._forget_choice.start()
        self.help.touched()
        if self._timed():
            self.more_time_wanted.emit()

    @Slot()
    def _next_look(self) -> None:
        self._touched()
        self.choose_look(next_look(self._look_now, self._own))

    @Slot()
    def _guide_touched(self) -> None:
        self._guidance.touch()
        self._touched()
        self._present()

    @Slot()
    def _louder(self) -> None:
        self.guidance_loudness.emit(self._guidance.louder())
        self._touched()
        self._present()

    @Slot()
    def _help_touched(self) -> None:
        self._touched()
        self._present()

    @Slot(object)
    def _help_spoken(self, prompts: object) -> None:
        if not self._guidance.on and not self._view.duty.muted:
            self.prompts_wanted.emit(prompts)

    @Slot()
    def _paint_newest(self) -> None:
        image = self.feed.take()
        if image is not None:
            (self._gathering if self.page is self._gathering else self._scan).preview.show_image(image)

    @Slot()
    def _end_of_choice(self) -> None:
        if self.help.open:
            self._forget_choice.start()
        elif self._view.phase is Phase.WAITING:
            self._forget()
            self._present()

    def _forget(self) -> None:
        """The next traveller begins with what the lane was set up for."""
        self._chosen = None
        self._guidance.traveller_left()
        self.choose_look(self._own)
