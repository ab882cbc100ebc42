"""What a lookup takes while a process beside it makes the next base, and what the same takes without it.

A lane sleeps between two travellers. The first questions after a sleep take longer whatever else is going on,
so they are counted apart from those that follow, and all is asked again with nothing beside it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, perf_counter_ns

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.bundle.compacting import CompactionProcess
from kiosk.program import program
from tests.bench.report import percentile
from verification.revocation.index.manifest import DOCUMENT, RECORDS
from verification.revocation.index.receiving import begin, resume

SLEEP_S = 0.01
WOKEN, WARM = 200, 2000
"""Questions after each sleep: so many are slow at first, so many follow."""
LONG_ENOUGH_S = 1.0


def compacting(
    folder: Path, public: Ed25519PublicKey, ask: Callable[[bytes], bool], hits: Sequence[bytes]
) -> dict[str, float]:
    """The next base of `folder` is made and put in use; µs of each kind of question, s of the whole."""
    found = {file.name: file for file in (folder / "next").iterdir()}
    base = next(file for file in found.values() if file.suffix == DOCUMENT)
    exact = next(file for file in found.values() if file.suffix == RECORDS).read_bytes()
    begin(folder / "lane", base.read_bytes(), exact, public)
    ended = threading.Event()
    compactor = CompactionProcess([*program(), "index-worker"])
    compactor.on_end = ended.set
    begun = perf_counter()
    compactor.finished(folder / "lane", base.stem, [public])
    beside = _asked(ask, hits, ended)
    taken = perf_counter() - begun
    receiving = resume(folder / "lane", public)
    if receiving is None or receiving.missing:
        raise SystemExit("compaction could not make every part")
    receiving.finish()
    alone = threading.Event()
    threading.Timer(max(taken, LONG_ENOUGH_S), alone.set).start()
    without = _asked(ask, hits, alone)
    figures = {"compaction": taken}
    for when, (woken, warm) in (("while compacting", beside), ("not compacting", without)):
        figures |= {
            f"{when}, hit median": percentile(warm, 0.5),
            f"{when}, hit p99": percentile(warm, 0.99),
            f"{when}, hit after a sleep p99": percentile(woken, 0.99),
            f"{when}, slowest hit": max(max(warm), max(woken)),
        }
    return figures


def _asked(
    ask: Callable[[bytes], bool], hits: Sequence[bytes], ended: threading.Event
) -> tuple[list[float], list[float]]:
    """Microseconds of the first after each sleep, and of those that follow."""
    woken: list[float] = []
    warm: list[float] = []
    digests = cycle(hits)
    gc.disable()
    while not ended.wait(SLEEP_S) or not warm:
        for count, taken in ((WOKEN, woken), (WARM, warm)):
            for digest in islice(digests, count):
                start = perf_counter_ns()
                ask(digest)
                taken.append((perf_counter_ns() - start) / 1000)
    gc.enable()
    return woken, warm
