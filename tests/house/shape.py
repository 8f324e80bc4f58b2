"""The shape of the source, as functions from one file to what is wrong with it."""

import ast
import re
from collections.abc import Callable, Iterator

from tests.house.reading import Source, calls, dotted

MODULE_LINES = 400
FUNCTION_LINES = 40
DRAWERS = {
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "handler", "handlers",
    "data", "info", "stuff", "tmp", "temp", "shared",
}  # fmt: skip
DOORS = {"views", "api", "jobs", "middleware"}
WRITERS = {"models", "actions", "migrations", "tests", "engines"}
WRITING = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "acreate", "asave"}
SAVE_KEYWORDS = {"update_fields", "force_insert", "force_update", "using"}
QUERYING = re.compile(r"(\bobjects\b|\.(filter|exclude|all|claim)\(\))")

Check = Callable[[Source], Iterator[str]]
CHECKS: dict[str, Check] = {}
Definition = ast.FunctionDef | ast.AsyncFunctionDef


def check(function: Check) -> Check:
    CHECKS[function.__name__] = function
    return function


def functions(tree: ast.AST) -> Iterator[Definition]:
    return (node for node in ast.walk(tree) if isinstance(node, Definition))


def is_ours(source: Source) -> bool:
    return bool(source.floor) and not source.roles & {"tests", "migrations"}


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the lower-case names that a file imports: modules and functions, not models."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from (name for alias in node.names if (name := alias.asname or alias.name).islower())


