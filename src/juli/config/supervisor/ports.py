"""Whether the address that the site shall answer on is free (端口)."""

import errno
import http.client
import socket
import time

from juli.kernel.refusal import Refusal

# The site of a house that was killed a moment ago still finishes its last pages.
GRACE_SECONDS = 3.0


class PortTaken(Refusal):
    """Another program answers there."""

    code = "supervisor.port_taken"
    message = "地址 {host}:{port} 已被其他程序占用。请先停止该程序，或用 --port 换一个端口。"


class AddressUnusable(Refusal):
    """The machine has no such address, or we may not use the port."""

    code = "supervisor.address_unusable"
    message = "无法在 {host}:{port} 上提供服务（{reason}）。请检查 --host 和 --port。"


def check_free(host: str, port: int, *, grace: float = GRACE_SECONDS) -> None:
    """
    Make sure that nobody else listens there.

    Asked for before the site starts: its workers share their port, and would share it with another
    house without a word.

    :raises PortTaken: somebody does.
    :raises AddressUnusable: nobody can.
    """
    end = time.monotonic() + grace
    while True:
        try:
            _bind(host, port)
        except PortTaken:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def answers(host: str, port: int) -> bool:
    """Say whether the site answers a request."""
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104  a name for "every address", to be asked locally
        host = "localhost"
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _bind(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host=host, port=port) from error
        raise AddressUnusable(host=host, port=port, reason=error.strerror or error) from error
