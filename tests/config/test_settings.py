"""The settings file: a wrong setting is one clear line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.settings import Settings, SettingsError, load_settings
from config.taking_along import in_language


@pytest.fixture
def write(tmp_path: Path) -> object:
    def _write(text: str) -> Path:
        file = tmp_path / "kiosk.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return _write


def mistake(file: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    said = str(caught.value)
    assert "\n" not in said and str(file) in said
    return said


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[turnstile]\nprotocol = 'telepathy'", ["turnstile.protocol", "'telepathy'", "'lcus'", "'tx1500'"]),
        ("[turnstile]\npulse_ms = 50", ["turnstile.pulse_ms", "50", "200"]),
        ("[camera]\nwidht = 640", ["camera.widht", "no such key"]),
        ("[display]\nfullscreen = 'perhaps'", ["display.fullscreen", "'perhaps'", "true or false"]),
        ("[sound]\nenabled = 'no'", ["sound.enabled", "'no'", "true or false"]),
        ("[sound]\nvolume = '0.5'", ["sound.volume", "'0.5'", "number"]),
        ("[turnstile]\nchannel = 1.5", ["turnstile.channel", "1.5", "whole number"]),
        ("[trust]\ntrust_refer_h = inf", ["trust.trust_refer_h", "inf", "finite"]),
        ("[lane]\nid = 'lane one'", ["lane.id = 'lane one': should be 1 to 16 letters, digits, - or _"]),
        ("[lane]\nformats = ['HC9']", ["lane.formats.0", "'HC9'", "'HC1'"]),
        (
            "[hub]\nurl = 'ftp://hub'",
            ["hub.url = 'ftp://hub': should be an address that begins with https:// or http://"],
        ),
        ("nothing to see", ["is not TOML", "line 1"]),
    ],
)
def test_a_wrong_setting_names_file_key_value_and_what_is_allowed(
    write: object, text: str, names: list[str]
) -> None:
    said = mistake(write(text))  # type: ignore[operator]
    assert all(name in said for name in names), said


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    assert "No such file" in mistake(tmp_path / "absent.toml")


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_bytes(b"\xff\xfe")
    assert "not UTF-8" in mistake(file)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('[lane]\npolicy = "a\\u0000b"', "lane.policy"),
        ('[trust]\nlists = ["fine", "a\\nb"]', "trust.lists.1"),
        (f'[journal]\nfolder = "{"a" * 256}"', "journal.folder"),
        (f'[journal]\nfolder = "{"a/" * 1001}"', "journal.folder"),
        ("[display]\nlanguages = []", "display.languages"),
        ("[lane]\nformats = []", "lane.formats"),
        ("a = " + "[" * 5000, "nested too deeply"),
        ("# " + "x" * 70_000, "larger than"),
        ("[display]\nwidth = " + "1" * 5000, "too long"),
    ],
)
def test_what_would_only_break_later_is_refused_at_once(write: object, text: str, names: str) -> None:
    assert names in mistake(write(text))  # type: ignore[operator]


def test_what_is_no_file_is_one_line_and_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "kiosk.toml"
    os.mkfifo(pipe)
    for file in (pipe, Path("/dev/zero")):
        assert "no regular file" in mistake(file)


def test_several_mistakes_are_counted(write: object) -> None:
    said = mistake(write("[camera]\nfps = 0\nwidth = 1"))  # type: ignore[operator]
    assert "(and 1 more)" in said


def test_relative_paths_are_relative_to_the_file(write: object, tmp_path: Path) -> None:
    file = write("[trust]\nlists = ['trust.json']\n[journal]\nfolder = '/data'")  # type: ignore[operator]
    settings = load_settings(file)
    assert settings.trust.lists == (tmp_path / "trust.json",)
    assert settings.journal.folder == Path("/data")


def test_an_empty_file_is_a_lane_that_refers_everybody(write: object) -> None:
    assert load_settings(write("")).trust == Settings().trust  # type: ignore[operator]


def test_the_shipped_default_file_is_valid_and_says_what_the_defaults_are() -> None:
    shipped = Path(__file__).parents[2] / "config" / "defaults" / "kiosk.toml"
    loaded = load_settings(shipped)
    defaults = Settings()
    for section in ("lane", "display", "sound", "turnstile", "camera", "officers"):
        for key, value in dict(getattr(defaults, section)).items():
            if not isinstance(value, Path) and value is not None:
                assert getattr(getattr(loaded, section), key) == value, f"{section}.{key}"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ('protocol = "icse012a"', "turnstile.protocol = 'icse012a': has no safe way to be opened"),
        ('protocol = "hope"', "turnstile.protocol = 'hope': should be 'none', 'lcus', 'hw667'"),
        ("unit = 300", "turnstile.unit = 300: should be at most 255"),
        ("[turnstile.inputs]\npassage = 40", "turnstile.inputs.passage = 40: should be at most 32"),
        ("[turnstile.inputs]\ndoor = 1", "turnstile.inputs.door: there is no such key"),
        ('[turnstile.frames]\non = "zz"', "turnstile.frames.on = 'zz': should be up to 16 bytes in hex"),
        (
            '[turnstile.frames]\nanswer = "R"',
            "turnstile.frames.answer = 'R': should be up to 16 bytes in hex",
        ),
    ],
)
def test_a_mistake_about_the_gate_is_one_plain_line(tmp_path: Path, written: str, line: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(f"[turnstile]\n{written}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as mistake:
        load_settings(file)
    assert line in str(mistake.value)


@pytest.mark.parametrize(
    ("written", "line"),
    [
        (
            '[slip]\nurl = "port-health"',
            "slip.url = 'port-health': should be an address that begins with http",
        ),
        ('[slip]\ntelephone = "call us"', "slip.telephone = 'call us': should be a telephone number"),
        (
            '[slip]\naddress = "two\\nlines"',
            "slip.address.en = 'two\\nlines': should be one line of at most 80",
        ),
        ('[slip]\nauthority = { fr = "x" }', "slip.authority.fr"),
        ('[slip.renew_url]\nHK = "javascript:1"', "slip.renew_url.HK = 'javascript:1': should be an address"),
        ('[venue]\ncode = "碼"', "venue.code = '碼': should be at most 300 plain letters, digits and signs"),
    ],
)
def test_a_mistake_about_what_is_taken_along_is_one_plain_line(
    tmp_path: Path, written: str, line: str
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(written, encoding="utf-8")
    said = mistake(file)
    assert line in said and "\n" not in said


def test_one_text_stands_for_every_language(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[slip]\naddress = "Hall 2"\nauthority = { zh_HK = "港口衞生科" }', encoding="utf-8")
    slip = load_settings(file).slip
    assert (in_language(slip.address, "pt"), in_language(slip.authority, "en")) == ("Hall 2", "港口衞生科")
    assert in_language({}, "en") == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("channel = 2", ["other_direction.channel", "other_direction.direction"]),
        ("direction = 'any'", ["other_direction.direction = 'any'", "lane.direction"]),
        ("direction = 'to_macao'\nway_out = 'left'", ["policy (a file)", "profile"]),
        ("direction = 'to_macao'\nway_out = 'left'\npolicy = 'a.json'\nprofile = 'b'", ["policy (a file)"]),
        ("direction = 'to_macao'\npolicy = 'a.json'", ["other_direction.way_out", "'left'"]),
    ],
)
def test_another_direction_is_named_whole_or_not_at_all(write: object, text: str, names: list[str]) -> None:
    said = mistake(write(f"[other_direction]\n{text}"))  # type: ignore[operator]
    assert all(name in said for name in names), said


def test_the_other_directions_policy_is_relative_to_the_settings_file(write: object) -> None:
    text = "[other_direction]\ndirection = 'to_macao'\npolicy = 'a.json'\nway_out = 'left'"
    file = write(text)  # type: ignore[operator]
    assert load_settings(file).other_direction.policy == file.parent / "a.json"
