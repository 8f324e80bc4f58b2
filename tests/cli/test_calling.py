"""Every way of calling the command ends with the right code and a Chinese sentence."""

import os
import subprocess
import sys

import pytest

from juli.config import cli
from juli.config.cli import COMMANDS, Command

ENGLISH = ("Usage", "Options", "Commands", "Show this", "default", "Error", "INTEGER", "TEXT")


def test_help_lists_every_command_and_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0

    said = capsys.readouterr().out
    for command in COMMANDS:
        assert f"  {command.name} " in said
        assert command.summary in said
    assert not [word for word in ENGLISH if word in said]


def test_no_command_at_all_shows_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "命令：" in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_explains_itself_in_chinese(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([command.name, "--help"]) == 0

    said = capsys.readouterr().out
    assert f"用法：juli {command.name}" in said
    assert not [word for word in ENGLISH if word in said]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("juli ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["serv"], "没有 serv 这个命令。是不是想用 juli serve？"),
        (["docter"], "没有 docter 这个命令。是不是想用 juli doctor？"),
        (["xyzzy"], "没有 xyzzy 这个命令。可用的命令："),
        (["user", "lst"], "没有 lst 这个命令。是不是想用 juli user list？"),
        (["serve", "--prot", "1"], "没有 --prot 这个选项。是不是想用 --"),
        (["serve", "--port", "x"], "选项 --port 的值不合要求：应为整数。"),
        (["serve", "--port", "70000"], "选项 --port 的值不合要求：不能大于 65535。"),
        (["serve", "--port"], "选项 --port 后面缺少它的值，或多出了值。"),
        (["serve", "now"], "多出了参数：now。"),
        (["--bad"], "没有 --bad 这个选项。"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_a_wrong_call_ends_with_two_and_a_hint(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(sentence)
    assert "--help 查看" in told.err


def test_the_list_of_commands_is_true(capsys: pytest.CaptureFixture[str]) -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


def test_help_is_quick(juli) -> None:
    taken = []
    for _ in range(3):
        before = os.times()
        assert juli("--help").code == 0
        after = os.times()
        # Of the processor, not of the clock: the machine may have other work.
        taken.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )

    assert min(taken) < 0.4


def test_help_imports_neither_django_nor_a_driver() -> None:
    code = (
        "import sys; from juli.config import cli; cli.main(['--help']); print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not {"django", "psycopg", "polars", "numpy", "granian"} & set(done.stderr.split())


@pytest.mark.parametrize("command", ["web", "worker"])
def test_before_init_a_command_is_refused_with_the_next_step(data, juli, command: str) -> None:
    outcome = juli(command)

    assert outcome.code == 1
    assert "请先运行 juli init" in outcome.complained
    assert not data.exists(), "a command that only uses the database does not make one"


def test_serve_before_init_is_refused(data, juli) -> None:
    outcome = juli("serve", "--port", "48123")

    assert outcome.code == 1
    assert "请先运行 juli init" in outcome.complained


def test_an_outside_database_that_is_down_is_a_sentence(data, juli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JULI_DATABASE_URL", "postgresql://a:b@127.0.0.1:9/juli")
    monkeypatch.setenv("JULI_DATABASE_OWNER_URL", "postgresql://a:b@127.0.0.1:9/juli")

    outcome = juli("migrate")

    assert outcome.code == 1
    assert "数据库没有应答" in outcome.complained
    assert "Traceback" not in outcome.complained


def test_an_outside_database_without_its_owner_is_refused(
    data, juli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JULI_DATABASE_URL", "postgresql://a:b@127.0.0.1:9/juli")

    outcome = juli("migrate")

    assert outcome.code == 1
    assert "JULI_DATABASE_OWNER_URL" in outcome.complained
