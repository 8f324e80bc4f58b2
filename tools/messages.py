"""Collect the sentences of pages and code into locale/, and compile what was translated.

python tools/messages.py            collect (needs gettext) and compile
python tools/messages.py compile    compile only (needs nothing but Babel)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "juli"
CATALOGUE = SOURCE / "config" / "locale" / "en" / "LC_MESSAGES" / "django.po"


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
    """Add the sentences of the sources that the catalogue lacks, and take none away."""
    if not shutil.which("xgettext"):
        print("Collecting needs gettext (on Debian: apt-get install gettext).", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "locale").mkdir()
        for part in ("config", "domains", "engines"):
            shutil.copytree(
                SOURCE / part, Path(place) / part, ignore=shutil.ignore_patterns("locale", "static")
            )
        words = [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-location"]
        code = subprocess.run(words, cwd=place).returncode
        found = Path(place) / "locale" / "en" / "LC_MESSAGES" / "django.po"
        if code == 0:
            append_missing(found)
        return code


def append_missing(found: Path) -> None:
    """Write what was found and is not in the catalogue yet at its end, untranslated."""
    with CATALOGUE.open("rb") as lines:
        known = {message.id for message in read_po(lines)}
    with found.open("rb") as lines:
        missing = [message for message in read_po(lines) if message.id and message.id not in known]
    with CATALOGUE.open("a", encoding="utf-8") as target:
        for message in missing:
            identity = message.id[0] if isinstance(message.id, tuple) else message.id
            target.write(f'\nmsgid {normalize(str(identity))}\nmsgstr ""\n')


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["compile"]):
        print(__doc__, file=sys.stderr)
        return 2
    code = 0 if arguments else collect()
    compile_catalogues()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
