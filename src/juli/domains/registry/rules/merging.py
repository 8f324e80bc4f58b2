"""What may become one record, and which values go together when it does."""

from collections.abc import Collection, Mapping
from typing import Final

from juli.kernel.refusal import Refusal

NAME, DOCUMENT, CODE = "name", "document", "uscc"
PERSON_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    NAME: ("name", "name_bigrams", "name_initials", "name_pinyin"),
    DOCUMENT: (
        "document_kind", "document_sealed", "document_digest", "document_shown", "sex", "born_on",
        "verification", "verified_on", "verification_source",
    ),
    "mobile": ("mobile_sealed", "mobile_digest", "mobile_shown"),
    "bank": ("bank_sealed", "bank_digest", "bank_shown"),
    "household": ("household",),
    "migrant": ("is_migrant_worker", "migrant_source", "migrant_as_of"),
    "education": ("education",),
    "skill": ("skill",),
    "employment": ("employment",),
    "party": ("is_party_member", "party_source"),
    "model": ("is_model_worker", "model_source"),
}  # fmt: skip
"""Which columns of a person are taken over together, and which of both records are then exchanged."""

DOCUMENT_ALONE: Final = ("document_kind", "document_sealed", "document_digest", "document_shown")

EMPLOYER_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    NAME: ("name", "name_bigrams", "name_initials"),
    CODE: ("uscc",),
    "ownership": ("ownership",),
    "industry": ("industry",),
    "address": ("address",),
    "business": ("business", "business_as_of"),
    "territory": ("territory_id",),
}
"""Which columns of an employer are taken over together."""


class RecordMerged(Refusal):
    """The record was merged into another, which stands for it now."""

    code = "registry.record_merged"
    message = "这份记录已并入另一份记录，请到保留的那份记录上办理。"


class SameRecord(Refusal):
    """A record is not merged with itself."""

    code = "registry.same_record"
    message = "两边是同一份记录，请另选一份。"


class UnknownPart(Refusal):
    """Something was to be taken over that records do not have."""

    code = "registry.unknown_part"
    message = "没有“{part}”这一项，请重新选择要保留的内容。"


class TwoMemberships(Refusal):
    """Both are members today, of different unions."""

    # 工会会员会籍管理办法(2016)第三条: one membership, carried along.
    code = "registry.two_memberships"
    message = (
        "两份记录在{first}和{second}各有一段有效会籍。一个人只有一段有效会籍：请选择保留哪一段，"
        "或先终止其中一段再合并。"
    )


class TwoCoverages(Refusal):
    """Two unions stand for the employer today."""

    code = "registry.two_coverages"
    message = "两份单位记录分别由{first}和{second}覆盖，请先解除其中一个覆盖，再合并。"


class PartlyBeyondReach(Refusal):
    """Something that speaks of the two lies where the actor does not reach."""

    code = "registry.partly_beyond_reach"
    message = "这两份记录还有 {rows} 条会籍、任职或覆盖在您的管理范围外，请由上一级工会合并。"


class MergeUndone(Refusal):
    """The merge was undone before."""

    code = "registry.merge_undone"
    message = "这次合并已经撤销，两份记录都已恢复。"


class SomethingRests(Refusal):
    """What was done since rests on the merge."""

    code = "registry.something_rests"
    message = "合并以后又办理了：{rests}。请先撤销或更正这些，再撤销合并。"


class LookalikeDecided(Refusal):
    """Somebody has settled the pair before."""

    code = "registry.lookalike_decided"
    message = "这一对记录已经处理过，请刷新后再看。"


def check_parts(taken: Collection[str], *, known: Collection[str]) -> None:
    """
    Let only parts be taken over that there are.

    :raises UnknownPart: there is no such part.
    """
    if strange := sorted(set(taken) - set(known)):
        raise UnknownPart(part=strange[0])
