"""What runs in the background for whoever opens the home page: in one statement, whatever it is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import CharField, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from juli.config.home.ways import address_of
from juli.config.sample import recipe
from juli.domains.registry.views.addresses import address
from juli.engines.desk import lists
from juli.engines.desk.cells import State, Tone
from juli.engines.desk.figures import Progress
from juli.engines.desk.homepage import Running
from juli.engines.desk.models import BulkRun, Export
from juli.engines.sheet.models import BatchProgress, ImportBatch
from juli.kernel.actor import Actor

MOST_RUNNING: Final = 5
READY_FOR: Final = timedelta(hours=12)
"""So long a finished export stays in sight."""

_BATCH, _EXPORT, _BULK = "import", "export", "bulk"
_UNDER_WAY: Final = (
    ImportBatch.State.RECEIVED, ImportBatch.State.READING, ImportBatch.State.JUDGED,
    ImportBatch.State.POSTING, ImportBatch.State.INTERRUPTED,
)  # fmt: skip
Rows = QuerySet[Any, Any]


def running(*, actor: Actor, at: datetime) -> Iterator[Running]:
    """Return the imports within reach and the exports and bulk actions of one's own, the latest first."""
    yield from _sample()
    exports, bulk = _exports(actor, at), _bulk(actor)
    for what, number, name, state, done, total, faulty in _batches().union(exports, bulk, all=True):
        match what:
            case "import":
                yield _import(number, name, state, done=done, total=total, faulty=faulty)
            case "export":
                yield _export(number, name, state, done=done, total=total)
            case _:
                yield _bulk_run(number, name, state, done=done, total=total, refused=faulty)


def _batches() -> Rows:
    told = BatchProgress.objects.filter(batch=OuterRef("pk"))
    rows = ImportBatch.objects.filter(state__in=_UNDER_WAY).order_by("-pk")
    return _columns(
        rows, _BATCH, name=F("file__name"), done=Coalesce(Subquery(told.values("done")[:1]), 0),
        total=Subquery(told.values("total")[:1]), faulty=F("faulty_rows"),
    )  # fmt: skip


def _exports(actor: Actor, at: datetime) -> Rows:
    is_open = Q(state__in=[Export.State.WAITING, Export.State.RUNNING])
    is_ready = Q(state=Export.State.DONE, file__isnull=False, ended_at__gt=at - READY_FOR)
    rows = Export.objects.filter(is_open | is_ready, account_id=actor.account_id or 0).order_by("-pk")
    return _columns(
        rows, _EXPORT, name=F("register"), done=F("done"), total=F("total"),
        faulty=Value(None, output_field=IntegerField()),
    )  # fmt: skip


def _bulk(actor: Actor) -> Rows:
    is_open = Q(state__in=[BulkRun.State.WAITING, BulkRun.State.RUNNING])
    rows = BulkRun.objects.filter(is_open, account_id=actor.account_id or 0).order_by("-pk")
    return _columns(rows, _BULK, name=F("register"), done=F("done"), total=F("total"), faulty=F("refused"))


def _columns(rows: Rows, what: str, *, name: Any, done: Any, total: Any, faulty: Any) -> Rows:  # expressions
    text = CharField()
    told = rows.annotate(
        _what=Value(what, output_field=text), _name=Cast(name, text), _state=Cast("state", text), _done=done,
        _total=total, _faulty=faulty,
    )  # fmt: skip
    columns: Rows = told.values_list("_what", "pk", "_name", "_state", "_done", "_total", "_faulty")
    return columns[:MOST_RUNNING]


def _import(
    number: int, name: str, state: str, *, done: int, total: int | None, faulty: int | None
) -> Running:
    is_running = state != ImportBatch.State.INTERRUPTED
    progress = Progress(
        str(ImportBatch.State(state).label), done, total or None, _("行"), is_running=is_running
    )
    href = address_of("sheet:import", number) or address_of("sheet:imports")
    words = _("错误 %(rows)s 行") % {"rows": f"{faulty:,}"} if faulty else ""
    return Running(name, href, progress, State(words, Tone.BAD) if words else None)


def _export(number: int, code: str, state: str, *, done: int, total: int | None) -> Running:
    is_over = state == Export.State.DONE
    label = _("导出已好") if is_over else _("正在导出")
    progress = Progress(label, done, done if is_over else total, _("行"), is_running=not is_over)
    title = _("导出%(register)s") % {"register": _title_of(code)}
    return Running(title, _page_of("export", number), progress)


def _bulk_run(
    number: int, code: str, state: str, *, done: int, total: int | None, refused: int | None
) -> Running:
    title = _("批量办理%(register)s") % {"register": _title_of(code)}
    words = _("未能办理 %(rows)s 条") % {"rows": f"{refused:,}"} if refused else ""
    progress = Progress(str(BulkRun.State(state).label), done, total, _("条"))
    return Running(title, _page_of("bulk-run", number), progress, State(words, Tone.WARN) if words else None)


def _page_of(name: str, number: int) -> str:
    return address_of(f"desk:{name}", number) or address_of("desk:runs")


def _title_of(code: str) -> str:
    register = lists.declared().get(code)
    return str(register.title) if register else code


def _sample() -> Iterator[Running]:
    """Tell how far the sample has come while its members are still being posted."""
    made = recipe.read()
    if made is None or made.is_finished or not made.members_whole:
        return
    progress = Progress(_("已装入会员"), made.members_done, made.members_whole, _("人"))
    yield Running(_("样例数据"), address("members"), progress)
