"""Practice says which policy it goes by, the lane's own where there is one; and has a gate nobody passes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.other_direction import OtherDirection
from config.settings import Bundle, Journal, Lane, Settings
from drivers.turnstile.port import Passage, PassageReported, PulseAccepted
from drivers.turnstile.simulated import at_once
from kiosk.both_ways import BothWays, Loaded
from kiosk.bundle.settled import lane_of
from kiosk.bundle.worker import BundleWorker
from kiosk.commands.door import main
from kiosk.i18n.texts import LANGUAGES
from kiosk.lists import load_lists
from kiosk.practice.cases import answered, cases
from kiosk.practice.ground import gate_in_memory, gate_nobody_passes, open_ground, practice_settings
from kiosk.practice.practised import practised
from kiosk.program import ROOT
from kiosk.screens.officer_panel import OfficerPanel
from tests.flows.checkpoint import readable
from tests.kiosk.bundle.town import Town
from tests.kiosk.desk.ground import CALM, Ground
from tests.kiosk.screens.test_officer_fit import cut_off
from verification.policy import built_in, load
from verification.reasons import ReasonId
from verification.verdict import Outcome

NOON = datetime(2023, 1, 8, 4, tzinfo=UTC)
POLICIES = ROOT / "config" / "policies"


def of(policy: Path | None, folder: Path = Path("journal")) -> Settings:
    return Settings(lane=Lane(policy=policy), journal=Journal(folder=folder))


@pytest.mark.parametrize("file", sorted(POLICIES.glob("*.json")), ids=lambda file: file.stem)
def test_the_lanes_own_policy_is_practised_to_the_letter_but_for_specimens(file: Path) -> None:
    own, found = load(file.read_bytes()), practised(of(file))
    assert load(found.document) == own.model_copy(update={"accept_specimens": True})
    assert found.own == f"{own.name} {own.version}"
    assert found.own in found.says


def test_without_one_it_is_the_demonstrations_and_it_says_so(tmp_path: Path) -> None:
    usual = practised(of(None))
    assert load(usual.document).name == "practice"
    assert "demonstration's" in usual.says
    (tmp_path / "broken.json").write_text("{")
    assert "can't be used" in practised(of(tmp_path / "broken.json")).says
    bundled = Settings(bundle=Bundle(root=Path("root.json")))
    assert "bundle" in practised(bundled).says


def test_the_cards_bear_the_answers_of_the_lanes_own_policy(tmp_path: Path) -> None:
    ground = open_ground(tmp_path, NOON)
    settings = practice_settings(of(POLICIES / "to-mainland.json", tmp_path), ground, NOON)
    lists = load_lists(settings.trust, settings.lane.policy)
    assert lists.policy is not None
    assert lists.policy.name == "to-mainland"
    made = {case.name: case.answers for case in cases(ground, NOON)}
    own = answered(cases(ground, NOON), lists, frozenset(settings.lane.formats), NOON)
    assert {case.name for case in own} == set(made)
    told = {case.name: case.answers for case in own}
    assert told["green"] == (None,), "this lane asks for a declaration, too"
    assert told["revoked"] == ((Outcome.REFUSE, ReasonId.REVOKED),)
    assert told["not-a-code"] == ()


def test_the_command_says_it_beside_the_cards(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(
        f'[lane]\npolicy = {json.dumps(str(POLICIES / "to-mainland.json"))}\n[journal]\nfolder = "journal"\n'
    )
    assert main(["practice", "codes", "--config", str(config), "--out", str(tmp_path / "out")]) == 0
    assert "the lane's own policy, to-mainland" in capsys.readouterr().out


@pytest.mark.parametrize("size", [(1280, 800), (1080, 1920)])
def test_the_officers_panel_names_it_and_has_room_for_it(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    ground = Ground(tmp_path, qtbot)
    ground.try_pin()
    panel = OfficerPanel(ground.desk, "en", overlay=True)
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    view = replace(CALM, demo=True, practice=True, policy="to-macao 7")
    for language in LANGUAGES:
        panel.set_language(language)
        ground.desk.show_view(view)
        QApplication.processEvents()
        assert "to-macao 7" in readable(panel)
        ground.desk.show_view(replace(view, policy="to-hong-kong-certificates-of-all 1234"))
        QApplication.processEvents()
        assert (panel.width(), panel.height()) == size
        assert cut_off(panel) == []
    ground.desk.show_view(replace(view, practice=False))
    QApplication.processEvents()
    assert "to-macao 7" not in readable(panel)
    ground.session.stop()


@pytest.mark.parametrize(
    ("gate", "passage"), [(gate_in_memory, Passage.PASSED), (gate_nobody_passes, Passage.NO_PASSAGE)]
)
def test_the_gate_of_practice_can_be_one_that_nobody_passes(gate: object, passage: Passage) -> None:
    made = gate(lambda: True)  # type: ignore[operator]
    made._later = at_once
    said: list[object] = []
    made.start(said.append)
    made.authorise("first")
    assert said[1:] == [PulseAccepted("first", acknowledged=True), PassageReported("first", passage)]


def test_a_gate_that_is_real_is_not_told_who_passed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--nobody-passes", "--check"]) == 2
    assert "with --practice only" in capsys.readouterr().err


def test_what_the_bundle_brings_is_practised_both_ways_and_the_bundle_stays_as_it_is(tmp_path: Path) -> None:
    town = Town(tmp_path)
    document = built_in().model_dump(mode="json") | {"name": "back"}
    town.repository.files["station/policy/back.json"] = json.dumps(document).encode()
    town.publish()
    other = OtherDirection(direction="to_hong_kong", profile="back", way_out="left")
    town.settings = settings = town.settings.model_copy(update={"other_direction": other})
    assert "not here yet" in practised(settings).says
    lane = lane_of(settings)
    assert lane is not None
    BundleWorker(lane, lambda: town.sources, town.clock, lambda _: None, 60.0).look()
    before = {file: file.read_bytes() for file in settings.bundle.folder.rglob("*") if file.is_file()}
    assert practised(settings).own.startswith("first ")
    ground = open_ground(tmp_path / "journal", NOON)
    made = practice_settings(settings, ground, NOON)
    assert made.bundle.root is None
    both = BothWays(made, Loaded(load_lists(made.trust, made.lane.policy)))
    assert both.turned.policy is not None and both.lists.policy is not None
    assert (both.lists.policy.name, both.turned.policy.name) == ("first", "back")
    assert both.lists.policy.accept_specimens and both.turned.policy.accept_specimens
    assert not both.turned.unsigned_policy, "signed for practice, like the rest"
    after = {file: file.read_bytes() for file in settings.bundle.folder.rglob("*") if file.is_file()}
    assert after == before


def test_a_bundle_that_was_changed_is_not_practised(tmp_path: Path) -> None:
    town = Town(tmp_path)
    town.publish()
    lane = lane_of(town.settings)
    assert lane is not None
    BundleWorker(lane, lambda: town.sources, town.clock, lambda _: None, 60.0).look()
    for file in town.settings.bundle.folder.rglob("*"):
        if file.is_file() and b'"first"' in file.read_bytes():
            file.write_bytes(file.read_bytes().replace(b'"first"', b'"forge"'))
    found = practised(town.settings)
    assert not found.own
    assert "can't be used" in found.says
