"""What may be granted over the registry."""

from enum import StrEnum


class Permission(StrEnum):
    """Rights over unions, employers and members."""

    SEE = "registry.see"
    ARRANGE_UNIONS = "registry.arrange_unions"
    EDIT_EMPLOYERS = "registry.edit_employers"
    EDIT_MEMBERS = "registry.edit_members"
    IMPORT = "registry.import"
    REVEAL = "registry.reveal"


LABELS: dict[Permission, str] = {
    Permission.SEE: "查看组织与会员",
    Permission.ARRANGE_UNIONS: "组建、更正、调整和撤并工会",
    Permission.EDIT_EMPLOYERS: "登记和更正单位",
    Permission.EDIT_MEMBERS: "登记和更正会员",
    Permission.IMPORT: "导入台账",
    Permission.REVEAL: "写明理由后查看明文",
}
