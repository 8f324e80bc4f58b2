"""The pages of data quality and of coverage: what they show, to whom, and with how many statements."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from juli.domains.registry import jobs
from juli.domains.registry.quality import boards, topics
from juli.engines.desk.boards import Board, TileMap
from juli.engines.indicator.models import Rollup, Snapshot
from juli.engines.scope.models import Grant
from tests import world as building
from tests.pages.visiting import Visitor, text_of, visitor_of
from tests.quality.untidiness import Mess, untidy
from tests.world import World, machine

pytestmark = pytest.mark.django_db
MOST = 12
OF_THE_WALLS = ("set_config", "SAVEPOINT")


@pytest.fixture
def mess(world: World) -> Mess:
    return untidy(world)


@pytest.fixture
def lin(world: World) -> Visitor:
    return visitor_of(world.lin)


@pytest.fixture
def he(world: World) -> Visitor:
    return visitor_of(world.he)


def address(name: str, **query: object) -> str:
    return reverse(f"registry:{name}") + "?" + "&".join(f"{key}={value}" for key, value in query.items())


def board_of(visitor: Visitor, **query: object) -> Board:
    page = visitor.get(address("quality", **query))
    assert page.status_code == 200
    return page.context["board"]


def map_of(visitor: Visitor, **query: object) -> TileMap:
    page = visitor.get(address("coverage-map", **query))
    assert page.status_code == 200
    return page.context["map"]


def gauges(board: Board) -> dict[str, int]:
    return {str(each.label): each.number.value for group in board.groups for each in group.gauges}


def survey(world: World) -> int:
    now = timezone.now()
    root = world.federation.org_unit
    return boards.refresh(root, actor=machine(), on=timezone.localdate(now), at=now)


def test_every_number_is_the_length_of_the_list_that_it_opens(lin: Visitor, mess: Mess):
    board = board_of(lin)
    opened = {}
    for group in board.groups:
        for gauge in group.gauges:
            page = lin.get(gauge.number.href)
            assert page.status_code == 200, gauge.label
            opened[str(gauge.label)] = page.context["listing"].total

    assert opened == gauges(board)


def test_the_page_finds_what_is_wrong(lin: Visitor, mess: Mess):
    found = gauges(board_of(lin))

    assert found["多人共用手机号码的会员数"] == 3
    assert found["会籍仍在已终止工会的会员数"] == 1
    assert found["仍由已终止工会覆盖的单位数"] == 1
    assert found["任职人已离开本工会的职务数"] == 1
    assert found["达到规模仍无工会的单位数"] == 1
    assert found["之下没有村级工会的镇街数"] == 2
    assert found["手机号码"] == 1


def test_what_the_survey_kept_is_what_is_counted_on_the_spot(lin: Visitor, world: World, mess: Mess):
    live = board_of(lin)
    assert survey(world) > 0
    kept = board_of(lin)

    assert "当场" in live.line
    assert "汇总" in kept.line
    assert gauges(kept) == gauges(live)
    assert kept.by_unit == live.by_unit
    assert [each.whole for each in kept.groups] == [each.whole for each in live.groups]
    assert "当场" in board_of(lin, live=1).line


def test_a_dropped_cache_only_costs_time(lin: Visitor, world: World, mess: Mess):
    survey(world)
    kept = gauges(board_of(lin))
    Rollup.objects.all().delete()

    assert gauges(board_of(lin)) == kept


def test_an_older_survey_makes_way_for_the_next(world: World, mess: Mess):
    now = timezone.now()
    today = timezone.localdate(now)
    for day in (today - timedelta(days=40), today - timedelta(days=1), today):
        boards.refresh(world.federation.org_unit, actor=machine(), on=day, at=now)
    days = set(Rollup.objects.filter(indicator=topics.MARKER).values_list("period_start", flat=True))

    assert days - {today} <= {each for each in days if (each + timedelta(days=1)).day == 1}
    assert today in days


def test_old_numbers_say_so(lin: Visitor, world: World, mess: Mess):
    now = timezone.now() - timedelta(days=5)
    boards.refresh(world.federation.org_unit, actor=machine(), on=timezone.localdate(now), at=now)

    assert "停了几天" in board_of(lin).note.words


@pytest.mark.parametrize("name", ["quality", "coverage-map"])
@pytest.mark.parametrize("who", ["lin", "he", "bai"])
@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "live"])
def test_a_page_takes_few_statements(world: World, mess: Mess, name: str, who: str, is_kept: bool):
    if is_kept:
        survey(world)
    visitor = visitor_of(getattr(world, who))
    visitor.get(address(name))
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address(name)).status_code == 200
    said = [each["sql"] for each in asked if not any(word in each["sql"] for word in OF_THE_WALLS)]

    assert len(said) <= MOST, "\n".join(said)


def test_a_town_sees_its_own_and_nothing_else(he: Visitor, world: World, mess: Mess):
    survey(world)
    board = board_of(he)

    assert board.line.startswith(world.qinghe.name)
    assert gauges(board)["会籍仍在已终止工会的会员数"] == 0
    assert [each.label for each in board.asked] == []
    for unit in (world.federation, world.baishi):
        for name in ("quality", "coverage-map"):
            assert he.get(address(name, unit=unit.code)).status_code == 404
    page = text_of(he.get(address("quality"))) + text_of(he.get(address("coverage-map")))
    assert "白石" not in page


def test_who_reaches_the_unit_alone_gets_no_figures_of_the_branch(world: World, mess: Mess):
    survey(world)
    account = building.granted(world.qinghe, ["registry.see", "reporting.see"])
    Grant.objects.filter(account_id=account.account_id).update(extent=Grant.Extent.UNIT)
    board = board_of(visitor_of(account))

    assert "当场" in board.line
    assert "只能看到这个组织的一部分" in board.note.words
    assert gauges(board)["多人共用手机号码的会员数"] == 0


def test_who_may_not_open_figures_gets_numbers_without_links(world: World, mess: Mess):
    board = board_of(visitor_of(building.granted(world.qinghe, ["registry.see"])))

    assert {each.number.href for group in board.groups for each in group.gauges} == {""}


def test_weeks_are_kept_once_and_shown_as_a_trend(lin: Visitor, world: World, mess: Mess):
    assert "下个周一" in board_of(lin).weeks_line
    survey(world)
    root, now = world.federation.org_unit, timezone.now()
    today = timezone.localdate(now)
    boards.keep_week(root, actor=machine(), on=today - timedelta(weeks=1), at=now)
    before = Snapshot.objects.count()
    boards.keep_week(root, actor=machine(), on=today - timedelta(weeks=1), at=now)
    assert Snapshot.objects.count() == before
    boards.keep_week(root, actor=machine(), on=today, at=now)
    board = board_of(lin)

    assert len(board.by_week.rows) == 2
    shared = next(each for group in board.groups for each in group.gauges if "共用" in str(each.label))
    assert shared.trend == (3.0, 3.0)
    assert shared.moved == "2 周持平"
    units = set(Snapshot.objects.values_list("org_unit__kind", flat=True))
    assert units == {"federation", "town"}


def test_no_week_is_ever_rewritten(world: World, mess: Mess):
    from django.db import ProgrammingError, transaction

    now = timezone.now()
    boards.keep_week(world.federation.org_unit, actor=machine(), on=timezone.localdate(now), at=now)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Snapshot.objects.update(value=0)


def test_the_jobs_keep_what_pages_show(lin: Visitor, world: World, mess: Mess):
    jobs.survey_quality()
    jobs.keep_quality_week()

    assert "汇总" in board_of(lin).line
    assert len(board_of(lin).by_week.rows) == 1


def test_the_map_leads_from_towns_to_villages_to_employers(lin: Visitor, world: World, mess: Mess):
    top = map_of(lin)
    towns = {str(tile.name): tile for tile in top.tiles}
    assert towns["白石镇总工会"].number.value == 1
    assert towns["白石镇总工会"].line == "2 家单位，1 家没有工会"

    below = lin.get(towns["青荷镇总工会"].href).context["map"]
    names = [str(tile.name) for tile in below.tiles]
    assert names == ["青荷东村工会联合会", "直属单位"]
    village = lin.get(below.tiles[0].href).context["map"]
    assert village.tiles == ()
    assert village.employers.total == 0
    own = lin.get(below.tiles[1].href).context["map"]
    assert own.employers.total == below.tiles[1].number.value + 4 == 4
    assert {row.cells[0].text for row in own.employers.table.rows} >= {world.bearing.name, world.tailor.name}


@pytest.mark.parametrize("measure", ["union", "employees", "coverage", "membership", "nonsense"])
def test_a_tile_says_its_shade_in_words_and_the_table_says_the_same(lin: Visitor, mess: Mess, measure: str):
    shown = map_of(lin, measure=measure)
    current = [each.is_current for each in shown.measures]

    assert sum(current) == 1
    assert all(tile.word and 0 <= tile.shade <= 5 for tile in shown.tiles)
    column = {"employees": 3, "coverage": 5, "membership": 6}.get(measure, 2)
    in_table = {row.cells[0].text: row.cells[column].value for row in shown.table.rows}
    assert {str(tile.name): tile.number.value for tile in shown.tiles} == in_table


def test_the_map_says_what_figures_say(lin: Visitor, world: World, mess: Mess):
    shown = map_of(lin)

    for cell in shown.table.total[1:]:
        page = lin.get(cell.href)
        found = page.context.get("figure")
        if found is not None:
            assert found.number.value == cell.value
    # 120 at the firm without a union, 30 and 8 with the traders.
    assert [cell.value for cell in shown.table.total[1:5]] == [6, 1, 158, 38]
    assert str(shown.table.total[5].value) == "24.05"


def test_the_pages_speak_english(lin: Visitor, mess: Mess):
    for name in ("quality", "coverage-map"):
        page = lin.get(address(name), **{"Accept-Language": "en"})
        words = {str(each) for each in _labels(page)}
        assert not {word for word in words if any("\u4e00" <= sign <= "\u9fff" for sign in word)}


def _labels(page) -> list[object]:
    context = page.context
    if (board := context.get("board")) is not None:
        found = [each.title for each in board.groups]
        return [*found, *(gauge.label for each in board.groups for gauge in each.gauges), board.title]
    shown = context["map"]
    return [shown.title, *(each.label for each in shown.measures), *(each.word for each in shown.legend)]


def test_lists_to_work_through_say_what_is_wrong(lin: Visitor, world: World, mess: Mess):
    def rows(code: str) -> list[tuple[object, ...]]:
        page = lin.get(reverse("reporting:evidence", args=[f"registry.{code}"]) + "?on=2018-05-09")
        return [row.cells for row in page.context["listing"].table.rows]

    shared = rows("shared_mobiles")
    assert {cells[1].text for cells in shared} == {"138****0001"}
    assert {cells[0].text for cells in shared} == {"甲一", "乙二", "丙三"}
    (overdue,) = rows("terms_overdue")
    assert (overdue[0].text, overdue[2].on) == (world.bearing_union.name, date(2018, 4, 1))
    ((firm, *_rest, employees, _place),) = rows("employers_to_organise")
    assert (firm.text, employees.value) == (mess.firm.name, 120)
    ((union, office, holder, _since),) = rows("posts_of_departed")
    assert (union.text, office.text, holder.text) == (world.traders_union.name, "主席", "己六")
