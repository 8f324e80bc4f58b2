"""Just enough of BIFF8 in an OLE file to make old .xls workbooks: no library here writes them any more."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def old_workbook(
    rows: Sequence[Sequence[str | float | None]],
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    is_protected: bool = False,
    is_hidden: bool = False,
) -> bytes:
    """Return an .xls file with one sheet; merged are (first row, last, first column, last)."""
    globals_start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600))
    if is_protected:
        globals_start += _record(0x002F, struct.pack("<HHHH", 1, 1, 1, 0))
    name = "名册".encode("utf-16-le")
    bound_size = 4 + 8 + len(name)
    place = len(globals_start) + bound_size + 4
    bound = _record(0x0085, struct.pack("<IBBBB", place, int(is_hidden), 0, len(name) // 2, 1) + name)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet += _cell(row, column, cell)
    if merged:
        areas = b"".join(struct.pack("<HHHH", *area) for area in merged)
        sheet += _record(0x00E5, struct.pack("<H", len(merged)) + areas)
    return compound_file(
        {"Workbook": globals_start + bound + _record(0x000A, b"") + sheet + _record(0x000A, b"")}
    )


def _cell(row: int, column: int, cell: str | float | None) -> bytes:
    if cell is None:
        return b""
    where = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x0204, where + struct.pack("<HB", len(text) // 2, 1) + text)
    return _record(0x0203, where + struct.pack("<d", cell))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return an OLE file with the streams, each padded so that it needs no small sectors."""
    padded = {name: body.ljust(4096, b"\0").ljust(-(-len(body) // _SECTOR) * _SECTOR, b"\0")
              for name, body in streams.items()}  # fmt: skip
    directory_sectors = -(-(len(padded) + 1) * 128 // _SECTOR)
    body_sectors = sum(len(body) for body in padded.values()) // _SECTOR
    fat_sectors = 1
    while fat_sectors * 128 < fat_sectors + directory_sectors + body_sectors:
        fat_sectors += 1
    fat = [_FAT] * fat_sectors + _chain(fat_sectors, directory_sectors)
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    content = b""
    for number, (name, body) in enumerate(padded.items(), start=1):
        start, sectors = len(fat), len(body) // _SECTOR
        fat += _chain(start, sectors)
        sibling = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, start, len(body), right=sibling))
        content += body
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    directory = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat)
    return _header(fat_sectors) + table + directory + content


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    spelt = (name + "\0").encode("utf-16-le")
    return (
        spelt.ljust(64, b"\0")
        + struct.pack("<HBB", len(spelt), kind, 1)
        + struct.pack("<III", _FREE, right, child)
        + bytes(16 + 4 + 16)
        + struct.pack("<IQ", start, size)
    )


def _header(fat_sectors: int) -> bytes:
    listed = [*range(fat_sectors), *[_FREE] * (109 - fat_sectors)]
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        + struct.pack("<IIIIIIIII", 0, fat_sectors, fat_sectors, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<109I", *listed)
    )
