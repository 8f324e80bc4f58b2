"""Records that look alike: the queue, the pair side by side, merging, and going back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from juli.domains.registry.actions.merging import report_lookalike
from juli.domains.registry.models import Membership
from juli.engines.party.models import Lookalike, Merge, Person, Subject
from juli.engines.scope import walls
from tests import world as building
from tests.pages.visiting import text_of, visitor_of
from tests.registry.merging import twins
from tests.world import MAY_9

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 12


@pytest.fixture
def world():
    return building.build()


def pair_of(first, second, subject=Subject.PERSON) -> Lookalike:
    return report_lookalike(first, second_id=second, subject=subject, actor=building.machine(), at=MAY_9)


@pytest.fixture
def pair(world) -> Lookalike:
    first, second = twins(world)
    return pair_of(first.person_id, second.person_id)


def test_the_queue_takes_few_statements_however_long_it_is(world, pair):
    he = visitor_of(world.he)
    for number in range(4):
        one, other = (building.make_member(world.bearing_union, name=f"叶{number}") for _ in range(2))
        pair_of(one.person_id, other.person_id)
    pair_of(world.teahouse.pk, world.tailor.pk, Subject.EMPLOYER)

    with CaptureQueriesContext(connection) as asked:
        answer = he.get("/lookalikes/")

    walls_raised = ("set_config", "SAVEPOINT")
    ours = [each["sql"] for each in asked if not any(word in each["sql"] for word in walls_raised)]
    assert len(ours) <= MOST_STATEMENTS, "\n".join(ours)
    assert not any("_sealed" in sql for sql in ours)
    said = text_of(answer)
    assert "黄大川" in said
    assert "青荷茶楼有限公司" in said


def test_two_records_stand_side_by_side_and_become_one(world, pair):
    he = visitor_of(world.he)

    said = text_of(he.get(f"/lookalikes/{pair.pk}/"))
    shown = ("是不是同一个人？", "不同", "保留哪一段", "澜江轴承厂工会", "青荷商贸联合工会", "138****1111")
    assert [words for words in shown if words not in said] == []
    refused = he.post(f"/lookalikes/{pair.pk}/merging/", keep="first", reason="同一人")
    assert refused.status_code == 422
    assert "一个人只有一段有效会籍" in text_of(refused)

    (held,) = Membership.objects.filter(person_id=pair.second_id, valid_until__isnull=True)
    done = he.post(
        f"/lookalikes/{pair.pk}/merging/",
        **{"keep": "second", "part-mobile": "first", "reason": "同一人", "membership": held.pk},
    )

    assert (done.status_code, done["Location"]) == (302, f"/members/{pair.second_id}/")
    assert Person.objects.get(pk=pair.second_id).mobile_shown == "138****1111"
    pair.refresh_from_db()
    assert pair.state == "merged"
    assert "黄大川" in text_of(he.get("/lookalikes/?state=merged&subject=person"))
    assert "黄大川" not in text_of(he.get("/lookalikes/?state=merged&subject=employer"))


def test_the_old_address_leads_to_the_kept_record_until_the_merge_is_undone(world, pair):
    he, wu = visitor_of(world.he), visitor_of(world.wu)
    (held,) = Membership.objects.filter(person_id=pair.first_id, valid_until__isnull=True)
    he.post(f"/lookalikes/{pair.pk}/merging/", keep="first", reason="同一人", membership=held.pk)
    merge = Merge.objects.get()

    for page in ("", "contact/", "leaving/"):
        answer = he.get(f"/members/{pair.second_id}/{page}")
        assert (answer.status_code, answer["Location"]) == (302, f"/members/{pair.first_id}/{page}")
    assert he.post(f"/members/{pair.second_id}/contact/", reason="x").status_code == 404
    assert wu.get(f"/members/{pair.second_id}/", follow=True).status_code in (302, 404)
    said = text_of(he.get(f"/members/{pair.first_id}/"))
    assert "这份记录由 2 份合并而成" in said
    assert "合并重复记录" in said

    assert "可以撤销" in text_of(he.get(f"/merges/{merge.pk}/undoing/"))
    undone = he.post(f"/merges/{merge.pk}/undoing/", reason="合并错了")
    assert (undone.status_code, undone["Location"]) == (302, f"/members/{pair.first_id}/")
    assert he.get(f"/members/{pair.second_id}/").status_code == 200
    assert "撤销合并" in text_of(he.get(f"/members/{pair.second_id}/"))


def test_a_half_out_of_reach_is_told_by_its_federation_alone(world):
    here = building.make_member(world.bearing_union, name="黄大川")
    away = building.make_member(world.electronics_union, name="黄大江")
    pair = pair_of(here.person_id, away.person_id)
    he = visitor_of(world.he)

    for address in ("/lookalikes/", f"/lookalikes/{pair.pk}/"):
        said = text_of(he.get(address))
        assert "白石镇总工会" in said
        assert "黄大川" in said
        for secret in ("黄大江", "白石电子厂工会", away.number):
            assert secret not in said
    page = he.get(f"/lookalikes/{pair.pk}/").content.decode()
    assert "merging" not in page
    assert he.post(f"/lookalikes/{pair.pk}/merging/", keep="first", reason="同一人").status_code == 404
    assert he.post(f"/lookalikes/{pair.pk}/decision/", state="different").status_code == 403
    pair.refresh_from_db()
    assert pair.state == "open"
    assert visitor_of(world.lin).get(f"/lookalikes/{pair.pk}/").status_code == 200


def test_pairs_of_another_town_are_not_in_the_queue(world, pair):
    assert "黄大川" not in text_of(visitor_of(world.wu).get("/lookalikes/"))
    with walls.entered(world.wu):
        assert not Lookalike.objects.exists()


def test_what_is_not_the_same_leaves_the_queue_and_is_not_found_again(world, pair):
    he = visitor_of(world.he)

    he.post(f"/lookalikes/{pair.pk}/decision/", state="different")

    assert "黄大川" not in text_of(he.get("/lookalikes/"))
    assert "黄大川" in text_of(he.get("/lookalikes/?state=different"))
    again = he.post(f"/lookalikes/{pair.pk}/decision/", state="later")
    assert again.status_code == 302
    pair.refresh_from_db()
    assert pair.state == "different"


def test_somebody_points_out_two_records(world):
    he = visitor_of(world.he)
    other = building.make_member(world.bearing_union, name="陈秀蓝", joined_on=date(2016, 1, 1))

    answer = he.post(f"/members/{world.chen_person.pk}/duplicate/", second_id=other.number)

    pair = Lookalike.objects.get()
    assert answer["Location"] == f"/lookalikes/{pair.pk}/"
    assert (pair.reasons, pair.score) == (["reported"], 100)
