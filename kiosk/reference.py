"""The digits of a crossing, where screens look for them. The hub reads them as well: they live in `sync`."""

from __future__ import annotations

from sync.reference import DIGITS, in_groups, names, read_reference, reference_of

__all__ = ["DIGITS", "in_groups", "names", "read_reference", "reference_of"]
