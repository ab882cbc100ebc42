"""Who may know whom, read from the source of the whole tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("config", "verification", "drivers", "sync", "kiosk")
KNOWS = {
    "config": {"config"},
    "verification": {"verification", "config"},
    "drivers": {"drivers", "config"},
    "sync": {"sync", "config", "verification"},
    "kiosk": set(ROOMS),
    "main": {"kiosk"},
}
HEAVY = {"numpy", "cv2", "PySide6", "zxingcpp"}
"""What the gate's child process must live without."""
GENERATED = {"sync.event_types"}
"""Made from a table, which is what people read."""
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic"}


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    files = [ROOT / "main.py", *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]
    return {_name(file): file for file in files}


def _name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(module: str, file: Path, *, when_loaded: bool = False) -> Iterator[str]:
    """Dotted names that the module imports; with `when_loaded` only those that loading it needs."""
    for node in _walk(tree(file), when_loaded):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module if file.name == "__init__.py" else module.rpartition(".")[0]
            base = (
                ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            )
            origin = ".".join(filter(None, (base, node.module)))
            yield origin
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def _walk(node: ast.AST, when_loaded: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if when_loaded and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if when_loaded and isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _walk(child, when_loaded)


def loaded_with(start: str) -> dict[str, str]:
    """Everything that loading `start` loads, each with the module that asked for it first."""
    known = modules()
    found: dict[str, str] = {}
    waiting = [start]
    while waiting:
        module = waiting.pop()
        for name in imports(module, known[module], when_loaded=True):
            parents = [name.rsplit(".", count)[0] for count in range(name.count("."), -1, -1)]
            for part in parents:
                if part not in found:
                    found[part] = module
                    if part in known:
                        waiting.append(part)
    return found


MODULES = modules()


@pytest.mark.parametrize("room", [*ROOMS, "main"])
def test_each_room_knows_only_whom_it_may(room: str) -> None:
    strangers = {
        (module, name)
        for module, file in MODULES.items()
        if module.split(".")[0] == room
        for name in imports(module, file)
        if name.split(".")[0] in {*ROOMS, "main"} - KNOWS[room]
    }
    assert strangers == set()


def test_only_the_kiosk_knows_qt() -> None:
    users = {
        (module, name)
        for module, file in MODULES.items()
        if not module.startswith("kiosk")
        for name in imports(module, file)
        if name.split(".")[0] in ("PySide6", "PyQt6", "PyQt5", "PySide2", "shiboken6")
    }
    assert users == set()


def test_nothing_of_the_product_knows_the_tests() -> None:
    users = {
        (module, name)
        for module, file in MODULES.items()
        for name in imports(module, file)
        if name.split(".")[0] in ("tests", "pytest", "hypothesis", "pytestqt", "base45")
    }
    assert users == set()


def test_the_gate_s_side_loads_nothing_heavy() -> None:
    heavy = {
        (module, name, asked_by)
        for module in MODULES
        if module.startswith("drivers.turnstile")
        for name, asked_by in loaded_with(module).items()
        if name.split(".")[0] in HEAVY
    }
    assert heavy == set()


def test_the_gate_s_command_loads_nothing_heavy() -> None:
    command = "kiosk.commands.gate_worker"
    assert command in MODULES
    heavy = {name: by for name, by in loaded_with(command).items() if name.split(".")[0] in HEAVY}
    assert heavy == {}


def test_the_door_loads_no_command_and_nothing_heavy() -> None:
    loaded = loaded_with("main")
    assert {name for name in loaded if name.split(".")[0] in HEAVY} == set()


def test_verification_has_no_clock_no_network_and_no_qt() -> None:
    banned = {
        "time.time",
        "socket",
        "requests",
        "urllib",
        "http",
        "subprocess",
        "threading",
        "asyncio",
        "sqlite3",
    }
    found = set()
    for module, file in MODULES.items():
        if not module.startswith("verification"):
            continue
        found |= {
            (module, name) for name in imports(module, file) if name in banned or name.split(".")[0] in banned
        }
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS:
                found.add((module, ast.unparse(node)))
    assert found == set()


def test_of_verification_only_revocation_maps_files() -> None:
    users = {
        module
        for module, file in MODULES.items()
        if module.startswith("verification") and "mmap" in set(imports(module, file))
    }
    assert users and all(module.startswith("verification.revocation.") for module in users)


def test_every_module_says_in_one_line_why_it_exists() -> None:
    silent = {module for module, file in MODULES.items() if not ast.get_docstring(tree(file))}
    assert silent == set()


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    written = {module: file for module, file in MODULES.items() if module not in GENERATED}
    assert {module for module, file in written.items() if len(file.read_text().splitlines()) > 400} == set()


def test_a_stranger_would_be_noticed(tmp_path: Path) -> None:
    """The law's own eyes: relative, nested and conditional imports are all seen."""
    file = tmp_path / "probe.py"
    file.write_text(
        "from kiosk import lane_view\nimport sync.journal as j\n"
        "from . import near\nfrom ..up import x\n"
        "def f():\n    import numpy.linalg\n"
    )
    seen = set(imports("drivers.camera.probe", file))
    assert {
        "kiosk",
        "kiosk.lane_view",
        "sync.journal",
        "drivers.camera.near",
        "drivers.up.x",
        "numpy.linalg",
    } <= seen
    assert "numpy.linalg" not in set(imports("drivers.camera.probe", file, when_loaded=True))
