"""What every table of the settings file has in common."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StrictFloat
from pydantic import Field as _Field

Language = Literal["en", "zh_HK", "zh_CN", "pt"]
Seconds = Annotated[StrictFloat, _Field(gt=0, le=3600)]


class Section(BaseModel):
    """A table of the settings file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
