"""The table of spoken texts, and the machine's voice that stands in for people's recordings."""

from __future__ import annotations

import shutil
import stat
import sys
import tomllib
import unicodedata
import wave
from pathlib import Path

import numpy as np
import pytest

from drivers.signals.port import Prompt
from drivers.signals.said import FOLDER, Said, file_name
from drivers.signals.voices import Voices
from kiosk.i18n.texts import LANGUAGES
from kiosk.sounds import voices
from kiosk.sounds.prompts import PINYIN, TABLE, prompts
from kiosk.sounds.voices import SPOKEN_BY, CannotSpeak, build, build_guidance, levelled, resampled

REVEALING = ("revok", "withdrawn", "撤", "吊", "revogad", "invalid", "無效", "无效", "inválid")


def made_up_voice(folder: Path, body: str) -> str:
    """A program that takes espeak-ng's options."""
    program = folder / "voice"
    program.write_text(
        f"#!{sys.executable}\nimport sys, wave\nout = sys.argv[sys.argv.index('-w') + 1]\n{body}"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


SPEAKS = """
with wave.open(out, "wb") as sound:
    sound.setparams((1, 2, 22050, 0, "NONE", ""))
    sound.writeframes(b"\\0\\0" * 500 + b"\\0\\x40\\0\\xc0" * 500 + b"\\0\\0" * 500)
"""


@pytest.mark.parametrize("prompt", Prompt)
def test_every_prompt_has_its_words_in_every_language(prompt: Prompt) -> None:
    row = prompts()[prompt]
    assert set(row) == {*LANGUAGES, PINYIN}
    assert all(row.values())
    assert max(len(row["en"]), len(row["pt"])) < 70


def test_no_row_is_left_over() -> None:
    assert set(tomllib.loads(TABLE.read_text(encoding="utf-8"))) == set(Prompt)


def test_no_prompt_tells_a_revoked_code_from_another_referral() -> None:
    words = " ".join(text.lower() for row in prompts().values() for text in row.values())
    assert not [word for word in REVEALING if word in words]


def test_what_the_mandarin_voice_reads_has_no_hanzi_and_the_cantonese_has() -> None:
    """Debian 12's espeak-ng reads Hanzi in its Mandarin voice as English; numbered pinyin it reads well."""
    for row in prompts().values():
        assert row[PINYIN].isascii()
        assert any("CJK" in unicodedata.name(letter, "") for letter in row["zh_HK"])
    assert SPOKEN_BY["zh_CN"] == ("cmn-latn-pinyin", PINYIN)


def test_placeholders_are_files_that_the_lane_plays(tmp_path: Path) -> None:
    made = build(tmp_path / "out", made_up_voice(tmp_path, SPEAKS))
    assert len(made) == len(Prompt) * len(LANGUAGES)
    assert Voices([tmp_path / "out"], LANGUAGES).advice() == ""
    with wave.open(str(made[0]), "rb") as sound:
        assert sound.getframerate() == 48_000
        assert 1000 * 48_000 // 22_050 - 5 <= sound.getnframes() <= 1000 * 48_000 // 22_050 + 5


def test_every_sentence_of_guidance_is_spoken_and_an_outdated_one_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voices, "sentences", lambda language: {f"Sentence in {language}": "sounds"})
    outdated = tmp_path / "out" / "en" / FOLDER / "0123456789abcdef.wav"
    outdated.parent.mkdir(parents=True)
    outdated.touch()
    made = build_guidance(tmp_path / "out", made_up_voice(tmp_path, SPEAKS))
    assert len(made) == len(LANGUAGES)
    assert not outdated.exists()
    said = Said([tmp_path / "out"])
    assert said.anything(LANGUAGES)
    for language in LANGUAGES:
        text = f"Sentence in {language}"
        assert said.samples(language, text)
        index = (tmp_path / "out" / language / FOLDER / "index.txt").read_text(encoding="utf-8")
        assert index == f"{file_name(text)}  {text}\n"


@pytest.mark.parametrize("body", ["sys.exit('no such voice')", "open(out, 'wb')"])
def test_a_voice_that_fails_is_one_line(tmp_path: Path, body: str) -> None:
    with pytest.raises((CannotSpeak, wave.Error, EOFError)) as failure:
        build(tmp_path / "out", made_up_voice(tmp_path, body))
    assert "\n" not in str(failure.value)


def test_silence_is_no_prompt() -> None:
    with pytest.raises(CannotSpeak, match="said nothing"):
        levelled(np.zeros(100))


def test_a_voice_keeps_its_pitch_at_another_rate() -> None:
    tone = np.round(1000 * np.sin(np.arange(22_050) * 2 * np.pi * 440 / 22_050)).astype(np.int16)
    crossings = np.count_nonzero(np.diff(np.signbit(resampled(tone, 22_050))))
    assert crossings == pytest.approx(880, abs=3)


def test_without_a_voice_nothing_is_made_and_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(voices, "ESPEAK", "no-such-voice")
    assert voices.main(["--out", str(tmp_path / "out")]) == 0
    assert "goes on with tones" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="espeak-ng is not installed: make setup FOR=voices"
)
def test_the_real_voice_speaks_every_prompt(tmp_path: Path) -> None:
    assert len(build(tmp_path)) == len(Prompt) * len(LANGUAGES)
    assert Voices([tmp_path], LANGUAGES).advice() == ""
