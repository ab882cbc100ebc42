"""Figures as words, rows and bars in a language: what the supervisor's screen and the report both show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.desk.figures import OUTCOMES, Figures, OfficerFigures, within
from kiosk.desk.override_reasons import override_reasons
from kiosk.desk.shift import HONG_KONG, Shift
from kiosk.presenters import shift_texts as t
from kiosk.presenters.punctuation import aside
from kiosk.presenters.shift_texts import say
from sync.canonical import utc_time
from verification.reasons import reasons

MOST_BARS = 48
SPANS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 10080, 40320)
"""Minutes a bar may stand for."""
LONGEST = 12
"""Rows of one table; the rest are one row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is, and the figure in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Count:
    """One bar of a table."""

    label: str
    value: float

    @property
    def words(self) -> str:
        """The figure."""
        return f"{self.value:.0f}"


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under a title; without any, one word says so."""

    title: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One span of time: first verdicts (admit, refer, refuse), or one figure alone."""

    label: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """All there is to show."""

    language: str
    title: str
    lines: tuple[str, ...]
    demo: str
    rows: tuple[Row, ...]
    bars_title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...]
    slow_title: str
    slow: tuple[Bar, ...]
    """How many milliseconds 95 % of the verdicts took at most, in the spans of `bars`."""
    slow_legend: tuple[str]
    tables: tuple[Table, ...]
    officers_title: str
    officers: tuple[Row, ...]
    notices: tuple[str, ...]
    nothing: str


def sheet(
    figures: Figures, shift: Shift | None, lane: str, language: str, zone: ZoneInfo = HONG_KONG
) -> Sheet:
    """What to show of these figures."""
    minutes, bars = over_time(figures, zone)
    return Sheet(
        language=language,
        title=say(t.REPORT if shift else t.PERIOD, language),
        lines=tuple(_heading(figures, shift, lane, language, zone)),
        demo=say(t.PRACTICE if figures.practice else t.DEMO, language) if figures.demo else "",
        rows=tuple(_rows(figures, language)),
        bars_title=say(t.OVER_TIME, language, minutes=minutes),
        bars=bars,
        legend=(
            say(t.VERDICTS["ADMIT"], language),
            say(t.VERDICTS["REFER"], language),
            say(t.VERDICTS["REFUSE"], language),
        ),
        slow_title=say(t.SLOW, language, minutes=minutes),
        slow=slow_over_time(figures, zone),
        slow_legend=(say(t.SLOW_LEGEND, language),),
        tables=tuple(_tables(figures, language)),
        officers_title=say(t.OFFICERS, language),
        officers=tuple(Row(one.officer, _decided(one, language)) for one in figures.officers),
        notices=tuple(_notices(figures, language)),
        nothing=say(t.NOTHING, language),
    )


def over_time(figures: Figures, zone: ZoneInfo) -> tuple[int, tuple[Bar, ...]]:
    """Minutes of one bar, and the bars from the first record to the last without a gap."""
    spans = _spans(figures, zone)
    return spans.minutes, tuple(
        Bar(label, tuple(sum(figures.minutes[one][part] for one in minutes) for part in range(3)))
        for label, minutes in spans.each(figures.minutes)
    )


