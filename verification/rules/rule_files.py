"""Reads business rules as they are published, strictly: one rule that is wrong spoils its whole file.

A file holds one rule, a list of rules, a list signed by us (`type` is "dcc-rules", `rules` the list), or what
the gateway of the EU answers for a country: by identifier the versions of each rule, each signed by the
country itself (`cms`).
Fields and their patterns: dgc-gateway, validation-rule.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from config.mistakes import first_mistake, written_as
from verification.encodings.cms import CmsRejected, signed_content
from verification.rules.certlogic import CertLogicInvalid, compiled
from verification.rules.dcc import ENGINE, CertificateType, Rule, RuleType, Version, version
from verification.signed_lists import SIGNATURE, ListRejected, from_base64, open_signed, parse, to_time

TYPE = "dcc-rules"
MAX_BYTES = 8 * 1024 * 1024
MOST_RULES = 5000

Semantic = Annotated[
    str, written_as(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}", "three numbers with dots between, as 1.0.0")
]
Moment = Annotated[
    str,
    written_as(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([-+][0-9]{2}:[0-9]{2}|Z)",
        "a time with its zone, as 2022-01-01T00:00:00Z",
    ),
]
_PREFIXES = {
    CertificateType.GENERAL: "GR",
    CertificateType.VACCINATION: "VR",
    CertificateType.TEST: "TR",
    CertificateType.RECOVERY: "RR",
}


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    lang: Annotated[str, Field(min_length=2, max_length=8)]
    desc: Annotated[str, Field(min_length=1, max_length=2000)]


class _Published(BaseModel):
    """A rule in the words of its publisher."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    Identifier: Annotated[str, written_as(r"(GR|VR|TR|RR|IR)-[A-Z]{2}-[0-9]{1,8}", "as GR-DE-0001")]
    Type: RuleType
    Country: Annotated[str, written_as(r"[A-Z]{2}", "two capitals")]
    Region: Annotated[str, Field(max_length=32)] | None = None
    Version: Semantic
    SchemaVersion: Semantic
    Engine: Literal["CERTLOGIC"]
    EngineVersion: Semantic
    CertificateType: CertificateType
    Description: Annotated[tuple[_Told, ...], Field(min_length=1, max_length=64)]
    ValidFrom: Moment
    ValidTo: Moment
    AffectedFields: Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(max_length=256)]
    Logic: dict[str, Any]

    @model_validator(mode="after")
    def _agrees(self) -> _Published:
        prefix, country, _ = self.Identifier.split("-")
        expected = "IR" if self.Type is RuleType.INVALIDATION else _PREFIXES[self.CertificateType]
        if prefix != expected or country != self.Country:
            raise ValueError("the identifier says another type or country than the rule")
        if _moment(self.ValidFrom) > _moment(self.ValidTo):
            raise ValueError("the rule ends before it begins")
        return self


def load_rules(data: bytes, *keys: PublicKeyTypes) -> tuple[Rule, ...]:
    """The rules in a file. Where they are signed, one of `keys` must have done it. Raises `ListRejected`."""
    if len(data) > MAX_BYTES:
        raise ListRejected(f"the rules are larger than {MAX_BYTES} bytes")
    outer = parse(b'{"rules":' + data + b"}")
    wrapped = outer["rules"] if len(outer) == 1 else None
    if isinstance(wrapped, dict) and SIGNATURE in wrapped:
        wrapped = open_signed(data, TYPE, keys).get("rules")
    if isinstance(wrapped, dict) and "Identifier" not in wrapped and wrapped and "rules" not in wrapped:
        return tuple(_of_gateway(wrapped, keys))
    rules = [wrapped] if isinstance(wrapped, dict) else wrapped
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        raise ListRejected(f"the document holds no rules, or more than {MOST_RULES}")
    return tuple(_read(rule) for rule in rules)


def _of_gateway(answer: Mapping[str, Any], keys: Sequence[PublicKeyTypes]) -> Iterator[Rule]:
    """The rules in the gateway's answer to `/rules/CC` (dgc-gateway, ValidationRuleDto).

    What stands beside a message must say what is in it: which version there is, and from when to when.
    """
    count = 0
    for name, versions in answer.items():
        if not isinstance(versions, list) or not versions:
            raise ListRejected("the document holds no rules in a form that is known here")
        for listed in versions:
            count += 1
            if count > MOST_RULES:
                raise ListRejected(f"the document holds more than {MOST_RULES} rules")
            if not isinstance(listed, dict) or not isinstance(listed.get("cms"), str):
                raise ListRejected(f"rule {name[:32]}: it is not signed (it has no cms)")
            rule = _read(_signed(name, listed["cms"], keys))
            beside = {key: listed.get(key) for key in ("version", "validFrom", "validTo")}
            if rule.identifier != name or not _says_the_same(beside, rule):
                raise ListRejected(f"rule {name[:32]}: what is listed is not what was signed")
            yield rule


def _signed(name: str, cms: str, keys: Sequence[PublicKeyTypes]) -> Any:
    try:
        return parse(signed_content(from_base64(cms), keys))
    except CmsRejected as error:
        raise ListRejected(f"rule {name[:32]}: {error}") from error


def _says_the_same(listed: Mapping[str, Any], rule: Rule) -> bool:
    return (
        version(listed["version"]) == rule.version
        and to_time(listed["validFrom"]) == rule.valid_from
        and to_time(listed["validTo"]) == rule.valid_to
    )


def _read(document: Any) -> Rule:
    name = document.get("Identifier") if isinstance(document, dict) else None
    try:
        published = _Published.model_validate_json(json.dumps(document))
        logic = compiled(published.Logic)
    except ValidationError as error:
        raise ListRejected(f"rule {str(name)[:32]}: {first_mistake(error, 'the rule')}") from error
    except (CertLogicInvalid, RecursionError) as error:
        raise ListRejected(f"rule {str(name)[:32]}: its logic is no CertLogic: {error}") from error
    return Rule(
        identifier=published.Identifier,
        type=published.Type,
        country=published.Country,
        region=(published.Region or "").strip(),
        version=_version(published.Version),
        schema_version=_version(published.SchemaVersion),
        engine=ENGINE,
        engine_version=_version(published.EngineVersion),
        certificate_type=published.CertificateType,
        description={told.lang: told.desc for told in published.Description},
        valid_from=_moment(published.ValidFrom),
        valid_to=_moment(published.ValidTo),
        affected_fields=published.AffectedFields,
        logic=logic,
    )


def _version(text: str) -> Version:
    return version(text) or (0, 0, 0)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
