"""The verbs of the registry: the only writers of unions, employers and memberships."""

from juli.domains.registry.actions.attachments import attach_file, hand_out_file, remove_file
from juli.domains.registry.actions.branches import dissolve_union, merge_union, move_union
from juli.domains.registry.actions.careers import (
    expel_member,
    leave_membership,
    record_death,
    resume_membership,
    retain_membership,
    transfer_member,
)
from juli.domains.registry.actions.correcting.admissions import withdraw_admission
from juli.domains.registry.actions.correcting.coverages import correct_coverage, correct_territory
from juli.domains.registry.actions.correcting.memberships import correct_membership
from juli.domains.registry.actions.correcting.offices import correct_committee, correct_post, correct_term
from juli.domains.registry.actions.correcting.reports import (
    correct_hazard,
    correct_headcount,
    correct_mark,
    end_hazard,
)
from juli.domains.registry.actions.coverage import cover_employer, uncover_employer
from juli.domains.registry.actions.employers import (
    correct_employer,
    flag_employer,
    register_employer,
    report_hazard,
    report_headcount,
    unflag_employer,
)
from juli.domains.registry.actions.members import admit_member
from juli.domains.registry.actions.merging import decide_lookalike, report_lookalike, undo_merge
from juli.domains.registry.actions.merging_employers import merge_employers
from juli.domains.registry.actions.merging_persons import merge_persons
from juli.domains.registry.actions.offices import (
    begin_term,
    end_committee,
    form_committee,
    leave_post,
    take_post,
)
from juli.domains.registry.actions.persons import (
    change_contact,
    correct_identity,
    correct_person,
    reveal,
    verify_person,
)
from juli.domains.registry.actions.unions import (
    Approval,
    LegalPerson,
    correct_union,
    found_federation,
    found_union,
    rename_union,
)

__all__ = [
    "Approval",
    "LegalPerson",
    "admit_member",
    "attach_file",
    "begin_term",
    "change_contact",
    "correct_committee",
    "correct_coverage",
    "correct_employer",
    "correct_hazard",
    "correct_headcount",
    "correct_identity",
    "correct_mark",
    "correct_membership",
    "correct_person",
    "correct_post",
    "correct_term",
    "correct_territory",
    "correct_union",
    "cover_employer",
    "decide_lookalike",
    "dissolve_union",
    "end_committee",
    "end_hazard",
    "expel_member",
    "flag_employer",
    "form_committee",
    "found_federation",
    "found_union",
    "hand_out_file",
    "leave_membership",
    "leave_post",
    "merge_employers",
    "merge_persons",
    "merge_union",
    "move_union",
    "record_death",
    "register_employer",
    "remove_file",
    "rename_union",
    "report_hazard",
    "report_headcount",
    "report_lookalike",
    "resume_membership",
    "retain_membership",
    "reveal",
    "take_post",
    "transfer_member",
    "uncover_employer",
    "undo_merge",
    "unflag_employer",
    "verify_person",
    "withdraw_admission",
]
