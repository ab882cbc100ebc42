"""What a lane's rulebook says when its memory of spent codes is awkward."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.moment import Moment
from kiosk.rulebook import CANNOT_TELL, NO_ROOM, LaneRulebook
from sync.device_key import device_key
from sync.event_types import GateAuthorised, GatePassage
from sync.journal import Journal
from tests.kiosk.lane_bench import NOON, assessment
from tests.verification.rules.made_rules import rule
from verification.assessment import Assessment
from verification.evidence import Colour, Evidence, Kind, Use
from verification.policy import load
from verification.reasons import ReasonId
from verification.rules.dcc import RuleBook
from verification.snapshot import Snapshot
from verification.trust.store import merged
from verification.verdict import Outcome, Verdict
from verification.verifier import Verifier

POLICY = load(
    json.dumps(
        {
            "name": "bench",
            "version": 1,
            "direction": "any",
            "formats": ["HK1"],
            "evidence": {"any_of": [{"all_of": [{"kind": Kind.HEALTH_COLOUR}]}]},
            "single_use_elsewhere": "admit_noted",
        }
    ).encode()
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path, lambda: Moment(0.0, NOON), device_key(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def rules(journal: Journal) -> LaneRulebook:
    verifier = Verifier(lambda: Snapshot(merged([])), frozenset())
    return LaneRulebook(verifier, lambda: POLICY, journal, lambda: 1)


def single(*, specimen: bool = False) -> Assessment:
    ends = NOON.replace(year=2027)
    says = Evidence(
        Kind.HEALTH_COLOUR, "HK1", "HK", NOON, ends, Colour.GREEN, use=Use.SINGLE, specimen=specimen
    )
    return replace(assessment(b"declaration", use=Use.SINGLE), evidence=says)


def test_an_officers_admission_of_a_spent_code_spends_nothing_that_could_be_given_back(
    journal: Journal, rules: LaneRulebook
) -> None:
    code = single()
    assert rules.single_uses([code], NOON) == (b"use declaration",)
    journal.append([], datetime(2026, 11, 22, tzinfo=UTC), spend=[b"use declaration"])
    assert rules.single_uses([code], NOON) == ()


class Broken:
    covers_other_lanes = False

    def __contains__(self, use: object) -> bool:
        raise sqlite3.OperationalError("disk I/O error")


def test_with_no_memory_of_spent_codes_an_admission_is_referred(
    journal: Journal, rules: LaneRulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "spent", Broken())
    assert rules.judge([single()], NOON) == CANNOT_TELL
    assert (CANNOT_TELL.outcome, CANNOT_TELL.reasons) == (Outcome.REFER, (ReasonId.USE_UNKNOWN,))


def test_with_no_memory_of_spent_codes_the_graver_reasons_still_stand(
    journal: Journal, rules: LaneRulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "spent", Broken())
    verdict = rules.judge([single(specimen=True)], NOON)
    assert isinstance(verdict, Verdict)
    assert (verdict.outcome, verdict.reasons[0]) == (Outcome.REFER, ReasonId.SPECIMEN)


def test_while_there_is_hardly_room_for_records_nobody_is_admitted(
    journal: Journal, rules: LaneRulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "_room", lambda: False)
    assert rules.judge([single()], NOON) == NO_ROOM
    verdict = rules.judge([single(specimen=True)], NOON)
    assert isinstance(verdict, Verdict)
    assert verdict.reasons[0] is ReasonId.SPECIMEN


@pytest.mark.parametrize(
    ("lost_at", "known"), [(NOON, False), (NOON - timedelta(seconds=1), True), (None, True)]
)
def test_a_single_use_code_of_before_the_memory_was_damaged_is_referred(
    journal: Journal, rules: LaneRulebook, lost_at: datetime | None, known: bool
) -> None:
    journal.spent_known_since = lost_at
    verdict = rules.judge([single()], NOON)
    assert isinstance(verdict, Verdict)
    assert verdict.outcome is (Outcome.ADMIT if known else Outcome.REFER)
    assert known or verdict == CANNOT_TELL


@pytest.mark.parametrize(("ago", "known"), [(0, False), (300, False), (301, True), (None, True)])
@pytest.mark.parametrize("window", [0, 300])
def test_while_it_is_not_sure_who_was_just_let_in_everybody_is_referred(
    journal: Journal, ago: int | None, known: bool, window: int
) -> None:
    """As long as the policy's window, counted from when the file that knew it was damaged."""
    policy = POLICY.model_copy(update={"again_after_s": window})
    verifier = Verifier(lambda: Snapshot(merged([])), frozenset())
    rules = LaneRulebook(verifier, lambda: policy, journal, lambda: 1)
    journal.admitted.known_since = None if ago is None else NOON - timedelta(seconds=ago)
    verdict = rules.judge([single()], NOON)
    assert isinstance(verdict, Verdict)
    assert verdict.outcome is (Outcome.ADMIT if known or not window else Outcome.REFER)
    assert verdict.outcome is Outcome.ADMIT or verdict == CANNOT_TELL


