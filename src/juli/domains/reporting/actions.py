"""Registering committees, their sessions and the reports delivered to them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from juli.domains.reporting.facts import Happened
from juli.domains.reporting.models import AnnualReport, CommitteeTerm, Plenary
from juli.domains.reporting.permissions import Permission
from juli.engines.facts import recording
from juli.engines.scope.models import OrgUnit
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotFound, NotPermitted, Refusal


class TermOutOfOrder(Refusal):
    """A committee follows the one before it, in number and in days."""

    code = "reporting.term_out_of_order"
    message = "第{number}届委员会的届次或日期与上一届不衔接，请核对届次、产生日期和届满日期。"


class PlenaryOutOfTerm(Refusal):
    """A session is held while its committee is in office, and once under its number."""

    code = "reporting.plenary_out_of_term"
    message = "第{number}次全委会的次数已登记过，或召开日期不在本届任期内，请核对。"


class ReportAlreadyThere(Refusal):
    """A federation delivers one report on a year."""

    code = "reporting.report_already_there"
    message = "{year}年的工作报告已经登记，请在原报告上修改。"


class DayNotCome(Refusal):
    """What is registered has happened."""

    code = "reporting.day_not_come"
    message = "日期 {day} 还没有到，请核对。"


@transaction.atomic
def elect_committee(
    org_unit_id: int, *, number: int, begins_on: date, expires_on: date, actor: Actor, at: datetime
) -> CommitteeTerm:
    """
    Register a new committee; the one before it leaves office on that day.

    :raises NotFound: the unit is out of reach.
    :raises NotPermitted: the actor may not register here.
    :raises DayNotCome: the election lies ahead.
    :raises TermOutOfOrder: number or days do not follow the committee before.
    """
    unit = _reach(org_unit_id, actor=actor)
    _refuse_future(begins_on, at=at)
    latest = CommitteeTerm.objects.select_for_update().filter(org_unit=unit).order_by("-number").first()
    is_next = latest is None or (number > latest.number and begins_on > latest.begins_on)
    if number < 1 or not is_next or expires_on <= begins_on:
        raise TermOutOfOrder(number=number)
    if latest is not None and latest.ended_on is None:
        latest.end(on=begins_on)
    term = CommitteeTerm.objects.create(
        org_unit=unit, path=unit.path, number=number, begins_on=begins_on, expires_on=expires_on
    )
    recording.record(
        Happened.COMMITTEE_ELECTED, subject=term, org_unit=unit, occurred_on=begins_on,
        payload={"number": number}, actor=actor, at=at,
    )  # fmt: skip
    return term


@transaction.atomic
def hold_plenary(
    term_id: int, *, number: int, held_on: date, is_enlarged: bool, actor: Actor, at: datetime
) -> Plenary:
    """
    Register a plenary session of a committee.

    :raises NotFound: the committee is out of reach.
    :raises NotPermitted: the actor may not register here.
    :raises DayNotCome: the session lies ahead.
    :raises PlenaryOutOfTerm: the number was used, or the day is not within the term.
    """
    term = CommitteeTerm.objects.all().claim(
        term_id, actor=actor, permission=Permission.WRITE, see=Permission.SEE
    )
    _refuse_future(held_on, at=at)
    is_in_office = term.begins_on <= held_on and (term.ended_on is None or held_on < term.ended_on)
    if number < 1 or not is_in_office or term.plenaries.filter(number=number).exists():
        raise PlenaryOutOfTerm(number=number)
    plenary = Plenary.objects.create(
        org_unit_id=term.org_unit_id,
        path=term.path,
        term=term,
        number=number,
        held_on=held_on,
        is_enlarged=is_enlarged,
    )
    recording.record(
        Happened.PLENARY_HELD, subject=plenary, org_unit=term.org_unit, occurred_on=held_on,
        payload={"term": term.number, "number": number}, actor=actor, at=at,
    )  # fmt: skip
    return plenary


@transaction.atomic
def deliver_report(plenary_id: int, *, year: int, title: str, actor: Actor, at: datetime) -> AnnualReport:
    """
    Register the report on a year that was delivered to a plenary session; it plans the next.

    :raises NotFound: the session is out of reach.
    :raises NotPermitted: the actor may not register here.
    :raises ReportAlreadyThere: there is a report on that year.
    """
    plenary = Plenary.objects.all().claim(
        plenary_id, actor=actor, permission=Permission.WRITE, see=Permission.SEE
    )
    if AnnualReport.objects.filter(org_unit_id=plenary.org_unit_id, year=year).exists():
        raise ReportAlreadyThere(year=year)
    report = AnnualReport.objects.create(
        org_unit_id=plenary.org_unit_id, path=plenary.path, plenary=plenary,
        year=year, plan_year=year + 1, title=title.strip(),
    )  # fmt: skip
    recording.record(
        Happened.REPORT_DELIVERED, subject=report, org_unit=plenary.org_unit, occurred_on=plenary.held_on,
        payload={"year": year}, actor=actor, at=at,
    )  # fmt: skip
    return report


def _reach(org_unit_id: int, *, actor: Actor) -> OrgUnit:
    unit = OrgUnit.objects.filter(pk=org_unit_id).first()
    if unit is None:
        raise NotFound
    if not actor.may(Permission.WRITE, unit.path):
        raise NotPermitted
    return unit


def _refuse_future(day: date, *, at: datetime) -> None:
    if day > timezone.localdate(at):
        raise DayNotCome(day=day.isoformat())
