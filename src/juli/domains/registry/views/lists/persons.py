"""The list of persons: whoever is registered, with or without a membership (人员)."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy

from juli.domains.registry.forms.filters import PersonNarrowing
from juli.domains.registry.models import Membership
from juli.domains.registry.permissions import Permission
from juli.domains.registry.selectors.reaching import below
from juli.domains.registry.views.addresses import record
from juli.domains.registry.views.lists.placed import PlacedList
from juli.domains.registry.views.showing import answer_of, unless_empty
from juli.domains.registry.views.states import verification_state
from juli.engines.desk.cells import Day, Masked, Name, Quiet
from juli.engines.desk.lists import ListColumn
from juli.engines.party.models import Person
from juli.kernel.actor import Actor

Column = ListColumn[Person]
_SHOWN = (
    "name", "sex", "born_on", "document_shown", "mobile_shown", "household", "is_migrant_worker", "education",
    "skill", "employment", "verification", "registered_on", "path",
)  # fmt: skip


class PersonList(PlacedList[Person, Person, PersonNarrowing]):
    """Persons by the place in the tree where they are registered."""

    code, ledger, address = "persons", "persons", "registry:persons"
    title, caption, unit = gettext_lazy("人员"), gettext_lazy("登记在册的人"), gettext_lazy("人")
    narrowing = PersonNarrowing
    order = ("path", "pk")
    usual = (
        (gettext_lazy("全部"), ""),
        (gettext_lazy("没有会籍"), "membership=no"),
        (gettext_lazy("待核验"), "verification=unverified"),
    )
    empty_sentence = gettext_lazy("这里列出登记在册的人，包括已经离会的。从会员名册导入，或者逐个登记。")
    columns = (
        Column("name", gettext_lazy("姓名"), lambda row: Name(row.name, record("member", row.pk))),
        Column("sex", gettext_lazy("性别"), lambda row: Quiet(row.get_sex_display())),
        Column("born_on", gettext_lazy("出生日期"), lambda row: Day(row.born_on), is_usual=False),
        Column("document", gettext_lazy("证件号码"), lambda row: Masked(row.document_shown)),
        Column("mobile", gettext_lazy("手机号码"), lambda row: Masked(row.mobile_shown)),
        Column("household", gettext_lazy("户籍性质"), lambda row: unless_empty(row.get_household_display())),
        Column("migrant", gettext_lazy("农民工"), lambda row: unless_empty(answer_of(row.is_migrant_worker))),
        Column("education", gettext_lazy("学历"), lambda row: unless_empty(row.get_education_display())),
        Column("skill", gettext_lazy("技能等级"), lambda row: unless_empty(row.get_skill_display())),
        Column(
            "employment", gettext_lazy("就业状态"), lambda row: unless_empty(row.get_employment_display())
        ),
        Column(
            "verification",
            gettext_lazy("实名"),
            lambda row: verification_state(row.verification, row.get_verification_display()),
        ),
        Column("registered_on", gettext_lazy("登记日期"), lambda row: Day(row.registered_on), is_usual=False),
    )

    def rows(self, asked: PersonNarrowing, *, actor: Actor) -> "QuerySet[Person]":
        rows = Person.objects.within_reach_of(actor, Permission.SEE).only(*_SHOWN)
        if asked.chosen("unit") is not None:
            rows = rows.filter(below(asked.chosen("unit"), actor=actor))
        if asked.chosen("verification"):
            rows = rows.filter(verification=asked.chosen("verification"))
        if asked.chosen("membership") is not None:
            held = Exists(Membership.objects.filter(person_id=OuterRef("pk"), valid_until__isnull=True))
            rows = rows.filter(held if asked.chosen("membership") else ~held)
        return rows

    def lines(self, rows: Sequence[Person], asked: PersonNarrowing, *, actor: Actor) -> Sequence[Person]:
        return rows
