"""What doctor says of a policy that nobody signed."""

from __future__ import annotations

import json
from pathlib import Path

from config.settings import Lane, Settings
from kiosk.health.keeping import lists
from verification.policy import built_in


def test_a_policy_file_without_a_key_to_check_it_is_worth_a_look(tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(built_in().model_dump(mode="json") | {"name": "station"}))
    said = [str(finding) for finding in lists(Settings(lane=Lane(policy=file)))]
    assert any("policy station 1: not signed" in one for one in said)
    assert not any("not signed" in str(finding) for finding in lists(Settings()))
