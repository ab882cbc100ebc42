"""What `verify` prints for one code: an object with documented keys (docs/verify.md), or one line."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kiosk.checking.inputs import Found
from verification.assessment import Assessment
from verification.verdict import Verdict


def report(found: Found, checked: Assessment, verdict: Verdict, personal: bool) -> dict[str, Any]:
    """The object. Fields that name a person are in it only when `personal` is set."""
    says = checked.evidence
    further = [why for why in checked.reasons if why not in verdict.reasons]
    shown: dict[str, Any] = {
        "source": found.source,
        "format": checked.format,
        "verdict": verdict.outcome.value,
        "signature": checked.signature.value,
        "validity": checked.validity.value,
        "revocation": checked.revocation.value,
        "reasons": [why.value for why in (*verdict.reasons, *further)],
        "issuer": checked.issuer,
        "kid": base64.b64encode(checked.kid).decode() if checked.kid is not None else None,
        "kind": says.kind.value if says else None,
        "scheme": says.scheme if says else None,
        "colour": says.colour.value if says and says.colour else None,
        "issued_at": _time(says.issued_at if says else None),
        "expires_at": _time(says.expires_at if says else None),
        "specimen": says.specimen if says else None,
        "looks_like": checked.looks_like,
        "timings_us": {stage: round(spent, 1) for stage, spent in checked.timings_us.items()},
    }
    if verdict.rules:
        shown["rules"] = list(verdict.rules)
    if found.line is not None:
        shown["line"] = found.line
    if personal:
        shown["personal"] = says and {
            "name": says.personal.name,
            "masked_name": says.personal.masked_name,
            "birth": says.personal.birth,
        }
    return shown


def as_line(shown: Mapping[str, Any]) -> str:
    """The object for a person at a terminal. Control characters never reach the terminal."""
    place = shown["source"] + (f":{shown['line']}" if "line" in shown else "")
    what = " ".join(filter(None, (shown["format"], shown["issuer"], shown["kind"], shown["colour"])))
    parts = [f"{shown['verdict']:<6}", what, ", ".join(shown["reasons"]), place]
    if shown.get("rules"):
        parts.insert(3, f"rules: {', '.join(shown['rules'])}")
    if shown["looks_like"]:
        parts.insert(2, f"looks like: {shown['looks_like']}")
    if shown.get("personal"):
        parts.append(" / ".join(filter(None, (shown["personal"]["name"], shown["personal"]["birth"]))))
    return "  ".join("".join(c if c.isprintable() else "?" for c in part) for part in parts)


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
