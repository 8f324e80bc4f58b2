"""One thing done to many records: frozen, worked in chunks, answered one by one, taken back."""

import json
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError

from juli.domains.registry.models import Membership, Term
from juli.domains.registry.rules import careers, terms
from juli.engines.desk.bulk import actions, declaring, working
from juli.engines.desk.bulk.selections import NothingChosen, Selection
from juli.engines.desk.exports import making
from juli.engines.desk.lists import register_of
from juli.engines.desk.models import BulkItem, BulkRun, Export
from juli.engines.facts.models import Fact
from juli.engines.party.models import EmployerFlag, Person
from juli.engines.scope import walls
from juli.engines.scope.models import Grant
from juli.kernel.actor import Actor
from juli.kernel.refusal import NotPermitted
from tests import world as building
from tests.pages.visiting import Visitor, text_of
from tests.world import World

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHECKED = {"source": ["公安比对"], "on": ["2026-11-20"], "reason": ["名单由公安反馈"]}


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(working, "CHUNK", 3)


def asked(
    actor: Actor, slug: str = "verification", *, query: str = "", filled: dict | None = None,
    register: str = "members", ticked: tuple[int, ...] = (), expected: int | None = None,
) -> BulkRun:  # fmt: skip
    with walls.entered(actor):
        found = register_of(register)
        verb = declaring.verb_of(found, slug)
        selection = Selection(found, query=query, ticked=ticked, is_everything=not ticked)
        number = selection.count(verb, actor=actor) if expected is None else expected
        return actions.ask_for_bulk(
            selection, verb, filled=filled or CHECKED, expected=number, actor=actor, at=NOW
        )


def worked(run: BulkRun) -> BulkRun:
    working.work(run.pk, clock=lambda: NOW)
    return BulkRun.objects.get(pk=run.pk)


def outcomes(run: BulkRun) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in BulkItem.objects.filter(run=run).values_list("outcome", flat=True):
        found[outcome] = found.get(outcome, 0) + 1
    return found


def test_everything_in_the_filter_is_done_and_each_has_its_answer(world: World):
    run = worked(asked(world.he))

    assert (run.state, run.done, run.total, run.refused) == ("done", 8, 8, 0)
    verified = Person.objects.filter(verification="verified")
    assert verified.count() == 8
    assert set(verified.values_list("verified_on", flat=True)) == {date(2026, 11, 20)}
    facts = Fact.objects.filter(kind="registry.person_verified")
    assert set(facts.values_list("reason", "recorded_by", "door")) == {
        ("公安比对；名单由公安反馈", world.he.account_id, "job")
    }
    assert facts.count() == 8


def test_what_comes_under_the_filter_later_is_not_touched(world: World):
    run = asked(world.he, query="verification=unverified")
    late = building.make_member(world.bearing_union)

    worked(run)

    assert Person.objects.get(pk=late.person_id).verification == "unverified"


def test_only_ticked_rows_are_done(world: World):
    run = worked(asked(world.he, ticked=(world.chen_membership.pk,)))

    assert run.total == 1
    assert list(Person.objects.filter(verification="verified")) == [world.chen_person]


def test_rows_out_of_reach_cannot_be_ticked(world: World):
    stranger = Membership.objects.get(org_unit_id=world.electronics_union.org_unit_id)
    with pytest.raises(NothingChosen):
        asked(world.he, ticked=(stranger.pk,), expected=1)
    with pytest.raises(NotPermitted):
        asked(world.xu)


def test_a_changed_number_is_asked_about_again(world: World):
    with pytest.raises(actions.NumberChanged, match="7 条变成了 8 条"):
        asked(world.he, expected=7)
    assert not BulkRun.objects.exists()


def test_each_refusal_says_why_in_the_words_of_the_single_action(world: World):
    resting = {"on": ["2026-11-01"], "reason": ["停产"]}
    first = worked(asked(world.he, "retention", filled=resting, ticked=(world.chen_membership.pk,)))
    assert first.refused == 0

    second = worked(asked(world.he, "retention", filled=resting))

    assert outcomes(second) == {"done": 7, "refused": 1}
    refused = BulkItem.objects.get(run=second, outcome="refused")
    assert (refused.subject_id, refused.sentence) == (world.chen_person.pk, careers.NotActive().sentence)


