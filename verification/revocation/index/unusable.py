"""The one way an index says that it must not be used."""

from __future__ import annotations

from verification.signed_lists import ListRejected


class IndexUnusable(ListRejected):
    """An index, or a change to one, that is missing, damaged, unsigned or unfit. `str()` is one sentence."""
