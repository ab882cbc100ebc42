"""Spoken guidance: what is read to who cannot see the screen, and to nobody else."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters.aside import Along, help_screen, keeps_screen
from kiosk.presenters.guidance import LOUDNESS, USUAL, Guidance
from kiosk.presenters.traveller import Sight, TravellerPresenter
from kiosk.presenters.traveller_screen import Page, TravellerScreen
from kiosk.screens.traveller_shots import AT
from kiosk.sounds.guidance import pinyin, sentences
from tests.kiosk.screens.stage import STORIES


def screen(name: str, language: str = "en", arrow: str = "up") -> TravellerScreen:
    story = STORIES[name]
    sight = Sight(story.sight.hint, story.sight.located)
    view = replace(story.view, language=language)
    return TravellerPresenter(arrow=arrow).present(view, AT, sight, language)


def read(guidance: Guidance, name: str, language: str = "en") -> list[str] | None:
    lines = guidance.read(screen(name, language))
    return None if lines is None else [line.text for line in lines]


def test_nothing_is_read_until_somebody_asks() -> None:
    assert read(Guidance(), "waiting") is None


@pytest.mark.parametrize("plugged", [True, False])
def test_headphones_or_a_touch_begin_it_with_the_whole_screen(plugged: bool) -> None:
    guidance = Guidance()
    guidance.plug(True) if plugged else guidance.touch()
    assert read(guidance, "waiting") == [
        "Show your health code", "About 15 cm from the camera", "No phone? Staffed lane"
    ]  # fmt: skip
    assert read(guidance, "waiting") is None


def test_a_hint_is_read_without_what_was_read_before() -> None:
    guidance = Guidance()
    guidance.touch()
    read(guidance, "waiting")
    assert read(guidance, "hint-closer") == ["Closer, please"]
    assert read(guidance, "reading") == ["Reading – hold still"]


def test_who_touches_another_language_hears_the_screen_in_it() -> None:
    guidance = Guidance()
    guidance.touch()
    read(guidance, "passing")
    assert read(guidance, "passing", "pt") == ["Pode passar", "A cancela está aberta: siga em frente"]


def test_a_reason_is_read_only_where_nobody_else_hears_it() -> None:
    overheard, headphones, private = Guidance(), Guidance(), Guidance(private=True)
    overheard.touch()
    headphones.plug(True)
    private.touch()
    reason = screen("refused-expired").sub[0].text
    assert reason not in (read(overheard, "refused-expired") or ())
    assert reason in (read(headphones, "refused-expired") or ())
    assert reason in (read(private, "refused-expired") or ())
    assert screen("referred-expired").page is Page.REFER


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_revoked_code_is_read_as_any_other_referral(language: str) -> None:
    revoked, unknown = Guidance(private=True), Guidance(private=True)
    for guidance in (revoked, unknown):
        guidance.touch()
    said = read(revoked, "referred-revoked", language)
    assert said == read(unknown, "referred-unknown-signer", language)
    assert said


def test_in_a_silenced_lane_only_who_hears_alone_is_read_to() -> None:
    aloud, headphones = Guidance(muted=True), Guidance(muted=True)
    aloud.touch()
    headphones.plug(True)
    assert not read(aloud, "waiting")
    assert read(headphones, "waiting")


def test_a_second_touch_or_the_plug_pulled_out_is_silence_at_once() -> None:
    for end in (lambda guidance: guidance.touch(), lambda guidance: guidance.plug(False)):
        guidance = Guidance()
        guidance.plug(True)
        read(guidance, "waiting")
        end(guidance)
        assert read(guidance, "waiting") == []
        assert read(guidance, "passing") is None


def test_loudness_goes_round_reads_again_and_begins_anew_with_the_next_traveller() -> None:
    guidance = Guidance()
    guidance.plug(True)
    first = read(guidance, "waiting")
    heard = [guidance.louder() for _ in LOUDNESS]
    assert sorted(heard) == list(LOUDNESS)
    assert guidance.louder() == LOUDNESS[USUAL]
    assert read(guidance, "waiting") == first
    guidance.traveller_left()
    assert guidance.loud == USUAL
    assert read(guidance, "waiting") == first, "headphones stay plugged in: the next traveller is read to"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_every_screen_can_be_read(language: str) -> None:
    """But the names of parts behind their letters, and what has a number or a day in it."""
    spoken = [screen(name, language, arrow) for name in STORIES for arrow in ("up", "left", "right")]
    spoken += [help_screen(language), keeps_screen(Along(), language)]
    wanted = {
        line.text
        for shown in spoken
        for line in (*shown.headline, *shown.sub, *shown.steps)
        if line.language == language and not (shown.page is Page.OUT_OF_ORDER and line in shown.steps)
    }
    assert wanted - set(sentences(language)) == set()


def test_what_the_mandarin_voice_reads_has_no_hanzi_and_a_sound_for_each() -> None:
    for words, sounds in pinyin().items():
        assert sounds.isascii()
        hanzi = sum("CJK" in unicodedata.name(letter, "") for letter in words)
        digits = sum(letter.isdigit() for letter in sounds)
        assert digits == hanzi or "15" in words, words
