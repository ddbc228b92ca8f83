"""The accounts: who may enter, in which roles, and who is shut out. Accounts are made on the command line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from ...errors import NotPossible
from ...store.accounts import SqlAccounts
from ..access.gate import allowed
from ..access.permissions import Permission, Person, Role
from ..pages import page, redirect

router = APIRouter(prefix="/console/accounts")
Administrator = Annotated[Person, Depends(allowed(Permission.MANAGE_ACCOUNTS))]
_LIST = "/console/accounts"


@router.get("")
def accounts(request: Request, person: Administrator) -> Response:
    return page(request, "accounts/list.html", person, accounts=_accounts(request).all())


@router.get("/{key}")
def account(request: Request, person: Administrator, key: str) -> Response:
    return _account_page(request, person, key)


@router.post("/{key}/roles")
def change_roles(
    request: Request, person: Administrator, key: str, role: Annotated[list[Role] | None, Form()] = None
) -> Response:
    if not role:
        return _account_page(request, person, key, "no_role", 422)
    try:
        _refuse_own(person, key)
        _accounts(request).set_roles(key, role, by=person.id)
    except NotPossible as error:
        return _account_page(request, person, key, error.code, 409)
    return redirect(request, _LIST, "accounts.roles_changed", name=_accounts(request).get(key).name)


@router.post("/{key}/disable")
def disable(request: Request, person: Administrator, key: str) -> Response:
    try:
        _refuse_own(person, key)
        _accounts(request).disable(key, by=person.id)
    except NotPossible as error:
        return _account_page(request, person, key, error.code, 409)
    return redirect(request, _LIST, "accounts.now_disabled", name=_accounts(request).get(key).name)


@router.post("/{key}/enable")
def enable(request: Request, person: Administrator, key: str) -> Response:
    _accounts(request).enable(key, by=person.id)
    return redirect(request, _LIST, "accounts.now_active", name=_accounts(request).get(key).name)


def _refuse_own(person: Person, key: str) -> None:
    """Nobody shuts themselves out by a slip."""
    if key == person.id:
        raise NotPossible("own_account")


def _account_page(request: Request, person: Person, key: str, refused: str = "", status: int = 200) -> Response:
    values = {"account": _accounts(request).get(key), "roles": tuple(Role), "own": key == person.id}
    return page(request, "accounts/account.html", person, status, refused=refused, **values)


def _accounts(request: Request) -> SqlAccounts:
    accounts: SqlAccounts = request.app.state.knowledge.entrance.accounts
    return accounts
