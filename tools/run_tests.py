"""Run the tests in parallel and end with a plain summary.

python tools/run_tests.py [anything pytest takes]
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    words = [sys.executable, "-m", "pytest", "-n", "auto", "-q", *arguments]
    code = subprocess.run(words, cwd=ROOT).returncode
    minutes, seconds = divmod(round(time.monotonic() - started), 60)
    verdict = {0: "All tests passed", 5: "No tests were found"}.get(code, "Tests FAILED")
    print(f"\n{verdict} in {minutes} min {seconds:02d} s.")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
