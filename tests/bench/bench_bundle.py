"""A look for a newer bundle that finds nothing newer, against three plain requests to the same server."""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import perf_counter_ns

from sync.bundle.mirror import Mirror
from sync.bundle.update import update
from sync.session import open_session
from tests.bench.report import Result, percentile, report
from tests.sync.bundle.repository import AT, Repository, lane_of

FILES = 40
AIM = 3.0
"""Two requests, the loading of what is in use with every signature, and no write."""


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def log_message(self, *_args: object) -> None: ...


def main(arguments: Sequence[str] = ()) -> int:
    """Prints and writes the figures. Always 0: a bench reports, it does not judge."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_bundle")
    parser.add_argument("--looks", type=int, default=200)
    looks = parser.parse_args(arguments).looks
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        repository = Repository(folder / "published", ("hk", "gd", "mo", "cn", "customs", "world"))
        lists = {
            f"{role}/trust/{number}.json": bytes(5_000) for role in ("hk", "world") for number in range(FILES)
        }
        anchor = repository.start(lists)
        lane = lane_of(folder / "lane", anchor)
        with served(repository.folder) as url, open_session() as session:
            mirror = Mirror(url, session)
            update(lane, mirror, AT)

            def three() -> None:
                for name in ("timestamp.json", "1.snapshot.json", "1.targets.json"):
                    session.get(f"{url}/metadata/{name}", timeout=10).raise_for_status()

            def look() -> None:
                assert not update(lane, mirror, AT + timedelta(hours=1)).changed

            plain, whole = in_turns(three, look, looks)
    base = percentile(plain, 0.5)
    report(
        "bundle",
        [
            Result("three plain requests, median", base, "ms"),
            Result(
                "a look that finds nothing newer, median",
                percentile(whole, 0.5),
                "ms",
                percentile(whole, 0.5) / base,
                "three plain requests, median",
                AIM,
            ),
        ],
    )
    return 0


def in_turns(
    first: Callable[[], None], second: Callable[[], None], rounds: int
) -> tuple[list[float], list[float]]:
    """Milliseconds of each call, one after the other in turns."""
    measured: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for call, times in zip((first, second), measured, strict=True):
            began = perf_counter_ns()
            call()
            times.append((perf_counter_ns() - began) / 1e6)
    return measured


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on loopback, in a thread of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
