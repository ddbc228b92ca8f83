"""What stands around every screen: navigation, language, flash, failures, headers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.console.navigation import SCREENS

from .conftest import ADDRESS, PASSWORD, ConsoleClient, NewClient, SignIn

HOST = ADDRESS.removeprefix("https://")
READER = ["Översikt", "Inkorg", "Svar", "Dokument", "Kontakter", "Rapporter"]
EDITOR = ["Översikt", "Inkorg", "Svar", "Dokument", "Kontakter", "Överlämnade frågor", "Rapporter"]


def navigation(page: str) -> list[str]:
    found = re.search(r"<nav.*?</nav>", page, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)</a>", found[0]) if found else []


@pytest.mark.parametrize(
    ("role", "screens"),
    [
        (Role.READER, READER),
        (Role.EDITOR, EDITOR),
        (Role.APPROVER, [*EDITOR, "Granskningslogg"]),
        (Role.ADMINISTRATOR, [*EDITOR, "Granskningslogg", "Inställningar", "Konton"]),
    ],
)
def test_each_role_sees_the_screens_that_it_may_open(sign_in: SignIn, role: Role, screens: list[str]) -> None:
    client = sign_in(role)
    assert navigation(client.get("/console/nowhere").text) == screens
    for screen in SCREENS:
        if client.get("/console/nowhere").text.find(f'href="{screen.path}"') > 0:
            response = client.get(screen.path)
            assert response.status_code == 200, (screen.path, response.status_code)
            assert f'href="{screen.path}" aria-current="page"' in response.text, screen.path


def test_without_signing_in_there_is_nothing_to_choose(console: ConsoleClient) -> None:
    page = console.get("/console/sign-in")
    assert navigation(page.text) == [] and "Logga ut" not in page.text
    assert page.text.count("<h1") == 1 and 'href="#content"' in page.text


def test_the_language_is_kept_and_leads_back(console: ConsoleClient) -> None:
    form = {"csrf": console.csrf("/console/sign-in?next=/console/inbox"), "language": "en"}
    page = console.post("/console/language", data=form | {"next": "/console/sign-in?next=%2Fconsole%2Finbox"})
    assert page.url.path == "/console/sign-in" and page.url.params["next"] == "/console/inbox"
    assert '<html lang="en">' in page.text and "Who are you?" in page.text
    assert "There is no such page" in console.get("/console/nowhere").text
    console.post("/console/language", data=form | {"csrf": console.csrf("/console/sign-in"), "language": "xx"})
    assert "Who are you?" in console.get("/console/sign-in").text
    swedish = form | {"csrf": console.csrf("/console/sign-in"), "language": "sv"}
    assert "Vem är du?" in console.post("/console/language", data=swedish | {"next": "/console/sign-in"}).text


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/console/\\evil",
        "/api/answers",
        "/console/\n",
        "",
    ],
)
def test_nothing_leads_out_of_the_console(console: ConsoleClient, elsewhere: str) -> None:
    form = {"csrf": console.csrf("/console/sign-in"), "next": elsewhere, "language": "sv"}
    response = console.post("/console/language", data=form, follow_redirects=False)
    assert response.headers["location"] == "/console/"
    signing_in = form | {"name": "rut", "password": PASSWORD}
    response = console.post("/console/sign-in", data=signing_in, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/console/")


@pytest.mark.parametrize("path", ["/console/nowhere", "/console/static/nowhere.css", "/console/sign-in/x"])
def test_what_is_not_there_is_said_on_a_page(console: ConsoleClient, sign_in: SignIn, path: str) -> None:
    for client in (console, sign_in(Role.READER)):
        response = client.get(path)
        assert response.status_code == 404 and "Sidan finns inte" in response.text
    assert "Rut Läsare" in sign_in(Role.READER).get(path).text


def test_a_slash_less_address_leads_to_the_console(console: ConsoleClient) -> None:
    assert console.get("/console", follow_redirects=False).headers["location"] == "/console/"


def test_a_path_that_only_begins_alike_is_not_the_console(console: ConsoleClient) -> None:
    assert console.get("/consoles").json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/nowhere", "/console/static/console.css", "/console/"])
def test_every_reply_is_held_to_a_strict_policy(console: ConsoleClient, path: str) -> None:
    headers = console.get(path, follow_redirects=False).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'" and policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("max-age=3600" if "static" in path else "no-store")


def test_no_page_holds_script_or_style_in_its_text() -> None:
    templates = Path(__file__).parents[2] / "knowledge" / "console" / "templates"
    for template in templates.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", text), template


def test_the_bearer_token_of_the_api_is_not_asked_for(
    build_knowledge: Callable[..., Knowledge], tmp_path: Path
) -> None:
    built = build_knowledge(tmp_path, KNOWLEDGE_TOKEN="a token")
    with TestClient(create_app(built), base_url="https://radgivaren.example") as client:
        assert client.get("/console/sign-in").status_code == 200
        assert client.post("/api/search", json={"question": "x"}).status_code == 401
        assert client.get("/consoles").status_code == 401
    built.engine.dispose()


def test_the_first_account_is_asked_for_where_there_is_none(
    build_knowledge: Callable[..., Knowledge], tmp_path: Path
) -> None:
    built = build_knowledge(tmp_path)
    with TestClient(create_app(built), base_url="https://radgivaren.example") as client:
        page = client.get("/console/sign-in").text
    assert "Det finns inga konton än." in page and "python -m knowledge accounts add" in page
    built.engine.dispose()


def test_a_long_form_is_taken_from_staff_up_to_a_limit(sign_in: SignIn, console: ConsoleClient) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    long = {"csrf": administrator.csrf(), "name": "å" * 60_000}
    assert administrator.post("/console/language", data=long, follow_redirects=False).status_code == 303
    for client in (administrator, console):
        response = client.post("/console/language", data={"name": "a" * 1_000_000})
        assert response.status_code == 413 and "Det du skickade är för stort" in response.text
    chunked = console.post("/console/sign-in", content=iter([b"name=x"]))
    assert chunked.status_code == 413


def test_a_flash_is_said_once_and_never_what_somebody_else_wrote(sign_in: SignIn, new_client: NewClient) -> None:
    client = new_client()
    client.cookies.set("radgivaren_flash", "%5B%22access.signed_out%22%2C%7B%7D%5D", path="/console", domain=HOST)
    assert "Du är utloggad." in client.get("/console/sign-in").text
    assert "Du är utloggad." not in client.get("/console/sign-in").text
    for made_up in ("x", "%5B1%2C2%5D", "%5B%22no.such%22%2C%7B%7D%5D", "%5B%22access.signed_out%22%2C7%5D"):
        client.cookies.set("radgivaren_flash", made_up, path="/console", domain=HOST)
        assert client.get("/console/sign-in").status_code == 200, made_up
