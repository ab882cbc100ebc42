"""What of a record may leave the device that wrote it: one place for batches and exports."""

from __future__ import annotations

from sync.chain import Record
from sync.event_types import LOCAL_KINDS


def leaving(record: Record) -> Record:
    """The record as others get it: an officer's free note stays here, its digest goes."""
    return record.bare() if record.kind in LOCAL_KINDS else record
