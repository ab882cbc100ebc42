"""The one way in which bytes that are not what they should be are reported."""

from __future__ import annotations


class Malformed(Exception):
    """The bytes break the rules of their encoding. `str()` is one sentence that says which rule."""
