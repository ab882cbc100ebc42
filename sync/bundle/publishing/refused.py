"""The one exception of publishing."""

from __future__ import annotations


class NotPublished(Exception):
    """What cannot be published. `str()` is one sentence that says why and what to do; nothing was changed."""