@check
def modules_are_short(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > MODULE_LINES and "migrations" not in source.roles:
        yield source.at(MODULE_LINES, f"{lines} lines, more than {MODULE_LINES}: split it by noun")


@check
def functions_are_short(source: Source) -> Iterator[str]:
    if not is_ours(source) and source.parts[0] != "tools":
        return
    for function in functions(source.tree):
        body = function.body
        has_docstring = len(body) > 1 and ast.get_docstring(function, clean=False) is not None
        first = body[1] if has_docstring else body[0]
        signature = body[0].lineno - function.lineno
        lines = (function.end_lineno or first.lineno) - first.lineno + 1 + signature
        if lines > FUNCTION_LINES:
            yield source.at(function.lineno, f"{function.name} has {lines} lines, more than {FUNCTION_LINES}")


@check
def no_drawers(source: Source) -> Iterator[str]:
    if source.floor and (drawer := source.roles & DRAWERS):
        yield source.at(1, f"“{min(drawer)}” says nothing of what is inside: name it after its noun")


@check
def actions_say_who_and_when(source: Source) -> Iterator[str]:
    if not is_ours(source) or "actions" not in source.roles:
        return
    for node in source.tree.body:
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        keywords = {argument.arg for argument in node.args.kwonlyargs}
        if missing := {"actor", "at"} - keywords:
            yield source.at(node.lineno, f"{node.name} lacks keyword-only {', '.join(sorted(missing))}")
        marks = [dotted(mark.func if isinstance(mark, ast.Call) else mark) for mark in node.decorator_list]
        if "transaction.atomic" not in marks:
            yield source.at(node.lineno, f"{node.name} is not under @transaction.atomic")


@check
def only_actions_write(source: Source) -> Iterator[str]:
    if not source.floor or source.roles & WRITERS:
        return
    modules = set(imported(source.tree))
    for call in calls(source.tree):
        if not isinstance(call.func, ast.Attribute):
            continue
        verb, on = call.func.attr, dotted(call.func.value)
        if on in modules:  # a function of that name, not a manager of rows
            continue
        given = {keyword.arg for keyword in call.keywords}
        bare = not call.args and given <= SAVE_KEYWORDS
        writes = (
            verb in WRITING
            or (verb in {"save", "delete"} and bare and on != "self.client")
            or (verb in {"update", "delete"} and QUERYING.search(on) is not None)
        )
        if writes:
            yield source.at(call.lineno, f".{verb}( belongs in models, actions or an engine")


@check
def the_clock_is_read_at_the_door(source: Source) -> Iterator[str]:
    if not is_ours(source) or source.floor == "config" or source.roles & DOORS:
        return
    forbidden = {
        "timezone.now", "datetime.now", "datetime.today", "datetime.utcnow", "datetime.datetime.now",
        "date.today", "datetime.date.today", "time.time",
    }  # fmt: skip
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and dotted(node) in forbidden:
            yield source.at(node.lineno, f"{dotted(node)} below the doors: let the caller pass at=")
        if (
            isinstance(node, ast.Call)
            and dotted(node.func) in {"timezone.localdate", "timezone.localtime"}
            and not node.args
        ):
            yield source.at(node.lineno, f"{dotted(node.func)}() reads the clock: pass it an instant")


@check
def days_are_local(source: Source) -> Iterator[str]:
    """Half past midnight in Guangzhou is still yesterday in UTC."""
    if not is_ours(source):
        return
    for call in calls(source.tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "date" and not call.args:
            name = dotted(call.func.value).rsplit(".", 1)[-1]
            if name == "at" or name.endswith("_at"):
                yield source.at(
                    call.lineno, f"{name}.date() is the day in UTC: use timezone.localdate({name})"
                )


@check
def paths_are_asked_as_ranges(source: Source) -> Iterator[str]:
    if not is_ours(source):
        return
    for call in calls(source.tree):
        for keyword in call.keywords:
            is_known = isinstance(keyword.value, ast.Constant)
            if (keyword.arg or "").endswith("path__startswith") and not is_known:
                yield source.at(call.lineno, "LIKE on a parameter loses its index: ask a range")
        if isinstance(call.func, ast.Attribute) and call.func.attr == "startswith" and call.args:
            match call.args[0]:
                case ast.Constant(value=str(prefix)) if re.fullmatch(r"(/\d+)+", prefix):
                    yield source.at(call.lineno, f"{prefix!r} is not closed with a slash")


@check
def money_is_never_a_float(source: Source) -> Iterator[str]:
    if not is_ours(source) or source.floor == "config":
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func) == "float":
            yield source.at(node.lineno, "float( loses cents: keep Decimal or a whole number")
        if isinstance(node, ast.Attribute) and node.attr == "FloatField":
            yield source.at(node.lineno, "FloatField loses cents: use DecimalField")


@check
def no_signals_and_no_admin(source: Source) -> Iterator[str]:
    if not source.floor:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            names = {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        else:
            continue
        if names & {"django.dispatch", "django.dispatch.receiver", "django.db.models.signals"}:
            yield source.at(node.lineno, "no signals: say it in config/wiring.py")
        if "django.contrib.admin" in names:
            yield source.at(node.lineno, "the admin site is a door with no actions behind it")


@check
def models_keep_their_manners(source: Source) -> Iterator[str]:
    if not is_ours(source):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and dotted(node) == "models.CASCADE":
            yield source.at(node.lineno, "nothing here is deleted by cascade: PROTECT")
        if not isinstance(node, ast.ClassDef) or "models" not in source.roles:
            continue
        for item in node.body:
            if node.name == "Meta" and isinstance(item, ast.Assign) and dotted(item.targets[0]) == "ordering":
                yield source.at(item.lineno, "no Meta.ordering: order where the question is asked")
            if isinstance(item, Definition) and item.name in {"save", "delete"}:
                yield source.at(item.lineno, f"no {item.name}() override: an action says what happens")


@check
def signatures_are_plain(source: Source) -> Iterator[str]:
    """Actions, rules and selectors take named, narrow values."""
    if not is_ours(source) or not source.roles & {"actions", "rules", "selectors"}:
        return
    for node in source.tree.body:
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        if node.args.kwarg:
            yield source.at(node.lineno, f"{node.name} takes **{node.args.kwarg.arg}: name what it takes")
        for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs):
            annotation = dotted(argument.annotation).removesuffix("[]") if argument.annotation else ""
            if argument.arg in {"data", "info", "flag", "temp", "type", "request"}:
                yield source.at(node.lineno, f"{node.name}({argument.arg}=…): name the value itself")
            if annotation == "dict":
                yield source.at(node.lineno, f"{node.name}({argument.arg}: dict) is a grab-bag")
            if re.match(r"(skip|ignore|bypass|force)(_|$)", argument.arg):
                yield source.at(node.lineno, f"{argument.arg} switches a check off: write two functions")


@check
def promises_have_a_number(source: Source) -> Iterator[str]:
    for number, line in enumerate(source.text.splitlines(), start=1):
        if re.search(r"#.*\b(TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))", line) and "tests/house/" not in str(
            source.path
        ):
            yield source.at(number, "a promise needs the number of its issue: TODO(#12)")


@check
def schemas_are_written_out(source: Source) -> Iterator[str]:
    """A new column must not leak into the API by itself."""
    if source.floor:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and any("ModelSchema" in dotted(base) for base in node.bases):
                yield source.at(node.lineno, f"{node.name}: write the schema out field by field")


@check
def migrations_stand_alone(source: Source) -> Iterator[str]:
    """A migration runs years later, against code that has moved on."""
    if "migrations" not in source.roles or not source.floor:
        return
    for node in ast.walk(source.tree):
        modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        modules += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for module in modules:
            if module.startswith("juli.") and {"actions", "selectors", "rules"} & set(module.split(".")):
                yield source.at(node.lineno, f"a migration must not import {module}")
    if "_auto_" in source.path.stem:
        yield source.at(1, "name a migration by hand, after what it does")
