"""As root: the server runs as somebody else, who must be able to reach its folders."""

import os
from pathlib import Path

import pytest

from juli.config.embedded.account import NotTraversable, NoUnprivilegedUser, server_account
from juli.config.embedded.server import Server

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="asks how root is treated")


def test_a_folder_closed_to_the_servers_user_is_named_with_its_mend(data: Path) -> None:
    closed = data.parent / "closed"
    closed.mkdir(mode=0o700)
    server = Server(closed / "inner" / "data", fast_for_tests=True)

    with pytest.raises(NotTraversable) as refused:
        server.prepare()
    server.stop()

    assert f"chmod o+x {closed}，" in refused.value.sentence
    assert f"无法进入文件夹 {closed}，" in refused.value.sentence
    assert closed.stat().st_mode & 0o777 == 0o700, "nobody opens folders behind the owner's back"


def test_without_another_user_root_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("juli.config.embedded.account.CANDIDATES", ("no-such-user",))

    with pytest.raises(NoUnprivilegedUser, match="请改用普通用户"):
        server_account()
