"""One format bent for some seconds in its own process: `python -m tests.fuzz.target ENGINE FORMAT S OUT`."""

from __future__ import annotations

import atexit
import faulthandler
import hashlib
import importlib
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fuzz.saved import saved

WORKER = "-worker"
MOST_BYTES = 64 * 1024
STUCK_S = 20
"""An input that takes this long ends the run, with a traceback."""
_WRITE_EVERY_S = 0.5


class Report:
    """Keeps what was found in a file, since libFuzzer ends the process without a word to Python."""

    def __init__(self, watch: Any, out: Path) -> None:
        self._watch, self._out, self._name = watch, out, watch.name
        self._written = 0.0

    def attempt(self, data: bytes) -> None:
        """One input; one that does not hold is kept and ends the run with its exception."""
        try:
            self._watch.attempt(data)
        except BaseException:
            found = self._out / "found" / f"{self._name}-{hashlib.sha256(data).hexdigest()[:16]}"
            found.write_bytes(data)
            self.write()
            raise
        if time.monotonic() - self._written > _WRITE_EVERY_S:
            self.write()

    def write(self) -> None:
        self._written = time.monotonic()
        said = {name: value for name, value in vars(self._watch).items() if not name.startswith("_")}
        said["slow"] = [(name, code.hex()) for name, code in self._watch.slow]
        (self._out / f"{self._name}.json").write_text(json.dumps(said))


def corpus(out: Path, name: str, seeds: dict[str, bytes]) -> Path:
    """The folder of inputs worth keeping, with the seeds of this run's keys."""
    folder = out / "corpus" / name
    folder.mkdir(parents=True, exist_ok=True)
    (out / "found").mkdir(exist_ok=True)
    for seed, data in seeds.items():
        (folder / f"seed-{seed}").write_bytes(data)
    for number, data in enumerate(saved(name.removesuffix(WORKER))):
        (folder / f"saved-{number}").write_bytes(data)
    return folder


def by_own_edits(attempt: Callable[[bytes], None], folder: Path, seconds: float) -> None:
    """Random edits of the corpus, until the time is over."""
    bending = importlib.import_module("tests.fuzz.bending")
    draw = random.Random()
    inputs = [file.read_bytes() for file in sorted(folder.iterdir())]
    for data in inputs:
        attempt(data)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        faulthandler.dump_traceback_later(STUCK_S, exit=True)
        data = draw.choice(inputs)
        attempt(data[:1] + bending.at_random(data[1:], draw, MOST_BYTES))
    faulthandler.cancel_dump_traceback_later()


def _time_again(slowest_of: Callable[[list[tuple[str, bytes]]], tuple[float, str]], report: Path) -> None:
    """Times of a program that is watched by atheris are no times of the program."""
    said = json.loads(report.read_text())
    said["slowest_s"], said["slowest"] = slowest_of(
        [(what, bytes.fromhex(code)) for what, code in said["slow"]]
    )
    report.write_text(json.dumps(said))


def with_worker() -> None:
    """From here on the lane of the attacks asks a worker process for the meaning of DIVOC certificates."""
    process = importlib.import_module("kiosk.divoc.process")
    program = importlib.import_module("kiosk.program").program()
    case = importlib.import_module("tests.verification.attacks.case")
    worker = process.DivocProcess([*program, "divoc-worker"], start_s=process.AT_A_DESK_S)
    case.FURTHER.update(process.divoc_formats(worker))
    atexit.register(worker.stop)


def main(engine: str, name: str, seconds: float, out: Path) -> None:
    """Modules are imported here, since atheris has to see the product's being loaded."""
    if engine == "atheris":
        atheris = importlib.import_module("atheris")
        with atheris.instrument_imports(include=["verification"]):
            importlib.import_module("verification.verifier")
            importlib.import_module("verification.formats.divoc_graph")
    watching = importlib.import_module("tests.fuzz.watch")
    if name.endswith(WORKER):
        with_worker()
    if engine == "time":
        _time_again(watching.slowest_of, out / f"{name}.json")
        return
    watch = watching.Watch(name.removesuffix(WORKER), name=name)
    watch.attempt_the_hungry()
    report = Report(watch, out)
    folder = corpus(out, name, watching.seeds(watch.format))
    if engine == "own":
        by_own_edits(report.attempt, folder, seconds)
        report.write()
        return
    options = [
        f"-max_total_time={max(1, round(seconds))}",
        f"-max_len={MOST_BYTES}",
        f"-timeout={STUCK_S}",
        "-rss_limit_mb=2048",
        f"-artifact_prefix={out}/found/libfuzzer-{name}-",
    ]
    atheris.Setup([sys.argv[0], *options, str(folder)], report.attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), Path(sys.argv[4]))
