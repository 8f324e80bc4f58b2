"""``juli bench`` before it measures anything."""

from pathlib import Path

import pytest

from juli.config import cli
from juli.config.cli import bench


def test_every_benchmark_has_its_module() -> None:
    assert [name for name in bench.Benchmark if not (bench.FOLDER / f"{name}.py").is_file()] == []


def test_an_unknown_benchmark_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["bench", "nonsense"]) == 2
    assert "walls" in capsys.readouterr().err


def test_an_installed_package_says_that_it_has_no_benchmarks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "benchmarks")

    assert cli.main(["bench"]) == 1
    assert "make bench" in capsys.readouterr().err


def test_a_benchmark_that_fails_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "benchmarks").mkdir()
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "benchmarks")
    asked: list[tuple[tuple[str, ...], str]] = []

    def run(words: tuple[str, ...], environment: dict[str, str], *, name: str) -> None:
        asked.append((words, environment["JULI_DATA"]))
        if name == "towns":
            raise bench.BenchmarkFailed(name=name)

    monkeypatch.setattr(bench, "_run", run)

    assert cli.main(["bench", "walls", "towns", "lists", "--data", str(tmp_path / "house")]) == 1
    assert "towns" in capsys.readouterr().err
    assert [words[0] for words, _ in asked] == ["juli", "juli", "benchmarks.walls", "benchmarks.towns"]
    assert {house for _, house in asked} == {str(tmp_path / "house")}
