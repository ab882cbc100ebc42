"""An officer's second thought: for seconds, and while the gate has not moved, a decision can be taken back.

The gate has not moved where it was not asked (refuse, to the desk, or the short wait before the pulse that
settings may ask for) and where it answered that it took no pulse. Silence of the gate is no such answer.
"""

from __future__ import annotations

from kiosk.crossing_io import TakeBack
from kiosk.traveller import OfficersWord, Traveller
from sync.event import Event
from sync.event_types import CodeGivenBack, OfficerUndone


def gate_asked(traveller: Traveller | None) -> None:
    """It was asked, or says that it moved: only its own word can tell that it stayed shut."""
    if traveller and traveller.word:
        traveller.word = OfficersWord(traveller.word.event, 0.0, unmoved=False)


def gate_stayed_shut(traveller: Traveller | None, now: float, span: float) -> float:
    """The gate took no pulse, and said so. The seconds there are to take the officer's word back."""
    if traveller is None or traveller.word is None:
        return 0.0
    traveller.word = OfficersWord(traveller.word.event, now + span, unmoved=True)
    return span


def taken_back(
    traveller: Traveller | None, wish: TakeBack, now: float
) -> tuple[tuple[Event, ...], tuple[bytes, ...]] | None:
    """The events, and the codes that are given back, as nobody went through. None: too late, or not theirs.

    The decision's own record stays.
    """
    word = None if traveller is None else traveller.word
    if traveller is None or word is None or not word.open_at(now) or word.event.officer != wish.officer:
        return None
    event, spent = word.event, traveller.spent
    undone = OfficerUndone(event.crossing, event.officer, event.action, event.reason, wish.desk)
    given_back = (CodeGivenBack(event.crossing, len(spent)),) if spent else ()
    traveller.override = traveller.decided_by = ""
    traveller.word, traveller.authorisation, traveller.spent = None, None, ()
    traveller.undone += 1
    return (undone, *given_back), spent
