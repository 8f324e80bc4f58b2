"""The first page after signing in: the figures of one's unit, what runs, and where to begin."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juli.config.sample import recipe
from juli.domains.registry import indicators
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.looks import latest_looks
from juli.domains.registry.views import search
from juli.domains.registry.views.addresses import address, figure
from juli.domains.registry.views.own_pages import own_detail
from juli.engines.desk.cells import Bar, Link, Moment, Number, Quiet, State, Text, Tone
from juli.engines.desk.figures import Headline, Home, Progress, Running
from juli.engines.desk.pages import Action, Column, Crumb, Fact, Note, Row, Section, Table, Weight
from juli.engines.indicator import rollups
from juli.engines.indicator.declarations import AnyIndicator
from juli.engines.indicator.figures import Figure
from juli.engines.indicator.working import TOWN, work_out
from juli.engines.scope.models import Account, OrgUnit
from juli.engines.scope.requests import JuliRequest
from juli.engines.sheet.models import ImportBatch
from juli.kernel.actor import Actor, Standing
from juli.kernel.period import Day, Period, Year

MOST_RUNNING = 5
_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
_STOCKS = (indicators.MEMBERS, indicators.BASE_UNIONS, indicators.COVERED_EMPLOYERS)


@require_safe
def home(request: JuliRequest) -> HttpResponse:
    """Show staff the state of their unit, and members their own record."""
    now = timezone.now()
    today = timezone.localdate(now)
    if request.actor.standing is Standing.SELF:
        detail = own_detail(actor=request.actor, today=today)
        return render(request, "desk/detail.html", {"detail": detail, "crumbs": (Crumb(_("我的记录")),)})
    unit = _home_unit(request)
    figures = _figures(unit, actor=request.actor, at=now, today=today) if unit else ()
    is_empty = bool(figures) and all(not each.value for each in figures)
    shown = Home(
        _("我的工作"),
        _line(request, today),
        headlines=tuple(_headline(each, unit, actor=request.actor) for each in figures) if unit else (),
        actions=_shortcuts(request.actor),
        sections=(*_sections(figures), *_log(request.actor)),
        running=(*_sample(), *_batches()),
        running_href=_address("sheet:imports"),
        aside=(_ways(request.actor),),
    )
    context: dict[str, object] = {"home": shown, "crumbs": (Crumb(_("我的工作")),)}
    if is_empty:
        context["message"] = _first_steps(request.actor)
    return render(request, "desk/home.html", context)


def _home_unit(request: HttpRequest) -> OrgUnit | None:
    """Return the unit that the visitor works at, if they may see its records at all."""
    if not isinstance(request.user, Account):
        return None
    units = OrgUnit.objects.filter(pk=request.user.org_unit_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware puts it there
    return units.within_reach_of(actor, Permission.SEE).first()


def _line(request: HttpRequest, today: date) -> str:
    place = getattr(request, "actor_place", "")
    said = _("%(year)s年%(month)s月%(day)s日 星期%(weekday)s。") % {
        "year": today.year, "month": today.month, "day": today.day, "weekday": _(_WEEKDAYS[today.weekday()]),
    }  # fmt: skip
    return f"{place}，{said}" if place else said


def _figures(unit: OrgUnit, *, actor: Actor, at: datetime, today: date) -> tuple[Figure, ...]:
    """Work out the four figures as they stand at this moment: three as of today, one of this year."""
    wanted: list[tuple[AnyIndicator, Period, str | None]] = [
        (each, Day(today), TOWN if each is indicators.BASE_UNIONS else None) for each in _STOCKS
    ]
    wanted.append((indicators.NEW_UNIONS, Year(today.year), None))
    return tuple(
        work_out(declared, unit=unit, period=period, actor=actor, at=at, by=by)
        for declared, period, by in wanted
    )


def _headline(found: Figure, unit: OrgUnit, *, actor: Actor) -> Headline:
    declared = found.indicator
    points = rollups.trend(declared, unit=unit, through=found.as_of, actor=actor)
    trend = tuple(float(point.value) for point in points if point.value is not None)
    until = min(found.as_of, timezone.localdate(found.worked_out_at))
    is_flow = len(found.period) > 1
    return Headline(
        str(declared.label),
        Number(found.value, declared.unit.value, figure(declared.code, unit_code=unit.code, on=until)),
        until,
        line=_("%(year)s 年以来") % {"year": until.year} if is_flow else _("含全部下级"),
        gap=_moved(trend),
        trend=trend if len(trend) > 1 else (),
    )


def _moved(trend: tuple[float, ...]) -> str:
    """Say how the figure moved over the months that are kept."""
    if len(trend) < 2:
        return ""
    moved = int(trend[-1] - trend[0])
    if not moved:
        return _("近 %(months)s 个月持平") % {"months": len(trend)}
    way = _("增") if moved > 0 else _("减")
    return _("近 %(months)s 个月%(way)s %(number)s") % {
        "months": len(trend), "way": way, "number": f"{abs(moved):,}",
    }  # fmt: skip


def _sections(figures: Iterable[Figure]) -> Iterator[Section]:
    """Break the base unions down by what stands directly below, where there is more than one."""
    for each in figures:
        parts = [part for part in each.parts if part.value]
        if each.by != TOWN or len(parts) < 2:
            continue
        largest = max(int(part.value or 0) for part in parts)
        rows = tuple(
            Row(
                (
                    _part_name(part.label, part.code),
                    Bar(int(part.value or 0) / largest),
                    Number(part.value, each.indicator.unit.value, _part_href(part.code)),
                )
            )
            for part in parts
        )
        columns = (Column(_("组织")), Column(""), Column(_("基层工会"), is_numeric=True))
        yield Section(
            _("下级组织的基层工会"),
            number=_("%(number)s 个") % {"number": len(parts)},
            table=Table(_("下级组织的基层工会"), columns, rows),
        )


def _log(actor: Actor) -> Iterator[Section]:
    """Show whoever audits the latest lines of the log of looking."""
    if not actor.holds("audit.see"):
        return
    columns = (
        Column(_("时间")),
        Column(_("谁")),
        Column(_("所在组织")),
        Column(_("行为")),
        Column(_("理由")),
    )
    rows = tuple(
        Row(
            (
                Moment(look.at),
                Text(look.who or _("本人或系统")),
                Quiet(look.place),
                Text(f"{look.act_label} {look.field_label}".strip()),
                Quiet(look.reason),
            )
        )
        for look in latest_looks()
    )
    if rows:
        yield Section(_("最近的查阅记录"), table=Table(_("最近的查阅记录"), columns, rows))


def _part_name(label: str, code: str) -> Link | Text:
    href = address("members", query={"unit": code}) if code else ""
    return Link(label, href) if href else Text(label)


def _part_href(code: str) -> str:
    return address("unions", query={"unit": code}) if code else ""


def _shortcuts(actor: Actor) -> tuple[Action, ...]:
    found: list[Action] = []
    if actor.holds(Permission.EDIT_MEMBERS):
        found.append(Action(_("新增会员"), address("member-new"), icon="user-plus"))
    if actor.holds(Permission.IMPORT) and (href := _address("sheet:imports")):
        found.append(Action(_("导入台账"), href, icon="table-import", weight=Weight.PRIMARY))
    return tuple(each for each in found if each.href)


def _ways(actor: Actor) -> Section:
    """Where people go from here, by what they may do."""
    unverified = address("members", query={"verification": "unverified"})
    uncovered = address("employers", query={"covered": "no"})
    ways = [
        (Permission.SEE, _("查找"), Link(_("会员、工会或单位"), _address("search"))),
        (Permission.SEE, _("名册"), Link(_("会员名册"), address("members"))),
        (Permission.SEE, _("待核验"), Link(_("未实名的会员"), unverified)),
        (Permission.SEE, _("待建会"), Link(_("未由工会覆盖的单位"), uncovered)),
        (Permission.ARRANGE_UNIONS, _("登记"), Link(_("成立工会"), address("union-new"))),
        (Permission.EDIT_EMPLOYERS, _("登记"), Link(_("登记单位"), address("employer-new"))),
        ("reporting.see", _("报告"), Link(_("指标与报告"), _address("reporting:figures"))),
        ("scope.see", _("管理"), Link(_("账号与授权"), _address("scope:accounts"))),
    ]  # fmt: skip
    facts = tuple(Fact(label, link) for right, label, link in ways if link.href and actor.holds(right))
    if not facts:
        return Section(_("常用"), words=_("您的账号还没有可办的业务，请联系本单位管理员授权。"))
    return Section(_("常用"), facts=facts)


def _first_steps(actor: Actor) -> Note:
    href = _address("sheet:imports")
    if actor.holds(Permission.IMPORT) and href:
        return Note(
            _("把手头的台账导进来，这里就会有数。"), lead=_("第一步："), link=Link(_("导入台账"), href)
        )
    if actor.holds(Permission.ARRANGE_UNIONS):
        link = Link(_("成立工会"), address("union-new"))
        return Note(_("先登记一家批准成立的工会。"), lead=_("第一步："), link=link)
    return Note(_("您的管理范围内还没有登记工会和会员。"))


def _sample() -> Iterator[Running]:
    """Tell how far the sample has come while its members are still being posted."""
    made = recipe.read()
    if made is None or made.is_finished or not made.members_whole:
        return
    progress = Progress(_("已装入会员"), made.members_done, made.members_whole, _("人"))
    yield Running(_("样例数据"), address("members"), progress)


def _batches() -> Iterator[Running]:
    """Tell of the imports within reach that are not over."""
    over = (ImportBatch.State.POSTED, ImportBatch.State.FAILED)
    rows = ImportBatch.objects.exclude(state__in=over).select_related("file", "progress")
    for batch in rows.order_by("-pk")[:MOST_RUNNING]:
        told = getattr(batch, "progress", None)
        progress = Progress(
            str(batch.get_state_display()),
            int(told.done) if told else 0,
            int(told.total) if told and told.total else None,
            _("行"),
            is_running=batch.state != ImportBatch.State.INTERRUPTED,
        )
        faults = _("错误 %(rows)s 行") % {"rows": batch.faulty_rows} if batch.faulty_rows else ""
        href = _address("sheet:import", batch.pk) or _address("sheet:imports")
        yield Running(batch.file.name, href, progress, State(faults, Tone.BAD) if faults else None)


def _address(name: str, *arguments: object) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


urlpatterns = [
    path("", home, name="home"),
    path("search/", search.search, name="search"),
]
