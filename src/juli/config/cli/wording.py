"""What Typer says in English, said in Chinese (命令行用语)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

HELP_PAGE: Mapping[str, str] = {
    r"^Usage: ": "用法：",
    r"^Options:$": "选项：",
    r"^Arguments:$": "参数：",
    r"^Commands:$": "命令：",
    r"Show this message and exit\.": "显示本说明。",
    r"\[OPTIONS\]": "[选项]",
    r"\[ARGS\]\.\.\.": "[参数]",
    r"\bCOMMAND\b": "命令",
    r"\[required\]": "[必填]",
    r"; required\]": "；必填]",
    r"\[default: ": "[默认：",
    r"; default: ": "；默认：",
    r"(\[|; ?)(\d+)<=x<=(\d+)\]": r"\1\2 至 \3]",
    r"\[env var: ": "[环境变量：",
    r"<int( range)?>": "整数",
    r"<float( range)?>": "数值",
    r"<str>": "文字",
    r"<(file|path|Path)>": "文件",
    r"<(directory|dir)>": "文件夹",
    r"<datetime>|<date>": "日期",
}
# A line of two columns: a term, a gap, its meaning; or the rest of a meaning that was wrapped.
TWO_COLUMNS = re.compile(r"^  (\S(?:.*?\S)?) {2,}(\S.*)$")
REST_OF_MEANING = re.compile(r"^ {6,}(\S.*)$")

NEEDS: Mapping[str, str] = {
    r"valid integer|valid int\b": "应为整数",
    r"valid number|valid float|valid decimal": "应为数值",
    r"valid date": "应为日期，例如 2018-12-31",
    r"less than or equal to (\S+)": r"不能大于 \1",
    r"greater than or equal to (\S+)": r"不能小于 \1",
    r"Input should be ('.*)": r"应为 \1 之一",
    r"not one of (.*)": r"应为 \1 之一",
    r"does not exist": "该路径不存在",
    r"is a directory": "这是文件夹，需要的是文件",
    r"is a file": "这是文件，需要的是文件夹",
    r"not readable": "没有读取权限",
    r"not writable": "没有写入权限",
}


def help_page(text: str) -> str:
    """Return a help page with its fixed words in Chinese."""
    for pattern, words in HELP_PAGE.items():
        text = re.sub(pattern, words, text, flags=re.MULTILINE)
    return "\n".join(_aligned(text.split("\n")))


def misuse(error: Any) -> tuple[str, str]:  # Any: Typer keeps the classes of its errors to itself
    """Return what was wrong with a call, and where to look it up."""
    path = getattr(getattr(error, "ctx", None), "command_path", "juli")
    return _sentence(error), f"运行 {path} --help 查看用法。"


def _aligned(lines: list[str]) -> Iterator[str]:
    """Set the second column right again: a Chinese character is two wide."""
    terms = [found[1] for line in lines if (found := TWO_COLUMNS.match(line))]
    column = max((_width(term) for term in terms), default=0) + 4
    for line in lines:
        if found := TWO_COLUMNS.match(line):
            yield "  " + found[1] + " " * (column - 2 - _width(found[1])) + found[2]
        elif found := REST_OF_MEANING.match(line):
            yield " " * column + found[1]
        else:
            yield line


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _sentence(error: Any) -> str:  # Any: as above
    match type(error).__name__:
        case "NoSuchOption":
            near = getattr(error, "possibilities", None)
            hint = f"是不是想用 {' 或 '.join(sorted(near))}？" if near else ""
            return f"没有 {error.option_name} 这个选项。{hint}"
        case "MissingParameter":
            return f"缺少{_named(error)}。"
        case "BadOptionUsage":
            return f"选项 {error.option_name} 后面缺少它的值，或多出了值。"
        case "BadParameter":
            return f"{_named(error)} 的值不合要求：{_need(error.message)}。"
        case _:
            return _other(error.message)


def _named(error: Any) -> str:  # Any: as above
    parameter = error.param
    if parameter is None:
        hint = str(error.param_hint or "")
        return f"选项 {hint}" if hint.startswith("-") else f"参数 {hint}".rstrip()
    if parameter.param_type_name == "argument":
        return f"参数 {parameter.metavar or parameter.name}"
    return f"选项 {max(parameter.opts, key=len)}"


def _need(message: str) -> str:
    if not message.isascii():
        return message.rstrip("。")  # said by one of our own commands
    for pattern, words in NEEDS.items():
        if found := re.search(pattern, message, flags=re.IGNORECASE):
            return found.expand(words)
    return message.rstrip(".")


def _other(message: str) -> str:
    if found := re.search(r"unexpected extra argument\S* \((.*)\)", message):
        return f"多出了参数：{found[1]}。"
    if "Missing command" in message:
        return "请在后面写上要执行的子命令。"
    return message if not message.isascii() else f"用法不对：{message}"
