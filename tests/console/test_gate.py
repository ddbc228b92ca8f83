"""Every route of the console, by every role and every method: allowed, refused, or nobody signed in.

The routes are collected from the app: one that is added is held to this without a line here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from httpx2 import Response

from knowledge.console.access.gate import Gate, anyone
from knowledge.console.access.permissions import PERMISSIONS, Permission, Role
from knowledge.console.router import ROUTERS

from .conftest import ConsoleClient, SignIn

P = Permission
READER = {P.READ_INBOX, P.READ_ANSWERS, P.READ_DOCUMENTS, P.READ_CONTACTS, P.READ_REPORTS}
EDITOR = READER | {
    P.WORK_INBOX,
    P.WRITE_ANSWERS,
    P.MANAGE_DOCUMENTS,
    P.MANAGE_CONTACTS,
    P.READ_HANDOVERS,
    P.ANSWER_HANDOVERS,
}
APPROVER = EDITOR | {P.APPROVE_ANSWERS, P.READ_AUDIT}
ADMINISTRATOR = APPROVER | {P.ERASE, P.MANAGE_ACCOUNTS}

# Nobody has to be signed in for these, and for no other.
OPEN = {
    ("GET", "/console"),
    ("GET", "/console/sign-in"),
    ("POST", "/console/sign-in"),
    ("GET", "/console/sign-in/provider"),
    ("GET", "/console/sign-in/provider/return"),
    ("POST", "/console/sign-out"),
    ("GET", "/console/signed-out"),
    ("POST", "/console/stay"),
    ("POST", "/console/language"),
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Door:
    """A route by one of its methods. `permission` is None where nobody has to be signed in."""

    method: str
    path: str
    permission: Permission | None

    @property
    def address(self) -> str:
        """With something in every gap of the path: what it names need not exist."""
        return re.sub(r"\{[^}]+\}", "1", self.path)

    def stands_at(self, address: str) -> bool:
        return re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", self.path), address) is not None


def _gates(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        if isinstance(inner.call, Gate) or inner.call is anyone:
            yield inner.call
        yield from _gates(inner)


def _doors() -> Iterator[Door]:
    app = FastAPI(openapi_url=None)
    for router in ROUTERS:
        app.include_router(router)
    for route in iter_route_contexts(app.routes):
        assert route.path and route.methods and isinstance(route.original_route, APIRoute)
        gates = set(_gates(route.dependant))
        assert len(gates) == 1, f"{route.path} has {len(gates)} gates"
        gate = gates.pop()
        for method in route.methods:
            yield Door(method, route.path, gate.permission if isinstance(gate, Gate) else None)


DOORS = sorted(_doors(), key=lambda door: (door.path, door.method))
GUARDED = [door for door in DOORS if door.permission]
WRITING = [door for door in GUARDED if door.method != "GET"]
PATHS = sorted({door.address for door in DOORS})


def _name(door: Door) -> str:
    return f"{door.method} {door.path}"


@pytest.fixture(scope="module")
def staff(sign_in: SignIn) -> dict[Role, ConsoleClient]:
    return {role: sign_in(role) for role in Role}


def _knock(client: ConsoleClient, door: Door, proof: str = "", **headers: str) -> Response:
    """Asks as a browser would, with nothing in the form but its proof."""
    form = {"csrf": proof} if door.method != "GET" else None
    return client.request(door.method, door.address, data=form, headers=headers, follow_redirects=False)


def _let_in(response: Response) -> bool:
    to_sign_in = response.headers.get("location", "").startswith("/console/sign-in")
    return response.status_code not in (401, 403) and not to_sign_in


def test_the_roles_may_do_what_they_should() -> None:
    assert PERMISSIONS == {
        Role.READER: READER,
        Role.EDITOR: EDITOR,
        Role.APPROVER: APPROVER,
        Role.ADMINISTRATOR: ADMINISTRATOR,
    }
    assert set(Permission) == ADMINISTRATOR


def test_only_these_pages_are_open() -> None:
    assert {(door.method, door.path) for door in DOORS if door.permission is None} == OPEN


@pytest.mark.parametrize("door", GUARDED, ids=_name)
def test_each_role_comes_through_where_it_may_and_nowhere_else(door: Door, staff: dict[Role, ConsoleClient]) -> None:
    for role, client in staff.items():
        response = _knock(client, door, client.csrf())
        assert response.status_code < 500, (role, response.text)
        assert _let_in(response) == (door.permission in PERMISSIONS[role]), (role, response.status_code)
        if not _let_in(response):
            assert response.status_code == 403 and "Du har inte tillgång till den här sidan" in response.text


@pytest.mark.parametrize("door", GUARDED, ids=_name)
def test_nobody_comes_through_without_signing_in(door: Door, console: ConsoleClient) -> None:
    response = _knock(console, door, console.csrf("/console/sign-in"))
    if door.method == "GET":
        wanted = urlencode({"next": door.address})
        assert (response.status_code, response.headers["location"]) == (303, f"/console/sign-in?{wanted}")
    else:
        assert response.status_code == 401 and "det du skrev finns kvar" in response.text


@pytest.mark.parametrize("door", WRITING, ids=_name)
def test_a_form_that_is_not_of_this_session_is_refused(door: Door, staff: dict[Role, ConsoleClient]) -> None:
    """Whatever the role: without a proof, with another's, and with the right one from another site."""
    administrator, other = staff[Role.ADMINISTRATOR], staff[Role.EDITOR]
    for proof in ("", "å", other.csrf()):
        assert _knock(administrator, door, proof).status_code == 403
    foreign = _knock(administrator, door, administrator.csrf(), **{"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert _let_in(_knock(administrator, door, administrator.csrf(), **{"Sec-Fetch-Site": "same-origin"}))


@pytest.mark.parametrize(("method", "path"), sorted(door for door in OPEN if door[0] == "POST"))
def test_an_open_form_wants_its_proof_too(method: str, path: str, console: ConsoleClient) -> None:
    console.get("/console/sign-in")
    assert console.request(method, path, data={"csrf": ""}, follow_redirects=False).status_code == 403
    assert console.request(method, path, follow_redirects=False).status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_a_page_does_not_have_is_refused(path: str, staff: dict[Role, ConsoleClient]) -> None:
    client = staff[Role.ADMINISTRATOR]
    for method in {*METHODS} - {door.method for door in DOORS if door.stands_at(path)}:
        response = client.request(method, path, data={"csrf": client.csrf()}, follow_redirects=False)
        assert response.status_code == 405 and "<h1" in response.text, method
