"""Made-up policies to be read against themselves, and what the review calls wrong about them."""

from __future__ import annotations

import json
from typing import Any

from verification.policy import Policy, load
from verification.review.review import review

GREEN: dict[str, Any] = {"kind": "health_colour"}
DECLARED: dict[str, Any] = {"kind": "customs_declaration"}
CERTIFIED: dict[str, Any] = {"kind": "vaccination", "formats": ["HC1"]}


def policy(*alternatives: list[dict[str, Any]], **changes: Any) -> Policy:
    document = {
        "name": "made-up",
        "version": 1,
        "direction": "to_mainland",
        "formats": ["HK1", "GD1", "CD1", "HC1"],
        "evidence": {"any_of": [{"all_of": list(asked)} for asked in alternatives or ([GREEN],)]},
    }
    return load(json.dumps(document | changes).encode())


def wrong(*alternatives: list[dict[str, Any]], **changes: Any) -> list[str]:
    return [str(one) for one in review(policy(*alternatives, **changes)) if one.wrong]


ALL = ([GREEN], [DECLARED], [CERTIFIED])


def lane_rule(logic: Any, **changes: Any) -> list[dict[str, Any]]:
    return [{"id": "R1", "says": "Made up.", "logic": logic} | changes]