def test_a_kill_loses_a_chunk_at_most_and_does_nobody_twice(world: World, monkeypatch):
    run = asked(world.he)
    calls = []

    def dies_in_the_second_chunk(*said, **more):
        calls.append(said)
        if len(calls) == 2:
            raise SystemExit("killed")
        return acted(*said, **more)

    acted = working._acted
    with monkeypatch.context() as patched:
        patched.setattr(working, "_acted", dies_in_the_second_chunk)
        with pytest.raises(SystemExit):
            working.work(run.pk, clock=lambda: NOW)
    assert outcomes(run) == {"done": 3, "waiting": 5}
    assert BulkRun.objects.get(pk=run.pk).done == 3

    assert worked(run).state == "done"
    assert outcomes(run) == {"done": 8}
    assert Fact.objects.filter(kind="registry.person_verified").count() == 8
    worked(run)
    assert Fact.objects.filter(kind="registry.person_verified").count() == 8


def test_called_off_in_the_middle_and_taken_up_again(world: World, he: Visitor, monkeypatch):
    run = asked(world.he)
    acted = working._acted

    def called_off_meanwhile(*said, **more):
        BulkRun.objects.filter(pk=run.pk).update(is_stopping=True)
        return acted(*said, **more)

    with monkeypatch.context() as patched:
        patched.setattr(working, "_acted", called_off_meanwhile)
        stopped = worked(run)
    assert (stopped.state, stopped.done) == ("stopped", 8)
    assert outcomes(run) == {"done": 3, "skipped": 5}
    assert "继续办理" in text_of(he.get(f"/bulk/{run.pk}/"))

    assert he.post(f"/bulk/{run.pk}/resumption/").status_code == 302
    assert outcomes(run) == {"done": 3, "waiting": 5}
    assert worked(run).state == "done"
    assert outcomes(run) == {"done": 8}


def test_a_waiting_run_is_called_off_at_once(world: World, he: Visitor):
    run = asked(world.he)

    assert he.post(f"/bulk/{run.pk}/stopping/").status_code == 302

    assert outcomes(run) == {"skipped": 8}
    assert worked(run).state == "stopped"


def test_a_right_that_is_withdrawn_ends_there(world: World, monkeypatch):
    run = asked(world.he)
    acted = working._acted

    def withdrawn(*said, **more):
        found = acted(*said, **more)
        Grant.objects.filter(account_id=world.he.account_id, permission="registry.edit_members").update(
            valid_until=date(2026, 11, 1)
        )
        return found

    monkeypatch.setattr(working, "_acted", withdrawn)
    run = worked(run)

    assert outcomes(run) == {"done": 3, "refused": 5}
    assert BulkItem.objects.filter(run=run, outcome="refused").first().sentence == NotPermitted().sentence


def test_a_row_that_breaks_the_database_does_not_take_the_others_along(world: World, monkeypatch):
    verb = declaring.verb_of(register_of("members"), "verification")
    poison = world.chen_person.pk

    def act(numbers, **said):
        if poison in numbers:
            raise IntegrityError("twice")
        return verb.act(numbers, **said)

    broken = declaring.BulkVerb(**{**vars(verb), "act": act})
    monkeypatch.setattr(working, "verb_of", lambda *_: broken)
    run = worked(asked(world.he))

    assert outcomes(run) == {"done": 7, "refused": 1}
    assert BulkItem.objects.get(run=run, outcome="refused").subject_id == poison


def test_what_has_an_inverse_is_taken_back(world: World, he: Visitor):
    run = worked(asked(world.he, "retention", filled={"on": ["2026-11-01"], "reason": ["停产"]}))
    assert Membership.objects.filter(standing="retained", valid_until__isnull=True).count() == 8
    page = he.get(f"/bulk/{run.pk}/undoing/")
    assert "将恢复 8 名会员的会籍" in text_of(page)

    sent = he.post(f"/bulk/{run.pk}/undoing/", confirmed="1", expected="8", on="2026-11-02")
    undoing = BulkRun.objects.get(inverse_of=run)
    assert sent.headers["Location"] == f"/bulk/{undoing.pk}/"
    worked(undoing)

    current = Membership.objects.filter(valid_until__isnull=True, path__gte=world.qinghe.path,
                                        path__lt=world.qinghe.path + "~")  # fmt: skip
    assert set(current.values_list("standing", "employer_id")) == {("active", world.bearing.pk)}
    again = he.post(f"/bulk/{run.pk}/undoing/", confirmed="1", expected="8", on="2026-11-02")
    assert again.status_code == 422
    assert "已经撤销过" in text_of(again)


