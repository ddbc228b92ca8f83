"""The console's cookies: never read by a script, sent to the console alone, and over https but for loopback."""

from __future__ import annotations

from fastapi import Request, Response

from ...settings import is_loopback

SESSION, VISITOR, VISIT, LANGUAGE, FLASH = (
    f"radgivaren_{name}" for name in ("console", "visitor", "provider", "language", "flash")
)
_PATH = "/console"


def set_cookie(request: Request, response: Response, name: str, value: str, max_age: int | None = None) -> None:
    """Without `max_age` it lasts until the browser is closed."""
    # Lax: the way back from a provider is a link from another site, and must find its cookies.
    response.set_cookie(name, value, max_age, path=_PATH, secure=_secure(request), httponly=True, samesite="lax")


def delete_cookie(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(name, path=_PATH, secure=_secure(request), httponly=True, samesite="lax")


def _secure(request: Request) -> bool:
    return request.url.scheme == "https" or not is_loopback(request.url.hostname or "")
