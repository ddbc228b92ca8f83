"""Signing in at a real OpenID provider: whom it lets in, and every reply that must not be believed."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import httpx2
import pytest
from sqlalchemy import select

from knowledge.bootstrap import Knowledge
from knowledge.store.tables_audit import audit_log

from .conftest import SIGNED_OUT, Walk


def said(response: httpx2.Response) -> str:
    """The error that the page tells."""
    found = re.search(r'<p class="error" role="alert">(.*?)</p>', response.text, re.DOTALL)
    assert found, response.text
    return found[1]


def with_query(address: str, **changed: str | None) -> str:
    parts = urlsplit(address)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()} | changed
    return urlunsplit(parts._replace(query=urlencode({k: v for k, v in query.items() if v is not None})))


def test_the_way_there_asks_for_a_code_with_proof_key_nonce_and_state(walk: Walk) -> None:
    query = parse_qs(urlsplit(walk.depart()).query)
    assert (query["response_type"], query["code_challenge_method"]) == (["code"], ["S256"])
    assert all(len(query[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert query["scope"] == ["openid profile"]


def test_whoever_signs_in_comes_to_the_page_that_was_asked_for(walk: Walk) -> None:
    response = walk.sign_in("edit", "/console/accounts?x=1")
    assert (response.status_code, response.headers["location"]) == (303, "/console/accounts?x=1")
    page = walk.console.get("/console/nowhere")
    assert "Edit Redaktör" in page.text and "Logga ut" in page.text


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("rut", ["reader"]),
        ("edit", ["editor"]),
        ("anders", ["approver"]),
        ("frida", ["administrator", "editor"]),
        ("nils", ["reader"]),  # a claim with one value may come without a list
    ],
)
def test_claims_give_roles(walk: Walk, connected: Knowledge, name: str, roles: list[str]) -> None:
    assert walk.sign_in(name).status_code == 303
    account = next(a for a in connected.entrance.accounts.all() if a.sign_in_name == f"{name}@kommun.example")
    assert (sorted(account.roles), account.local, account.active) == (roles, False, True)


def test_without_a_role_nobody_gets_in(walk: Walk, connected: Knowledge) -> None:
    response = walk.sign_in("olle")
    assert response.status_code == 403
    assert said(response).startswith("Du är känd av kommunens inloggning men har ingen roll i konsolen.")
    assert all(account.name != "Olle Utan Roll" for account in connected.entrance.accounts.all())
    assert "Logga ut" not in walk.console.get("/console/nowhere").text


@pytest.mark.parametrize(
    "spoilt",
    ["nonce", "no-nonce", "issuer", "audience", "audience-azp", "expired", "none", "secret", "stranger"],
)
def test_an_id_token_that_is_not_ours_is_refused(walk: Walk, spoilt: str) -> None:
    response = walk.sign_in(f"edit+{spoilt}")
    assert response.status_code == 403
    assert said(response).startswith("Svaret från kommunens inloggning går inte att lita på. Du är inte inloggad.")
    assert "radgivaren_console" not in walk.console.cookies
    assert "Logga ut" not in walk.console.get("/console/nowhere").text


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda back: with_query(back, state="another"), "hör inte till den inloggning som du påbörjade"),
        (lambda back: with_query(back, state=None), "hör inte till den inloggning som du påbörjade"),
        (lambda back: with_query(back, iss="https://another.example"), "kom inte från kommunens inloggning"),
        (lambda back: with_query(back, code="another"), "går inte att lita på"),
        (lambda back: with_query(back, code=None, error="access_denied"), "avbröts hos kommunens inloggning"),
    ],
    ids=["state", "no state", "issuer", "code", "declined"],
)
def test_a_way_back_that_is_not_ours_is_refused(walk: Walk, spoil: Callable[[str], str], told: str) -> None:
    response = walk.arrive(spoil(walk.at_provider(walk.depart(), "edit")))
    assert response.status_code == 403 and told in said(response)
    assert "radgivaren_console" not in walk.console.cookies


def test_a_way_back_leads_in_once_and_for_the_browser_that_left(walk: Walk, connected: Knowledge) -> None:
    back = walk.at_provider(walk.depart(), "edit")
    visit = walk.console.cookies["radgivaren_provider"]
    del walk.console.cookies["radgivaren_provider"]
    assert "i en annan webbläsare" in said(walk.arrive(back))
    walk.console.cookies.set("radgivaren_provider", visit, path="/console", domain="radgivaren.example")
    assert walk.arrive(back).status_code == 303
    walk.console.cookies.set("radgivaren_provider", visit, path="/console", domain="radgivaren.example")
    assert "tog för lång tid" in said(walk.arrive(back))


def test_a_refusal_is_in_the_audit_log(walk: Walk, connected: Knowledge) -> None:
    walk.sign_in("edit+nonce")
    with connected.engine.connect() as connection:
        last = connection.execute(select(audit_log).order_by(audit_log.c.n.desc()).limit(1)).one()
    assert (last.action, last.actor, last.detail) == ("sign_in_refused", "unknown", '{"why":"provider_untrusted"}')


def test_other_roles_at_the_next_sign_in_end_the_sessions_of_the_old_ones(walk: Walk, connected: Knowledge) -> None:
    walk.sign_in("rut")
    account = next(a for a in connected.entrance.accounts.all() if a.name == "Rut Läsare")
    with connected.engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE accounts SET roles = '[\"administrator\"]' WHERE id = '{account.id}'")
    before = walk.console.cookies["radgivaren_console"]
    assert walk.console.get("/console/accounts").status_code == 200
    del walk.console.cookies["radgivaren_console"]
    walk.sign_in("rut")
    assert connected.entrance.accounts.get(account.id).roles == ("reader",)
    assert connected.entrance.who(before) is None


def test_a_disabled_account_stays_out(walk: Walk, connected: Knowledge) -> None:
    walk.sign_in("nils")
    account = next(a for a in connected.entrance.accounts.all() if a.sign_in_name == "nils@kommun.example")
    connected.entrance.accounts.disable(account.id, by="tests")
    assert "Logga ut" not in walk.console.get("/console/nowhere").text
    response = walk.sign_in("nils")
    assert response.status_code == 403 and "Ditt konto i konsolen är avstängt." in said(response)
    connected.entrance.accounts.enable(account.id, by="tests")
    assert walk.sign_in("nils").status_code == 303


def test_signing_out_here_signs_out_at_the_provider(walk: Walk, issuer: str) -> None:
    walk.sign_in("edit")
    response = walk.console.post_form("/console/sign-out", follow_redirects=False)
    left = response.headers["location"]
    assert response.status_code == 303 and left.startswith(f"{issuer}/session/end?")
    query = parse_qs(urlsplit(left).query)
    assert query["post_logout_redirect_uri"] == [SIGNED_OUT] and query["id_token_hint"][0].count(".") == 2
    back = walk.at_provider(left)
    assert back.split("?")[0] == SIGNED_OUT
    page = walk.console.get(back)
    assert "Du är utloggad." in page.text and page.url.path == "/console/sign-in"
    # Nobody is signed in there any more: the provider asks who it is.
    asked = walk.provider.get(walk.depart(), follow_redirects=True)
    assert 'name="login"' in asked.text


def test_the_id_token_cannot_be_read_out_of_the_database(walk: Walk, connected: Knowledge) -> None:
    walk.sign_in("edit")
    with connected.engine.connect() as connection:
        kept = [row[0] for row in connection.exec_driver_sql("SELECT provider_token FROM sessions").all()]
        tokens = [row[0] for row in connection.exec_driver_sql("SELECT token_hash FROM sessions").all()]
    assert kept and not any(text.startswith("eyJ") for text in kept)
    assert walk.console.cookies["radgivaren_console"] not in tokens
