"""Posts that are left because a membership no longer carries them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from juli.domains.registry.facts import Happened
from juli.domains.registry.models import Membership, Post
from juli.engines.facts import recording
from juli.kernel.actor import Actor


@transaction.atomic
def leave_posts(
    memberships: Iterable[Membership], *, on: date, reason: str, actor: Actor, at: datetime
) -> int:
    """
    Let the holders of memberships leave their posts in those unions; return how many posts.

    Who is no longer an active member of a union holds no post in it.
    """
    units = {(each.person_id, each.org_unit_id): each.org_unit for each in memberships}
    held = Post.objects.filter(person_id__in={person for person, _ in units}, valid_until__isnull=True)
    left = [post for post in held.order_by("pk") if (post.person_id, post.org_unit_id) in units]
    for post in left:
        post.valid_until = max(on, post.valid_from)
        post.save(update_fields=["valid_until"])
        recording.record(
            Happened.POST_LEFT, subject=post, org_unit=units[post.person_id, post.org_unit_id],
            occurred_on=post.valid_until, person_id=post.person_id, category=post.office, reason=reason,
            actor=actor, at=at,
        )  # fmt: skip
    return len(left)
