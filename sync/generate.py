"""Turns the table of events into the Python classes and the page people read, so that they never differ."""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sync.personal import looks_personal

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "sync" / "events.toml"
TYPES = ROOT / "sync" / "event_types.py"
PAGE = ROOT / "docs" / "events.md"

PYTHON_TYPES = {"str": "str", "int": "int", "float": "float", "bool": "bool", "strs": "tuple[str, ...]"}
WORDS = {
    "str": "text",
    "int": "whole number",
    "float": "number",
    "bool": "yes or no",
    "strs": "list of texts",
}

RESERVED = {"kind", "kept", "local", "payload"}

TYPES_HEAD = '''"""Every kind of event the journal can hold. Made by `python -m sync.generate`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from sync.event import Event
'''

PAGE_HEAD = """# Events

Everything the journal can hold. This page is made from `sync/events.toml` by `python -m sync.generate`.

No event holds a name, a document number or a date of birth: a code is known by its `fingerprint`, which is
keyed, and the key is destroyed on day 31. A payload is erased after the retention time of the settings
(`journal.keep_days`, or `journal.keep_kinds` for a kind, at most 31 days) unless the event is marked
*kept*; kept events tell of the journal itself. The payload of an event marked *local* stays on the device
that wrote it: a batch, an export and the hub have its digest alone. The digest of an erased payload stays,
so that the chain of records can still be checked.
"""


class TableError(Exception):
    """The table of events breaks one of its own rules. `str()` is one sentence."""


def read_table(file: Path = TABLE) -> dict[str, dict[str, Any]]:
    """The table, checked: class names unique, field types known, no personal field."""
    table: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    classes: set[str] = set()
    for kind, row in table.items():
        if not re.fullmatch(r"[a-z_]+\.[a-z_]+", kind):
            raise TableError(f"{kind}: a kind is two lower-case words with a full stop between them")
        if extra := set(row) - {"class", "says", "fields", "kept", "local"}:
            raise TableError(f"{kind}: unknown key {sorted(extra)[0]}")
        if row["class"] in classes:
            raise TableError(f"{kind}: the class {row['class']} is used twice")
        classes.add(row["class"])
        for name, kind_of in row["fields"].items():
            if kind_of not in PYTHON_TYPES:
                raise TableError(f"{kind}: the field {name} has the unknown type {kind_of}")
            if name in RESERVED:
                raise TableError(f"{kind}: no field can be called {name}, every event has that already")
            if looks_personal(name):
                raise TableError(f"{kind}: the field {name} looks personal; the journal holds no such thing")
    return table


def types_source(table: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of `sync/event_types.py`."""
    parts = [TYPES_HEAD]
    for kind, row in table.items():
        lines = ["", "", "@dataclass(frozen=True, slots=True)", f"class {row['class']}(Event):"]
        lines += [f'    """{_wrapped(row["says"])}"""', "", f'    kind: ClassVar[str] = "{kind}"']
        if row.get("kept"):
            lines.append("    kept: ClassVar[bool] = True")
        if row.get("local"):
            lines.append("    local: ClassVar[bool] = True")
        lines += [f"    {name}: {PYTHON_TYPES[kind_of]}" for name, kind_of in row["fields"].items()]
        parts.append("\n".join([*lines, ""]))
    names = ",\n            ".join(row["class"] for row in table.values())
    parts.append(
        "\n\nEVENTS: Mapping[str, type[Event]] = MappingProxyType(\n    {\n        event.kind: event\n"
        f"        for event in (\n            {names},\n        )\n    }}\n)\n"
        '"""Every class by its kind."""\n\n'
        "LOCAL_KINDS = frozenset(kind for kind, event in EVENTS.items() if event.local)\n"
        '"""Kinds whose payload never leaves the device that wrote it."""\n'
    )
    return "".join(parts)


def page_source(table: Mapping[str, Mapping[str, Any]]) -> str:
    """The text of `docs/events.md`."""
    parts = [PAGE_HEAD]
    for kind, row in table.items():
        marks = "".join(f" *{mark.capitalize()}.*" for mark in ("kept", "local") if row.get(mark))
        parts.append(f"\n## {kind}\n\n{row['says']}{marks}\n")
        if row["fields"]:
            parts.append("\n| field | holds |\n|---|---|\n")
            parts += [f"| `{name}` | {WORDS[kind_of]} |\n" for name, kind_of in row["fields"].items()]
    return "".join(parts)


def _wrapped(text: str, width: int = 100) -> str:
    if len(text) <= width:
        return text
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n    ".join([*lines, line]) + "\n    "


def main(arguments: list[str] | None = None) -> int:
    """Writes both files, or with `--check` says which one differs."""
    parser = argparse.ArgumentParser(prog="python -m sync.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a file is out of date")
    check = parser.parse_args(arguments).check
    table = read_table()
    wanted = {TYPES: types_source(table), PAGE: page_source(table)}
    for file, text in wanted.items():
        current = file.read_text(encoding="utf-8") if file.exists() else ""
        if current == text:
            continue
        if check:
            sys.stderr.write(f"{file.relative_to(ROOT)} is out of date: run python -m sync.generate\n")
            return 1
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
