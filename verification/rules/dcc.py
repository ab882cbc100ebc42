"""Business rules of the EU scheme: which apply to a certificate, and what each of them says.

Acceptance rules are those of the country of arrival, invalidation rules those of the country that issued
(eHealth Network, "EU DCC Validation Rules"). A rule is never guessed at: what cannot be evaluated is `OPEN`.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from verification.evidence import Kind
from verification.rules.certlogic import SPECIFICATION, Expression
from verification.rules.values import Undefined, truth

ENGINE = "CERTLOGIC"
Version = tuple[int, int, int]


class RuleType(StrEnum):
    """Whose rule it is: of the country of arrival, or of the issuer."""

    ACCEPTANCE = "Acceptance"
    INVALIDATION = "Invalidation"


class CertificateType(StrEnum):
    """Which certificates a rule is for; `General`: all of them."""

    GENERAL = "General"
    TEST = "Test"
    VACCINATION = "Vaccination"
    RECOVERY = "Recovery"


class Result(StrEnum):
    """What a rule says of a certificate."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    OPEN = "OPEN"


TYPE_OF_KIND = {
    Kind.VACCINATION: CertificateType.VACCINATION,
    Kind.TEST: CertificateType.TEST,
    Kind.RECOVERY: CertificateType.RECOVERY,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as published, its logic compiled."""

    identifier: str
    type: RuleType
    country: str
    region: str
    """Empty: the rule is for the whole country."""
    version: Version
    schema_version: Version
    """The oldest certificate schema that the rule is written for."""
    engine: str
    engine_version: Version
    certificate_type: CertificateType
    description: Mapping[str, str] = field(repr=False)
    valid_from: datetime
    valid_to: datetime
    affected_fields: tuple[str, ...] = field(repr=False)
    logic: Expression

    def in_force(self, at: datetime) -> bool:
        """Whether the rule counts at `at`, both ends included."""
        return self.valid_from <= at <= self.valid_to

    @property
    def understood(self) -> bool:
        """Whether this engine is of the version that the rule is written for, or newer."""
        return self.engine == ENGINE and self.engine_version <= SPECIFICATION


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule and what it says."""

    rule: Rule
    result: Result


@dataclass(frozen=True, slots=True)
class Certificate:
    """What rules are told of one certificate. `payload` is personal: it is shown nowhere."""

    payload: Mapping[str, Any] = field(repr=False)
    kind: Kind
    issuer: str
    issued_at: datetime | None
    expires_at: datetime | None
    kid: bytes | None


class RuleBook:
    """Rules and value sets, loaded once and swapped whole."""

    def __init__(
        self,
        rules: Iterable[Rule],
        value_sets: Mapping[str, list[str]] | Callable[[date], Mapping[str, list[str]]],
    ) -> None:
        """`value_sets` by name; or what they are on a day (UTC)."""
        self._value_sets = value_sets
        self._rules: dict[tuple[RuleType, str], list[Rule]] = defaultdict(list)
        for rule in rules:
            self._rules[rule.type, rule.country].append(rule)

    def __len__(self) -> int:
        return sum(len(rules) for rules in self._rules.values())

    @property
    def countries(self) -> tuple[str, ...]:
        """Countries with rules of acceptance."""
        return tuple(sorted(country for type_, country in self._rules if type_ is RuleType.ACCEPTANCE))

    def value_sets(self, at: datetime) -> Mapping[str, list[str]]:
        """The value sets that rules may look up at `at`."""
        if isinstance(self._value_sets, Mapping):
            return self._value_sets
        return self._value_sets(at.astimezone(UTC).date())

    def every(self, type_: RuleType, country: str) -> Sequence[Rule]:
        """Every version of every rule of a country, in force or not."""
        return tuple(self._rules.get((type_, country), ()))

    def says(self, identifier: str) -> str:
        """What a rule asks for, in English as published (its latest version); empty where nothing is said."""
        known = [rule for rules in self._rules.values() for rule in rules if rule.identifier == identifier]
        return max(known, key=lambda rule: rule.version).description.get("en", "") if known else ""

    def acceptance(self, country: str, region: str, kind: Kind, at: datetime) -> Sequence[Rule]:
        """Rules of arrival in `country`: those for all of it, and those for `region`."""
        return self._selected(RuleType.ACCEPTANCE, country, region, kind, at)

    def invalidation(self, issuer: str, kind: Kind, at: datetime) -> Sequence[Rule]:
        """Rules by which the issuing country withdraws what it issued."""
        return self._selected(RuleType.INVALIDATION, issuer, "", kind, at)

    def check(self, certificate: Certificate, country: str, region: str, at: datetime) -> list[RuleResult]:
        """Every rule that applies to the certificate on arrival in `country`, with what it says."""
        rules = [
            *self.invalidation(certificate.issuer, certificate.kind, at),
            *self.acceptance(country, region, certificate.kind, at),
        ]
        told = external(certificate, country, region, self.value_sets(at), at)
        schema = version(certificate.payload.get("ver"))
        return [
            RuleResult(
                rule, evaluated(rule, certificate.payload, told) if _fits(rule, schema) else Result.OPEN
            )
            for rule in rules
        ]

    def _selected(
        self, type_: RuleType, country: str, region: str, kind: Kind, at: datetime
    ) -> Sequence[Rule]:
        """Of each identifier the latest version in force."""
        wanted = (CertificateType.GENERAL, TYPE_OF_KIND.get(kind))
        latest: dict[tuple[str, str], Rule] = {}
        for rule in self._rules.get((type_, country), ()):
            if (
                rule.certificate_type not in wanted
                or rule.region not in ("", region)
                or not rule.in_force(at)
            ):
                continue
            known = latest.get((rule.identifier, rule.region))
            if known is None or known.version < rule.version:
                latest[rule.identifier, rule.region] = rule
        return list(latest.values())


def evaluated(rule: Rule, payload: Mapping[str, Any], told: Mapping[str, Any]) -> Result:
    """What the rule's logic says: true, falsy, or (anything else, or undefined) `OPEN`."""
    try:
        value = rule.logic.evaluate({"payload": payload, "external": told})
        if value is True:
            return Result.PASSED
        return Result.OPEN if truth(value) else Result.FAILED
    except Undefined:
        return Result.OPEN


def external(
    certificate: Certificate,
    country: str,
    region: str,
    value_sets: Mapping[str, list[str]],
    at: datetime,
) -> dict[str, Any]:
    """What a rule finds under `external`."""
    return {
        "validationClock": at.isoformat(timespec="milliseconds"),
        "valueSets": value_sets,
        "countryCode": country,
        "region": region,
        "issuerCountryCode": certificate.issuer,
        "kid": base64.b64encode(certificate.kid).decode() if certificate.kid is not None else None,
        "iat": _written(certificate.issued_at),
        "exp": _written(certificate.expires_at),
    }


def version(text: Any) -> Version | None:
    """The three numbers of a semantic version, None for anything else."""
    parts = text.split(".") if isinstance(text, str) and len(text) <= 32 else []
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    major, minor, patch = (int(part) for part in parts)
    return major, minor, patch


def _fits(rule: Rule, schema: Version | None) -> bool:
    """Whether we and the certificate are of the versions that the rule is written for."""
    return (
        rule.understood
        and schema is not None
        and schema[0] == rule.schema_version[0]
        and schema >= rule.schema_version
    )


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="milliseconds")
