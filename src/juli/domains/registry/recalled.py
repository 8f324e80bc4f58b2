"""Which records of the register can be recalled: opened lately, or pinned."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from juli.domains.registry.models import Union
from juli.domains.registry.permissions import Permission
from juli.engines.desk.recalling import RecordKind
from juli.engines.party.models import Employer, Person

KINDS: Final = (
    RecordKind(
        "registry.member", _("会员"), icon="user", url_name="registry:member", argument="person_id",
        records=lambda actor: Person.objects.within_reach_of(actor, Permission.SEE), line="document_shown",
    ),
    RecordKind(
        "registry.union", _("工会"), icon="building-community", url_name="registry:union",
        argument="union_id", records=lambda actor: Union.objects.within_reach_of(actor, Permission.SEE),
        line="code",
    ),
    RecordKind(
        "registry.employer", _("单位"), icon="building-factory-2", url_name="registry:employer",
        argument="employer_id", records=lambda actor: Employer.objects.within_reach_of(actor, Permission.SEE),
        line="uscc",
    ),
)  # fmt: skip
