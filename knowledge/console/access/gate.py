"""The gate: who comes through to a route of the console. A route only names the permission that it takes.

No `from __future__ import annotations` here: FastAPI reads the annotations of a gate.
"""

import hmac
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from ...errors import NotAdmitted
from ...store.sessions import new_token
from .cookies import SESSION, VISITOR
from .entrance import Entrance, proof
from .permissions import Permission, Person

_SAFE = frozenset({"GET", "HEAD"})
_OUR_PAGES = frozenset({"", "same-origin", "none"})  # where a browser says that a request comes from; old ones: nothing


@dataclass(frozen=True, slots=True)
class Sent:
    """The form of a request: its proof, and what a person must not lose if it comes too late."""

    proof: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    files: bool = False


async def _sent(request: Request) -> Sent:
    if request.method in _SAFE:
        return Sent()
    form = await request.form()  # kept by the request: FastAPI reads it from there
    fields = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    proofs = [value for name, value in fields if name == "csrf"]
    kept = tuple((name, value) for name, value in fields if name != "csrf")
    return Sent(proofs[0] if proofs else "", kept, files=len(form.multi_items()) > len(fields))


SentForm = Annotated[Sent, Depends(_sent)]


@dataclass(frozen=True, slots=True)
class Gate:
    """The dependency of a route: gives who is signed in, or raises NotAdmitted."""

    permission: Permission

    def __call__(self, request: Request, sent: SentForm) -> Person:
        person = enter(request)
        _check_origin(request)
        request.state.sent = sent  # what was written before a session ended is shown again (failures.py)
        if person is None:
            raise NotAdmitted("sign_in")
        if not person.may(self.permission):
            raise NotAdmitted("permission")
        _check_proof(request, sent)
        return person


def allowed(permission: Permission) -> Gate:
    """`person: Annotated[Person, Depends(allowed(Permission.READ_INBOX))]`."""
    return Gate(permission)


def anyone(request: Request, sent: SentForm) -> Person | None:
    """The gate of the few pages that nobody has to sign in for. It wants the proof of a form all the same."""
    person = enter(request)
    _check_origin(request)
    _check_proof(request, sent)
    return person


def enter(request: Request) -> Person | None:
    """Who is signed in. From here on the request knows what its forms must carry."""
    entrance: Entrance = request.app.state.knowledge.entrance
    token = request.cookies.get(SESSION, "")
    person = entrance.who(token)
    if person is None:
        token = request.cookies.get(VISITOR, "")
        if not token:
            token = request.state.new_visitor = new_token()
    request.state.person, request.state.csrf = person, proof(token)
    return person


def _check_origin(request: Request) -> None:
    if request.method not in _SAFE and request.headers.get("sec-fetch-site", "") not in _OUR_PAGES:
        raise NotAdmitted("csrf")


def _check_proof(request: Request, sent: Sent) -> None:
    given, wanted = sent.proof.encode(), request.state.csrf.encode()
    if request.method not in _SAFE and not hmac.compare_digest(given, wanted):
        raise NotAdmitted("csrf")
