"""Compiles the translations: `python -m kiosk.i18n.build [--out build/i18n]`. Only from the .ts files."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from kiosk.i18n.places import BUILT, LOCALES, SOURCES, TRANSLATED, compiled, source


class TranslationsBroken(Exception):
    """A .ts file that cannot be compiled. `str()` is one line."""


def build(out: Path = BUILT) -> list[Path]:
    """Compiles every .ts file into `out`, each put in its place whole. Raises `TranslationsBroken`."""
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for language in TRANSLATED:
        target = compiled(language, out)
        half = target.with_suffix(f".{os.getpid()}.part")
        _run("pyside6-lrelease", str(source(language)), "-qm", str(half))
        half.replace(target)
        made.append(target)
    return made


def is_fresh(out: Path = BUILT) -> bool:
    """Whether every compiled file is there and not older than its source."""
    return all(
        compiled(language, out).is_file()
        and compiled(language, out).stat().st_mtime >= source(language).stat().st_mtime
        for language in TRANSLATED
    )


def update(into: Path = SOURCES) -> None:
    """Collects the texts of `kiosk/` into the .ts files of `into`: new ones come in as unfinished."""
    where = str(Path(__file__).parents[1])
    for language, locale in LOCALES.items():
        _run(
            "pyside6-lupdate", "-extensions", "py", where, "-no-obsolete", "-locations", "none",
            "-source-language", "en", "-target-language", locale, "-ts", str(source(language, into)),
        )  # fmt: skip


def _run(tool: str, *arguments: str) -> None:
    here = Path(sysconfig.get_path("scripts")) / tool
    done = subprocess.run([str(here), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise TranslationsBroken(f"{tool}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")


def main(arguments: list[str] | None = None) -> int:
    """The command line. 0 when all are built, 1 when a .ts file is broken."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.i18n.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=BUILT, help="folder for the .qm files")
    parser.add_argument("--update", action="store_true", help="first collect new texts into the .ts files")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.update:
            update()
        build(chosen.out)
    except TranslationsBroken as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
