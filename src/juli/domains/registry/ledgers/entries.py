"""The ledgers of the registry as menus show them."""

from typing import Final

from juli.domains.registry.permissions import Permission
from juli.engines.sheet.entries import Entry

_HERE: Final = "juli.domains.registry.ledgers"

ENTRIES: Final = (
    Entry(
        code="registry.members", word="members", label="会员名册", permissions=(Permission.IMPORT,),
        ledger="juli.domains.registry.roster.importing:MEMBERS", hint="登记和更新会员，最多一百万行。",
        presets=(("national-members", "全国实名制会员信息采集表"),),
    ),
    Entry(
        code="registry.unions", word="unions", label="工会台账",
        permissions=(Permission.IMPORT, Permission.ARRANGE_UNIONS), ledger=f"{_HERE}.unions:UNIONS",
        hint="成立和更正工会，上级可以在同一张表里。",
    ),
    Entry(
        code="registry.employers", word="employers", label="单位台账",
        permissions=(Permission.IMPORT, Permission.EDIT_EMPLOYERS), ledger=f"{_HERE}.employers:EMPLOYERS",
        hint="登记和更正用人单位。", presets=(("national-units", "全国实名制单位信息采集表"),),
    ),
    Entry(
        code="registry.coverage", word="coverage", label="覆盖台账",
        permissions=(Permission.IMPORT, Permission.ARRANGE_UNIONS), ledger=f"{_HERE}.coverage:COVERAGE",
        hint="哪家工会覆盖哪些单位。",
    ),
    Entry(
        code="registry.headcounts", word="headcounts", label="职工人数台账",
        permissions=(Permission.IMPORT, Permission.EDIT_EMPLOYERS), ledger=f"{_HERE}.reports:HEADCOUNTS",
        hint="单位在某一天有多少职工、农民工和女职工。",
    ),
    Entry(
        code="registry.hazards", word="hazards", label="有害岗位台账",
        permissions=(Permission.IMPORT, Permission.EDIT_EMPLOYERS), ledger=f"{_HERE}.reports:HAZARDS",
        hint="接触职业病危害的岗位。",
    ),
    Entry(
        code="registry.posts", word="posts", label="任职台账",
        permissions=(Permission.IMPORT, Permission.ARRANGE_UNIONS), ledger=f"{_HERE}.posts:POSTS",
        hint="工会主席、委员和工作人员的任职与离任。",
    ),
    Entry(
        code="registry.persons", word="persons", label="人员台账",
        permissions=(Permission.IMPORT, Permission.EDIT_MEMBERS), ledger=f"{_HERE}.persons:PERSONS",
        hint="更新已登记人员的联系方式和个人情况。",
    ),
)  # fmt: skip
