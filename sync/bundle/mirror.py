"""A bundle over HTTP, through the product's one session: bounded in time, and resumed where it broke off."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from sync.bundle.refused import Refused, Why
from sync.bundle.source import PIECE, Missing, Source
from sync.session import CONNECT_SECONDS, READ_SECONDS

_RANGE = re.compile(r"bytes ([0-9]{1,15})-[0-9]{1,15}/(?:[0-9]{1,15}|\*)")
_NOT_THERE = (403, 404, 410)
_OK, _PART, _NO_SUCH_RANGE = 200, 206, 416


@dataclass(frozen=True, slots=True)
class Patience:
    """How slow a mirror may be: so many seconds, and so many more for every byte that came."""

    seconds: float = 20.0
    bytes_a_second: float = 2_000.0

    def allows(self, elapsed: float, received: int) -> bool:
        """Whether to go on waiting."""
        return elapsed <= self.seconds + received / self.bytes_a_second


class Mirror(Source):
    """A published tree at an address. It may be anybody's: no answer of it is believed."""

    def __init__(
        self,
        url: str,
        session: requests.Session,
        mono: Callable[[], float] = time.monotonic,
        patience: Patience | None = None,
    ) -> None:
        self.name = url.rstrip("/")
        self._session, self._mono = session, mono
        self._patience = patience or Patience()

    def pieces(self, path: str, start: int = 0) -> Iterator[bytes]:
        """Bytes from `start` on, as they come; of a mirror that knows no ranges the first are skipped."""
        began = self._mono()
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
        try:
            with self._session.get(
                f"{self.name}/{path}",
                headers=headers,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                stream=True,
                allow_redirects=False,
            ) as response:
                skip = _skip(response, path, start)
                received = 0
                while piece := response.raw.read1(PIECE):
                    received += len(piece)
                    if not self._patience.allows(self._mono() - began, received):
                        raise Refused(Why.SLOW, f"{path} comes too slowly")
                    kept = piece[skip:]
                    skip = max(0, skip - len(piece))
                    if kept:
                        yield kept
        except requests.ConnectTimeout as error:
            raise Refused(Why.UNREACHABLE, "the mirror can't be reached") from error
        except (requests.Timeout, TimeoutError, ReadTimeoutError) as error:
            raise Refused(Why.SLOW, f"{path} did not come in time") from error
        except requests.RequestException as error:
            raise Refused(Why.UNREACHABLE, "the mirror can't be reached") from error
        except (HTTPError, OSError) as error:
            raise Refused(Why.UNREACHABLE, f"the mirror broke off while it sent {path}") from error


def _skip(response: requests.Response, path: str, start: int) -> int:
    """How many bytes of the answer come before `start`. Raises `Missing` and `Refused`."""
    status = response.status_code
    if status in _NOT_THERE:
        raise Missing(path)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise Refused(Why.DAMAGED, f"the mirror packs {path}, and nobody asked it to")
    if status == _OK:
        return start
    if status == _PART and start:
        found = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        if found and int(found[1]) == start:
            return 0
    if status == _NO_SUCH_RANGE and start:
        raise Refused(Why.DAMAGED, f"{path} is shorter than what came of it before")
    raise Refused(Why.UNREACHABLE, f"the mirror answers HTTP status {status} for {path}")
