"""The traveller's screens for `screenshots` and for tests: made-up states of a lane, and no real device."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import cv2
import numpy as np
import segno
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from config.moment import Moment
from config.settings import Display
from drivers.reader.port import Hint
from kiosk.lane_view import CrossingView, Fault, LaneView, Phase, SightView
from kiosk.screens.traveller_window import TravellerWindow
from verification.evidence import Kind
from verification.reasons import ReasonId
from verification.verdict import Outcome

LAYOUTS = {
    "portrait": Display(fullscreen=False, width=1080, height=1920),
    "landscape": Display(fullscreen=False, width=1920, height=1080),
    "small": Display(fullscreen=False, width=1280, height=800, diagonal_mm=396, reading_mm=600),
}
"""27 inches upright, 27 inches across, and 15.6 inches on a counter."""
MODES = {
    "": {},
    "-strong": {"contrast": "high"},
    "-large": {"letters": "large"},
    "-large-strong": {"letters": "large", "contrast": "high"},
}
"""What a traveller, or the settings file, can choose: high contrast and large letters."""
AT = Moment(100.0, datetime(2026, 3, 2, 1, 0, tzinfo=UTC))
FRAME = (1280, 720)
NO_SIGHT = SightView()


@dataclass(frozen=True, slots=True)
class Story:
    """One thing a traveller can see."""

    name: str
    view: LaneView
    sight: SightView = NO_SIGHT


def stories() -> Iterator[Story]:
    """Every screen of the traveller, and every reason a person can meet on one."""
    calm = LaneView(Phase.WAITING, "3", since_mono=98.0)
    yield Story("waiting", calm)
    for hint in Hint:
        if hint is not Hint.NOTHING_THERE:
            yield Story(f"hint-{hint.replace('_', '-')}", calm, SightView(hint, located=True))
    corners = ((505.0, 230.0), (775.0, 230.0), (775.0, 500.0), (505.0, 500.0))
    yield Story("reading", calm, SightView(None, located=True, corners=corners, frame_size=FRAME))
    for looks in ("link", "payment", "boarding_pass", "text"):
        yield Story(f"not-a-code-{looks.replace('_', '-')}", replace(calm, not_a_code=looks))
    for kind in Kind:
        missing = CrossingView("c", None, missing=(kind,))
        yield Story(
            f"gathering-{kind.replace('_', '-')}",
            replace(calm, phase=Phase.GATHERING, crossing=missing, until_mono=106.0),
        )
    ending = replace(calm, phase=Phase.GATHERING, crossing=missing, since_mono=80.0, until_mono=102.0)
    yield Story("gathering-ends-soon", ending)
    good = CrossingView("c", Outcome.ADMIT, (ReasonId.ADMITTED,))
    yield Story("admitted", replace(calm, phase=Phase.ADMITTED, crossing=good))
    yield Story("passing", replace(calm, phase=Phase.PASSING, crossing=good, until_mono=103.0))
    yield Story("gate-failed", replace(calm, phase=Phase.GATE_FAILED, crossing=good))
    for reason in ReasonId:
        if reason in (ReasonId.ADMITTED, ReasonId.ADMITTED_NOTED, ReasonId.NOT_A_HEALTH_CODE):
            continue
        doubted = CrossingView("c", Outcome.REFER, (reason,))
        named = str(reason).lower().replace("_", "-")
        yield Story(f"referred-{named}", replace(calm, phase=Phase.REFERRED, crossing=doubted))
        if reason is not ReasonId.REVOKED:
            stopped = CrossingView("c", Outcome.REFUSE, (reason,))
            yield Story(
                f"refused-{named}",
                replace(calm, phase=Phase.REFUSED, crossing=stopped, until_mono=104.0),
            )
    yield Story("at-desk", replace(calm, phase=Phase.AT_DESK, crossing=good))
    yield Story("held", replace(calm, phase=Phase.HELD))
    yield Story("closed", replace(calm, phase=Phase.CLOSED))
    faults = (
        Fault("camera", "CA", "Check the cable.", stops=True),
        Fault("turnstile", "GT", "Check the power.", stops=True),
    )
    yield Story("out-of-order-camera", replace(calm, phase=Phase.OUT_OF_ORDER, faults=faults[:1]))
    yield Story("out-of-order-both", replace(calm, phase=Phase.OUT_OF_ORDER, faults=faults))
    yield Story("evacuate", replace(calm, phase=Phase.EVACUATE))


SHORT_SET = (
    "waiting", "hint-closer", "reading", "not-a-code-link", "gathering-customs-declaration", "admitted",
    "passing", "gate-failed", "referred-unknown-signer", "referred-holder-mismatch", "refused-expired",
    "refused-colour-red", "refused-signature-invalid", "at-desk", "held", "closed", "out-of-order-both",
    "evacuate",
)  # fmt: skip
"""One of each kind; `--all` photographs every reason, too."""


def photographs(
    display: Display, language: str, told: list[Story], frame: NDArray[np.uint8], *, demo: bool = False
) -> Iterator[tuple[Story, QImage]]:
    """The pictures of one layout in one language, each story in a window that nobody touched before."""
    order = (language, *(other for other in display.languages if other != language))
    moments = [AT]
    window = TravellerWindow(
        display.model_copy(update={"languages": order}), "3", demo, clock=lambda: moments[-1], still=True
    )
    window.show()
    for story in told:
        window.show_lane(LaneView(Phase.HELD, "3"))
        window.show_lane(LaneView(Phase.WAITING, "3"))
        window.show_sight(SightView())
        window.show_lane(replace(story.view, demo=demo, language=language))
        window.show_frame(frame)
        for later in (0.0, 3.0):
            moments.append(AT.later(later))
            window.show_sight(story.sight)
        moments.append(AT)
        window.show_lane(replace(story.view, demo=demo, language=language))
        yield story, window.grab().toImage()
    window.close()
    window.deleteLater()


def scene() -> NDArray[np.uint8]:
    """A camera picture of a phone in front of a plain wall, always the same."""
    width, height = FRAME
    light = np.linspace(150, 90, height, dtype=np.float32)[:, None] * np.ones((1, width), np.float32)
    picture = np.stack([light * 0.98, light, light * 1.03], axis=2).astype(np.uint8)
    cv2.rectangle(picture, (455, 120), (825, 720), (30, 28, 26), -1)
    cv2.rectangle(picture, (472, 140), (808, 720), (250, 250, 250), -1)
    modules = segno.make("SPECIMEN " * 20).matrix
    code = np.array([[0 if dark else 255 for dark in row] for row in modules], np.uint8)
    side = 270
    large = cv2.resize(code, (side, side), interpolation=cv2.INTER_NEAREST)
    picture[230 : 230 + side, 505 : 505 + side] = large[:, :, None]
    return picture
