"""Who signs which path of the bundle, and for whom its lists count."""

from __future__ import annotations

from typing import get_args

import pytest
from tuf.api.metadata import DelegatedRole

from config.settings import FormatName
from sync.bundle import layout
from sync.bundle.layout import Jurisdiction, Kind, NoTarget, may_sign, may_speak, parse, patterns

PATHS = [
    layout.of_role(Jurisdiction.HONG_KONG, Kind.TRUST, "signers.json"),
    layout.of_role(Jurisdiction.GUANGDONG, Kind.STATUS, "colour.cwt"),
    layout.of_role(Jurisdiction.MACAO, Kind.KEY, "lists.pem"),
    layout.of_role(Jurisdiction.WORLD, Kind.RULES, "EU.json"),
    layout.of_role(Jurisdiction.WORLD, Kind.VALUE_SETS, "vaccines.json"),
    layout.of_role(Jurisdiction.NATIONAL, Kind.REVOCATION, "list.json"),
    layout.index_path(Jurisdiction.CUSTOMS, "border"),
]
OF_STATION = [
    layout.policy_path("arrivals"),
    layout.roster_path("north"),
    layout.notice_path("holiday"),
    layout.MINIMUM,
]


@pytest.mark.parametrize("path", PATHS)
def test_a_jurisdictions_path_is_signed_by_it_alone(path: str) -> None:
    owner = path.split("/")[0]
    assert [role for role in ("targets", *Jurisdiction) if may_sign(role, path)] == [owner]


@pytest.mark.parametrize("path", OF_STATION)
def test_a_stations_path_is_signed_by_the_top_level_targets_alone(path: str) -> None:
    assert [role for role in ("targets", *Jurisdiction) if may_sign(role, path)] == ["targets"]


@pytest.mark.parametrize("path", PATHS)
def test_the_delegations_patterns_match_exactly_the_roles_own_paths(path: str) -> None:
    for role in Jurisdiction:
        delegated = DelegatedRole(role, ["0"], 1, True, paths=list(patterns(role)))
        assert delegated.is_delegated_path(path) == may_sign(role, path)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "hk",
        "hk/trust",
        "hk/trust/",
        "hk/trust/../x.json",
        "hk/trust/.hidden",
        "hk/trust/a/b",
        "hk/trust/list/CURRENT",
        "hk/policy/a.json",
        "/hk/trust/a",
        "tw/trust/a",
        "hk/trust/a\n",
        "station/policy/a",
        "station/roster/a.json",
        "station/minimum.json/x",
        "hk/keys/lists.json",
        "hk/revocation/border/INCOMING",
        "hk/trust/" + "x" * 97,
    ],
)
def test_other_paths_are_nobodys(path: str) -> None:
    with pytest.raises(NoTarget):
        parse(path)


def test_an_index_has_one_target_and_files_known_by_their_hash() -> None:
    target = parse("hk/revocation/border/CURRENT")
    assert target.is_index
    assert target.name == "border"
    assert layout.index_file(target.path, "a" * 64 + ".part") == f"hk/revocation/border/{'a' * 64}.part"
    for file in ("CURRENT", "../" + "a" * 61 + ".part", "a" * 63 + ".part", "a" * 64 + ".new"):
        with pytest.raises(NoTarget):
            layout.index_file(target.path, file)
    with pytest.raises(NoTarget):
        layout.index_file("hk/revocation/list.json", "a" * 64 + ".part")


def test_a_lists_signature_lies_beside_it() -> None:
    assert parse("world/trust/directory.json.sig").is_signature
    assert not parse("world/trust/directory.json").is_signature
    assert not parse("world/rules/EU.sig").is_signature


SPOKEN = [
    ("hk", "HK1", "HK", True),
    ("hk", "HK1", "MO", False),
    ("hk", "MO1", "MO", False),
    ("hk", "GD1", "HK", False),
    ("hk", "HC1", "HK", True),
    ("hk", "HC1", "DE", False),
    ("mo", "MO1", "MO", True),
    ("mo", "MO1", "CN-92", True),
    ("gd", "GD1", "CN-GD", True),
    ("gd", "GD1", "CN-44", True),
    ("gd", "GD1", "CN", False),
    ("gd", "CN1", "CN-GD", False),
    ("cn", "CN1", "CN", True),
    ("cn", "CN1", "CN-BJ", True),
    ("cn", "CN1", "CN-GD", False),
    ("cn", "CN1", "CN-HK", False),
    ("cn", "CD1", "CN", False),
    ("customs", "CD1", "CN", True),
    ("customs", "CN1", "CN", False),
    ("world", "HC1", "DE", True),
    ("world", "HC1", "HK", False),
    ("world", "HK1", "HK", False),
    ("world", "HK1", "DE", False),
    ("world", "SHC", "https://issuer.example", True),
    ("targets", "HK1", "HK", False),
    ("tw", "HC1", "TW", False),
]


@pytest.mark.parametrize(("role", "prefix", "issuer", "allowed"), SPOKEN)
def test_a_roles_lists_count_for_its_own_issuers_and_formats(
    role: str, prefix: str, issuer: str, allowed: bool
) -> None:
    assert may_speak(role, prefix, issuer) == allowed


@pytest.mark.parametrize("prefix", get_args(FormatName))
@pytest.mark.parametrize("issuer", ["HK", "MO", "CN", "CN-GD", "CN-44", "CN-HK", "CN-BJ", "DE", "IN"])
def test_no_two_roles_speak_for_the_same_codes(prefix: str, issuer: str) -> None:
    assert sum(may_speak(role, prefix, issuer) for role in Jurisdiction) <= 1


def test_files_are_named_as_the_reference_client_asks_for_them() -> None:
    assert layout.target_file("hk/trust/signers.json", "ab") == "hk/trust/ab.signers.json"
    assert layout.metadata_file("hk", 3) == "3.hk.json"
    assert layout.metadata_file("timestamp") == "timestamp.json"
