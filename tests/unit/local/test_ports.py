"""Which ports a cloud takes."""

import socket
from pathlib import Path

import pytest

from local.errors import PortTaken
from local.ports import FREE, choose


def test_a_checkout_gets_the_same_ports_each_time(tmp_path: Path) -> None:
    assert choose(FREE, tmp_path) == choose(FREE, tmp_path)


def test_the_first_port_can_be_fixed(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chosen = choose(port, tmp_path)
    assert chosen.front == port
    assert len({chosen.front, chosen.moto, chosen.dynamodb}) == 3


def test_a_taken_port_is_met_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"port {port} is taken by another program\n.*TREADLE_PORT"):
            choose(port, tmp_path)


def test_a_port_that_somebody_took_meanwhile_is_passed_over(tmp_path: Path) -> None:
    wanted = choose(FREE, tmp_path).front
    with socket.socket() as other:
        other.bind(("127.0.0.1", wanted))
        other.listen()
        assert choose(FREE, tmp_path).front != wanted
