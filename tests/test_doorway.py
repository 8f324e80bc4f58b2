"""Signing in, signing out, and where a visitor without a session ends."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from juli.engines.audit.models import Access
from juli.engines.scope import actions, walls
from juli.engines.scope.models import Account

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-7-staple"


@pytest.fixture
def officer() -> Account:
    machine, at = walls.system("测试"), timezone.now()
    root = actions.plant_tree(
        name="澜江区总工会",
        code="990113",
        kind="federation",
        opened_on=date(2000, 1, 1),
        actor=machine,
        at=at,
    )
    return actions.open_account(
        username="he", display_name="何干事", password=PASSWORD, org_unit_id=root.pk, actor=machine, at=at
    )


def session_of(client: Client) -> dict[str, object]:
    """Sessions are read at the door, by nobody else."""
    with walls.entered(walls.doorkeeper()):
        return dict(client.session.items())


def test_the_right_password_lets_in_and_leaves_a_line(client: Client, officer: Account) -> None:
    answer = client.post("/sign-in/", {"username": "he", "password": PASSWORD})

    assert answer.status_code == 302
    assert session_of(client)["_auth_user_id"] == str(officer.pk)
    assert Access.objects.get().act == Access.Act.SIGNED_IN


def test_a_wrong_password_says_so_and_keeps_the_name(client: Client, officer: Account) -> None:
    answer = client.post("/sign-in/", {"username": "he", "password": "wrong"})

    assert answer.status_code == 422
    assert "登录名或密码不正确" in answer.content.decode()
    assert 'value="he"' in answer.content.decode()


def test_somebody_who_tries_too_often_has_to_wait(client: Client, officer: Account) -> None:
    for _ in range(8):
        client.post("/sign-in/", {"username": "he", "password": "wrong"})

    answer = client.post("/sign-in/", {"username": "he", "password": PASSWORD})

    assert answer.status_code == 422
    assert "十分钟后再试" in answer.content.decode()


def test_nobody_is_sent_to_another_site(client: Client, officer: Account) -> None:
    answer = client.post(
        "/sign-in/", {"username": "he", "password": PASSWORD, "next": "https://elsewhere.example/"}
    )

    assert answer["Location"] == "/"


def test_signing_out_ends_the_session(client: Client, officer: Account) -> None:
    client.post("/sign-in/", {"username": "he", "password": PASSWORD})

    assert client.post("/sign-out/").status_code == 302

    assert "_auth_user_id" not in session_of(client)
