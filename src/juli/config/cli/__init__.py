"""
The command ``juli`` (命令行).

To add a command: a module with one function (or a Typer app with subcommands), and one line in
``COMMANDS``. Nothing is imported before its command is asked for, so ``juli --help`` is quick.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Command(NamedTuple):
    """A command: what it is called, where it lives, and what it is for in a few words."""

    name: str
    module: str
    attribute: str
    summary: str


COMMANDS = (
    Command("init", "juli.config.cli.init", "init", "建立总工会、数据库和首批管理员"),
    Command("serve", "juli.config.cli.serve", "serve", "启动整站：数据库、网站和后台任务"),
    Command("web", "juli.config.cli.web", "web", "只启动网站"),
    Command("worker", "juli.config.cli.worker", "worker", "只启动后台任务"),
    Command("sample", "juli.config.cli.sample", "sample", "装入样例区，供试用、演示和测速"),
    Command("import", "juli.config.cli.import_", "ledgers", "导入台账，或撤回一批"),
    Command("export", "juli.config.cli.export", "export", "导出列表：会员、工会、单位等，与页面所见相同"),
    Command("figures", "juli.config.cli.figures", "figures", "列出报告要用的指标：准确数、写法和记录数"),
    Command("report", "juli.config.cli.report", "report", "生成工作报告，每个数字都附依据"),
    Command("migrate", "juli.config.cli.migrate", "migrate", "把数据库结构升级到当前版本"),
    Command("user", "juli.config.cli.user", "user", "管理登录账号"),
    Command("bench", "juli.config.cli.bench", "bench", "测速：逐项量一遍，与承诺的上限对照"),
    Command("doctor", "juli.config.cli.doctor", "doctor", "检查运行环境，逐项说明问题和处理办法"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused or failed, 2 wrongly used."""
    from juli.config.cli import program

    return program.run(COMMANDS, arguments)
