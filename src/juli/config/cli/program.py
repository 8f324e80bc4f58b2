"""Runs one command, and says in Chinese what was wrong with the way it was called."""

import importlib
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from juli import __version__
from juli.config.cli import Command, wording
from juli.config.cli.session import refusals

DONE = 0
FAILED = 1
MISUSED = 2
INTERRUPTED = 130
DESCRIPTION = "聚力：工会联合工作平台。"


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:  # Any: Typer keeps the class of its contexts to itself
        """Return the help page."""
        return wording.help_page(super().get_help(ctx))


class ChineseGroup(TyperGroup):
    """A command with subcommands, whose help is Chinese throughout."""

    def get_help(self, ctx: Any) -> str:  # Any: as above
        """Return the help page."""
        return wording.help_page(super().get_help(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # Any: as above
        """
        Find the subcommand.

        :raises UnknownCommand: there is none of that name.
        """
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise UnknownCommand(args[0], known=self.list_commands(ctx), path=ctx.command_path)
        return super().resolve_command(ctx, args)


class HouseGroup(ChineseGroup):
    """The commands of the house, each imported when it is asked for."""

    known: Sequence[Command] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the order in which they stand in the list."""
        return [command.name for command in self.known]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command."""
        for command in self.known:
            if command.name == cmd_name:
                return _loaded(command)
        return None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands by their summaries, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.summary) for command in self.known])


class UnknownCommand(Exception):
    """There is no command of that name."""

    def __init__(self, name: str, *, known: Sequence[str], path: str) -> None:
        super().__init__(name)
        self.name, self.known, self.path = name, known, path

    @property
    def sentence(self) -> str:
        """What to tell the caller, with the nearest command."""
        near = get_close_matches(self.name, self.known, n=1, cutoff=0.5)
        hint = f"是不是想用 {self.path} {near[0]}？" if near else f"可用的命令：{'、'.join(self.known)}。"
        return f"没有 {self.name} 这个命令。{hint}"


def run(known: Sequence[Command], arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, and return the exit code."""
    group = _house(known)
    try:
        with refusals():
            result = group.main(
                args=list(sys.argv[1:] if arguments is None else arguments),
                prog_name="juli",
                standalone_mode=False,
            )
    except UnknownCommand as error:
        _complain(error.sentence, f"运行 {error.path} --help 查看全部命令。")
        return MISUSED
    except typer.Exit as error:
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:
        if getattr(error, "exit_code", None) != MISUSED:
            raise
        _complain(*wording.misuse(error))
        return MISUSED
    return result if isinstance(result, int) else DONE


def _house(known: Sequence[Command]) -> TyperGroup:
    app = typer.Typer(
        cls=HouseGroup,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        subcommand_metavar="命令 [选项]",
        help=DESCRIPTION,
    )
    app.callback(invoke_without_command=True)(_welcome)
    group = cast(HouseGroup, typer.main.get_command(app))
    group.known = known
    return group


def _welcome(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="显示版本号。"),
) -> None:
    if version:
        typer.echo(f"juli {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _loaded(command: Command) -> Any:  # Any: Typer keeps the class of its commands to itself
    found = getattr(importlib.import_module(command.module), command.attribute)
    if isinstance(found, typer.Typer):
        app = found
        app.info.cls = ChineseGroup
        app.pretty_exceptions_enable = False
        for each in app.registered_commands:
            each.cls = ChineseCommand
    else:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(command.name, cls=ChineseCommand)(cast(Callable[..., Any], found))
    app._add_completion = False
    built = typer.main.get_command(app)
    built.name = command.name
    return built


def _complain(sentence: str, hint: str) -> None:
    typer.echo(sentence, err=True)
    typer.echo(hint, err=True)
