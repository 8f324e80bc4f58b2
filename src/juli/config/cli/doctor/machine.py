"""The machine, the data folder, the keys and the assets: what can be examined without a database."""

import os
import shutil
import stat
import sys
import zoneinfo
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from juli.config.cli.doctor.findings import Finding, bad, ok, warn
from juli.config.embedded import keys, shelter
from juli.config.embedded.folders import Folders
from juli.config.embedded.tuning import GIBIBYTE
from juli.kernel.refusal import Refusal

OLDEST_PYTHON = (3, 11)
HOME_ZONE = "Asia/Shanghai"
LEAST_SPACE = 1 * GIBIBYTE
COMFORTABLE_SPACE = 10 * GIBIBYTE
EARLIEST_YEAR = 2026
PACKAGE = Path(__file__).resolve().parents[3]
STYLES_AND_SCRIPTS = ("htmx.min.js", "tabler.min.css", "icons.svg")
TYPEFACES = ("NotoSerifSC_400Regular.ttf", "NotoSerifSC_700Bold.ttf")


def examine(data: Path) -> Iterator[Finding]:
    """Examine what is there before the database is."""
    yield _python()
    yield _user()
    yield _clock()
    yield _data_folder(data)
    if data.is_dir():
        yield _space(Folders(data).home)
    yield from _database_files(data)
    yield _keys(data)
    yield _assets()


def _python() -> Finding:
    found = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < OLDEST_PYTHON:
        return bad("Python", f"版本是 {found}，过旧。", mend="请安装 Python 3.11 或更新的版本。")
    return ok("Python", f"版本是 {found}。")


def _user() -> Finding:
    if os.geteuid() == 0:
        return warn(
            "运行用户",
            "正以 root 运行。",
            mend="正式使用时，请为本软件建立一个普通用户，并用它运行。",
        )
    return ok("运行用户", "以普通用户运行。")


def _clock() -> Finding:
    try:
        now = datetime.now(zoneinfo.ZoneInfo(HOME_ZONE))
    except zoneinfo.ZoneInfoNotFoundError:
        return bad("时钟", f"系统没有时区数据 {HOME_ZONE}。", mend="请安装系统的 tzdata 软件包。")
    if now.year < EARLIEST_YEAR:
        return bad(
            "时钟", f"系统时间是 {now:%Y-%m-%d %H:%M}，明显不对。", mend="请校准系统时间，并启用网络对时。"
        )
    return ok("时钟", f"北京时间 {now:%Y-%m-%d %H:%M}。")


def _data_folder(data: Path) -> Finding:
    if not data.is_dir():
        return bad(
            "数据目录",
            f"{data} 还不存在。",
            mend="正式使用请运行 juli init，试用请运行 juli sample panyu-2018；位置由 JULI_DATA 指定。",
        )
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return bad(
            "数据目录", f"{data} 无法写入。", mend="请改用建立它的用户运行，或用 JULI_DATA 指定另一个目录。"
        )
    if stat.S_IMODE(data.stat().st_mode) & 0o066:
        return warn("数据目录", f"其他用户可以查看 {data}。", mend=f"请执行 chmod go-rw {data}。")
    return ok("数据目录", f"{data} 可以读写。")


def _database_files(data: Path) -> Iterator[Finding]:
    folders = Folders(data)
    if folders.note.is_file() and not folders.home.is_dir():
        yield bad(
            "数据库文件",
            f"应在 {folders.home}，但该文件夹不存在。",
            mend=f"请从备份恢复该文件夹；确认不再需要时，请删除 {folders.note} 后重新建立。",
        )
    elif folders.note.is_file():
        yield ok(
            "数据库文件", f"因数据目录对数据库用户不开放，存放在 {folders.home}，备份时请连同它一起备份。"
        )
    if os.geteuid() == 0 and (places := shelter.abandoned()):
        named = "、".join(map(str, places))
        yield warn("数据库文件", f"{named} 所属的数据目录已不存在。", mend="确认不再需要后可以删除。")


def _space(place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    sentence = f"剩余 {free / GIBIBYTE:.1f} GB。"
    mend = "请清理磁盘，或把数据目录移到更大的磁盘；磁盘写满后数据库会停止工作。"
    if free < LEAST_SPACE:
        return bad("磁盘空间", sentence, mend=mend)
    if free < COMFORTABLE_SPACE:
        return warn("磁盘空间", sentence, mend=mend)
    return ok("磁盘空间", sentence)


def _keys(data: Path) -> Finding:
    try:
        found = keys.read(data)
    except Refusal as refusal:
        return bad("密钥", refusal.sentence, mend="请从备份恢复密钥文件。")
    path = Folders(data).secrets
    if found is None:
        return bad(
            "密钥",
            "还没有密钥。",
            mend="请运行 juli init；使用外部密钥时，请设置 JULI_SECRET_KEY 和 JULI_CRYPTO_KEYS_FILE。",
        )
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return bad("密钥", f"其他用户可以读取 {path}。", mend=f"请执行 chmod 600 {path}，并考虑更换密钥。")
    return ok(
        "密钥",
        f"共有 {len(found.crypto.sm4_keys)} 把个人信息密钥，在用的是 {found.crypto.crypto_key_id} 号。",
    )


def _assets() -> Finding:
    wanted = [
        *(PACKAGE / "config" / "static" / "vendor" / name for name in STYLES_AND_SCRIPTS),
        *(PACKAGE / "config" / "fonts" / name for name in TYPEFACES),
    ]
    missing = [path.name for path in wanted if not path.is_file()]
    if missing:
        return bad(
            "页面资源和字体",
            f"缺少 {'、'.join(missing)}。",
            mend="从源码运行时，请执行 make setup；否则请重新安装本软件。",
        )
    return ok("页面资源和字体", "齐全。")
