"""The console behind a client, over a real build: nobody signed in, or somebody of each role.

The cast: Rut reads, Edit edits, Anders approves, Frida administers. Egon is a second editor, Asta a second approver.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.store.accounts import Account

ADDRESS = "https://radgivaren.example"
PASSWORD = "tre blåa cyklar i snön"
CAST = {
    Role.READER: ("rut", "Rut Läsare"),
    Role.EDITOR: ("edit", "Edit Redaktör"),
    Role.APPROVER: ("anders", "Anders Godkännare"),
    Role.ADMINISTRATOR: ("frida", "Frida Förvaltare"),
}
OTHERS = {"egon": (Role.EDITOR, "Egon Redaktör"), "asta": (Role.APPROVER, "Asta Godkännare")}


class ConsoleClient(TestClient):
    """A browser that follows redirects and keeps cookies; `csrf` and `post_form` do what a page's forms do."""

    account: Account

    def csrf(self, page: str = "/console/") -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(page).text)
        assert found, f"{page} has no form"
        return unescape(found[1])

    def post_form(self, url: str, form: Mapping[str, Any] | None = None, **named: Any) -> Response:
        return self.post(url, data={"csrf": self.csrf()} | dict(form or {}), **named)


NewClient = Callable[[], ConsoleClient]
SignIn = Callable[..., ConsoleClient]


@pytest.fixture(scope="module")
def knowledge(
    build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Knowledge]:
    """One for the tests of a file, with the cast's accounts: what one of them changes, the next one sees."""
    built = build_knowledge(tmp_path_factory.mktemp("console"))
    add_cast(built)
    yield built
    built.engine.dispose()


def add_cast(built: Knowledge) -> None:
    """Everybody has the same password: hashing one takes its time on purpose."""
    hashed = built.entrance.passwords.hash(PASSWORD)
    cast = [(name, shown, role) for role, (name, shown) in CAST.items()]
    for name, shown, role in [*cast, *((name, shown, role) for name, (role, shown) in OTHERS.items())]:
        built.entrance.accounts.add_local(name, shown, [role], hashed, by="tests")


@pytest.fixture(scope="module")
def new_client(knowledge: Knowledge) -> Iterator[NewClient]:
    """Clients of one running app, each with its own cookies."""
    app = create_app(knowledge)
    with TestClient(app):
        yield lambda: ConsoleClient(app, base_url=ADDRESS)


@pytest.fixture
def console(new_client: NewClient) -> ConsoleClient:
    """Nobody is signed in."""
    return new_client()


@pytest.fixture(scope="module")
def sign_in(new_client: NewClient, knowledge: Knowledge) -> SignIn:
    """`sign_in(Role.EDITOR)`, or `sign_in("egon")`: a client of somebody who has just signed in by the form."""

    def sign_in(who: Role | str) -> ConsoleClient:
        name = CAST[who][0] if isinstance(who, Role) else CAST[Role(who)][0] if who in set(Role) else who
        client = new_client()
        page = client.get("/console/sign-in").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        assert found
        form = {"csrf": found[1], "name": name, "password": PASSWORD}
        response = client.post("/console/sign-in", data=form, follow_redirects=False)
        assert response.status_code == 303, response.text
        account = knowledge.entrance.accounts.local(name)
        assert account
        client.account = account[0]
        return client

    return sign_in
