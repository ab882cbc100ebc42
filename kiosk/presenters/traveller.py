"""From the lane's state to the traveller's screen: pure, no window, no clock of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from config.moment import Moment
from drivers.reader.port import Hint
from drivers.signals.port import Tone
from kiosk.gate_parts import turns
from kiosk.i18n.texts import LANGUAGES, text
from kiosk.lane_view import LaneView, Phase
from kiosk.presenters import phrases
from kiosk.presenters.ending import NEED_LONGER, ends_soon
from kiosk.presenters.traveller_screen import Line, Page, Shape, TravellerScreen
from kiosk.theme.palette import Role
from verification.reasons import ReasonId, reason

TOLD = frozenset(
    {
        ReasonId.EXPIRED,
        ReasonId.NOT_YET_VALID,
        ReasonId.TOO_OLD,
        ReasonId.WRONG_DIRECTION,
        ReasonId.KIND_NOT_ACCEPTED,
        ReasonId.SCHEME_NOT_ACCEPTED,
        ReasonId.EVIDENCE_MISSING,
        ReasonId.INCOMPLETE,
        ReasonId.HOLDER_MISMATCH,
        ReasonId.EVENTS_NOT_ONE,
        ReasonId.ALREADY_USED,
        ReasonId.SPECIMEN,
        ReasonId.HELP_ASKED,
    }
)
"""Referrals whose reason a traveller can use while waiting. Every other referral looks the same, so that a
revoked code hides among spot checks, unknown signers and stale lists; a reason not listed here hides too."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the camera's picture adds to the scan screen: a steadied hint, and whether a code is in view."""

    hint: Hint | None = None
    located: bool = False


@dataclass(frozen=True, slots=True)
class TravellerPresenter:
    """Shows one lane. `languages` is the lane's own order; `arrow` the way out as seen from the screen."""

    languages: tuple[str, ...] = LANGUAGES
    arrow: str = "up"

    def present(
        self,
        view: LaneView,
        moment: Moment,
        sight: Sight = Sight(),
        chosen: str | None = None,
        *,
        alone: bool = False,
    ) -> TravellerScreen:
        """The screen for a state of the lane. `chosen` is the language the traveller touched, if any.

        `alone`: there is room for one language only. Where nobody's is known they take turns.
        """
        order = self._order(chosen or view.language)
        if alone and not (chosen or view.language):
            turn = int(moment.mono / TURN_S) % len(order)
            order = order[turn:] + order[:turn]
        shown = _PAGES[view.phase](view, order, sight)
        if shown.page is Page.ADMIT:
            arrow = view.duty.arrow or self.arrow
            shown = replace(shown, arrow=arrow, sub=_one(phrases.WALK[arrow], order))
        if ends_soon(view, moment) and view.not_a_code is None:
            shown = replace(shown, sub=_one(NEED_LONGER, order), ends_soon=True)
        if alone:
            shown = _in_one_language(shown, order[0])
        return replace(shown, progress=_left(view, moment) if shown.page in _COUNTED else None)

    def _order(self, first: str | None) -> tuple[str, ...]:
        ahead = (first,) if first in LANGUAGES else ()
        return tuple(dict.fromkeys((*ahead, *self.languages)))


TURN_S = 4.0
"""How long a language stands where several take turns: a headline and a line are read in half of it."""


Order = tuple[str, ...]
_COUNTED = (Page.GATHERING, Page.ADMIT, Page.REFUSE)
"""Screens that end by themselves and say so. A referral never does: its end depends on an officer."""


def _left(view: LaneView, moment: Moment) -> float | None:
    if view.until_mono is None or view.until_mono <= view.since_mono:
        return None
    whole = view.until_mono - view.since_mono
    return min(1.0, max(0.0, (view.until_mono - moment.mono) / whole))


def _say(source: str, order: Order) -> tuple[Line, ...]:
    return tuple(Line(language, text(source, language)) for language in order)


