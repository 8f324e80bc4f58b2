"""Where unions stand, in which form, and under which code."""

from collections.abc import Mapping
from typing import Final

from juli.kernel.idcodes import is_union_legal_person, tidy_code, uscc_fault
from juli.kernel.refusal import Refusal

# 工会法(2021)第十一条: base unions below federations, total unions from the county level up;
# the levels between are those by which towns, villages, parks and sectors are organised.
PARENTS: Final[Mapping[str, frozenset[str]]] = {
    "federation": frozenset(),
    "town": frozenset({"federation"}),
    "village": frozenset({"federation", "town"}),
    "park": frozenset({"federation", "town", "village"}),
    "sector": frozenset({"federation", "town"}),
    "base": frozenset({"federation", "town", "village", "park", "sector"}),
    "sub": frozenset({"base"}),
    "group": frozenset({"base", "sub"}),
}
BASE: Final = "base"
WITHOUT_FORM: Final = "not_applicable"
COVERING: Final = frozenset({"base", "village", "park", "sector"})
"""Levels that may stand for employers: what lies below a base union covers nobody of its own."""


class WrongParent(Refusal):
    """A union of this level does not stand below one of that level."""

    code = "registry.wrong_parent"
    message = "{level}不能设在{parent_level}之下，请另选上级工会。"


class FormMissing(Refusal):
    """A base union is an employer's own or a joint one, and no other union is either."""

    code = "registry.form_missing"
    message = "基层工会须选“单独组建”或“联合组建”，其他层级的工会不填建会形式。"


class UnionNameMissing(Refusal):
    """A union has a name."""

    code = "registry.union_name_missing"
    message = "工会名称没有填写，请填写批复上的全称。"


class LegalCodeFaulty(Refusal):
    """The code of the legal person cannot be right."""

    code = "registry.legal_code_faulty"
    message = "工会法人的统一社会信用代码有误，应为以 81 开头的 18 位代码，请对照法人资格证书核对。"


class FoundedElsewhere(Refusal):
    """The founding is on the books of another branch, whose year would change."""

    code = "registry.founded_elsewhere"
    message = "这家工会成立时隶属于管理范围外的组织，更正会影响当年的数据，请由共同的上级工会办理。"


class UnionEnded(Refusal):
    """The union exists no more."""

    code = "registry.union_ended"
    message = "“{name}”已经终止，不能再办理这项业务。"


class FederationStays(Refusal):
    """The root of the tree is neither moved nor merged nor dissolved."""

    code = "registry.federation_stays"
    message = "总工会是整棵组织树的根，不能调整、合并或撤销。"


def check_parent(level: str, *, parent_level: str, label: str, parent_label: str) -> None:
    """
    Let a union stand below another.

    :raises WrongParent: their levels do not allow it.
    """
    if parent_level not in PARENTS[level]:
        raise WrongParent(level=label, parent_level=parent_label)


def check_form(level: str, *, form: str) -> None:
    """
    Let a level go with a form.

    :raises FormMissing: a base union without a form, or another union with one.
    """
    if (level == BASE) == (form == WITHOUT_FORM):
        raise FormMissing


def checked_legal_code(uscc: str) -> str:
    """
    Return the code of a union that is a legal person, tidied; nothing for none.

    :raises LegalCodeFaulty: it is wrong, or not a union's.
    """
    tidied = tidy_code(uscc)
    # 工会法(2021)第十五条; the first two characters name the registering authority (GB 32100-2015).
    if tidied and (uscc_fault(tidied) or not is_union_legal_person(tidied)):
        raise LegalCodeFaulty
    return tidied


class OwnUnionCoversMore(Refusal):
    """An employer's own union covers that employer alone."""

    code = "registry.own_union_covers_more"
    message = "单独组建的工会只覆盖一个单位；要覆盖多个单位，请先把建会形式更正为联合组建。"


def check_covered(form: str, *, employers: int) -> None:
    """
    Let a union of a form cover so many employers.

    :raises OwnUnionCoversMore: an employer's own union, and more than one.
    """
    if form == "own" and employers > 1:
        raise OwnUnionCoversMore
