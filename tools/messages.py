"""Collect the sentences of pages and code into locale/, and compile what was translated.

python tools/messages.py            collect (needs gettext) and compile
python tools/messages.py compile    compile only (needs nothing but Babel)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "juli"


def compile_catalogues() -> None:
    """Write the .mo beside every .po; a fuzzy entry is left out, as gettext leaves it out."""
    for source in sorted(SOURCE.rglob("*.po")):
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3])
        with source.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
        missing = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{source.relative_to(ROOT)}: {len(catalogue)} messages, {missing} not translated")


def collect() -> int:
    """Read the sources again into the .po files; return the exit code of the collector."""
    if not shutil.which("xgettext"):
        print("Collecting needs gettext (on Debian: apt-get install gettext).", file=sys.stderr)
        return 1
    words = ["django-admin", "makemessages", "--locale", "en", "--no-location", "--no-obsolete"]
    script = Path(sys.executable).parent / words[0]
    return subprocess.run([str(script), *words[1:]], cwd=SOURCE / "config").returncode


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["compile"]):
        print(__doc__, file=sys.stderr)
        return 2
    code = 0 if arguments else collect()
    compile_catalogues()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
