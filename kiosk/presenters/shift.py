"""Figures as words, rows and bars in a language: what the supervisor's screen and the report both show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.desk.figures import OUTCOMES, Figures
from kiosk.desk.override_reasons import override_reasons
from kiosk.desk.shift import HONG_KONG, Shift
from kiosk.presenters import shift_texts as t
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
    """One span of time: first verdicts (admit, refer, refuse)."""

    label: str
    parts: tuple[int, int, int]


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
    legend: tuple[str, str, str]
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
        tables=tuple(_tables(figures, language)),
        officers_title=say(t.OFFICERS, language),
        officers=tuple(
            Row(one.officer, say(t.OFFICER, language, admit=one.admit, refuse=one.refuse, desk=one.desk))
            for one in figures.officers
        ),
        notices=tuple(_notices(figures, language)),
        nothing=say(t.NOTHING, language),
    )


def over_time(figures: Figures, zone: ZoneInfo) -> tuple[int, tuple[Bar, ...]]:
    """Minutes of one bar, and the bars from the first record to the last without a gap."""
    if not figures.since:
        return SPANS[0], ()
    begin, end = utc_time(figures.since), utc_time(figures.until)
    whole = (end - begin).total_seconds() / 60
    span = next((one for one in SPANS if whole / one <= MOST_BARS - 1), SPANS[-1])
    step = timedelta(minutes=span)
    local = begin.astimezone(zone)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    start += (local - start) // step * step
    counted: dict[int, list[int]] = {}
    for minute, parts in figures.minutes.items():
        place = (datetime.fromisoformat(f"{minute}:00+00:00") - start) // step
        slot = counted.setdefault(place, [0, 0, 0])
        for number, value in enumerate(parts):
            slot[number] += value
    form = "%H:%M" if span < 1440 else "%m-%d"
    last = max((end - start) // step, *counted, 0) if counted else (end - start) // step
    bars = []
    for place in range(min((0, *counted)), last + 1):
        a, b, c = counted.get(place, [0, 0, 0])
        bars.append(Bar(f"{start + place * step:{form}}", (a, b, c)))
    return span, tuple(bars)


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
        lines.append(f"{say(t.OPENED_BY, language, officer=shift.officer)} ({ready})  ·  {closed}")
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
