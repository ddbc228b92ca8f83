"""What stands around every request: a limit on its size, and headers that keep a page to itself."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .texts import Texts

BODY_LIMIT = 64 * 1024  # bytes; the longest form in JSON is far below

NOBODY = "'none'"
_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


def content_security_policy(framed_by: Sequence[str] = ()) -> str:
    """Our policy; pages of the origins in `framed_by` may show the page in a frame, and no others."""
    return "; ".join((*_POLICY, f"frame-ancestors {' '.join(framed_by) or NOBODY}"))


CONTENT_SECURITY_POLICY = content_security_policy()
_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not str(scope.get("path", "")).startswith("/widget"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Counts what really arrives: a chunked request declares no length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._refusal = JSONResponse({"error": Texts().error("too_long")}, 413)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > BODY_LIMIT:
            await self._refusal(scope, receive, send)
            return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > BODY_LIMIT:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)