def _one(source: str, order: Order) -> tuple[Line, ...]:
    return _say(source, order[:1])


def _in_one_language(shown: TravellerScreen, language: str) -> TravellerScreen:
    def own(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(line for line in lines if line.language == language)

    return replace(shown, headline=own(shown.headline), sub=own(shown.sub), steps=own(shown.steps), echoes=())


def _spoken_to(
    page: Page, role: Role, shape: Shape, order: Order, headline: str, sub: str, steps: tuple[str, ...] = ()
) -> TravellerScreen:
    """A screen for the one traveller in front: one language large, the headline again in the others."""
    return TravellerScreen(
        page=page,
        role=role,
        shape=shape,
        headline=_one(headline, order),
        sub=_one(sub, order),
        echoes=_say(headline, order[1:]),
        steps=tuple(line for step in steps for line in _one(step, order)),
    )


def _waiting(view: LaneView, order: Order, sight: Sight) -> TravellerScreen:
    headline, sub, tone, shape = phrases.SHOW_CODE, phrases.HOW_FAR, None, Shape.PHONE
    if view.not_a_code is not None:
        headline, shape = phrases.NOT_A_CODE, Shape.NOT_A_CODE
        sub = phrases.LOOKS_LIKE.get(view.not_a_code, phrases.LOOKS_LIKE_OTHER)
        tone = Tone.AGAIN
    elif sight.hint in phrases.HINTS:
        headline = phrases.HINTS[sight.hint]
    elif sight.located:
        headline = phrases.READING
    return TravellerScreen(
        page=Page.SCAN,
        role=Role.NEUTRAL,
        shape=shape,
        headline=_say(headline, order),
        sub=_say(sub, order),
        steps=_say(phrases.NO_PHONE, order),
        tone=tone,
        farther=headline == phrases.HINTS[Hint.FARTHER],
    )


def _gathering(view: LaneView, order: Order, sight: Sight) -> TravellerScreen:
    missing = view.crossing.missing if view.crossing else ()
    steps = tuple(phrases.KINDS[kind] for kind in missing)
    headline, tone, shape = phrases.ONE_MORE, Tone.READ, Shape.CODE_READ
    if view.not_a_code is not None:
        headline, tone, shape = phrases.NOT_A_CODE, Tone.AGAIN, Shape.NOT_A_CODE
    elif sight.hint in phrases.HINTS:
        headline = phrases.HINTS[sight.hint]
    shown = _spoken_to(Page.GATHERING, Role.NEUTRAL, shape, order, headline, phrases.CODE_READ, steps)
    return replace(shown, tone=tone)


def _admitted(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    shown = _spoken_to(
        Page.MOMENT, Role.NEUTRAL, Shape.WAIT_RING, order, phrases.ONE_MOMENT, phrases.GATE_OPENING
    )
    return replace(shown, tone=Tone.READ)


def _passing(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    shown = _spoken_to(
        Page.ADMIT, Role.ADMIT, Shape.TICK_CIRCLE, order, phrases.PLEASE_PASS, phrases.WALK["up"]
    )
    return replace(shown, tone=Tone.GO)


def _referred(view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    shown = _spoken_to(
        Page.REFER,
        Role.REFER,
        Shape.HAND_DIAMOND,
        order,
        phrases.OFFICER_COMES,
        phrases.OFFICER_LOOKS,
        (phrases.STAY_HERE, phrases.DOCUMENT_READY),
    )
    shown = replace(shown, code=phrases.REFERRAL_CODE, tone=Tone.ATTENTION)
    told = _deciding(view)
    if told is None or told not in TOLD or _private(view):
        return shown
    row = reason(told)
    return replace(shown, code=row.code, sub=(Line(order[0], row.traveller[order[0]]),))


def _refused(view: LaneView, order: Order, sight: Sight) -> TravellerScreen:
    deciding = _deciding(view)
    if deciding is None or _private(view):
        return _referred(view, order, sight)
    row = reason(deciding)
    shown = _spoken_to(
        Page.REFUSE,
        Role.REFUSE,
        Shape.BAR_OCTAGON,
        order,
        phrases.PLEASE_STOP,
        "",
        phrases.REFUSED_STEPS.get(deciding, phrases.REFUSED_OTHERWISE),
    )
    return replace(shown, sub=(Line(order[0], row.traveller[order[0]]),), code=row.code, tone=Tone.STOP)


def _at_desk(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    shown = _spoken_to(
        Page.DESK,
        Role.REFER,
        Shape.DESK,
        order,
        phrases.GO_TO_DESK,
        phrases.DESK_HELPS,
        (phrases.DOCUMENT_READY,),
    )
    return replace(shown, tone=Tone.ATTENTION)


def _gate_failed(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    shown = _spoken_to(
        Page.GATE_FAILED,
        Role.REFER,
        Shape.HAND_DIAMOND,
        order,
        phrases.GATE_STUCK,
        phrases.CODE_IS_GOOD,
        (phrases.OFFICER_OPENS, phrases.STAY_HERE),
    )
    return replace(shown, tone=Tone.ATTENTION)


def _held(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    return TravellerScreen(
        page=Page.HELD,
        role=Role.CLOSED,
        shape=Shape.WAIT_RING,
        headline=_say(phrases.PLEASE_WAIT, order),
        sub=_say(phrases.GOES_ON_SOON, order),
    )


def _shut(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    return TravellerScreen(
        page=Page.CLOSED,
        role=Role.CLOSED,
        shape=Shape.BARRIER,
        headline=_say(phrases.LANE_CLOSED, order),
        sub=_say(phrases.OTHER_LANE, order),
    )


def _out_of_order(view: LaneView, order: Order, sight: Sight) -> TravellerScreen:
    """Names the parts that stop the lane; what it can do without is the officer's affair.

    A gate that is being turned is no defect: the lane is as one that is held, for a moment.
    """
    if turns(view.faults):
        return _held(view, order, sight)
    stopping = [fault for fault in view.faults if fault.stops]
    named = tuple(
        Line(language, f"{fault.code}  {text(phrases.PARTS.get(fault.part, phrases.SOME_PART), language)}")
        for fault in stopping
        for language in order[:1]
    )
    return TravellerScreen(
        page=Page.OUT_OF_ORDER,
        role=Role.CLOSED,
        shape=Shape.WRENCH,
        headline=_say(phrases.OUT_OF_ORDER, order),
        sub=_say(phrases.OTHER_LANE_OR_OFFICER, order),
        steps=named,
        code=" ".join(fault.code for fault in stopping),
    )


def _evacuate(_view: LaneView, order: Order, _sight: Sight) -> TravellerScreen:
    return TravellerScreen(
        page=Page.EVACUATE,
        role=Role.ALARM,
        shape=Shape.WAY_OUT,
        headline=_say(phrases.LEAVE_NOW, order),
        sub=_say(phrases.FOLLOW_SIGNS, order),
    )


def _deciding(view: LaneView) -> ReasonId | None:
    return view.crossing.reasons[0] if view.crossing and view.crossing.reasons else None


def _private(view: LaneView) -> bool:
    """Whether anything about this crossing may not be seen by who stands near."""
    return view.crossing is not None and any(reason(one).private for one in view.crossing.reasons)


_PAGES: dict[Phase, Callable[[LaneView, Order, Sight], TravellerScreen]] = {
    Phase.WAITING: _waiting,
    Phase.GATHERING: _gathering,
    Phase.ADMITTED: _admitted,
    Phase.PASSING: _passing,
    Phase.REFERRED: _referred,
    Phase.REFUSED: _refused,
    Phase.AT_DESK: _at_desk,
    Phase.GATE_FAILED: _gate_failed,
    Phase.HELD: _held,
    Phase.CLOSED: _shut,
    Phase.OUT_OF_ORDER: _out_of_order,
    Phase.EVACUATE: _evacuate,
}
