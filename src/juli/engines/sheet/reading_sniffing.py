"""Telling what a file is by its content; its name is only what somebody called it."""

import re
import struct
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from juli.engines.sheet.reading_ledger import Limits, Note
from juli.engines.sheet.reading_refusals import (
    EmptyFile,
    FormatNotRead,
    NotATable,
    PasswordProtected,
    TooLarge,
    Truncated,
)


class Format(StrEnum):
    """The kinds of file that are read (文件格式)."""

    WORKBOOK = "xlsx"
    OLD_WORKBOOK = "xls"
    TEXT = "csv"
    WEB_PAGE = "html"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a file turned out to be."""

    format: Format
    notes: tuple[Note, ...] = ()


_SUFFIXES = {
    Format.WORKBOOK: (".xlsx", ".xlsm", ".xltx", ".xltm"),
    Format.OLD_WORKBOOK: (".xls", ".xlt", ".et"),
    Format.TEXT: (".csv", ".tsv", ".txt"),
    Format.WEB_PAGE: (".html", ".htm"),
}
_NAMES = {
    Format.WORKBOOK: "xlsx 工作簿",
    Format.OLD_WORKBOOK: "xls 工作簿",
    Format.TEXT: "文本表格（csv）",
    Format.WEB_PAGE: "网页表格（html）",
}
_OTHERS = (
    (b"%PDF", "一份 PDF 文档"),
    (b"\x89PNG", "一张图片"),
    (b"\xff\xd8\xff", "一张图片"),
    (b"GIF8", "一张图片"),
    (b"BM", "一张图片"),
    (b"Rar!", "一个压缩包"),
    (b"7z\xbc\xaf", "一个压缩包"),
    (b"\x1f\x8b", "一个压缩包"),
    (b"{\\rtf", "一份 RTF 文档"),
    (b"MZ", "一个程序"),
    (b"\x7fELF", "一个程序"),
    (b"SQLite format 3", "一个数据库"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 64 << 10
_FIRST_RECORD = re.compile(rb"\x09\x08[\x04-\x10]\x00\x00[\x05\x06]\x05\x00")
_FILEPASS = 0x2F
_RECORDS_LOOKED_AT = 8


def spoken_size(size: int) -> str:
    """Return a size in bytes the way people say it."""
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{-(-size // 1024)} KB"


def sniff(path: Path, *, filename: str, limits: Limits) -> Sniffed:
    """
    Return what the file is, judged by its content.

    :raises EmptyFile: it has no bytes.
    :raises NotATable: it is a picture, a document, an archive, a program.
    :raises FormatNotRead: it is a table of a kind that is not read here.
    :raises PasswordProtected: it opens only with a password.
    :raises TooLarge: it is over the limit for its kind.
    :raises Truncated: it breaks off.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile(filename=filename)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    found = _format_of(head, path, filename=filename, limits=limits)
    _check_size(size, found, filename=filename, limits=limits)
    notes = []
    suffix = Path(filename).suffix.lower()
    if suffix not in _SUFFIXES[found]:
        said = f"文件名以“{suffix}”结尾" if suffix else "文件名没有后缀"
        sentence = f"{said}，内容其实是{_NAMES[found]}，已按实际内容读取。"
        notes.append(Note("sheet.renamed", sentence))
    return Sniffed(found, tuple(notes))


def _check_size(size: int, found: Format, *, filename: str, limits: Limits) -> None:
    limit = {
        Format.TEXT: limits.text_bytes,
        Format.WEB_PAGE: limits.web_page_bytes,
    }.get(found, limits.workbook_bytes)
    if size > limit:
        raise TooLarge(filename=filename, size=spoken_size(size), limit=spoken_size(limit))


def _format_of(head: bytes, path: Path, *, filename: str, limits: Limits) -> Format:
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        return Format.WORKBOOK
    if head.startswith(_OLE[: len(head)]) and len(head) >= 4:
        return _format_of_compound(path, filename=filename, limits=limits)
    for magic, what in _OTHERS:
        if head.startswith(magic) and (len(magic) > 2 or _BINARY.search(head)):
            raise NotATable(filename=filename, what=what)
    return _format_of_text(head, filename=filename)


def _format_of_compound(path: Path, *, filename: str, limits: Limits) -> Format:
    """Look into an OLE file's directory: the same wrapping holds xls, Word and everything encrypted."""
    size = path.stat().st_size
    _check_size(size, Format.OLD_WORKBOOK, filename=filename, limits=limits)
    content = path.read_bytes()

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in content

    if holds("EncryptedPackage"):
        raise PasswordProtected(filename=filename)
    if holds("Workbook") or holds("Book"):
        if _is_encrypted_inside(content):
            raise PasswordProtected(filename=filename)
        return Format.OLD_WORKBOOK
    if holds("WordDocument"):
        raise NotATable(filename=filename, what="一份 Word 文档")
    if holds("PowerPoint Document"):
        raise NotATable(filename=filename, what="一份演示文稿")
    if size < 1536 or not holds("Root Entry"):
        raise Truncated(filename=filename)
    raise NotATable(filename=filename, what="其他程序的文件")


def _is_encrypted_inside(content: bytes) -> bool:
    """Walk the first records of the old workbook: one of them says that all others are encrypted."""
    start = _FIRST_RECORD.search(content)
    place = start.start() if start else len(content)
    for _ in range(_RECORDS_LOOKED_AT):
        if place + 4 > len(content):
            return False
        kind, size = struct.unpack_from("<HH", content, place)
        if kind == _FILEPASS:
            return True
        place += 4 + size
    return False


def _format_of_text(head: bytes, *, filename: str) -> Format:
    start = as_plain_ascii(head)
    lowered = start.lower()
    if lowered.startswith("mime-version:"):
        raise FormatNotRead(filename=filename, what="单个文件网页（mht）")
    if lowered.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in lowered and "<workbook" in lowered:
            raise FormatNotRead(filename=filename, what="“XML 表格 2003”")
        if re.search(r"<(html|table|!doctype html|meta|body|tr)\b", lowered):
            return Format.WEB_PAGE
        if lowered.startswith("<?xml"):
            raise NotATable(filename=filename, what="XML 数据")
    if _BINARY.search(start.encode("ascii", "ignore")):
        raise NotATable(filename=filename, what="无法识别的二进制数据")
    return Format.TEXT


def as_plain_ascii(head: bytes) -> str:
    """Return what a text starts with, whatever its encoding; characters beyond ASCII become “?”."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    elif (guess := utf16_without_mark(head)) is not None:
        text = head[: len(head) // 2 * 2].decode(guess, "replace")
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace")
    return text.encode("ascii", "replace").decode("ascii").lstrip()


def utf16_without_mark(head: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark: ASCII signs in it leave every other byte empty."""
    sample = head[:4096]
    if len(sample) < 4 or sample.count(0) < len(sample) // 20 + 1:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None
