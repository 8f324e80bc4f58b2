"""An address that is taken is noticed before anything starts."""

import socket

import pytest

from juli.config.supervisor import ports


def test_a_port_in_use_is_refused_even_if_it_could_be_shared() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(ports.PortTaken, match="已被其他程序占用"):
            ports.check_free("127.0.0.1", port, grace=0)

    ports.check_free("127.0.0.1", port, grace=5)


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(ports.AddressUnusable, match="请检查 --host 和 --port"):
        ports.check_free("203.0.113.1", 8000, grace=0)
