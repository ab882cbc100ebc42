"""One thing that is wrong with a policy, or worth a second look."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """`where` is the place in the document, `what` one sentence. `wrong`: the policy says what cannot be."""

    where: str
    what: str
    wrong: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
