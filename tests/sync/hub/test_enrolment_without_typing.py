"""A kiosk that knows the station's authority fetches the hub's approval; nobody else can give it one."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from config.moment import system_clock
from sync.enrolling import PROVED, Begun, begin
from sync.hub.enrolments import Enrolments
from sync.hub.ledger import EnrolmentRefused
from sync.hub.service import Certificate, tls_context
from sync.line import NoAnswer
from sync.session import open_session
from tests.sync.ground import HandClock
from tests.sync.hub.ground import CHAN, STATION, LaneKeys, StationHub
from tests.sync.hub.served import served


def authority(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """An authority's certificate, and TLS of a server on loopback that it signed."""
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    whose, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), system_clock().utc
    made = []
    for key in keys:
        is_authority = key is keys[0]
        other = x509.BasicConstraints(ca=is_authority, path_length=None)
        local = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        subject = (
            whose if is_authority else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} hub")])
        )
        made.append(
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(whose)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(other, critical=True)
            .add_extension(local, critical=False)
            .sign(keys[0], SHA256())
        )
    files = [folder / f"{name}{end}" for end in (".ca.pem", ".pem", ".key.pem")]
    secret = keys[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    contents = (made[0].public_bytes(Encoding.PEM), made[1].public_bytes(Encoding.PEM), secret)
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
        file.chmod(0o600)
    return files[0], tls_context(Certificate(files[1], files[2]))


class Ground:
    """The station's hub behind TLS, a stranger's hub, and one lane."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.ca, self.tls = authority(folder, "station")
        self.foreign_ca, self.foreign_tls = authority(folder, "stranger")
        self.hub = StationHub(folder / "hub", self.clock)
        self.room = Enrolments(self.hub.engine, self.clock, self.hub.hub.public)
        self.lane, self.sessions = LaneKeys("lane-1"), ExitStack()

    def begin(self, url: str, ca: Path | None) -> Begun:
        session = self.sessions.enter_context(open_session(ca))
        lane = self.lane
        return begin(url, lane.name, STATION, "1.0", lane.device, lane.seal.public, session)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ground, str]]:
    made = Ground(tmp_path_factory.mktemp("tls"))
    with closing(made.hub), served(made.hub.app, tls=made.tls) as url:
        yield made, url


@pytest.fixture
def ground(station: tuple[Ground, str]) -> Iterator[Ground]:
    with ExitStack() as sessions:
        station[0].lane, station[0].sessions = LaneKeys("lane-1"), sessions
        yield station[0]


@pytest.fixture
def url(station: tuple[Ground, str]) -> str:
    return station[1]


def test_the_approval_is_fetched_once_the_code_was_typed_at_the_hub_and_not_before(
    ground: Ground, url: str
) -> None:
    begun = ground.begin(url, ground.ca)
    assert begun.state() == "waiting"
    wrong = ("Z" if begun.codes.code[0] != "Z" else "Y") + begun.codes.code[1:]
    with pytest.raises(EnrolmentRefused, match="somebody may stand between"):
        ground.room.approve(wrong, CHAN)
    assert begun.state() == "waiting", "a wrong code proves nothing"
    ground.room.approve(begun.codes.code, CHAN, replace=True)
    assert begun.state() == PROVED
    assert begun.hub == ground.hub.hub.public


def test_an_impostor_with_a_certificate_of_another_authority_is_not_even_asked(ground: Ground) -> None:
    with served(ground.hub.app, tls=ground.foreign_tls) as url, pytest.raises(NoAnswer):
        ground.begin(url, ground.ca)


def test_an_impostor_on_a_plain_line_may_say_what_he_likes_and_proves_nothing(
    ground: Ground, tmp_path: Path
) -> None:
    """He has a hub and a key of his own, knows the code and the reply of his own exchange, and says both."""
    his = StationHub(tmp_path / "impostor", ground.clock)
    with closing(his), served(his.app) as url, ExitStack() as ground.sessions:
        begun = ground.begin(url, ground.ca)
        Enrolments(his.engine, ground.clock, his.hub.public).approve(begun.codes.code, CHAN)
        assert begun.line.ask("GET", "").table["reply"] == begun.codes.reply
        assert begun.state() == "approved"
        assert begun.hub != ground.hub.hub.public
        with pytest.raises(EnrolmentRefused):
            ground.room.approve(begun.codes.code, CHAN)


def test_tls_that_any_authority_of_the_machine_may_vouch_for_is_not_enough(ground: Ground, url: str) -> None:
    begun = ground.begin(url, ground.ca)
    ground.room.approve(begun.codes.code, CHAN, replace=True)
    unsure = Begun(begun.hub, begun.codes, begun.line, meets_hub=False)
    assert (begun.state(), unsure.state()) == (PROVED, "approved")
    with open_session() as session:
        assert session.verify is True


def test_an_approval_is_of_one_request_and_not_of_the_next(ground: Ground, url: str) -> None:
    """Its answers are signed for this very question and its name: an old one opens nothing."""
    before = ground.begin(url, ground.ca)
    now = ground.begin(url, ground.ca)
    with pytest.raises(NoAnswer):
        before.state()
    with pytest.raises(EnrolmentRefused):
        ground.room.approve(before.codes.code, CHAN)
    assert now.state() == "waiting"
    ground.room.approve(now.codes.code, CHAN, replace=True)
    third = ground.begin(url, ground.ca)
    assert (now.state(), third.state()) == (PROVED, "waiting")
    other = Begun(third.hub, third.codes, now.line, meets_hub=True)
    assert other.state() == "approved", "the approval of another request has another reply"


def test_what_nobody_decided_or_fetched_in_time_is_gone(ground: Ground, url: str) -> None:
    begun = ground.begin(url, ground.ca)
    ground.clock.pass_time(minutes=16)
    assert begun.state() == "gone"
    with pytest.raises(EnrolmentRefused):
        ground.room.approve(begun.codes.code, CHAN)
    begun = ground.begin(url, ground.ca)
    ground.room.approve(begun.codes.code, CHAN, replace=True)
    ground.clock.pass_time(minutes=61)
    assert begun.state() == "gone", "an approval that lay for an hour is asked for anew"
