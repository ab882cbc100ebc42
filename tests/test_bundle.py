"""What kiosk.spec must put into the bundle: files the code finds beside itself, modules named in strings."""

from __future__ import annotations

import importlib.metadata
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.signals.port import Tone
from kiosk import program
from kiosk.commands.door import COMMANDS, WORKERS
from kiosk.i18n.places import TRANSLATED, compiled
from sync.hub.database import MIGRATIONS

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("config", "verification", "drivers", "sync", "kiosk")
FOR_BUILDING = {
    *("config/setup.sh", "config/bundle_check.sh"),
    *(f"kiosk/i18n/kiosk_{language}.ts" for language in TRANSLATED),
}
"""Files of the rooms that nobody opens at run time."""


class Asked(dict[str, Any]):
    """What the specification asked PyInstaller for."""

    def __getattr__(self, name: str) -> list[Any]:
        return []


@pytest.fixture(scope="module")
def asked() -> Asked:
    """kiosk.spec is run as PyInstaller runs it, and only what it asks for is kept."""
    kept = Asked()

    def analysis(scripts: list[str], **options: Any) -> Asked:
        kept.update(options, scripts=scripts)
        return kept

    def ignore(*_: Any, **__: Any) -> None:
        """Nothing is built here."""

    runpy.run_path(
        str(ROOT / "kiosk.spec"),
        {"SPECPATH": str(ROOT), "Analysis": analysis, "PYZ": ignore, "EXE": ignore, "COLLECT": ignore},
    )
    return kept


@pytest.fixture(scope="module")
def carried(asked: Asked) -> set[str]:
    """Where each data file lies in the bundle."""
    return {str(Path(folder) / Path(file).name) for file, folder in asked["datas"]}


def data_files() -> Iterator[str]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*")):
            if file.is_file() and file.suffix not in (".py", ".pyc"):
                yield str(file.relative_to(ROOT))


def test_every_data_file_of_the_rooms_lies_at_its_place(carried: set[str]) -> None:
    files = set(data_files())
    assert len(files) > len(FOR_BUILDING)
    assert files - FOR_BUILDING <= carried


def test_what_is_only_for_building_exists_and_stays_out(carried: set[str]) -> None:
    assert set(data_files()) >= FOR_BUILDING
    assert not FOR_BUILDING & carried


def test_every_built_text_and_tone_lies_at_its_place(carried: set[str]) -> None:
    texts = {str(compiled(language, Path("build/i18n"))) for language in TRANSLATED}
    tones = {f"build/sounds/{tone}.wav" for tone in Tone}
    missing = {file for file in texts | tones if not (ROOT / file).exists()}
    assert not missing, "run make setup"
    assert texts | tones <= carried


def test_the_hubs_migrations_lie_there_as_files_since_alembic_runs_them_from_disk(carried: set[str]) -> None:
    migrations = {str(file.relative_to(ROOT)) for file in MIGRATIONS.rglob("*.py")}
    assert migrations and migrations <= carried


def test_the_hubs_drivers_are_named_since_they_are_found_by_strings(asked: Asked) -> None:
    drivers = {"psycopg_binary._psycopg", "psycopg_binary.pq", "sqlalchemy.dialects.postgresql.psycopg"}
    assert drivers <= set(asked["hiddenimports"])


def test_every_command_is_named_since_the_door_finds_it_by_a_string(asked: Asked) -> None:
    commands = {f"kiosk.commands.{name.replace('-', '_')}" for name in (*COMMANDS, *WORKERS)}
    assert commands <= set(asked["hiddenimports"])


def test_a_library_that_asks_for_its_own_version_finds_it(carried: set[str]) -> None:
    version = importlib.metadata.version("busylight-core")
    assert f"busylight_core-{version}.dist-info/busylight_core-{version}.dist-info" in carried


def test_no_test_or_tool_travels_along(asked: Asked, carried: set[str]) -> None:
    assert not [name for name in asked["hiddenimports"] if name.split(".")[0] in ("tests", "pytest")]
    assert not [file for file in carried if file.startswith("tests/")]
    assert {"pytest", "hypothesis", "mypy"} <= set(asked["excludes"])


def test_the_hooks_it_runs_first_exist(asked: Asked) -> None:
    assert asked["runtime_hooks"]
    assert all(Path(hook).is_file() for hook in asked["runtime_hooks"])


def test_a_checkout_starts_its_children_with_python_and_writes_to_build() -> None:
    assert program.program() == [sys.executable, str(ROOT / "main.py")]
    assert program.place_for("demo") == ROOT / "build" / "demo"


def test_a_bundle_starts_itself_and_writes_nothing_beside_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert program.program() == [sys.executable]
    assert not program.place_for("demo").is_absolute()
