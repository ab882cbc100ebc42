"""Whether somebody crossed a moment ago: what a crossing is known by, and who is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from verification.assessment import Assessment, Signature

_CODE, _HOLDER = b"again/code\0", b"again/holder\0"


class RecentAdmissions(Protocol):
    """Crossings that were let in at this lane, and that somebody passed, as far as is known."""

    def any_since(self, names: Sequence[bytes], since: datetime, /) -> bool:
        """Whether one known by any of `names` was let in after `since`."""
        ...


class _Nobody:
    def any_since(self, _names: Sequence[bytes], _since: datetime, /) -> bool:
        return False


NOBODY_RECENT: RecentAdmissions = _Nobody()
"""For a check that crosses no border."""


def known_by(codes: Iterable[Assessment]) -> tuple[bytes, ...]:
    """What says that a crossing is the same again: each genuine code as signed, and each holder's digest.

    Before any key is applied, as `Identity` is; sorted. A code in another dress is the same code; a renewed
    code is known by its holder, where its format has a digest of the holder.
    """
    names = set()
    for code in codes:
        if code.signature is not Signature.VALID:
            continue
        if code.identity is not None:
            names.add(_CODE + code.identity.signed)
        if code.evidence is not None and code.evidence.holder is not None:
            names.add(_HOLDER + code.evidence.holder)
    return tuple(sorted(names))
