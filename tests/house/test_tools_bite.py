"""The linter and the type checker, as they are set here, find what they are there for."""

import subprocess
import sys

import pytest

from tests.house.reading import ROOT

pytestmark = pytest.mark.house

WRONG = [
    ("TID251", "from django.dispatch import receiver\n\nprint(receiver)\n"),
    ("TID252", "from . import models\n\nprint(models)\n"),
    ("DTZ005", "import datetime\n\nnow = datetime.datetime.now()\n"),
    ("BLE001", "try:\n    x = 1\nexcept Exception:\n    x = 2\n"),
    ("S608", 'def ask(cursor, name):\n    cursor.execute(f"SELECT 1 FROM t WHERE name = {name}")\n'),
    ("T201", 'print("left behind")\n'),
    ("ERA001", "# x = compute(y)\n"),
    ("F401", "import os\n"),
    ("B006", "def take(rows=[]):\n    return rows\n"),
]


@pytest.mark.parametrize(("code", "text"), WRONG)
def test_the_linter_finds(code, text):
    words = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--output-format=concise",
        "--stdin-filename",
    ]
    done = subprocess.run(
        [*words, "src/juli/domains/registry/selectors.py", "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
    )

    assert f" {code} " in done.stdout, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return x\n",
        "def f() -> int:\n    return '1'\n",
        "from typing import Any\n\nx: list = []\n",
    ],
)
def test_the_type_checker_finds(tmp_path, text):
    sample = tmp_path / "sample.py"
    sample.write_text(text)
    words = [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(sample)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1, done.stdout + done.stderr