def test_a_mark_is_put_on_and_taken_off_again(world: World, he: Visitor):
    marking = {"mark": ["park"], "on": ["2026-11-01"], "source": ["园区名单"]}
    run = worked(asked(world.he, "marking", register="employers", filled=marking))
    assert run.refused == 0
    assert EmployerFlag.objects.filter(flag="park").count() == run.total

    page = he.get(f"/bulk/{run.pk}/undoing/")
    assert 'value="park" selected' in page.content.decode()


def test_unions_begin_a_term_together_each_by_its_own_rules(world: World):
    term = {"begins_on": ["2026-11-01"], "elected_on": ["2026-10-30"], "years": ["5"]}
    first = worked(asked(world.lin, "terms", register="unions", filled=term))
    second = worked(asked(world.lin, "terms", register="unions", query="level=all", filled=term))

    assert first.refused == 0
    assert Term.objects.count() == first.total + 3  # the federation and two towns in the second
    assert outcomes(second) == {"done": 3, "refused": first.total}
    said = set(BulkItem.objects.filter(run=second, outcome="refused").values_list("sentence", flat=True))
    overlap = terms.TermsOverlap(number=1, begins="2026-11-01", expires="2031-11-01").sentence
    assert said == {overlap}


def test_arguments_lie_sealed(world: World):
    run = asked(world.he)

    assert "公安比对".encode() not in bytes(run.arguments)
    assert dict(working.filled_in(run).lists()) == CHECKED
    assert json.dumps(CHECKED, ensure_ascii=False) not in repr(run)


def test_asking_twice_in_a_moment_is_done_once(world: World):
    assert asked(world.he).pk == asked(world.he).pk
    assert BulkRun.objects.count() == 1


def test_the_page_says_what_will_happen_and_asks(world: World, he: Visitor):
    url = "/lists/members/bulk/verification/"
    page = he.post(url, all="1", query="migrant=yes")
    said = text_of(page)
    assert "将把 1 名会员的实名核验结果标记为“已实名”" in said
    assert "陈秀兰" in said
    assert not BulkRun.objects.exists()

    filled = {"confirmed": "1", "expected": "1", "all": "1", "query": "migrant=yes"}
    wrong = he.post(url, **filled, source="", on="2999-01-01", reason="x")
    assert wrong.status_code == 422
    future = he.post(url, **filled, source="比对", on="2999-01-01", reason="x")
    assert future.status_code == 422
    assert "还没有到" in text_of(future)
    assert not BulkRun.objects.exists()

    sent = he.post(url, **filled, source="比对", on="2026-11-20", reason="公安名单")
    run = BulkRun.objects.get()
    assert sent.headers["Location"] == f"/bulk/{run.pk}/"
    assert "取消其余的" in text_of(he.get(f"/bulk/{run.pk}/"))
    worked(run)
    done = text_of(he.get(f"/bulk/{run.pk}/?outcome=done"))
    assert "全部已经办理" in done
    assert "陈秀兰" in done


def test_nothing_ticked_leads_back_with_a_sentence(he: Visitor):
    answer = he.post("/lists/members/bulk/verification/", query="")

    assert answer.status_code == 302
    assert "还没有选中任何记录" in text_of(he.get(answer.headers["Location"]))


def test_a_colleague_is_refused_and_a_stranger_finds_nothing(world: World, xu: Visitor, wu: Visitor):
    run = worked(asked(world.he))

    assert xu.post("/lists/members/bulk/verification/", all="1").status_code == 403
    for visitor in (xu, wu):
        for end in ("", "progress/", "undoing/"):
            assert visitor.get(f"/bulk/{run.pk}/{end}").status_code == 404
        assert visitor.post(f"/bulk/{run.pk}/stopping/").status_code == 404


def test_results_are_taken_out_like_any_list(world: World, he: Visitor):
    resting = {"on": ["2026-11-01"], "reason": ["停产"]}
    worked(asked(world.he, "retention", filled=resting, ticked=(world.chen_membership.pk,)))
    run = worked(asked(world.he, "retention", filled=resting))

    address = f"/lists/bulk-results/export/?{urlencode({'run': run.pk, 'outcome': 'refused'})}"
    assert he.post(address, form="csv").status_code == 302
    export = Export.objects.get()
    making.make(export.pk, clock=lambda: NOW)
    content = b"".join(he.get(f"/exports/{export.pk}/file/").streaming_content).decode("utf-8-sig")
    lines = content.splitlines()
    assert lines[0] == "记录号,记录,办理结果,未能办理的原因"
    assert lines[1:] == [f"{world.chen_person.pk},陈秀兰,未能办理,{careers.NotActive().sentence}"]
