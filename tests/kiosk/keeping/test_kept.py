"""What the screen says is kept is what is kept: held against the events and the journal's own rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.settings import Journal
from kiosk.i18n.texts import LANGUAGES
from kiosk.keeping import page
from kiosk.keeping.table import Days, about, days, groups
from kiosk.presenters.keeps import keeps
from sync.event_types import EVENTS
from sync.retention import Keeping

SETTINGS = Journal()
USUAL = Keeping(SETTINGS.keep_days, SETTINGS.keep_kinds)


def group_of(kind: str) -> str:
    return next(group.id for group in groups() if kind in group.kinds)


@pytest.mark.parametrize("kind", list(EVENTS))
def test_every_kind_of_event_about_somebody_stands_in_one_group(kind: str) -> None:
    holding = [group.about for group in groups() if kind in group.kinds]
    whom = about(kind)
    advice = f"{kind} is about the {whom or 'lane'}: put it into a group of kiosk/keeping/kept.toml"
    assert holding == ([whom] if whom else []), advice


def test_no_group_names_an_event_that_is_none() -> None:
    assert {kind for group in groups() for kind in group.kinds} <= set(EVENTS)


def test_every_text_is_there_in_every_language() -> None:
    for group in groups():
        for words in (group.what, group.why, group.who):
            assert set(words) == set(LANGUAGES) and all(words.values()), group.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screen_tells_every_group_of_a_traveller(language: str) -> None:
    shown = keeps(USUAL, language)
    told = [group.what[language] for group in groups() if group.about == "traveller"]
    assert [row.what for row in shown.rows] == told
    assert all("31" in row.days for row in shown.rows)
    assert shown.title and shown.never and shown.seen


def test_other_settings_change_the_screen() -> None:
    week = keeps(Keeping(7, {}), "en")
    assert [row.days for row in week.rows if row.what.startswith("That a code")] == ["31 days"]
    assert {row.days for row in week.rows if not row.what.startswith("That a code")} == {"7 days"}
    noted = keeps(replace(USUAL, own={"officer.noted": 1, "notes.read": 1}), "en")
    assert [row.days for row in noted.rows if row.days != "31 days"] == ["1 day"]


def test_a_group_whose_kinds_differ_says_from_when_to_when() -> None:
    shown = keeps(replace(USUAL, own={"crossing.code": 3}), "en")
    assert "3 to 31 days" in {row.days for row in shown.rows}


def test_another_table_of_events_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    only = group_of("officer.noted")
    monkeypatch.setattr(EVENTS["officer.noted"], "kept", True)
    assert days(next(group for group in groups() if group.id == only), USUAL) is None


def test_days_are_those_the_journal_erases_by() -> None:
    mark = USUAL.mark(EVENTS["lane.in_order"]())
    assert mark and days(groups()[0], USUAL) == Days(USUAL.days, USUAL.days)


def test_the_page_is_up_to_date() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.render(), "run: python -m kiosk.keeping.page"
