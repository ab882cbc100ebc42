"""The slip printer of the settings file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, StrictInt

from config.other_direction import Place
from config.section import Section


class Printer(Section):
    """What prints slips at the officer's word (docs/slip.md)."""

    kind: Literal["none", "usb", "serial", "folder"] = "none"
    path: Place = Path("/dev/usb/lp0")
    """The device file; of `folder`, where the pictures go."""
    baud: StrictInt = Field(default=115_200, ge=1200, le=921_600)
    """Of `serial`."""
    dots: StrictInt = Field(default=576, ge=256, le=1024, multiple_of=8)
    """Across the paper: 576 on paper of 80 mm, 384 on paper of 58 mm."""
