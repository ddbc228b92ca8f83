"""A little knowledge over real HTTP, for tests and load measurements: python -m actions.fake_knowledge 8000

It answers as the contract says, remembers what it was asked, and can be told to be slow, broken or gone.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REFERENCE = "RG-2026-0001"


@dataclass
class FakeKnowledge:
    """`mode`: ok, error (500), not_json, not_an_object, empty_object, refused (413), unknown (404)."""

    mode: str = "ok"
    delay_seconds: float = 0.0
    requests: list[tuple[str, dict[str, Any], dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def asked(self, path: str = "/api/answers") -> list[dict[str, Any]]:
        """The bodies sent to the path."""
        return [body for asked_path, body, _ in self.requests if asked_path == path]

    def reply_to(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        if self.mode == "error":
            return 500, b"{}"
        if self.mode == "not_json":
            return 200, b"<html>"
        if self.mode == "not_an_object":
            return 200, b"[]"
        if self.mode == "empty_object":
            return 200, b"{}"
        if self.mode in ("refused", "unknown"):
            error = {"code": "too_long", "text": "Frågan är för lång.", "text_en": "The question is too long."}
            return (413 if self.mode == "refused" else 404), json.dumps({"error": error}).encode()
        if path == "/api/answers":
            return 200, json.dumps(self.answer_to(body)).encode()
        if path == "/api/feedback":
            return 201, b'{"feedback_id": "f1"}'
        if path == "/api/handovers":
            return 201, json.dumps({"handover_id": "h1", "reference": REFERENCE}).encode()
        return 404, b'{"error": {"code": "not_found", "text": "", "text_en": ""}}'

    def answer_to(self, body: dict[str, Any]) -> dict[str, Any]:
        quote = "En kort mening ur en källa som visar hur ett citat ser ut. " * 4
        citation = {"n": 1, "document_id": "exempel", "title": "Exempel", "quote": quote, "url": "https://example.org/"}
        return {
            "answer_id": f"a{len(self.asked())}",
            "status": "answered",
            "language": body.get("language", "sv"),
            "text": f"Svar på: {body.get('question')}",
            "citations": [citation] * 3,
            "notices": [],
            "contacts": [],
            "follow_ups": [],
        }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    knowledge: FakeKnowledge

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
        self.knowledge.requests.append((self.path, body, {name.lower(): value for name, value in self.headers.items()}))
        time.sleep(self.knowledge.delay_seconds)
        self._send(*self.knowledge.reply_to(self.path, body))

    def do_GET(self) -> None:
        self._send(200, b'{"status": "ok", "ready": true}')

    def _send(self, status: int, payload: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)
        except ConnectionError:
            return  # the caller's deadline passed

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: the tests look at `requests`."""


@contextmanager
def serving(knowledge: FakeKnowledge, port: int = 0) -> Iterator[FakeKnowledge]:
    """Serves the fake on loopback as long as the context lasts."""
    handler = type("BoundHandler", (Handler,), {"knowledge": knowledge})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    knowledge.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield knowledge
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving(FakeKnowledge(), int(sys.argv[1])) as fake:
        sys.stdout.write(f"{fake.url}\n")
        sys.stdout.flush()
        threading.Event().wait()
