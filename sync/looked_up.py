"""What the hub answers a desk that looks a crossing up by its reference: records as their lane wrote them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError

from sync.canonical import NotCanonical, read_json_object

MOST_CROSSINGS, MOST_RECORDS, MOST_PAYLOAD = 5, 100, 3000
"""The longest answer is shorter than what a desk reads of one."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RecordShown(_Part):
    """One record."""

    sequence: Annotated[StrictInt, Field(ge=1, lt=2**62)]
    at: str = Field(max_length=27)
    kind: str = Field(max_length=65)
    payload: str = Field(max_length=MOST_PAYLOAD)

    def told(self) -> dict[str, Any]:
        """Its fields. Raises `NotCanonical`."""
        return read_json_object(self.payload)


class CrossingShown(_Part):
    """One crossing of one lane."""

    lane: str = Field(max_length=32)
    crossing: str = Field(max_length=64)
    records: tuple[RecordShown, ...] = Field(max_length=MOST_RECORDS)


class FoundAtHub(_Part):
    """The answer to `POST /v1/kiosks/NAME/desk/crossings`."""

    crossings: tuple[CrossingShown, ...] = Field(max_length=MOST_CROSSINGS)


def read_found(table: dict[str, object]) -> FoundAtHub:
    """Raises `NotCanonical`."""
    try:
        return FoundAtHub.model_validate(table)
    except ValidationError as error:
        raise NotCanonical("the hub's answer to a look-up can't be read") from error
