"""Rules in a policy: the lane's own over one code, over codes together, and which country's are asked."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from config.mistakes import written_as
from verification.evidence import Kind
from verification.rules.certlogic import CertLogicInvalid, Expression, compiled


def _certlogic(logic: dict[str, Any]) -> dict[str, Any]:
    try:
        compiled(logic)
    except CertLogicInvalid as error:
        raise ValueError(f"is no CertLogic: {error}") from error
    return logic


def _no_repeats(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) != len(values):
        raise ValueError("should list each value once")
    return values


Once = AfterValidator(_no_repeats)
RuleName = Annotated[str, written_as(r"[A-Za-z0-9-]{1,32}", "1 to 32 letters, digits or -")]
Words = Annotated[str, Field(min_length=1, max_length=200)]
Logic = Annotated[dict[str, Any], AfterValidator(_certlogic)]


class Part(BaseModel):
    """A piece of the document: unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class LaneRule(Part):
    """A rule of this lane over the evidence of a genuine code, in CertLogic (docs/rules.md)."""

    id: RuleName
    says: Words
    """What the rule asks for, in words for officers and operators."""
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1), Once] | None = None
    """Kinds of codes that the rule is asked of; None: all."""
    logic: Logic
    on_fail: Literal["REFER", "REFUSE"] = "REFER"

    @cached_property
    def expression(self) -> Expression:
        """The logic, compiled."""
        return compiled(self.logic)


class TogetherRule(Part):
    """A rule over the codes of one alternative together, all of one holder: a condition of it alone."""

    id: RuleName
    says: Words
    logic: Logic

    @cached_property
    def expression(self) -> Expression:
        """The logic, compiled."""
        return compiled(self.logic)


class Arrival(Part):
    """Whose business rules certificates of the EU scheme have to meet here."""

    country: Annotated[str, written_as(r"[A-Z]{2}", "two capitals (ISO 3166-1)")]
    region: Annotated[str, Field(max_length=32)] = ""
    on_fail: Literal["REFER", "REFUSE"] = "REFER"
