"""HTTPS with a certificate made exactly as docs/hub.md says, for kiosks that know its authority."""

from __future__ import annotations

import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from config.settings import Hub, Settings
from kiosk.start_conditions import CannotStart, hub_session
from sync.hub.limits import Limits
from sync.hub.service import Certificate, CertificateUnusable, tls_context
from sync.session import open_session
from tests.sync.hub.test_limits import listening

MANUAL = Path(__file__).parents[3] / "docs/hub.md"
SOON = 20.0

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to follow the manual")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which somebody followed the manual, for a hub on this machine's loopback."""
    folder = tmp_path_factory.mktemp("authority")
    blocks = re.findall(r"```sh\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    steps = [block for block in blocks if "openssl" in block]
    assert len(steps) == 2
    for step in steps:
        ours = step.replace("IP:10.1.0.5", "IP:127.0.0.1")
        subprocess.run(["bash", "-ec", ours], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def port(made: Path) -> Iterator[int]:
    tls = tls_context(Certificate(made / "hub.pem", made / "hub.key.pem"))
    with listening(Limits(), tls) as port:
        yield port


def test_a_kiosk_that_knows_the_authority_reaches_the_hub(made: Path, port: int) -> None:
    with hub_session(Settings(hub=Hub(url="https://x", ca=made / "authority.pem"))) as session:
        assert session.get(f"https://127.0.0.1:{port}/", timeout=SOON).status_code == 200


def test_a_kiosk_without_the_authority_does_not_speak_to_it(made: Path, port: int) -> None:
    with open_session() as session, pytest.raises(requests.exceptions.SSLError):
        session.get(f"https://127.0.0.1:{port}/", timeout=SOON)


def test_a_certificate_of_another_name_is_not_the_hubs(made: Path, port: int) -> None:
    with open_session(made / "authority.pem") as session, pytest.raises(requests.exceptions.SSLError):
        session.get(f"https://localhost:{port}/", timeout=SOON)


def test_a_kiosk_whose_authority_is_missing_says_which_file(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"hub\.ca: .*nothing\.pem is no file"):
        hub_session(Settings(hub=Hub(url="https://x", ca=tmp_path / "nothing.pem")))


@pytest.mark.parametrize(("version", "spoken"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tls_begins_at_1_2(made: Path, port: int, version: str, spoken: bool) -> None:
    context = ssl.create_default_context(cafile=str(made / "authority.pem"))
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", port), SOON) as plain:
        if spoken:
            with context.wrap_socket(plain, server_hostname="127.0.0.1") as line:
                assert line.version() == version.replace("_", ".")
            return
        with pytest.raises((ssl.SSLError, ConnectionResetError)):
            context.wrap_socket(plain, server_hostname="127.0.0.1")


def test_plain_http_to_the_tls_port_gets_nothing(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), SOON) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n")
        assert not plain.recv(100).startswith(b"HTTP/1.1 200")


def test_a_key_that_others_can_read_is_refused(made: Path, tmp_path: Path) -> None:
    open_key = tmp_path / "hub.key.pem"
    open_key.write_bytes((made / "hub.key.pem").read_bytes())
    open_key.chmod(0o644)
    with pytest.raises(CertificateUnusable, match="chmod 600"):
        tls_context(Certificate(made / "hub.pem", open_key))


def test_a_key_of_another_certificate_or_none_at_all_is_one_sentence(made: Path, tmp_path: Path) -> None:
    with pytest.raises(CertificateUnusable, match="no certificate and key"):
        tls_context(Certificate(made / "hub.pem", made / "authority.key.pem"))
    with pytest.raises(CertificateUnusable, match="there is no such file"):
        tls_context(Certificate(tmp_path / "hub.pem", made / "hub.key.pem"))
