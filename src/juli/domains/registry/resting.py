"""What was done since two records were merged, and would be torn apart were they parted again."""

from collections import Counter
from typing import Final

from django.apps import apps
from django.utils.translation import gettext as _

from juli.engines.party import merging
from juli.engines.party.models import Merge, Subject

_OWN: Final = frozenset(merging.RECORDS.values())


def resting_on(merge: Merge) -> tuple[str, ...]:
    """Return, in words, what rests on a merge; nothing if it can be undone."""
    rests: list[str] = []
    later = Merge.objects.filter(
        subject=merge.subject, kept_id=merge.kept_id, undone_at__isnull=True, pk__gt=merge.pk
    ).count()
    if later:
        rests.append(_("又并入了 %(number)s 份记录") % {"number": later})
    changed, added = merging.changed_since(merge), merging.added_since(merge)
    if any(bearer in _OWN for bearer in changed) and not later:
        rests.append(_("更正了保留的记录"))
    counted: Counter[str] = Counter()
    for bearer in changed.keys() | added.keys():
        if bearer not in _OWN:
            counted[bearer] = len({*changed.get(bearer, ()), *added.get(bearer, ())})
    rests += [
        _("%(what)s %(number)s 条") % {"what": labels()[bearer], "number": number}
        for bearer, number in sorted(counted.items())
    ]
    return tuple(rests)


def labels() -> dict[str, str]:
    """Return what the tables that speak of persons and employers hold, in words."""
    names = {each.bearer for subject in Subject for each in merging.references(subject)}
    models = {model._meta.db_table: str(model._meta.verbose_name) for model in apps.get_models()}
    return {name: models.get(name, name) for name in names}
