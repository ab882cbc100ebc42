"""A paper document entered step by step: what is asked, what can be answered. No window needed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from kiosk.presenters import entry_texts as e
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_referral import shown
from kiosk.presenters.officer_texts import say
from verification.entered import Choice, Entered, Mark
from verification.evidence import Colour, Kind

PAGE = 8
"""Answers on one page: with "more" there are nine, one for each digit."""
OLDEST = timedelta(days=366 * 100)
LATEST = timedelta(days=366 * 100)
_OF_A_RESULT = (Kind.TEST,)


class Step(StrEnum):
    """What is asked."""

    KIND = "kind"
    ISSUER = "issuer"
    COLOUR = "colour"
    RESULT = "result"
    ISSUED = "issued"
    UNTIL = "until"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Answer:
    """One button. `chosen` for those of which several can be."""

    id: str
    words: str
    chosen: bool = False


MORE = "more"
NO_END = "no_end"
TODAY, YESTERDAY = "today", "yesterday"
DONE = "done"


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What was answered so far. It belongs to one crossing, or to nobody's yet."""

    choices: tuple[Choice, ...]
    today: date
    crossing: str = ""
    kind: Kind | None = None
    issuer: str = ""
    page: int = 0
    colour: Colour | None = None
    negative: bool | None = None
    issued: date | None = None
    until: date | None = None
    endless: bool = False
    marks: tuple[Mark, ...] = field(default=())
    asked: tuple[Step, ...] = (Step.KIND,)
    """The steps so far; the last is the one that is asked."""

    @property
    def step(self) -> Step:
        """What is asked now."""
        return self.asked[-1]

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps for the kind that was chosen."""
        more = {Kind.HEALTH_COLOUR: Step.COLOUR, Kind.TEST: Step.RESULT}
        extra = (more[self.kind],) if self.kind in more else ()
        return (Step.KIND, Step.ISSUER, *extra, Step.ISSUED, Step.UNTIL, Step.MARKS)

    @property
    def dated(self) -> bool:
        """Whether a day is asked for."""
        return self.step in (Step.ISSUED, Step.UNTIL)

    @property
    def issuers(self) -> tuple[str, ...]:
        """Whose document it may be."""
        return next((one.issuers for one in self.choices if one.kind is self.kind), ())

    def answer(self, which: str) -> EntryDraft:
        """One of `answers`; anything else changes nothing."""
        match self.step:
            case Step.KIND if any(one.kind.value == which for one in self.choices):
                return replace(self, kind=Kind(which), issuer="", page=0)._next()
            case Step.ISSUER if which == MORE:
                pages = max(1, -(-len(self.issuers) // PAGE))
                return replace(self, page=(self.page + 1) % pages)
            case Step.ISSUER if which in self.issuers:
                return replace(self, issuer=which)._next()
            case Step.COLOUR if which in {one.value for one in Colour}:
                return replace(self, colour=Colour(which))._next()
            case Step.RESULT if which in ("yes", "no"):
                return replace(self, negative=which == "yes")._next()
            case Step.ISSUED if which in (TODAY, YESTERDAY):
                days = 0 if which == TODAY else 1
                return self.day(self.today - timedelta(days=days))
            case Step.UNTIL if which == NO_END:
                return replace(self, until=None, endless=True)._next()
            case Step.UNTIL if which == TODAY:
                return self.day(self.today)
            case Step.MARKS if which in {one.value for one in Mark}:
                mark = Mark(which)
                others = tuple(one for one in self.marks if one is not mark)
                return replace(self, marks=others if mark in self.marks else (*self.marks, mark))
        return self

    def day(self, day: date) -> EntryDraft:
        """A day as it stands on the paper; one that can't be right changes nothing."""
        if not self.dated or not self.today - OLDEST <= day <= self.today + LATEST:
            return self
        if self.step is Step.ISSUED:
            return self if day > self.today + timedelta(days=1) else replace(self, issued=day)._next()
        return replace(self, until=day, endless=False)._next()

    def back(self) -> EntryDraft | None:
        """One step back; None: there is none, the entry is given up."""
        return replace(self, asked=self.asked[:-1]) if len(self.asked) > 1 else None

    def entered(self) -> Entered | None:
        """What was entered; None while something is still asked."""
        if self.step is not Step.MARKS or self.kind is None or self.issued is None or not self.issuer:
            return None
        colour = self.colour if self.kind is Kind.HEALTH_COLOUR else None
        negative = self.negative if self.kind in _OF_A_RESULT else None
        return Entered(self.kind, self.issuer, self.issued, self.until, colour, negative, self.marks)

    def _next(self) -> EntryDraft:
        steps = self.steps
        after = steps[min(steps.index(self.step) + 1, len(steps) - 1)]
        return replace(self, asked=(*self.asked, after))


def day_of(typed: str) -> date | None:
    """Eight digits, as `20261123`; None: that is no day."""
    digits = "".join(letter for letter in typed if letter.isascii() and letter.isdigit())
    if len(digits) != 8:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def question(draft: EntryDraft, language: str) -> str:
    """What is asked, with how far one is."""
    words = e.QUESTIONS[draft.step]
    if draft.step is Step.ISSUED:
        words = e.WHEN.get(draft.kind, words) if draft.kind else words
    steps = draft.steps
    place = steps.index(draft.step) + 1
    return say(e.STEP, language, place=place, of=len(steps), question=say(words, language))


def answers(draft: EntryDraft, language: str) -> tuple[Answer, ...]:
    """The buttons of this step, in the order of the digits."""
    match draft.step:
        case Step.KIND:
            return tuple(Answer(one.kind.value, say(t.KINDS[one.kind], language)) for one in draft.choices)
        case Step.ISSUER:
            here = draft.issuers[draft.page * PAGE : (draft.page + 1) * PAGE]
            more = (Answer(MORE, say(e.MORE, language)),) if len(draft.issuers) > PAGE else ()
            return (*(Answer(one, shown(one)) for one in here), *more)
        case Step.COLOUR:
            return tuple(Answer(one.value, say(t.COLOURS[one], language)) for one in Colour)
        case Step.RESULT:
            return (Answer("yes", say(t.NEGATIVE, language)), Answer("no", say(t.POSITIVE, language)))
        case Step.ISSUED:
            return (Answer(TODAY, say(e.TODAY, language)), Answer(YESTERDAY, say(e.YESTERDAY, language)))
        case Step.UNTIL:
            return (Answer(NO_END, say(e.NO_END, language)), Answer(TODAY, say(e.TODAY, language)))
        case Step.MARKS:
            return tuple(Answer(one.value, say(e.MARKS[one], language), one in draft.marks) for one in Mark)


def summary(draft: EntryDraft, language: str) -> str:
    """What was answered so far, in one line."""
    parts = []
    if draft.kind is not None:
        parts.append(say(t.KINDS[draft.kind], language))
    if draft.issuer:
        parts.append(shown(draft.issuer))
    if draft.colour is not None and Step.COLOUR in draft.asked[:-1]:
        parts.append(say(t.COLOURS[draft.colour], language))
    if draft.negative is not None and Step.RESULT in draft.asked[:-1]:
        parts.append(say(t.NEGATIVE if draft.negative else t.POSITIVE, language))
    if draft.issued is not None and Step.ISSUED in draft.asked[:-1]:
        parts.append(draft.issued.isoformat())
    if Step.UNTIL in draft.asked[:-1]:
        parts.append(f"– {draft.until.isoformat()}" if draft.until else say(e.NO_END, language))
    return " · ".join(parts)
