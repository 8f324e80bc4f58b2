"""A visitor of the house: a test client that is signed in as one of the cast."""

import re
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client

from juli.engines.scope import walls
from juli.engines.scope.models import Account
from juli.kernel.actor import Actor

TAG = re.compile(r"<[^>]+>")


@dataclass
class Visitor:
    """Somebody in front of the pages."""

    client: Client
    actor: Actor | None

    def get(self, address: str, **headers: str) -> HttpResponse:
        return self.client.get(address, headers=headers)

    def post(self, address: str, /, **said: object) -> HttpResponse:
        return self.client.post(address, said)


def visitor_of(actor: Actor | None) -> Visitor:
    """Return a client signed in with the account of an actor; of nobody, one at the door."""
    client = Client()
    if actor is not None:
        with walls.entered(walls.doorkeeper()):
            account = Account.objects.get(pk=actor.account_id)
            client.force_login(account)
    return Visitor(client, actor)


def text_of(response: HttpResponse) -> str:
    """Return what a page says, without its marks."""
    return " ".join(TAG.sub(" ", response.content.decode()).split())
