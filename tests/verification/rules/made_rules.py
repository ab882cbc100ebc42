"""Rules, value sets and certificates made up for tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from verification.evidence import Kind
from verification.rules.dcc import Certificate, Rule
from verification.rules.rule_files import load_rules

NOW = datetime(2022, 6, 1, 12, tzinfo=UTC)
DOSES = {">=": [{"var": "payload.v.0.dn"}, {"var": "payload.v.0.sd"}]}


def document(**changes: Any) -> dict[str, Any]:
    """A published rule that asks for a complete vaccination; None leaves a field out."""
    rule = {
        "Identifier": "VR-XA-0001",
        "Type": "Acceptance",
        "Country": "XA",
        "Version": "1.0.0",
        "SchemaVersion": "1.0.0",
        "Engine": "CERTLOGIC",
        "EngineVersion": "1.0.0",
        "CertificateType": "Vaccination",
        "Description": [{"lang": "en", "desc": "The vaccination must be complete."}],
        "ValidFrom": "2022-01-01T00:00:00Z",
        "ValidTo": "2023-01-01T00:00:00Z",
        "AffectedFields": ["v.0.dn", "v.0.sd"],
        "Logic": DOSES,
    }
    return {name: value for name, value in (rule | changes).items() if value is not None}


def rule(**changes: Any) -> Rule:
    (made,) = load_rules(json.dumps(document(**changes)).encode())
    return made


def certificate(kind: Kind = Kind.VACCINATION, issuer: str = "XB", **payload: Any) -> Certificate:
    content = {"ver": "1.3.0", "v": [{"dn": 2, "sd": 2}]} | payload
    return Certificate(content, kind, issuer, NOW, NOW, b"kidkidki")