def test_a_rule_speaks_with_the_policys_words_or_as_it_was_published(journal: Journal) -> None:
    asked = POLICY.model_dump(mode="json") | {
        "rules": [{"id": "own", "says": "Green in the morning", "logic": {"===": [1, 1]}}]
    }
    together = {"id": "both", "says": "Both of one issuer", "logic": {"===": [1, 1]}}
    asked["evidence"]["any_of"][0]["rules"] = [together]
    policy = load(json.dumps(asked).encode())
    newer = rule(Version="1.0.1", Description=[{"lang": "en", "desc": "Two doses, please, and no fewer."}])
    book = RuleBook([newer, rule()], {})
    verifier = Verifier(lambda: Snapshot(merged([])), frozenset())
    rules = LaneRulebook(verifier, lambda: policy, journal, lambda: 1, lambda: book)
    assert rules.rule_says("own") == "Green in the morning"
    assert rules.rule_says("both") == "Both of one issuer"
    assert rules.rule_says("VR-XA-0001") == "Two doses, please, and no fewer."
    assert rules.rule_says("VR-XA-0009") == ""
    assert LaneRulebook(verifier, lambda: None, journal, lambda: 1).rule_says("own") == ""


def test_a_lane_whose_policy_asks_for_it_refers_who_was_let_in_a_moment_ago(journal: Journal) -> None:
    asking = POLICY.model_copy(update={"again_after_s": 60})
    verifier = Verifier(lambda: Snapshot(merged([])), frozenset())
    rules = LaneRulebook(verifier, lambda: asking, journal, lambda: 1)
    shown = [replace(single(), evidence=replace(single().evidence, use=Use.MULTIPLE))]  # type: ignore[type-var]
    later = NOON + timedelta(seconds=30)
    first = rules.judge(shown, NOON, "c1")
    assert isinstance(first, Verdict) and first.outcome is Outcome.ADMIT
    journal.append([GateAuthorised("c1", "a1", "in")], NOON)
    second = rules.judge(shown, later, "c2")
    assert isinstance(second, Verdict) and second.reasons == (ReasonId.ADMITTED_JUST_NOW,)
    journal.append([GatePassage("c1", "a1", "NO_PASSAGE")], later)
    third = rules.judge(shown, later, "c3")
    assert isinstance(third, Verdict) and third.outcome is Outcome.ADMIT


def test_without_its_memory_a_lane_that_asks_for_time_in_between_refers(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = POLICY.model_copy(update={"again_after_s": 60})
    verifier = Verifier(lambda: Snapshot(merged([])), frozenset())
    rules = LaneRulebook(verifier, lambda: asking, journal, lambda: 1)

    def broken(*_: object) -> bool:
        raise sqlite3.OperationalError("no such file")

    monkeypatch.setattr(journal.admitted, "any_since", broken)
    assert rules.judge([single()], NOON, "c1") == CANNOT_TELL
