"""One page of every kind, drawn from a fictional district."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms

from juli.engines.desk import boards, cells, figures, homepage, pages
from juli.engines.desk.cells import Day, Link, Masked, Moment, Name, Number, Quiet, State, Text, Tone
from juli.engines.desk.filling.clashes import Clash, Hand
from juli.engines.desk.filling.drafts import Kept
from juli.engines.desk.pages import Action, Column, Crumb, Fact, Row, Section, Tab, Table, Weight

Context = dict[str, object]
DAY = date(2018, 12, 31)
MOMENT = datetime(2019, 1, 4, 1, 12, tzinfo=UTC)
TOWNS = ("青柳镇", "白沙街", "南渡镇", "石桥街", "云岭镇")
NAMES = ("林小满", "周会春", "㼆永健", "何秋实", "陈秀兰")

MEMBERS = Table(
    "会员名册",
    (Column("姓名"), Column("证件号"), Column("镇街"), Column("入会日期", sort_href="?s=1", sorted="down"),
     Column("更新"), Column("会籍")),
    tuple(
        Row(
            (Name(name, "/registry/members/"), Masked("4401**********2417"), Text(town), Day(DAY),
             Moment(datetime(2019, 1, 4, 1, 12, tzinfo=UTC)),
             State("在籍", Tone.OK) if town != "白沙街" else State("待实名", Tone.WARN)),
            is_off=town == "云岭镇",
        )
        for name, town in zip(NAMES, TOWNS, strict=True)
    ),
)  # fmt: skip

BY_TOWN = Table(
    "各镇街会员",
    (Column("镇街"), Column(""), Column("会员", is_numeric=True)),
    tuple(Row((Text(town), cells.Bar(0.2 * place), Number(1200 * place, "人", "/f/")))
          for place, town in enumerate(TOWNS, start=1)),
    total=(Text("合计"), Text("-"), Number(18000, "人")),
)  # fmt: skip

TIMELINE = pages.Timeline(
    (
        pages.Entry(DAY, "更正", "手机号", reason="本人申请", by="青柳镇总工会 何干事", icon="edit"),
        pages.Entry(date(2016, 2, 24), "接转", "会籍", attachment=Link("介绍信", "/x")),
    ),
    41,
    kinds=(Tab("全部", "?", 41, is_current=True), Tab("会籍", "?k=1", 8)),
    more_href="?more",
)


class Enrolment(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证一致。")
    joined = forms.DateField(label="入会日期", widget=forms.DateInput(attrs={"type": "date"}))
    town = forms.ChoiceField(label="镇街", choices=[("1", "青柳镇")])
    kind = forms.ChoiceField(label="用工", choices=[("a", "合同"), ("b", "派遣")], widget=forms.RadioSelect)
    migrant = forms.BooleanField(label="农民工", required=False, help_text="户籍在农村的职工。")
    remark = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class Upload(forms.Form):
    file = forms.FileField(label="台账文件", help_text="xlsx、xls 或 csv。")
    kind = forms.ChoiceField(label="是什么台账", choices=[("m", "会员名册")])


class Door(forms.Form):
    username = forms.CharField(label="账号")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)


def listing() -> Context:
    return {
        "listing": pages.Listing(
            "会员", 597_500, "人", MEMBERS, pages.Pager("第 1 至 5 条", next_href="/list/?after=x"),
            pages.Empty("还没有会员。"), counted="按人去重，截至 2018-12-31。", total_href="/f/",
            actions=(Action("导入", "/i/", icon="table-import"),
                     Action("新增会员", "/n/", icon="plus", weight=Weight.PRIMARY)),
            tabs=(Tab("全部", "?", 597_500, is_current=True), Tab("疑似重复", "?d=1", 318, is_bad=True)),
            chips=(pages.Chip("范围", "澜江区总工会及以下"), pages.Chip("会籍", "在籍", "?x")),
        ),
        "filter_form": Enrolment(),
        "crumbs": (Crumb("组建"), Crumb("会员")),
    }  # fmt: skip


def nothing_listed() -> Context:
    empty = pages.Empty(
        "这里列出单位。先把台账导进来。", Action("导入", "/i/", icon="upload"), Link("模板", "/t")
    )
    return {"listing": pages.Listing("单位", 0, "家", Table("单位", (), ()), pages.Pager(""), empty)}


def detail() -> Context:
    career = pages.Career("会籍履历", "9 年 6 个月", "今天所在：青柳镇总工会", (
        pages.Span("恒晟电子厂工会", "2009-06 入会", 14, href="/u/"),
        pages.Span("保留会籍", "失业 2013-12", 3, standing="resting"),
        pages.Span("联兴玩具工会", "2016-02 至今", 7, standing="current"),
    ))  # fmt: skip
    facts = (
        Fact("学历", Text("")),
        Fact("单位数", Number(3, "家", "/e/")),
        Fact("来源", Link("名册", "/b/")),
    )
    return {
        "detail": pages.Detail(
            "林小满", states=(State("在籍", Tone.OK), State("积极分子", Tone.HONOUR)),
            line=(Fact("身份证", Masked("4401**********2417", "/r/")), Fact("手机", Masked("138****5521"))),
            actions=(Action("转会籍", "/m/", is_post=True), Action("注销", "/d/", weight=Weight.DANGER)),
            initial="林", note=pages.Note("由工会办理年度确认。", lead="下一步：", clock="剩 6 个工作日"),
            career=career, sections=(Section("资料", facts=facts),), timeline=TIMELINE,
            aside=(Section("谁看过这份记录", link=Link("全部", "/l/"),
                           looks=(pages.Look("何干事", "青柳镇", "今天 10:42", "详情"),), words="本人可见。"),
                   Section("各镇街", table=BY_TOWN)),
        ),
        "crumbs": (Crumb("会员", "/m/"), Crumb("林小满")),
    }  # fmt: skip


def form() -> Context:
    bound = Enrolment({"name": "", "joined": "2018-12-31", "town": "1"})
    bound.add_error(None, "此人已有在籍会籍，请先办转会籍。")
    groups = (pages.FieldGroup("入会", ("joined", "town", "kind", "migrant"), help="按登记表填写。"),)
    page = pages.FormPage(
        "新增会员", "登记入会", "/m/", groups=groups, aside=(Section("说明", words="如实填写。"),)
    )
    return {"page": page, "form": bound, "crumbs": (Crumb("会员", "/m/"), Crumb("新增"))}


def home() -> Context:
    progress = figures.Progress("已核对", 9_840, 12_480, "行", "约 40 秒")
    return {
        "home": homepage.Home(
            "我的工作", "2019年1月4日 星期五。",
            headlines=tuple(
                figures.Headline(label, Number(value, "家", "/f/"), DAY, "上年 281", "差 110", (1, 2, 4))
                for label, value in (("工会", 5_184), ("会员", 597_500), ("建会率", Decimal("68.93")))
            ),
            actions=(Action("导入台账", "/i/", weight=Weight.PRIMARY),),
            sections=(Section("最近办的事", number="3 件", table=MEMBERS),),
            running=(homepage.Running("名册.xlsx", "/b/", progress, State("错误 41 行", Tone.BAD)),),
            groups=(
                homepage.WorkGroup(
                    "等我处理",
                    (homepage.WorkLine("换届", "flag", "3 家工会届满", "/u/", "大田镇", "请核对", "系统 今天",
                                       homepage.Clock("剩 2 天", "soon", 80)),),
                    "/t/", "全部 14 件",
                ),
            ),
            alarms=(homepage.Alarm(State("高", Tone.BAD), "一份台账未能导入", "/b/", "大田镇"),),
            kept=(homepage.Recalled("会员", "user", "林小满", "/m/1/", "大田镇工会", is_pinned=True),),
            nothing="今天没有等您办的事。", all_href="/t/",
            running_href="/i/", aside=(Section("各镇街会员", table=BY_TOWN),),
        ),
        "crumbs": (Crumb("我的工作"),),
    }  # fmt: skip


def figure() -> Context:
    shares = tuple(
        figures.Share(town, Number(1200 * place, "人", "/m/"), 0.2 * place, f"{place}.00%")
        for place, town in enumerate(TOWNS, start=1)
    )
    split = figures.Split("各镇街", "镇街", shares, Number(18_000, "人"), State("相加一致", Tone.OK))
    return {
        "figure": figures.FigurePage(
            "会员", "澜江区总工会及以下", "registry.members", "第 2 版",
            Number(597_500, "人", "#records"), DAY,
            (Fact("定义", Text("统计日在籍的职工。")), Fact("公式", Text("按人去重"))),
            spoken="59.75万", check=State("重算一致", Tone.OK),
            measures=(figures.Measure("离目标", Number(2_500, "人", "/f/"), "目标 60 万", is_gap=True),),
            splits=(split,), records=MEMBERS, records_number="597,500", records_href="/m/",
            report_on=DAY, today=date(2019, 1, 4), used_in=(Link("2018 年工作报告", "/r/"),),
        ),
        "crumbs": (Crumb("指标与报告", "/f/"), Crumb("会员")),
    }  # fmt: skip


def report() -> Context:
    quote = figures.Quote("59.75万", "?shown=members", is_shown=True)
    chapter = figures.Chapter(
        "一、组织", "a", (figures.Paragraph(("全区会员", quote, "人。"), "继续扩大。"),)
    )
    evidence = figures.Evidence(
        "会员", Number(597_500, "人", "/f/"), State("与记录一致", Tone.OK), (Fact("截至", Day(DAY)),),
        "第 3 个，共 8", "?p", "?n", BY_TOWN, "597,500", "/f/",
        (pages.Entry(DAY, "597,488 改为 ", "597,500", reason="补登"),),
        pages.Note("口径不同。", tone=Tone.WARN),
    )  # fmt: skip
    actions = (Action("导出公文", "/d/", icon="download", weight=Weight.PRIMARY),)
    contents, tally = (Tab("一 组织", "#a", 8, is_current=True),), (State("对得上 8", Tone.OK),)
    page = figures.ReportPage(
        "2018年工作回顾", "会议文件", (chapter,), contents, tally, "第 7 稿", actions, evidence
    )
    return {"report": page, "crumbs": (Crumb("报告"),)}


def imports() -> Context:
    page = figures.ImportsPage("台账导入", "先核对，再写入。", "上传并核对", MEMBERS, (Link("名册", "/t"),))
    return {"imports": page, "form": Upload(), "crumbs": (Crumb("台账导入"),)}


def batch() -> Context:
    return {
        "batch": figures.BatchPage(
            "名册.xlsx", "23 列全部认出。",
            (figures.Step("上传", "done"), figures.Step("核对", "now"), figures.Step("写入", "later")),
            figures.Progress("已核对", 9_840, 12_480, "行", "约 40 秒"), "/b/progress/",
            (Tab("新增", "?n", 961), Tab("错误", "?e", 41, is_current=True, is_bad=True)),
            Link("错误册", "/e.xlsx"), MEMBERS,
            actions=(Action("写入", "/w/", weight=Weight.PRIMARY, is_post=True),),
            aside=(Section("写入以后", words="中断可续。"),),
        ),
        "crumbs": (Crumb("台账导入", "/i/"), Crumb("名册.xlsx")),
    }  # fmt: skip


def search() -> Context:
    hits = pages.Hits("会员", "12 人", MEMBERS, "/m/?q=")
    return {"search": pages.Search("林", (hits,), "找到 12 条。"), "crumbs": (Crumb("搜索"),)}


def sign_in() -> Context:
    bound = Door({"username": "qu", "password": "x"})
    bound.add_error(None, "账号或密码不对。")
    return {"form": bound, "next": "/", "sample_accounts": (Fact("区总", Quiet("qu")),)}


def board() -> Context:
    share = Number(Decimal("99.10"), "%", "/f/")
    gauges = (
        boards.Gauge("手机号码", Number(12, "人", "/r/"), share, 0.99, (20, 15, 12), "3 周减 8"),
        boards.Gauge("证件号码", Number(0, "人", "/r/")),
    )
    shown = boards.Board(
        "数据质量",
        "区总工会，2018-12-31 03:40 汇总。",
        (boards.GaugeGroup("会员资料", "members", gauges, Number(1200, "人", "/r/"), "会员数"),),
        asked=(
            boards.Choice("澜江区总工会", "990113", is_chosen=True),
            boards.Choice("青荷镇总工会", "990113101"),
        ),
        by_unit=BY_TOWN,
        by_week=replace(BY_TOWN, caption="每周走势"),
        weeks_line="每周一留存一次。",
    )
    return {"board": shown, "crumbs": (Crumb("数据质量"),)}


def tiles() -> Context:
    drawn = tuple(
        boards.Tile(town, Number(place, "家"), "较多", place, "/c/", "9 家单位", column=place % 6, row=1)
        for place, town in enumerate(TOWNS, start=1)
    )
    shown = boards.TileMap(
        "组织覆盖图",
        "区总工会",
        "没有工会的单位数",
        (*drawn, boards.Tile("直属单位", Number(None, "家"), "没有可以比较的数", 0)),
        measures=(Tab("有无工会", "/c/", is_current=True), Tab("覆盖率", "/c/?m=coverage")),
        legend=(boards.Legend(1, "最少", "0家 至不足 1家"),),
        table=BY_TOWN,
    )
    return {"map": shown, "crumbs": (Crumb("组织覆盖图"),)}


def kept_form() -> Context:
    """A form for which a draft waits."""
    draft = Kept(7, "registry:x", "1", "更正", "林小满", "/x/", MOMENT, {})
    return {**form(), "slip": "signed", "may_keep": True, "kept": draft, "is_filled_in": False}


def clash() -> Context:
    """Two saved at once: a field both have changed, one that only the other has, and a sealed one."""
    found = (
        Clash("name", "姓名", "林小满", "林晓满", "林小曼"),
        Clash("town", "镇街", "青柳镇", "白沙街", "青柳镇", is_untouched=True),
        Clash("mobile", "手机号码", "138****0001", "139****0002", "（您新填的）", is_sealed=True),
    )
    carried = (("name", "林小曼"), ("reason", "更正"))
    page = {"page": form()["page"], "form": Enrolment(), "crumbs": ()}
    return {
        **page, "clashes": found, "carried": carried, "hand": Hand("何干事（青柳镇总工会）", MOMENT),
        "slip": "signed",
    }  # fmt: skip


def files() -> Context:
    return {**detail(), "form": Enrolment(), "upload_href": "/x/"}


def paper() -> Context:
    return {
        **detail(), "label": "会员", "printed_at": MOMENT, "by": "何慧仪", "place": "澜江区总",
        "federation": "澜江区总工会", "back_href": "/x/",
    }  # fmt: skip


PAGES: dict[str, tuple[str, Callable[[], Context]]] = {
    "list": ("desk/list.html", listing),
    "empty": ("desk/list.html", nothing_listed),
    "detail": ("desk/detail.html", detail),
    "form": ("desk/form.html", form),
    "draft": ("desk/form.html", kept_form),
    "clash": ("desk/clash.html", clash),
    "files": ("desk/files.html", files),
    "paper": ("desk/paper.html", paper),
    "home": ("desk/home.html", home),
    "figure": ("desk/figure.html", figure),
    "report": ("desk/report.html", report),
    "board": ("desk/board.html", board),
    "tiles": ("desk/tiles.html", tiles),
    "imports": ("desk/import_list.html", imports),
    "batch": ("desk/import_batch.html", batch),
    "search": ("desk/search.html", search),
    "sign-in": ("desk/sign_in.html", sign_in),
    "revealed": (
        "desk/revealed.html",
        lambda: {"revealed": pages.Revealed("身份证号", "4401", "核对", "/m/")},
    ),
    "refused": ("desk/refused.html", lambda: {"sentence": "该申请已有结论。", "back_href": "/m/"}),
    **{code: (f"{code}.html", dict) for code in ("400", "403", "403_csrf", "404", "500")},
}
