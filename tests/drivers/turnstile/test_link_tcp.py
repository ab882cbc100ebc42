"""The link over the network: the same two exceptions as the serial one, and a sentence for each."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator

import pytest

from drivers.turnstile.emulators.bytewise import Eth008Firmware
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.tcp import HOST, NetworkEmulator
from drivers.turnstile.link import LinkDown, LinkStalled
from drivers.turnstile.link_tcp import TcpLink

ASK = b"\x24"


@pytest.fixture
def device() -> Iterator[NetworkEmulator]:
    with NetworkEmulator(Eth008Firmware()) as running:
        yield running


@pytest.fixture
def link(device: NetworkEmulator) -> Iterator[TcpLink]:
    opened = TcpLink(HOST, device.port)
    opened.open()
    yield opened
    opened.close()


def heard(link: TcpLink) -> bytes:
    assert select.select([link.fileno()], [], [], 5.0)[0], "the device did not answer"
    return link.read()


def test_bytes_go_out_and_come_back(link: TcpLink) -> None:
    link.write(ASK)
    assert heard(link) == b"\x00"


def test_nobody_at_the_address_is_said_with_what_to_do() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(LinkDown, match=rf"The gate at {HOST}:{port} takes no connection"):
        TcpLink(HOST, port).open()


def test_a_pulled_cable_is_down_for_reading_and_for_writing(device: NetworkEmulator, link: TcpLink) -> None:
    link.write(ASK)
    heard(link)
    device.unplug()
    assert select.select([link.fileno()], [], [], 5.0)[0]
    with pytest.raises(LinkDown, match="ended the connection"):
        link.read()
    with pytest.raises(LinkDown):
        for _ in range(3):
            link.write(ASK)


def test_a_second_program_finds_the_device_taken(device: NetworkEmulator, link: TcpLink) -> None:
    link.write(ASK)
    heard(link)
    second = TcpLink(HOST, device.port)
    second.open()
    assert select.select([second.fileno()], [], [], 5.0)[0]
    with pytest.raises(LinkDown):
        second.read()
    second.close()


def test_a_device_that_takes_no_bytes_is_stalled(device: NetworkEmulator, link: TcpLink) -> None:
    link.write(ASK)
    heard(link)
    device.set_faults(Faults(stalled=True))
    with pytest.raises(LinkStalled, match="switch it off and on"):
        for _ in range(1000):
            link.write(b"\x00" * 65536)
    while link.force(b"\x00" * 65536):
        pass
    link.close()
    assert not link.force(ASK)


def test_a_closed_link_says_so_and_closes_again(link: TcpLink) -> None:
    link.close()
    link.close()
    for use in (link.fileno, link.read, lambda: link.write(ASK)):
        with pytest.raises(LinkDown):
            use()
