"""Where people go from the home page, by what they may do."""

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from juli.domains.registry.permissions import Permission
from juli.domains.registry.views.addresses import address
from juli.engines.desk.cells import Link
from juli.engines.desk.pages import Action, Fact, Note, Section, Weight
from juli.kernel.actor import Actor


def address_of(name: str, *arguments: object) -> str:
    """Return the address of a page, or nothing where there is none."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def shortcuts(actor: Actor, *, first_href: str) -> tuple[Action, ...]:
    """Return the buttons of the page's head: the most urgent work is the primary one, if there is any."""
    found: list[Action] = []
    if actor.holds(Permission.EDIT_MEMBERS):
        found.append(Action(_("新增会员"), address("member-new"), icon="user-plus"))
    if actor.holds(Permission.IMPORT):
        weight = Weight.PLAIN if first_href else Weight.PRIMARY
        found.append(Action(_("导入台账"), address_of("sheet:imports"), icon="table-import", weight=weight))
    if first_href:
        found.append(Action(_("从最急的办起"), first_href, weight=Weight.PRIMARY))
    return tuple(each for each in found if each.href)


def ways(actor: Actor) -> Section:
    """Return where people go from here."""
    unverified = address("members", query={"verification": "unverified"})
    uncovered = address("employers", query={"covered": "no"})
    known = [
        (Permission.SEE, _("查找"), Link(_("会员、工会或单位"), address_of("search"))),
        (Permission.SEE, _("名册"), Link(_("会员名册"), address("members"))),
        (Permission.SEE, _("待核验"), Link(_("未实名的会员"), unverified)),
        (Permission.SEE, _("待建会"), Link(_("未由工会覆盖的单位"), uncovered)),
        (Permission.ARRANGE_UNIONS, _("登记"), Link(_("成立工会"), address("union-new"))),
        (Permission.EDIT_EMPLOYERS, _("登记"), Link(_("登记单位"), address("employer-new"))),
        ("reporting.see", _("报告"), Link(_("指标与报告"), address_of("reporting:figures"))),
        ("scope.see", _("管理"), Link(_("账号与授权"), address_of("scope:accounts"))),
    ]  # fmt: skip
    facts = tuple(Fact(label, link) for right, label, link in known if link.href and actor.holds(right))
    if not facts:
        return Section(_("常用"), words=_("您的账号还没有可办的业务，请联系本单位管理员授权。"))
    return Section(_("常用"), facts=facts)


def first_steps(actor: Actor) -> Note:
    """Return what to do in an empty house."""
    href = address_of("sheet:imports")
    if actor.holds(Permission.IMPORT) and href:
        return Note(
            _("把手头的台账导进来，这里就会有数。"), lead=_("第一步："), link=Link(_("导入台账"), href)
        )
    if actor.holds(Permission.ARRANGE_UNIONS):
        link = Link(_("成立工会"), address("union-new"))
        return Note(_("先登记一家批准成立的工会。"), lead=_("第一步："), link=link)
    return Note(_("您的管理范围内还没有登记工会和会员。"))
