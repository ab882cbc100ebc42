"""What every kind of event has in common. The kinds themselves are generated: `sync/event_types.py`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. Its time and place in the order are the journal's to give."""

    kind: ClassVar[str]
    """The stable name of the kind, as in `sync/events.toml`."""
    kept: ClassVar[bool] = False
    """True where the payload outlives the retention time: it tells of the journal itself, never of people."""

    local: ClassVar[bool] = False
    """True where the payload stays on this device: what leaves it has the record without it."""

    def payload(self) -> dict[str, object]:
        """The fields as JSON knows them: str, int, float, bool or a list of str."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
