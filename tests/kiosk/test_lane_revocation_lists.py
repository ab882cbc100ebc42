"""Several revocation lists at one lane: each named, each with its own age, and all of them asked."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate

from config.settings import Trust, load_settings
from kiosk.crossing_io import PartFailed, PartRecovered
from kiosk.list_keeper import ListKeeper
from kiosk.lists import load_lists
from sync.event import Event
from tests.verification.made import ED_KEY, NOW
from tests.verification.made_cards import ISSUER, card, jwk
from tests.verification.made_cards import RID as CARD
from verification.assessment import Revocation
from verification.evidence import Colour
from verification.formats.registry import KNOWN
from verification.formats.shc import revocation_bytes
from verification.issuing import status_list
from verification.issuing.authority import found_authority
from verification.issuing.colour_code import ColourCode, issue
from verification.revocation import station_list
from verification.revocation.hashes import RID, truncated
from verification.revocation.memory import Withdrawn
from verification.revocation.token_status_list import INVALID
from verification.snapshot import Freshness
from verification.trust import station_list as trust_list
from verification.verifier import Verifier

HOUR = timedelta(hours=1)


class Lane:
    """Trust in one card issuer, the issuer's own revocation list and one of the station."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key, self.trust = folder / "key.pem", folder / "jwks.json"
        self.cards, self.station = folder / "cards.json", folder / "station.json"
        self.key.write_bytes(pem(ED_KEY))
        self._time = NOW.timestamp() - 3600
        self.put(self.trust, json.dumps({"iss": ISSUER, "keys": [jwk()]}).encode())
        self.write_cards()
        self.write_station()

    def put(self, file: Path, content: bytes) -> None:
        """A file with the station's signature beside it, and a time of its own as a later copy has."""
        for made, data in ((file, content), (file.with_suffix(".sig"), ED_KEY.sign(content))):
            made.write_bytes(data)
            self._time += 1
            os.utime(made, (self._time, self._time))

    def write_cards(self, *rids: str) -> None:
        listed = {"kid": jwk()["kid"], "method": "rid", "ctr": 1, "rids": rids}
        self.put(self.cards, json.dumps(listed).encode())

    def write_station(
        self, *withdrawn: Withdrawn, covers: str = "HK1", hours: float = 1, key: object = ED_KEY
    ) -> None:
        assert isinstance(key, ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey)
        document = station_list.write(withdrawn, [(covers, "*")], "station", NOW - hours * HOUR, key)
        self.put(self.station, document)

    def settings(self, *revocation: Path, keys: tuple[Path, ...] = ()) -> Trust:
        lists = revocation or (self.station, self.cards)
        return Trust(lists=(self.trust,), key=keys or (self.key,), revocation=lists)


