"""The signers we accept, in memory: found by format and key id in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from verification.snapshot import Signer


class TrustList:
    """An immutable `TrustStore`. Several signers may share a key id; all of them are kept."""

    def __init__(self, signers: Iterable[Signer], signed_at: datetime | None = None) -> None:
        """`signed_at` is None where the list's format does not say when it was signed."""
        self._signers = tuple(signers)
        self.signed_at = signed_at
        index: dict[tuple[str, bytes], list[Signer]] = {}
        for signer in self._signers:
            for prefix in signer.formats:
                index.setdefault((prefix, signer.kid), []).append(signer)
        self._index = {key: tuple(found) for key, found in index.items()}

    def signers(self, prefix: str, kid: bytes) -> Sequence[Signer]:
        """All signers that may have signed a code of this format under this key id."""
        return self._index.get((prefix, kid), ())

    def __len__(self) -> int:
        return len(self._signers)

    def __iter__(self) -> Iterator[Signer]:
        return iter(self._signers)


def merged(lists: Sequence[TrustList]) -> TrustList:
    """One store over several lists. It is as old as the oldest list that says when it was signed."""
    dates = [trusted.signed_at for trusted in lists if trusted.signed_at is not None]
    return TrustList((signer for trusted in lists for signer in trusted), min(dates, default=None))
