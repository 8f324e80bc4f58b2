"""
Turning one slice of a worksheet into columns of text, exactly.

Each slice goes to calamine as a small workbook of its own, with the styles (for days) and the shared
strings of the original. What calamine would lose is marked in the XML first: error cells, numbers too
long for Excel, formulas nobody has worked out.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field, replace
from decimal import Decimal

import fastexcel
import polars as pl

from juli.engines.sheet.columns import ROW
from juli.engines.sheet.reading_package import Package
from juli.engines.sheet.reading_slicing import Slice, UnusualSheet, check_addresses, column_letters
from juli.engines.sheet.reading_strings import SharedStrings

_MARK = "@first"
_MANY_STRINGS = 1 << 20
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row [^<>]*hidden=\"(?:1|true)\"")
# These begin with a letter that is rare in a sheet: searching for it is several times faster.
_ERROR = re.compile(rb"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!)<")
_FORMULA_WITHOUT_RESULT = re.compile(
    rb"f(?:>|\s[^<>]*/>)(?:<(?:\w+:)?v>\s*</(?:\w+:)?v>|<(?:\w+:)?v\s*/>|</(?:\w+:)?c>)"
)

# Excel keeps 15 digits: a number cell of 16 or more has lost some.
_LONG_NUMBER = r"^-?[1-9]\d{15,}$"


@dataclass(frozen=True, slots=True)
class SliceFrame:
    """The rows of one slice: ``@row`` and text columns by position."""

    frame: pl.DataFrame = field(repr=False)
    hidden_rows: int
    formulas_without_result: int


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the slices of one workbook; may be used from several threads."""

    styles: bytes = field(repr=False)
    shared: bytes = field(repr=False)
    is_from_1904: bool
    strings: SharedStrings | None = None

    @classmethod
    def for_package(cls, package: Package) -> "CellReader":
        """Return a reader that knows the package's styles, strings and calendar."""
        return cls(package.styles, package.shared, package.is_from_1904)

    def with_strings_read(self) -> "CellReader":
        """Return a reader that has read many shared strings once, so that no slice takes them along."""
        if len(self.shared) < _MANY_STRINGS:
            return self
        frame = self._archive((("xl/styles.xml", _NO_STYLES),))
        return replace(self, strings=SharedStrings.read(self.shared, frame))

    def read(self, piece: Slice) -> SliceFrame:
        """
        Return the rows of a slice.

        :raises UnusualSheet: it cannot be read slice by slice.
        """
        check_addresses(piece)
        rows = tuple(_with_errors_shown(some, piece.prefix) for some in piece.pieces)
        frame = self._with_strings(piece, rows) if self.strings else None
        if frame is None:
            frame = _with_damage_shown(self._frame(piece, rows, self.shared), rows)
        content = pl.exclude(ROW).is_not_null()
        is_filtered = b"filterMode=" in piece.head
        return SliceFrame(
            frame.filter(pl.any_horizontal(content)) if frame.width > 1 else frame.clear(),
            sum(len(_HIDDEN_ROW.findall(some)) for some in rows) if is_filtered else 0,
            sum(len(_FORMULA_WITHOUT_RESULT.findall(some)) for some in rows),
        )

    def _with_strings(self, piece: Slice, rows: tuple[bytes, ...]) -> pl.DataFrame | None:
        """Return the rows with shared strings looked up, or nothing where they must go along."""
        strings = self.strings
        if strings is None or piece.prefix:
            return None
        marked = tuple(done for some in rows if (done := strings.marked(some)) is not None)
        if len(marked) < len(rows):
            return None
        return strings.looked_up(_with_damage_shown(self._frame(piece, marked, b""), marked))

    def _frame(self, piece: Slice, rows: tuple[bytes, ...], shared: bytes) -> pl.DataFrame:
        is_first = piece.first_row == 1
        opening = b"" if is_first else _marked_row(piece)
        closing = b"</%bsheetData></%bworksheet>" % (piece.prefix, piece.prefix)
        try:
            # Nothing here keeps the packed bytes: the library has taken its own copy of them.
            sheet_parts = (piece.head, opening, *rows, closing)
            workbook = fastexcel.read_excel(self._workbook(sheet_parts, shared))
            sheet = workbook.load_sheet(
                0,
                header_row=None,
                skip_rows=0 if is_first else None,
                dtypes="string",
                whitespace_as_null=True,
            )
            frame: pl.DataFrame = sheet.to_polars()
            positions = [column.absolute_index for column in sheet.selected_columns]
        except BaseException as broken:
            # A panic inside the library is no Exception.
            if isinstance(broken, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
                raise
            raise UnusualSheet from broken
        frame.columns = [f"c{position}" for position in positions]
        if not is_first:
            if frame.is_empty() or frame.columns[0] != "c0" or frame.item(0, 0) != _MARK:
                raise UnusualSheet
            frame = frame.slice(1)
        if frame.height > piece.last_row - piece.first_row + 1:
            raise UnusualSheet
        return frame.with_row_index(ROW, offset=piece.first_row)

    def _workbook(self, sheet: tuple[bytes, ...], shared: bytes) -> bytes:
        """Return a workbook around the pieces of one sheet; nothing in it is compressed."""
        parts = (
            ("xl/styles.xml", self.styles or _NO_STYLES),
            ("xl/sharedStrings.xml", shared or _NO_STRINGS),
        )
        packed = self._archive(parts)
        with (
            zipfile.ZipFile(packed, "a", zipfile.ZIP_STORED) as archive,
            archive.open("xl/worksheets/sheet1.xml", "w") as part,
        ):
            for piece in sheet:
                part.write(piece)
        return packed.getvalue()

    def _archive(self, parts: tuple[tuple[str, bytes], ...]) -> io.BytesIO:
        """Return the frame of a workbook with one sheet, and these parts in it."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
            archive.writestr("_rels/.rels", _ROOT_LINKS)
            archive.writestr("xl/workbook.xml", _WORKBOOK % (b"1" if self.is_from_1904 else b"0"))
            archive.writestr("xl/_rels/workbook.xml.rels", _WORKBOOK_LINKS)
            for name, content in parts:
                archive.writestr(name, content)
        return packed


def _marked_row(piece: Slice) -> bytes:
    """Return a row before the first one, so that the slice begins in column A at a known row."""
    p, row = piece.prefix, piece.first_row - 1
    return b'<%brow r="%d"><%bc r="A%d" t="str"><%bv>%b</%bv></%bc></%brow>' % (
        p, row, p, row, p, _MARK.encode(), p, p, p,
    )  # fmt: skip


def _with_errors_shown(rows: bytes, prefix: bytes) -> bytes:
    """Make text of error cells (#N/A): calamine leaves them blank, and blank is not what they are."""
    if _ERROR.search(rows) is None:
        return rows
    return re.sub(rb"(<" + prefix + rb"c [^<>]*)t=\"e\"", rb'\1t="str"', rows)


def _with_damage_shown(frame: pl.DataFrame, rows: tuple[bytes, ...]) -> pl.DataFrame:
    """Write numbers that have lost digits as Excel shows them (1.1E+17); text of digits stays as it is."""
    for name in frame.columns[1:]:
        cells = pl.col(name)
        long = (cells.str.len_bytes() >= 16) & cells.str.contains(_LONG_NUMBER)
        whole = cells.cast(pl.Int64, strict=False)
        # Only one text of digits in sixteen could come out of a number cell at all.
        could_be_number = whole.is_null() | (whole.cast(pl.Float64).cast(pl.Int64, strict=False) == whole)
        suspects = frame.lazy().filter(long).filter(could_be_number).select(ROW, name).collect()
        if suspects.is_empty():
            continue
        damaged = _numbers_among(suspects, rows, column_letters(int(name[1:])).encode())
        if damaged:
            numbers = pl.Series(list(damaged), dtype=pl.UInt32)
            shown = pl.Series(list(damaged.values()), dtype=pl.String)
            changed = pl.col(ROW).replace_strict(numbers, shown, default=None, return_dtype=pl.String)
            frame = frame.with_columns(pl.coalesce(changed, name).alias(name))
    return frame


def _numbers_among(suspects: pl.DataFrame, rows: tuple[bytes, ...], letters: bytes) -> dict[int, str]:
    """Return, by row, the suspects whose cell holds a number and not a text."""
    found: dict[int, str] = {}
    waiting = iter(rows)
    here, place = next(waiting, b""), 0
    for row, text in suspects.iter_rows():
        address = b'r="%b%d"' % (letters, row)
        while (place := here.find(address, place)) < 0:
            here, place = next(waiting, b""), 0
            if not here:
                return found
        cell = here[place : here.find(b">", place)]
        if b' t="s"' not in cell and b' t="str"' not in cell and b' t="inlineStr"' not in cell:
            found[row] = as_excel_shows(text)
    return found


def as_excel_shows(number: str) -> str:
    """Return a long number the way Excel shows and keeps it: 15 digits and a power of ten."""
    mantissa, exponent = f"{Decimal(number):.14E}".split("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"


_CONTENT_TYPES = (
    f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/></Types>'
).encode()
_ROOT_LINKS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
).encode()
_WORKBOOK = (
    f'<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}">'
    f'<workbookPr date1904="%b"/><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>'
).encode()
_WORKBOOK_LINKS = (
    f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATIONSHIPS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_RELATIONSHIPS}/sharedStrings" Target="sharedStrings.xml"/>'
    f"</Relationships>"
).encode()
_NO_STYLES = f'<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{_MAIN}"/>'.encode()
_NO_STRINGS = f'<?xml version="1.0" encoding="UTF-8"?><sst xmlns="{_MAIN}"/>'.encode()
