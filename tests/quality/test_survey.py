"""Many figures counted at once are what each is when worked out alone, and what one counts by hand."""

from datetime import date

import pytest

from juli.domains.registry.quality import topics
from juli.engines.indicator.declarations import Ratio
from juli.engines.indicator.keeping import found_in
from juli.engines.indicator.surveying import survey
from juli.engines.indicator.working import work_out
from juli.engines.scope.models import OrgUnit
from juli.kernel.period import Day
from tests.quality.untidiness import untidy
from tests.world import MAY_9, World, machine

pytestmark = pytest.mark.django_db
TODAY = date(2018, 5, 9)
EVERYTHING = [*topics.SURVEYED, *(each for each in topics.KEPT if isinstance(each, Ratio))]


def test_a_survey_finds_what_every_figure_is(world: World):
    untidy(world)
    units = OrgUnit.objects.filter(depth__lte=3)
    found = survey(topics.SURVEYED, unit=world.federation.org_unit, day=TODAY, actor=machine())
    differing = []
    for declared in EVERYTHING:
        for unit in units:
            figure = work_out(declared, unit=unit, period=Day(TODAY), actor=machine(), at=MAY_9)
            place = found.place_of(unit)
            if (value := found_in(found, declared, place).value) != figure.value:
                differing.append((declared.code, unit.name, value, figure.value))

    assert differing == []
