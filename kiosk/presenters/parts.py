"""The report of all parts as officers read it: what to do first, then what is well."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.health.codes import codes
from kiosk.health.finding import Finding, Severity
from kiosk.health.readiness import Readiness
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_texts import say
from kiosk.presenters.punctuation import colon, listed


def well(report: Readiness) -> tuple[str, ...]:
    """The letters of every part that works, once."""
    return tuple(dict.fromkeys(one.code for one in report.findings if one.severity is Severity.WELL))


def before_a_shift(report: Readiness, language: str) -> tuple[str, ...]:
    """Whether the lane is ready, what is to be done about which part, and what works."""
    ready = report.severity < Severity.BROKEN
    troubles = [line for one in report.findings if one.severity for line in _lines(one, language)]
    works = listed((codes()[code].part[language] for code in well(report)), language)
    return (
        say(t.READY if ready else t.NOT_READY, language),
        *troubles,
        f"{say(t.WORKS, language)}{colon(language)}{works}",
    )


def _lines(one: Finding, language: str) -> Iterator[str]:
    row = codes()[one.code]
    if language == "en":
        yield f"{one.code} {row.part['en']}: {one.detail}"
    else:
        yield f"{one.code} {row.part[language]}{colon(language)}{row.advice[language]}"
        yield f"      {one.detail}"
