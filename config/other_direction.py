"""The direction that officers can turn a lane to: policy, arrow and gate of that way."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictInt

from config.mistakes import written_as
from config.section import Section

LONGEST, LONGEST_NAME = 2000, 255
"""Bytes. Linux takes 4095 with the folder before it and what programs add, and no longer names."""


def _a_name(path: Path) -> Path:
    if any(ord(character) < 32 for character in str(path)):
        raise ValueError("a path has no control characters")
    if len(os.fsencode(path)) > LONGEST or any(len(os.fsencode(name)) > LONGEST_NAME for name in path.parts):
        raise ValueError(f"a path has at most {LONGEST} bytes, each name in it at most {LONGEST_NAME}")
    return path


Place = Annotated[Path, AfterValidator(_a_name)]
"""A file or folder; a relative one is relative to the settings file."""
Direction = Literal["to_mainland", "to_hong_kong", "to_macao", "any"]
Profile = Annotated[str, written_as(r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})?", "letters, digits, . _ -")]


class OtherDirection(Section):
    """Without a direction the lane has only its own, and nobody can turn it."""

    direction: Direction | Literal[""] = ""
    policy: Place | None = None
    profile: Profile = ""
    """Which of the bundle's policies judges there. Empty: the one in `policy`."""
    channel: Annotated[StrictInt, Field(ge=0, le=32)] = 0
    """The relay that opens that way; 0 for a controller that opens both ways by itself."""
    way_out: Literal["", "up", "left", "right"] = ""
    """Where the gate then is, as the traveller faces the screen."""

    def mistake(self, own: str) -> str:
        """What is wrong with it beside a lane whose own direction is `own`; empty: nothing."""
        if not self.direction:
            given = next((name for name in type(self).model_fields if getattr(self, name)), "")
            return f"other_direction.{given}: says nothing without other_direction.direction" if given else ""
        if self.direction == own:
            return f"other_direction.direction = '{self.direction}': is the lane's own (lane.direction)"
        if (self.policy is None) is (not self.profile):
            return "other_direction: name its policy, in policy (a file) or in profile (of the bundle)"
        if not self.way_out:
            return "other_direction.way_out: say where the gate then is: 'up', 'left' or 'right'"
        return ""
