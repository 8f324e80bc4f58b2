#!/usr/bin/env python3
"""Prepare a clone for running or for developing. Safe to call again: a step already done costs nothing.

    python3 tools/prepare.py run    packages to run, front-end assets, translations
    python3 tools/prepare.py dev    packages to develop
    python3 tools/prepare.py all    all of these, and the browser and fonts that the tests look with

Needs the standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "juli-stamps"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


class Unprepared(Exception):
    """Something is missing that this script may not or cannot get by itself."""


def say(sentence: str) -> None:
    print(f"· {sentence}", flush=True)


def run(*words: str | Path, quiet_until_failure: bool = True) -> None:
    """
    Run one command in the project folder; show what it said only when it fails.

    :raises Unprepared: the command failed.
    """
    line = [str(word) for word in words]
    if quiet_until_failure:
        done = subprocess.run(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(done.stdout, file=sys.stderr)
    else:
        done = subprocess.run(line, cwd=ROOT, text=True)
    if done.returncode:
        raise Unprepared(f"this failed: {' '.join(line)}")


def fingerprint(paths: Iterable[Path], more: str = "") -> str:
    """Return a digest of the files' contents and of the interpreter: a change of either redoes a step."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT} {more}".encode())
    for path in sorted(paths):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes() if path.is_file() else b"absent")
    return digest.hexdigest()


def is_done(step: str, wanted: str) -> bool:
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == wanted


def once(step: str, wanted: str, work: Callable[[], None], saying: str) -> None:
    """Do the work unless it was done before on inputs of the same fingerprint."""
    if is_done(step, wanted):
        return
    say(saying)
    work()
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(wanted)


def apt_install(*packages: str) -> bool:
    """Install Debian packages when this is Debian and we are root; return whether they are there now."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    words = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for attempt in (words, ["apt-get", "update"], words):
        done = subprocess.run(attempt, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if done.returncode == 0 and attempt is words:
            return True
    return False


def environment() -> None:
    """
    Make the virtual environment.

    :raises Unprepared: Python is too old, or cannot make virtual environments.
    """
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        raise Unprepared(
            f"Juli needs Python {OLDEST[0]}.{OLDEST[1]} or newer; `{sys.executable}` is {found}."
        )
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    say("making .venv")
    if subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode:
        say("Python's venv module is missing: installing python3-venv")
        if not apt_install("python3-venv"):
            raise Unprepared(
                "Python cannot make virtual environments here. On Debian: apt-get install python3-venv"
            )
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)


def packages(lock: str) -> None:
    """Install the locked packages, every file checked against its hash, and Juli itself from this folder."""
    build = ROOT / "requirements" / "build.txt"
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet")
    run(*pip, "--require-hashes", "-r", build, "-r", ROOT / "requirements" / lock)
    run(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT)


def install(lock: str) -> None:
    if lock == "base.txt" and is_done("dev.txt", packages_of("dev.txt")):
        return  # the developer's set contains the runner's
    saying = f"installing packages from requirements/{lock} (about a minute)"
    once(lock, packages_of(lock), lambda: packages(lock), saying)


def packages_of(lock: str) -> str:
    """Return the fingerprint of a lock and of the part of pyproject.toml that an installation depends on."""
    import tomllib  # here, because an older Python must get as far as the sentence about its age

    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [declared["build-system"], declared["project"], declared["tool"]["hatch"]]
    locks = [ROOT / "requirements" / name for name in ("build.txt", lock)]
    return fingerprint(locks, repr(parts))


def assets() -> None:
    """Fetch the pinned front-end packages and put what is used where pages find it."""
    run(*assets_command(), quiet_until_failure=False)


def assets_command() -> tuple[Path, ...]:
    return (PYTHON, ROOT / "tools" / "assets.py")


@contextmanager
def assets_beside() -> Iterator[None]:
    """Fetch the front-end packages while the block installs the others; both wait for the network."""
    if not shutil.which("npm"):  # then a Python package brings it, which must not be installed at once
        yield
        assets()
        return
    fetching = subprocess.Popen(list(map(str, assets_command())), cwd=ROOT)
    try:
        yield
    finally:
        code = fetching.wait()
    if code:
        raise Unprepared("the front-end packages could not be fetched")


def translations() -> None:
    sources = list((ROOT / "src").rglob("*.po"))
    if sources:
        compiler = ROOT / "tools" / "messages.py"
        once(
            "messages",
            fingerprint([*sources, compiler]),
            lambda: run(PYTHON, compiler, "compile"),
            "compiling translations",
        )


def eyes() -> None:
    """Get the browser and the Chinese fonts that page tests look with; or say that they are missing."""
    wanted: list[str] = []
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        wanted.append("chromium")
    if not any(Path("/usr/share/fonts").rglob("NotoSansCJK*")):
        wanted.append("fonts-noto-cjk")
    if not wanted:
        return
    names = " ".join(wanted)
    say(f"installing {names} for the page tests")
    if not apt_install(*wanted):
        say(f"could not: page tests in a browser need it (on Debian, as root: apt-get install {names})")


def main(arguments: list[str]) -> int:
    goal = arguments[0] if len(arguments) == 1 else ""
    if goal not in {"run", "dev", "all"}:
        print(__doc__, file=sys.stderr)
        return 2
    (ROOT / ".data").mkdir(exist_ok=True)
    Path(os.environ.get("HOME") or ROOT / ".data" / "home").mkdir(parents=True, exist_ok=True)
    with (ROOT / ".data" / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # `make -j` must not set up twice at once
        try:
            environment()
            with assets_beside() if goal != "dev" else nullcontext():
                install("base.txt" if goal == "run" else "dev.txt")
            if goal != "dev":
                translations()
            if goal == "all":
                eyes()
        except Unprepared as missing:
            print(f"Not prepared: {missing}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
