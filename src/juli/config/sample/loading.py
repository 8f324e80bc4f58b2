"""Puts a sample into the house: the district at once, its members slice by slice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import polars as pl
from django.utils import timezone

from juli.config.sample import employers, people, unions
from juli.config.sample.district import District
from juli.config.sample.recipe import Recipe, keep
from juli.domains.registry import posting
from juli.domains.reporting import actions as reporting
from juli.engines import queue
from juli.engines.party.models import Person
from juli.engines.scope import statistics, walls
from juli.engines.scope.actions import plant_tree
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import Refusal

SOURCE = "样例"
FIRST_SLICE, SLICE = 6_000, 50_000
Tell = Callable[[str, int, int], None]


class HouseIsNotEmpty(Refusal):
    """A sample never mixes with anybody's own records."""

    code = "sample.house_is_not_empty"
    message = "这里已经有“{name}”的数据，样例只能装入空库。另建一个，请用 JULI_DATA 指定另一个数据目录。"


@dataclass(frozen=True)
class Sample:
    """A sample on its way in. The same recipe always makes the same one."""

    recipe: Recipe
    tell: Tell

    @cached_property
    def _made(self) -> tuple[unions.Structure, unions.BaseUnions, employers.Employers, people.Members]:
        random = np.random.default_rng(self.recipe.seed)
        district = self.recipe.district()
        structure = unions.structure(district)
        bases = unions.base_unions(district, random, structure.hangers)
        firms = employers.employers(district, random, bases, structure.hangers)
        return structure, bases, firms, people.members(district, random, bases, firms)

    def load_district(self) -> None:
        """
        Post the tree, unions, employers and what stands around them, in one transaction.

        :raises HouseIsNotEmpty: the house has records of its own.
        """
        structure, _, firms, who = self._made
        district, at = self.recipe.district(), timezone.now()
        random = np.random.default_rng(self.recipe.seed + 1)
        with walls.entered(walls.system(SOURCE)) as actor:
            if existing := OrgUnit.objects.filter(parent__isnull=True).first():
                raise HouseIsNotEmpty(name=existing.name)
            root = plant_tree(
                name=district.name,
                code=district.code,
                kind="federation",
                opened_on=district.federation_since,
                actor=actor,
                at=at,
            )
            self.tell("组织", 0, len(firms.unions))
            posting.post_unions(structure.frame, actor=actor, at=at, source=SOURCE, batch_id=None)
            posting.post_unions(firms.unions, actor=actor, at=at, source=SOURCE, batch_id=None)
            if district.totals.ended_unions:
                posting.post_unions(
                    unions.ended_unions(district, random, structure.hangers),
                    actor=actor,
                    at=at,
                    source=SOURCE,
                    batch_id=None,
                )
            self.tell("单位", 0, len(firms.employers))
            posting.post_employers(firms.employers, actor=actor, at=at, source=SOURCE, batch_id=None)
            posting.post_coverages(firms.coverages, actor=actor, at=at, source=SOURCE, batch_id=None)
            posting.post_headcounts(firms.headcounts, actor=actor, at=at, source=SOURCE, batch_id=None)
            _hold_sessions(district, root_id=root.pk, actor=actor, at=at)
        statistics.learn(written=len(firms.unions) + len(firms.employers) + statistics.FEW)
        keep(self.recipe.with_progress(0, len(who)))

    def load_members(self, *, most: int | None = None) -> int:
        """Post the members that are still missing, at most so many; return how many there are now."""
        _, _, firms, who = self._made
        begun = done = learnt = self._posted()
        end = len(who) if most is None else min(len(who), done + most)
        while done < end:
            size = min(FIRST_SLICE if done == 0 else SLICE, end - done)
            random = np.random.default_rng([self.recipe.seed, done])
            frame = next(people.slices(random, who, firms, first=done, size=size))
            self._post(frame, at=timezone.now())
            done += size
            if done >= learnt * 2:  # statistics are renewed as often as the register doubles
                statistics.learn(written=size)
                learnt = done
            keep(self.recipe.with_progress(done, len(who)))
            self.tell("会员", done, len(who))
        statistics.learn(written=done - learnt)
        if begun < done == len(who):
            with walls.entered(walls.system(SOURCE)):
                queue.later("registry.survey_quality")  # else its pages would count until the night
        return done

    @staticmethod
    def _post(frame: pl.DataFrame, *, at: datetime) -> None:
        with walls.entered(walls.system(SOURCE)) as actor:
            posting.post_members([frame], actor=actor, at=at, source=SOURCE, batch_id=None)

    @staticmethod
    def _posted() -> int:
        """How many members stand in the register: after a kill, the file may not know."""
        with walls.entered(walls.system(SOURCE)):
            return Person.objects.filter(source=SOURCE).count()


def _hold_sessions(district: District, *, root_id: int, actor: Actor, at: datetime) -> None:
    """Elect the committee and hold its sessions, the last one early next year, where it hears the report."""
    last = district.totals.plenary_session_no
    first_day = date(district.year - (last - 1) // 3, 3, 15) - timedelta(days=120)
    term = reporting.elect_committee(
        root_id,
        number=district.totals.committee_term,
        begins_on=first_day,
        expires_on=first_day.replace(year=first_day.year + 5),
        actor=actor,
        at=at,
    )
    hearing = date(district.year + 1, 1, 18)
    step = (hearing - first_day) / last
    for number in range(1, last + 1):
        held_on = hearing if number == last else first_day + step * (number - 1)
        plenary = reporting.hold_plenary(
            term.pk, number=number, held_on=held_on, is_enlarged=number == last, actor=actor, at=at
        )
    reporting.deliver_report(
        plenary.pk, year=district.year, title=f"{district.year}年工作报告", actor=actor, at=at
    )
