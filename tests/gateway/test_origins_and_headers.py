"""Who may embed the widget, and the headers that every response carries."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

import bot.gateway
from bot.gateway.app import create_app
from bot.gateway.fakes import FakeRasa, LoopbackServer

from .conftest import INTRANET, Neighbours, settings_of_tests
from .web_client import WebClient, assert_guarded, assert_refused

ELSEWHERE = "https://elsewhere.example.com"
WIDGET = Path(bot.gateway.__file__).parent / "widget"
PATHS = ["messages", "feedback", "handovers", "replies"]
BODIES: dict[str, dict[str, object]] = {
    "messages": {"text": "Hej"},
    "feedback": {"conversation_id": "x", "answer_id": "answer-1", "rating": "up"},
    "handovers": {"contact_way": "here", "municipality": "Lund", "consent": True},
    "replies": {"conversation_id": "x"},
}


class Tags(HTMLParser):
    """The tags of a page, and the addresses that it loads something from."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    @property
    def loaded(self) -> list[str]:
        linked = [attributes.get("href") for tag, attributes in self.tags if tag == "link"]
        return [address for address in (*linked, *(attributes.get("src") for _, attributes in self.tags)) if address]


def post_from(web: WebClient, origin: str | None, path: str = "messages", **headers: str) -> httpx.Response:
    sent = headers if origin is None else {**headers, "origin": origin}
    return web.http.post(f"/channels/web/{path}", json=BODIES[path], headers=sent)


def preflight(web: WebClient, origin: str, method: str = "POST", asked: str = "content-type") -> httpx.Response:
    headers = {
        "origin": origin,
        "access-control-request-method": method,
        "access-control-request-headers": asked,
    }
    return web.http.options("/channels/web/messages", headers=headers)


def allowed_origin(response: httpx.Response) -> str | None:
    return response.headers.get("access-control-allow-origin")


@pytest.mark.parametrize("origin", [INTRANET, "https://other.example.se:8443"])
def test_a_page_that_may_embed(embedding: WebClient, origin: str) -> None:
    response = post_from(embedding, origin)
    assert response.status_code == 200
    assert allowed_origin(response) == origin
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-credentials" not in response.headers
    assert_guarded(response)


def test_its_browser_asks_first(embedding: WebClient) -> None:
    response = preflight(embedding, INTRANET)
    assert response.status_code == 200
    assert allowed_origin(response) == INTRANET
    assert "content-type" in response.headers["access-control-allow-headers"].lower()
    assert_guarded(response)


@pytest.mark.parametrize(("method", "asked"), [("DELETE", "content-type"), ("POST", "authorization")])
def test_it_may_not_ask_for_more(embedding: WebClient, method: str, asked: str) -> None:
    assert preflight(embedding, INTRANET, method, asked).status_code == 400


def test_it_may_read_refusals_and_how_long_to_wait(embedding: WebClient, rasa: FakeRasa) -> None:
    rasa.reply = []
    response = post_from(embedding, INTRANET)
    assert_refused(response, 503, "unavailable")
    assert allowed_origin(response) == INTRANET
    assert "retry-after" in response.headers["access-control-expose-headers"].lower()


def test_it_may_load_the_widget(embedding: WebClient) -> None:
    response = embedding.http.get("/widget/radgivaren-chat.js", headers={"origin": INTRANET})
    assert response.status_code == 200
    assert allowed_origin(response) == INTRANET


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "origin",
    [
        ELSEWHERE,
        "null",
        "http://intranet.example.se",
        "https://intranet.example.se:444",
        "https://intranet.example.se.evil.example",
        "https://evil-intranet.example.se",
        "",
    ],
)
def test_a_page_that_may_not(embedding: WebClient, rasa: FakeRasa, origin: str, path: str) -> None:
    response = post_from(embedding, origin, path)
    assert_refused(response, 403, "forbidden_origin")
    assert allowed_origin(response) is None
    assert rasa.calls == []


def test_the_browser_of_a_page_that_may_not(embedding: WebClient, web: WebClient) -> None:
    for gateway in (embedding, web):
        response = preflight(gateway, ELSEWHERE)
        assert response.status_code in (400, 405)
        assert allowed_origin(response) is None
        assert_guarded(response)


@pytest.mark.parametrize("path", PATHS)
def test_where_no_page_may_embed(web: WebClient, path: str) -> None:
    response = post_from(web, ELSEWHERE, path)
    assert_refused(response, 403, "forbidden_origin")
    assert allowed_origin(response) is None


def test_our_own_pages_and_programs_need_no_leave(web: WebClient, embedding: WebClient) -> None:
    for gateway in (web, embedding):
        assert post_from(gateway, None).status_code == 200
        assert post_from(gateway, gateway.url).status_code == 200
        assert post_from(gateway, "https://radgivaren.example.se", host="radgivaren.example.se").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/widget/nothing.js", 404),
        ("GET", "/nothing", 404),
        ("DELETE", "/", 405),
        ("POST", "/widget/theme.css", 405),
        ("POST", "/channels/web/messages", 400),
    ],
)
def test_every_response_is_guarded(web: WebClient, method: str, path: str, status: int) -> None:
    response = web.http.request(method, path)
    assert response.status_code == status
    assert_guarded(response)
    if not path.startswith("/widget"):
        assert response.headers["cache-control"] == "no-store"


def test_every_file_of_the_widget_is_guarded_and_typed(web: WebClient) -> None:
    kinds = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
    files = [file for file in WIDGET.rglob("*") if file.is_file() and file.suffix in kinds]
    assert len(files) > 5
    for file in files:
        response = web.http.get(f"/widget/{file.relative_to(WIDGET).as_posix()}")
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(kinds[file.suffix])
        assert_guarded(response)


def test_the_policy_allows_what_our_pages_do(web: WebClient) -> None:
    """No script or style stands in a page itself, and nothing comes from elsewhere."""
    for path in ("/", "/widget/page.html"):
        page = Tags()
        page.feed(web.http.get(path).text)
        assert page.loaded
        for tag, attributes in page.tags:
            assert tag not in ("style", "iframe", "base", "form")
            assert tag != "script" or "src" in attributes
            assert not any(name == "style" or name.startswith("on") for name in attributes)
        for address in page.loaded:
            assert address.startswith("/")
            assert not address.startswith("//")
            assert web.http.get(address).status_code == 200, address


def test_what_nobody_foresaw_is_a_clear_reply(
    neighbours: Neighbours, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in settings_of_tests(neighbours, tmp_path, WEB_ORIGINS=INTRANET).items():
        monkeypatch.setenv(name, value)
    app = create_app()

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("an inner secret")

    server = LoopbackServer(app).start()
    try:
        response = httpx.get(f"{server.url}/broken", headers={"origin": INTRANET}, trust_env=False)
    finally:
        server.stop()
    assert_refused(response, 503, "unavailable")
    assert "secret" not in response.text
    assert allowed_origin(response) == INTRANET


def test_the_page_for_frames_names_who_may_frame_it(web: WebClient, embedding: WebClient) -> None:
    policies = {client: client.http.get("/embed").headers["content-security-policy"] for client in (web, embedding)}
    assert policies[web].endswith("frame-ancestors 'none'")
    assert policies[embedding].endswith(f"frame-ancestors {INTRANET} https://other.example.se:8443")
    for policy in policies.values():
        assert "default-src 'none'" in policy
        assert "unsafe-" not in policy
    for path in ("/", "/widget/embed.html"):
        assert "frame-ancestors 'none'" in embedding.http.get(path).headers["content-security-policy"]
