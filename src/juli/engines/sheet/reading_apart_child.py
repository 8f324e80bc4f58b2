"""
The child process that reads a workbook under a limit of memory and time.

It is started by file name and stands alone: the standard library and python-calamine, nothing of ours.
In: a request as JSON. Out: one line of JSON, and for rows a csv behind it, first column the row number.
"""

import csv
import datetime as days
import io
import json
import resource
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO

_PEEKED_ROWS = 60
_LONGEST_WHOLE_NUMBER = 10**15


def as_text(value: object) -> str | None:
    """Return a cell as text, exactly: whole numbers without point, days as days, long numbers as damaged."""
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number_as_text(value)
        case days.datetime():
            return value.isoformat(sep=" ")
        case days.date():
            return f"{value.isoformat()} 00:00:00"
        case _:
            text = str(value)
            return text if text.strip() else None


def number_as_text(number: int | float) -> str:
    """Return a number without ".0" and without power of ten, unless it is too long to be exact."""
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return str(number)
    if abs(exact) >= _LONGEST_WHOLE_NUMBER:
        mantissa, exponent = f"{exact:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    return format(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact, "f")


def rows_of(sheet: Any, limit: int | None) -> Iterator[list[str | None]]:
    """Yield the rows that hold anything: the row number, then every cell from column A on."""
    if sheet.start is None:
        return
    for index, cells in enumerate(sheet.to_python(skip_empty_area=False, nrows=limit)):
        texts = [as_text(cell) for cell in cells]
        if any(text is not None for text in texts):
            yield [str(index + 1), *texts]


def look(book: Any, out: TextIO) -> None:
    """Write the names of the sheets and the first rows of each."""
    sheets = []
    for place, about in enumerate(book.sheets_metadata):
        if "WorkSheet" not in str(about.typ):
            continue
        rows = list(rows_of(book.get_sheet_by_index(place), _PEEKED_ROWS))
        sheets.append({"name": about.name, "hidden": "Visible" not in str(about.visible), "rows": rows})
    json.dump({"sheets": sheets}, out)


def read(book: Any, name: str, out: TextIO) -> None:
    """Write all rows of one sheet."""
    sheet = book.get_sheet_by_name(name)
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    width = 0 if sheet.end is None else sheet.end[1] + 1
    json.dump({"width": width, "merged": merged}, out)
    out.write("\n")
    csv.writer(out, lineterminator="\n").writerows(rows_of(sheet, None))


def main() -> None:
    """Read the request, bind ourselves to its limits, answer."""
    request = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_AS, (request["bytes"], request["bytes"]))
    resource.setrlimit(resource.RLIMIT_CPU, (request["seconds"], request["seconds"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine

    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        # An open file, for by its path the library would judge it by its suffix.
        with open(request["path"], "rb") as stream:  # noqa: PTH123
            book = python_calamine.load_workbook(stream)
            if request["sheet"] is None:
                look(book, out)
            else:
                read(book, request["sheet"], out)
    except python_calamine.PasswordError:
        json.dump({"refused": "password"}, out)
    except (python_calamine.CalamineError, ValueError, OSError):
        json.dump({"refused": "damaged"}, out)
    out.flush()


if __name__ == "__main__":
    main()
