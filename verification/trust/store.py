"""The signers we accept, in memory: found by format and key id in one step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from verification.snapshot import Signer


class TrustList:
    """An immutable `TrustStore`. Several signers may share a key id; all of them are kept."""

    def __init__(
        self,
        signers: Iterable[Signer],
        signed_at: datetime | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """`signed_at` and `expires_at` are None where the list's format does not say."""
        self._signers = tuple(signers)
        self.signed_at = signed_at
        self.expires_at = expires_at
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
    """One store over several lists. It is as old as the oldest, and ends with the first, that says when."""
    dates = [trusted.signed_at for trusted in lists if trusted.signed_at is not None]
    ends = [trusted.expires_at for trusted in lists if trusted.expires_at is not None]
    signers = (signer for trusted in lists for signer in trusted)
    return TrustList(signers, min(dates, default=None), min(ends, default=None))