def pem(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def lane(tmp_path: Path) -> Lane:
    return Lane(tmp_path)


def checked(keeper: ListKeeper, hours: float = 0) -> Revocation:
    verifier = Verifier(lambda: keeper.lists.snapshot, KNOWN)
    return verifier.verify(card(), NOW + hours * HOUR).revocation


def withdrawn_card() -> Withdrawn:
    digest = truncated(revocation_bytes(ISSUER, CARD))
    return Withdrawn(jwk()["kid"].encode(), RID, frozenset({digest}))


def test_a_card_is_cleared_by_its_issuers_list_beside_the_stations(lane: Lane) -> None:
    keeper = ListKeeper(lane.settings(), None)
    assert keeper.lists.faults == ()
    assert checked(keeper) is Revocation.CLEAR
    assert checked(ListKeeper(lane.settings(lane.station), None)) is Revocation.NO_LIST


@pytest.mark.parametrize("where", ["cards", "station"])
def test_any_list_can_withdraw(lane: Lane, where: str) -> None:
    if where == "cards":
        lane.write_cards(CARD)
    else:
        lane.write_station(withdrawn_card())
    assert checked(ListKeeper(lane.settings(), None)) is Revocation.REVOKED


@pytest.mark.parametrize("damage", ["gone", "cut", "unsigned", "foreign"])
def test_nothing_is_clear_while_a_list_was_never_there_and_the_fault_names_it(
    lane: Lane, damage: str
) -> None:
    """The damaged list covers other codes here, but nobody knows that."""
    content = lane.station.read_bytes()
    if damage == "gone":
        lane.station.unlink()
    elif damage == "cut":
        lane.station.write_bytes(content[: len(content) // 2])
    elif damage == "unsigned":
        lane.station.write_text(json.dumps(json.loads(content) | {"signature": None}))
    else:
        lane.write_station(key=ed25519.Ed25519PrivateKey.generate())
    keeper = ListKeeper(lane.settings(), None)
    assert [(fault.part, fault.code) for fault in keeper.lists.faults] == [
        ("revocation list station.json", "RL")
    ]
    assert checked(keeper) is Revocation.NO_LIST
    lane.write_cards(CARD)
    keeper.look_again(lambda _: None)
    assert checked(keeper) is Revocation.REVOKED


def test_a_list_that_breaks_later_stays_as_it_was_and_the_others_go_on(lane: Lane) -> None:
    keeper = ListKeeper(lane.settings(), None)
    lane.put(lane.station, b"{}")
    lane.write_cards(CARD)
    told: list[Event | PartFailed | PartRecovered] = []
    assert keeper.look_again(told.append)
    assert checked(keeper) is Revocation.REVOKED
    assert [view.freshness for view in keeper.lists.views(NOW)][1:] == [Freshness.FRESH] * 2
    assert [one.fault.part for one in told if isinstance(one, PartFailed)] == ["revocation list station.json"]
    told.clear()
    lane.write_station()
    lane.write_cards()
    assert keeper.look_again(told.append)
    assert [one.part for one in told if isinstance(one, PartRecovered)] == ["revocation list station.json"]
    assert checked(keeper) is Revocation.CLEAR


def test_each_list_has_its_name_and_its_own_age(lane: Lane) -> None:
    lane.write_station(hours=40)
    lists = ListKeeper(lane.settings(), None).lists
    _, station, cards = lists.views(NOW)
    assert (station.name, station.freshness) == ("station.json", Freshness.AGEING)
    assert (cards.name, cards.freshness) == ("cards.json", Freshness.FRESH)


def test_one_list_alone_needs_no_name(lane: Lane) -> None:
    assert [view.name for view in load_lists(lane.settings(lane.station), None).views(NOW)] == ["", ""]


def test_an_old_list_clears_nothing_of_what_it_covers_and_spoils_nothing_else(lane: Lane) -> None:
    lane.write_station(hours=100)
    keeper = ListKeeper(lane.settings(), None)
    assert checked(keeper) is Revocation.CLEAR
    lane.write_station(covers="SHC", hours=100)
    keeper.look_again(lambda _: None)
    assert checked(keeper) is Revocation.STALE
    lane.write_station(withdrawn_card(), hours=100)
    keeper.look_again(lambda _: None)
    assert checked(keeper) is Revocation.REVOKED


def test_a_list_without_a_date_is_as_old_as_its_file(lane: Lane) -> None:
    keeper = ListKeeper(lane.settings(lane.cards), None)
    assert checked(keeper) is Revocation.CLEAR
    assert checked(keeper, hours=80) is Revocation.STALE


def test_station_list_card_list_and_status_list_serve_one_lane(lane: Lane) -> None:
    """The status list is signed by the codes' own issuer, whom a second trust list has."""
    issuer = found_authority("HK", frozenset({"HK1"}), NOW)
    known, statuses = lane.folder / "signers.json", lane.folder / "hk.cwt"
    known.write_bytes(trust_list.write(issuer.entries(), "station", NOW, ED_KEY))
    lane.write_station(covers="MO1")

    def look(index: int) -> Revocation:
        code = ColourCode(
            prefix="HK1", cti=bytes(16), issued_at=NOW - HOUR, expires_at=NOW + HOUR,
            colour=Colour.GREEN, status=index,
        )  # fmt: skip
        verifier = Verifier(lambda: keeper.lists.snapshot, KNOWN)
        return verifier.verify(issue(code, issuer), NOW).revocation

    written = status_list.write(
        issuer, 16, {5: INVALID}, NOW - HOUR, subject="https://made.up", ttl=12 * HOUR
    )
    statuses.write_bytes(written)
    settings = lane.settings(lane.station, lane.cards, statuses)
    keeper = ListKeeper(settings.model_copy(update={"lists": (lane.trust, known)}), None)
    assert keeper.lists.faults == ()
    assert (look(4), look(5), look(99)) == (Revocation.CLEAR, Revocation.REVOKED, Revocation.NO_LIST)
    assert checked(keeper) is Revocation.CLEAR


def test_any_of_several_keys_may_have_signed_and_a_certificate_is_a_key_too(lane: Lane) -> None:
    authority = found_authority("HK", frozenset({"HC1"}), NOW)
    assert authority.certificate is not None
    certificate = lane.folder / "lists.crt"
    certificate.write_bytes(load_der_x509_certificate(authority.certificate).public_bytes(Encoding.PEM))
    lane.write_station(key=authority.key)
    assert ListKeeper(lane.settings(), None).lists.faults != ()
    keeper = ListKeeper(lane.settings(keys=(lane.key, certificate)), None)
    assert keeper.lists.faults == ()
    assert checked(keeper) is Revocation.CLEAR


def test_a_key_that_cannot_be_used_is_named_and_the_other_still_counts(lane: Lane) -> None:
    broken = lane.folder / "broken.pem"
    broken.write_text("no key")
    keeper = ListKeeper(lane.settings(keys=(broken, lane.key)), None)
    assert [(fault.part, fault.code) for fault in keeper.lists.faults] == [("key of the lists", "LK")]
    assert "broken.pem" in keeper.lists.faults[0].advice
    assert checked(keeper) is Revocation.CLEAR


@pytest.mark.parametrize("written", ["'a.json'", "['a.json']"])
def test_a_settings_file_names_one_file_or_several(tmp_path: Path, written: str) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(f"[trust]\nrevocation = {written}\nkey = {written}\n")
    trust = load_settings(file).trust
    assert trust.revocation == trust.key == (tmp_path / "a.json",)
