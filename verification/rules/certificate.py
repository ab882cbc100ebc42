"""What rules are told of a checked code: of a certificate its content, of any code our evidence.

Both hold personal data. They are made when a rule is evaluated and dropped with its answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from verification.assessment import Assessment
from verification.encodings.cbor import Tagged
from verification.evidence import Evidence, MedicalStatement
from verification.formats.numeric_date import instant
from verification.rules.dcc import Certificate


def certificate_of(code: Assessment) -> Certificate | None:
    """The certificate inside a code, None for codes of other formats."""
    says = code.evidence
    if says is None or says.content is None:
        return None
    return Certificate(
        payload=as_json(says.content),
        kind=says.kind,
        issuer=says.issuer,
        issued_at=says.issued_at,
        expires_at=says.expires_at,
        kid=code.kid,
    )


def as_json(value: Any) -> Any:
    """CBOR as JSON, as the EU reads issued certificates: texts trimmed, tagged dates written out.

    Entries that are null are left out of lists. What JSON has no word for becomes null.
    """
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping):
        return {key: as_json(entry) for key, entry in value.items() if isinstance(key, str)}
    if isinstance(value, list):
        return [as_json(entry) for entry in value if entry is not None]
    if isinstance(value, Tagged):
        moment = instant(value.value)
        return as_json(value.value) if value.tag == 0 else _written(moment)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None


def evidence_of(code: Assessment, says: Evidence) -> dict[str, Any]:
    """Our evidence as JSON, for the lane's own rules. docs/rules.md lists the names."""
    return {
        "format": code.format,
        "kind": says.kind.value,
        "scheme": says.scheme,
        "issuer": says.issuer,
        "colour": says.colour.value if says.colour is not None else None,
        "direction": says.direction.value,
        "use": says.use.value,
        "issuedAt": _written(says.issued_at),
        "expiresAt": _written(says.expires_at),
        "bound": says.holder is not None,
        "specimen": says.specimen,
        "birth": says.personal.birth or None,
        "medical": _medical(says.medical) if says.medical is not None else None,
    }


def _medical(says: MedicalStatement) -> dict[str, Any]:
    return {
        "disease": says.disease or None,
        "product": says.product or None,
        "doses": says.doses,
        "dosesOf": says.doses_of,
        "on": says.on.isoformat() if says.on is not None else None,
        "sampledAt": _written(says.sampled_at),
        "negative": says.negative,
        "validFrom": says.valid_from.isoformat() if says.valid_from is not None else None,
        "validUntil": says.valid_until.isoformat() if says.valid_until is not None else None,
    }


def _written(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment is not None else None
