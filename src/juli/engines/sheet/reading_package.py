"""The parts of an xlsx workbook: a zip whose every part is read under a limit, never at its word."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import IO, Self
from xml.etree import ElementTree

from juli.engines.sheet.reading_ledger import Limits, Note, SheetName
from juli.engines.sheet.reading_refusals import (
    Damaged,
    FormatNotRead,
    NoSheet,
    NotATable,
    PasswordProtected,
    TooLargeInside,
    Truncated,
)
from juli.engines.sheet.reading_sniffing import spoken_size

# Everything zipfile is known to raise on bytes that are not what they claim to be.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, IndexError,
    OverflowError,
)  # fmt: skip
_CHUNK = 1 << 20
_SHEET_PART = re.compile(r"/worksheet$")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet and the part of the zip that holds it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(kw_only=True)
class Package:
    """An open xlsx file: its sheets and whatever its cells refer to."""

    filename: str
    limits: Limits
    archive: zipfile.ZipFile = field(repr=False)
    parts: tuple[SheetPart, ...] = ()
    is_from_1904: bool = False
    styles: bytes = field(default=b"", repr=False)
    shared: bytes = field(default=b"", repr=False)
    notes: tuple[Note, ...] = ()

    @classmethod
    @contextmanager
    def opened(cls, path: Path, *, filename: str, limits: Limits) -> Iterator[Self]:
        """
        Open the workbook for as long as the block lasts.

        :raises Truncated: the zip breaks off.
        :raises Damaged: a part of it cannot be read.
        :raises NotATable: the zip is a document or an ordinary archive.
        :raises FormatNotRead: it is a binary (xlsb) or OpenDocument workbook.
        :raises PasswordProtected: its members are encrypted.
        :raises TooLargeInside: it unpacks to more than a ledger ever holds.
        """
        try:
            archive = zipfile.ZipFile(path)
        except _BROKEN as broken:
            raise Truncated(filename=filename) from broken
        with archive:
            package = cls(filename=filename, limits=limits, archive=archive)
            package._look_inside()
            yield package

    @property
    def sheets(self) -> tuple[SheetName, ...]:
        """The sheets by name, in the order of the workbook."""
        return tuple(SheetName(part.name, part.is_hidden) for part in self.parts)

    def _look_inside(self) -> None:
        names = set(self.archive.namelist())
        self._refuse_other_packages(names)
        workbook = self._workbook_part(names)
        links = self._links(workbook)
        root = self._tree(workbook)
        self.parts = tuple(self._sheet_parts(root, links, names))
        if not self.parts:
            raise NoSheet(filename=self.filename)
        properties = next((node for node in root.iter() if _local(node) == "workbookPr"), None)
        self.is_from_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        for kind, part in links.values():
            if kind.endswith("/styles") and part in names:
                self.styles = self.part(part, self.limits.part_bytes, "单元格样式")
            if kind.endswith("/sharedStrings") and part in names:
                self.shared = self.part(part, self.limits.shared_bytes, "文字")
        if any(name.endswith("vbaProject.bin") for name in names):
            self.notes += (Note("sheet.macros_not_run", "工作簿带有宏，系统只读取了数据，宏未运行。"),)

    def _refuse_other_packages(self, names: set[str]) -> None:
        if any(entry.flag_bits & 1 for entry in self.archive.infolist()):
            raise PasswordProtected(filename=self.filename)
        if "xl/workbook.bin" in names:
            raise FormatNotRead(filename=self.filename, what="二进制工作簿（xlsb）")
        if "content.xml" in names and "mimetype" in names:
            raise FormatNotRead(filename=self.filename, what="OpenDocument 表格（ods）")
        if "word/document.xml" in names:
            raise NotATable(filename=self.filename, what="一份 Word 文档")
        if "ppt/presentation.xml" in names:
            raise NotATable(filename=self.filename, what="一份演示文稿")
        if "[Content_Types].xml" not in names and not any(name.startswith("xl/") for name in names):
            raise NotATable(filename=self.filename, what="一个压缩包")

    def _workbook_part(self, names: set[str]) -> str:
        if "_rels/.rels" in names:
            for kind, part in self._links("").values():
                if kind.endswith("/officeDocument") and part in names:
                    return part
        if "xl/workbook.xml" in names:
            return "xl/workbook.xml"
        raise Damaged(filename=self.filename, where="目录")

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the kind and the target part of every relationship of a part."""
        folder, name = dirname(part), part.rsplit("/", 1)[-1]
        source = join(folder, "_rels", f"{name}.rels")
        if source not in self.archive.namelist():
            return {}
        found = {}
        for node in self._tree(source):
            target = node.get("Target", "")
            # A target may be absolute in the package, or relative to the part that names it.
            full = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
            found[node.get("Id", "")] = (node.get("Type", ""), full)
        return found

    def _sheet_parts(
        self, root: ElementTree.Element, links: dict[str, tuple[str, str]], names: set[str]
    ) -> Iterator[SheetPart]:
        for node in root.iter():
            if _local(node) != "sheet":
                continue
            link = next((value for key, value in node.items() if key.endswith("}id")), "")
            kind, part = links.get(link, ("", ""))
            if _SHEET_PART.search(kind) and part in names:
                yield SheetPart(node.get("name", ""), part, node.get("state", "visible") != "visible")

    def _tree(self, part: str) -> ElementTree.Element:
        content = self.part(part, self.limits.part_bytes, "目录")
        # No office program writes a document type; entities in one could grow without end.
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Damaged(filename=self.filename, where="目录")
        try:
            return ElementTree.fromstring(content)  # noqa: S314 - no document type, size bounded
        except (ElementTree.ParseError, ValueError, LookupError) as broken:
            raise Damaged(filename=self.filename, where="目录") from broken

    def part(self, name: str, limit: int, where: str) -> bytes:
        """
        Return one part, unpacked.

        :raises Damaged: it cannot be unpacked.
        :raises TooLargeInside: it is larger than the limit.
        """
        return b"".join(self.chunks(name, limit=limit, where=where))

    def chunks(self, name: str, *, limit: int, where: str) -> Iterator[bytes]:
        """
        Yield one part piece by piece, unpacked.

        :raises Damaged: it cannot be unpacked.
        :raises TooLargeInside: it is larger than the limit.
        """
        stream = self._opened(name, where)
        unpacked = 0
        with stream:
            while chunk := self._next_chunk(stream, where):
                unpacked += len(chunk)
                if unpacked > limit:
                    raise TooLargeInside(filename=self.filename, where=where, limit=spoken_size(limit))
                yield chunk

    def _opened(self, name: str, where: str) -> IO[bytes]:
        try:
            return self.archive.open(name)
        except RuntimeError as broken:
            raise PasswordProtected(filename=self.filename) from broken
        except _BROKEN as broken:
            raise Damaged(filename=self.filename, where=where) from broken

    def _next_chunk(self, stream: IO[bytes], where: str) -> bytes:
        try:
            return stream.read(_CHUNK)
        except _BROKEN as broken:
            raise Damaged(filename=self.filename, where=where) from broken

    def unpacked_size(self, name: str) -> int:
        """Return the size a part claims to have, for showing progress only."""
        return self.archive.getinfo(name).file_size


def _local(node: ElementTree.Element) -> str:
    """Return a tag without its namespace: strict and transitional workbooks differ only there."""
    return node.tag.rsplit("}", 1)[-1]