def slow_over_time(figures: Figures, zone: ZoneInfo) -> tuple[Bar, ...]:
    """The 95th percentile of the time to the verdict in each of the same spans, in ms; 0: none."""
    bars = []
    for label, minutes in _spans(figures, zone).each(figures.minutes):
        steps: Counter[int] = Counter()
        for minute in minutes:
            steps.update(figures.verdict_steps.get(minute, {}))
        bars.append(Bar(label, (round(within(steps, 0.95)),)))
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The time of a shift or period cut into spans of `minutes`, the first of them from `start` on."""

    minutes: int
    start: datetime | None
    until: datetime | None

    def each(self, known: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """The label of every span from the first to the last, and the known minutes in it."""
        if self.start is None or self.until is None:
            return
        step = timedelta(minutes=self.minutes)
        inside: dict[int, list[str]] = {}
        for minute in known:
            place = (datetime.fromisoformat(f"{minute}:00+00:00") - self.start) // step
            inside.setdefault(place, []).append(minute)
        form = "%H:%M" if self.minutes < 1440 else "%m-%d"
        for place in range(min((0, *inside)), max((self.until - self.start) // step, *inside, 0) + 1):
            yield f"{self.start + place * step:{form}}", inside.get(place, [])


def _spans(figures: Figures, zone: ZoneInfo) -> _Spans:
    if not figures.since:
        return _Spans(SPANS[0], None, None)
    begin, end = utc_time(figures.since), utc_time(figures.until)
    whole = (end - begin).total_seconds() / 60
    span = next((one for one in SPANS if whole / one <= MOST_BARS - 1), SPANS[-1])
    step = timedelta(minutes=span)
    local = begin.astimezone(zone)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return _Spans(span, start + (local - start) // step * step, end)


def _decided(one: OfficerFigures, language: str) -> str:
    return say(t.OFFICER, language, admit=one.admit, percent=one.percent, refuse=one.refuse, desk=one.desk)


def _heading(figures: Figures, shift: Shift | None, lane: str, language: str, zone: ZoneInfo) -> list[str]:
    lines = [say(t.LANE, language, lane=lane)]
    if shift is not None:
        lines[0] += f"  ·  {shift.id}"
    if figures.since:
        since, until = (
            f"{utc_time(at).astimezone(zone):%Y-%m-%d %H:%M}" for at in (figures.since, figures.until)
        )
        lines.append(say(t.FROM_TO, language, since=since, until=until))
    else:
        lines.append(say(t.NO_RECORDS, language))
    if shift is not None:
        ready = say(t.READY if shift.ready else t.NOT_READY, language)
        closed = (
            say(t.CLOSED_BY, language, officer=shift.closed_by)
            if shift.closed_by
            else say(t.NOT_CLOSED, language)
        )
        opened = say(t.OPENED_BY, language, officer=shift.officer)
        lines.append(f"{opened}{aside(ready, language)}  ·  {closed}")
    if figures.erased:
        lines.append(say(t.ERASED, language, count=figures.erased))
    return lines


def _rows(figures: Figures, language: str) -> list[Row]:
    def row(label: str, value: str | int) -> Row:
        return Row(say(label, language), str(value))

    none = say(t.NOT_MEASURED, language)
    verdict, whole = figures.verdict_ms, figures.crossing_s
    rows = [row(t.CROSSINGS, figures.crossings)]
    rows += [Row(say(t.VERDICTS[name], language), str(figures.outcomes[name])) for name in OUTCOMES]
    mean = f"{figures.per_minute:.1f}"
    rows += [
        row(t.PER_MINUTE, say(t.MEAN_PEAK, language, mean=mean, peak=figures.peak)),
        row(
            t.VERDICT,
            say(t.MS, language, half=f"{verdict[0]:.0f}", most=f"{verdict[1]:.0f}") if verdict else none,
        ),
        row(
            t.WHOLE,
            say(t.SECONDS, language, half=f"{whole[0]:.1f}", most=f"{whole[1]:.1f}") if whole else none,
        ),
        row(t.PULSES, figures.pulses),
        row(t.NO_PULSES, figures.gate_refused),
        row(t.RELEASED, figures.released),
        row(t.LATE, figures.late),
    ]
    return rows


def _tables(figures: Figures, language: str) -> list[Table]:
    overrides = {
        say(t.ACTIONS[action], language, reason=_override(reason, language)): number
        for (action, reason), number in figures.overrides.items()
        if action in t.ACTIONS
    }
    gate = {say(t.PASSAGES[name], language): figures.passages.get(name, 0) for name in t.PASSAGES}
    down = {
        say(words, language): figures.down_s[cause] / 60
        for cause, words in t.CAUSES.items()
        if cause in figures.down_s
    }
    return [
        _table(
            t.REFERRED_FOR, language, {_reason(one, language): n for one, n in figures.referred_for.items()}
        ),
        _table(
            t.REFUSED_FOR, language, {_reason(one, language): n for one, n in figures.refused_for.items()}
        ),
        _table(t.OVERRIDES, language, overrides),
        _table(t.GATE, language, gate),
        _table(t.DOWN, language, down),
        _table(t.FAULTS, language, figures.faults),
    ]


def _table(title: str, language: str, counts: Mapping[str, float]) -> Table:
    rows = [Count(label, value) for label, value in counts.items()]
    if len(rows) > LONGEST:
        rows[LONGEST - 1 :] = [Count("…", sum(one.value for one in rows[LONGEST - 1 :]))]
    return Table(say(title, language), tuple(rows))


def _notices(figures: Figures, language: str) -> list[str]:
    found = []
    for one in figures.officers:
        if one.notice is not None:
            found.append(
                say(
                    t.ADMITS_MORE if one.notice.more else t.ADMITS_LESS,
                    language,
                    officer=one.officer,
                    admitted=one.notice.admitted,
                    decided=one.notice.decided,
                    percent=one.percent,
                    expected=f"{one.notice.expected:.0f}",
                )
            )
    return found


def _reason(name: str, language: str) -> str:
    row = next((row for key, row in reasons().items() if key.value == name), None)
    return name if row is None else f"{row.code}  {row.officer[language]}"


def _override(name: str, language: str) -> str:
    row = override_reasons().get(name)
    return name if row is None else row.words[language]
