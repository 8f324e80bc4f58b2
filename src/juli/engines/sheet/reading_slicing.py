"""
Cutting a worksheet into slices of rows while it is unpacked.

A calamine range is dense and holds the whole sheet, so one file of 600,000 rows took 860 MB and one
core. Slices keep the range small, use both cores, show progress, and let the raw cells be looked at
before they are parsed: the library believes every cell address, and one stray cell in the far corner
of a sheet would make it ask for half a terabyte.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from juli.engines.sheet.reading_ledger import MergedRange

SLICE_BYTES = 16 << 20
LAST_EXCEL_ROW = 1_048_576
_CELLS_OF_A_RANGE = 64 << 20
_COLUMNS_OF_EXCEL = 16_384
_HEAD_BYTES = 8 << 20
_TAIL_BYTES = 64 << 20
_ROW_BYTES = 128 << 20
_START = re.compile(rb"<(?:(\w+):)?sheetData\s*(/?)>")
_END = re.compile(rb"</?(?:\w+:)?sheetData\s*/?>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")


class UnusualSheet(Exception):
    """The sheet is written in a way that slices do not cover; it is read as a whole, apart."""


class BrokenSheet(Exception):
    """The sheet breaks off."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Some whole rows of a sheet, as XML in pieces, with what came before the first row of the sheet."""

    head: bytes = field(repr=False)
    pieces: tuple[bytes, ...] = field(repr=False)
    prefix: bytes
    first_row: int
    last_row: int


class Slicing:
    """Iterate over the slices of one sheet; afterwards ``merged`` holds its merged ranges."""

    def __init__(self, chunks: Iterable[bytes], *, slice_bytes: int = SLICE_BYTES) -> None:
        self._chunks = chunks
        self._slice_bytes = slice_bytes
        self._head = b""
        self._prefix = b""
        self._pieces: list[bytes] = []
        self._tail = bytearray()
        self.unpacked = 0

    def __iter__(self) -> Iterator[Slice]:
        rest = b""
        inside = ended = False
        for chunk in self._chunks:
            self.unpacked += len(chunk)
            if ended:
                self._keep_tail(chunk)
                continue
            rest += chunk
            if not inside:
                start = self._enter(rest)
                if start is None:
                    continue
                inside, rest = True, rest[start:]
            rest, ended = self._take_rows(rest)
            if ended or sum(map(len, self._pieces)) >= self._slice_bytes:
                yield from self._slice()
        if not ended:
            raise BrokenSheet

    @property
    def merged(self) -> tuple[MergedRange, ...]:
        """The merged ranges that stand behind the rows."""
        found = []
        for match in _MERGED.finditer(self._tail):
            left, top, right, bottom = match.groups()
            found.append(MergedRange(int(top), int(bottom), column_index(left), column_index(right)))
        return tuple(found)

    def _enter(self, rest: bytes) -> int | None:
        """Keep the head and return where the rows begin, or None if they are further on."""
        start = _START.search(rest)
        if start is None:
            if len(rest) > _HEAD_BYTES:
                raise UnusualSheet
            return None
        self._prefix = start.group(1) + b":" if start.group(1) else b""
        if start.group(2):
            # An empty sheet is written as one closed tag; give it the end that every other sheet has.
            self._head = rest[: start.end()]
            return start.start()
        self._head = rest[: start.end()]
        return start.end()

    def _take_rows(self, rest: bytes) -> tuple[bytes, bool]:
        """Keep the whole rows, return what is left and whether the rows have ended."""
        last = rest.rfind(b"<" + self._prefix + b"row ")
        end = _END.search(rest, max(last, 0))
        if end is not None:
            self._pieces.append(rest[: end.start()])
            self._keep_tail(rest[end.start() :])
            return b"", True
        if last > 0:
            self._pieces.append(rest[:last])
            return rest[last:], False
        if len(rest) > _ROW_BYTES:
            raise UnusualSheet
        return rest, False

    def _slice(self) -> Iterator[Slice]:
        pieces = tuple(piece for piece in self._pieces if piece.strip())
        self._pieces = []
        if not pieces:
            return
        tag = b"<" + self._prefix + b"row "
        number = re.compile(rb"\s*" + tag + rb"(?:[^<>]*? )?r=\"(\d{1,7})\"")
        first = number.match(pieces[0])
        last = number.match(pieces[-1], max(0, pieces[-1].rfind(tag)))
        if first is None or last is None or not 1 <= int(first.group(1)) <= int(last.group(1)):
            raise UnusualSheet
        yield Slice(self._head, pieces, self._prefix, int(first.group(1)), int(last.group(1)))

    def _keep_tail(self, chunk: bytes) -> None:
        if len(self._tail) < _TAIL_BYTES:
            self._tail += chunk


def column_index(letters: bytes) -> int:
    """Return the position of a column from its letters: A is 0, AA is 26."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1


def column_letters(position: int) -> str:
    """Return the letters of a column from its position."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def check_addresses(piece: Slice) -> None:
    """
    Make sure that the cells of a slice stand close together, so that a dense range of them is affordable.

    :raises UnusualSheet: a cell stands far off, or its address is not written the way programs write it.
    """
    digits = (len(str(piece.first_row)), len(str(piece.last_row)))
    height = min(10 ** digits[1], LAST_EXCEL_ROW)
    if piece.last_row > LAST_EXCEL_ROW:
        raise UnusualSheet
    columns = _columns_up_to(min(_CELLS_OF_A_RANGE // height, _COLUMNS_OF_EXCEL))
    tag = b"<" + piece.prefix + b"c"
    wanted = rb" r=\"(?:%s)\d{%d,%d}\"" % (columns, *digits)
    stray = b"<c[\\s>/]" if piece.prefix else b":c[\\s>/]"
    far, foreign = re.compile(tag + rb"(?!" + wanted + rb")"), re.compile(stray)
    if any(far.search(rows) or foreign.search(rows) for rows in piece.pieces):
        raise UnusualSheet


def _columns_up_to(count: int) -> bytes:
    """Return an expression for the letters of no more than so many columns (at least A to Z)."""
    seconds = min(count // 26 - 1, 26)
    pattern = b"[A-Z]"
    if seconds >= 1:
        pattern += b"|[A-%c][A-Z]" % (64 + seconds)
    thirds = min((count - 702) // 676, 24)
    if thirds >= 1:
        pattern += b"|[A-%c][A-Z][A-Z]" % (64 + thirds)
    return pattern
