"""A web server on loopback that does as each test says, under any host name."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Serve = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Page:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"
    length: bool = True


@dataclass(frozen=True)
class Request:
    host: str
    path: str
    headers: dict[str, str]


def html(*paragraphs: str) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><html><head><title>T</title></head><body><nav>Meny</nav><main>{text}</main></body></html>"


def redirect(target: str, status: int = 302) -> Page:
    return Page(status=status, headers={"Location": target})


class Site:
    """`pages` by path, the same under every host; what is not there is 404, robots.txt too."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.scheme = "https" if tls else "http"
        self.pages: dict[str, Page | Serve] = {}
        self.requests: list[Request] = []
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients hang up on purpose
        if tls:
            # The handshake in the thread of the request, not in the one that accepts.
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def url(self, path: str, host: str = "kommun.test") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.requests.append(Request(headers["host"], self.path, headers))
                page = site.pages.get(self.path, Page("finns inte", 404))
                if callable(page):
                    page(self)
                else:
                    send(self, page)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                return None

        return Handler


def send(handler: BaseHTTPRequestHandler, page: Page) -> None:
    body = page.body.encode() if isinstance(page.body, str) else page.body
    handler.send_response(page.status)
    if page.content_type:
        handler.send_header("Content-Type", page.content_type)
    for name, value in page.headers.items():
        handler.send_header(name, value)
    if page.length:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if page.status != 304:
        handler.wfile.write(body)


def by_etag(etag: str, body: str) -> Serve:
    """Says 304 to who already has this version."""

    def serve(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == etag
        send(handler, Page(b"" if known else body, 304 if known else 200, {"ETag": etag}))

    return serve


def one_after_the_other(*pages: Page) -> Serve:
    """A page for the first request, another for the second; the last one stays."""
    waiting = list(pages)

    def serve(handler: BaseHTTPRequestHandler) -> None:
        send(handler, waiting.pop(0) if len(waiting) > 1 else waiting[0])

    return serve
