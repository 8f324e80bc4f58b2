import pytest
from django.db import ProgrammingError
from django.utils import timezone
from datetime import date
from juli.engines.scope import actions, walls
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor, Door, PathRange, Standing

pytestmark = pytest.mark.django_db

def test_tree_and_reach():
    at = timezone.now()
    machine = walls.system("测试")
    root = actions.plant_tree(name="澜江区总工会", code="990113", kind="federation", opened_on=date(2000,1,1), actor=machine, at=at)
    a = actions.open_unit(parent_id=root.pk, name="甲镇", code="a", kind="town", opened_on=date(2000,1,1), actor=machine, at=at)
    b = actions.open_unit(parent_id=root.pk, name="乙镇", code="b", kind="town", opened_on=date(2000,1,1), actor=machine, at=at)
    c = actions.open_unit(parent_id=a.pk, name="丙村", code="c", kind="village", opened_on=date(2000,1,1), actor=machine, at=at)
    officer = Actor(name="何干事", standing=Standing.STAFF, door=Door.PAGE, account_id=1, reaches=(("registry.see", (PathRange.under(a.path),)),))
    with walls.entered(officer):
        assert set(OrgUnit.objects.values_list("code", flat=True)) == {"a", "c"}
    both = Actor(name="x", standing=Standing.STAFF, door=Door.PAGE, account_id=1, reaches=(("registry.see", (PathRange.exactly(a.path), PathRange.under(b.path))),))
    with walls.entered(both):
        assert set(OrgUnit.objects.values_list("code", flat=True)) == {"a", "b"}
    with pytest.raises(ProgrammingError), walls.entered(walls.stranger()):
        list(OrgUnit.objects.all())
    assert OrgUnit.objects.count() == 4
    actions.move_unit(c.pk, to_parent_id=b.pk, on=date(2020,1,1), actor=machine, at=at)
    with walls.entered(officer):
        assert set(OrgUnit.objects.values_list("code", flat=True)) == {"a"}
