"""What can happen to unions, employers and members."""

from enum import StrEnum


class Happened(StrEnum):
    """Kinds of fact of this app."""

    UNION_FOUNDED = "registry.union_founded"
    UNION_RENAMED = "registry.union_renamed"
    UNION_CORRECTED = "registry.union_corrected"
    UNION_MOVED = "registry.union_moved"
    UNION_MERGED = "registry.union_merged"
    UNION_DISSOLVED = "registry.union_dissolved"
    TERM_BEGUN = "registry.term_begun"
    POST_TAKEN = "registry.post_taken"
    POST_LEFT = "registry.post_left"
    COMMITTEE_FORMED = "registry.committee_formed"
    COMMITTEE_ENDED = "registry.committee_ended"
    COVERAGE_BEGUN = "registry.coverage_begun"
    COVERAGE_ENDED = "registry.coverage_ended"
    EMPLOYER_REGISTERED = "registry.employer_registered"
    EMPLOYER_CORRECTED = "registry.employer_corrected"
    EMPLOYER_MERGED = "registry.employer_merged"
    EMPLOYER_PARTED = "registry.employer_parted"
    HEADCOUNT_REPORTED = "registry.headcount_reported"
    EMPLOYER_FLAGGED = "registry.employer_flagged"
    EMPLOYER_UNFLAGGED = "registry.employer_unflagged"
    HAZARD_REPORTED = "registry.hazard_reported"
    HAZARD_ENDED = "registry.hazard_ended"
    ENTRY_CORRECTED = "registry.entry_corrected"
    PERSON_CORRECTED = "registry.person_corrected"
    PERSON_VERIFIED = "registry.person_verified"
    PERSON_MERGED = "registry.person_merged"
    PERSON_PARTED = "registry.person_parted"
    MEMBER_ADMITTED = "registry.member_admitted"
    MEMBER_TRANSFERRED_OUT = "registry.member_transferred_out"
    MEMBER_TRANSFERRED_IN = "registry.member_transferred_in"
    MEMBERSHIP_RETAINED = "registry.membership_retained"
    MEMBERSHIP_RESUMED = "registry.membership_resumed"
    MEMBER_LEFT = "registry.member_left"
    MEMBER_EXPELLED = "registry.member_expelled"
    MEMBER_DIED = "registry.member_died"
    MEMBERSHIP_CORRECTED = "registry.membership_corrected"
    FILE_ATTACHED = "registry.file_attached"
    FILE_REMOVED = "registry.file_removed"


LABELS: dict[StrEnum, str] = {
    Happened.UNION_FOUNDED: "成立工会",
    Happened.UNION_RENAMED: "工会更名",
    Happened.UNION_CORRECTED: "更正工会资料",
    Happened.UNION_MOVED: "调整隶属关系",
    Happened.UNION_MERGED: "并入其他工会",
    Happened.UNION_DISSOLVED: "撤销工会",
    Happened.TERM_BEGUN: "换届",
    Happened.POST_TAKEN: "任职",
    Happened.POST_LEFT: "离任",
    Happened.COMMITTEE_FORMED: "成立专门委员会",
    Happened.COMMITTEE_ENDED: "撤销专门委员会",
    Happened.COVERAGE_BEGUN: "纳入覆盖",
    Happened.COVERAGE_ENDED: "解除覆盖",
    Happened.EMPLOYER_REGISTERED: "登记单位",
    Happened.EMPLOYER_CORRECTED: "更正单位资料",
    Happened.EMPLOYER_MERGED: "合并重复单位",
    Happened.EMPLOYER_PARTED: "撤销单位合并",
    Happened.HEADCOUNT_REPORTED: "上报职工人数",
    Happened.EMPLOYER_FLAGGED: "标记单位",
    Happened.EMPLOYER_UNFLAGGED: "取消单位标记",
    Happened.HAZARD_REPORTED: "登记有害岗位",
    Happened.HAZARD_ENDED: "消除有害岗位",
    Happened.ENTRY_CORRECTED: "更正登记",
    Happened.PERSON_CORRECTED: "更正个人资料",
    Happened.PERSON_VERIFIED: "实名核验",
    Happened.PERSON_MERGED: "合并重复记录",
    Happened.PERSON_PARTED: "撤销合并",
    Happened.MEMBER_ADMITTED: "入会",
    Happened.MEMBER_TRANSFERRED_OUT: "会籍转出",
    Happened.MEMBER_TRANSFERRED_IN: "会籍转入",
    Happened.MEMBERSHIP_RETAINED: "保留会籍",
    Happened.MEMBERSHIP_RESUMED: "恢复会籍",
    Happened.MEMBER_LEFT: "退会",
    Happened.MEMBER_EXPELLED: "除名",
    Happened.MEMBER_DIED: "去世",
    Happened.MEMBERSHIP_CORRECTED: "更正会籍",
    Happened.FILE_ATTACHED: "添加附件",
    Happened.FILE_REMOVED: "移除附件",
}
