"""Pages of templates: what every screen calls to answer a request."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from ..clock import in_sweden
from ..seams import Clock
from ..store.sessions import IDLE
from .access.cookies import FLASH, LANGUAGE, VISITOR, delete_cookie, set_cookie
from .access.permissions import Permission, Person
from .navigation import SCREENS, current
from .texts import LANGUAGES, Texts, grouped

_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """The templates with what all of them may call."""

    def __init__(self, texts: Texts, clock: Clock) -> None:
        self.texts, self._clock = texts, clock
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {"date": _date, "datetime": _datetime, "number": _number}

    def render(self, request: Request, template: str, person: Person | None, values: Mapping[str, Any]) -> str:
        language = language_of(request)

        def may(permission: Permission | str) -> bool:
            return person is not None and person.may(Permission(permission))

        around: dict[str, Any] = {
            "t": partial(self.texts, language),
            "language": language,
            "person": person,
            "may": may,
            "csrf": getattr(request.state, "csrf", ""),
            "today": self._clock.today(),
            "screens": [screen for screen in SCREENS if may(screen.permission)],
            "current_screen": current(request.url.path),
            # What was posted to cannot be asked for again.
            "language_next": address_of(request) if request.method == "GET" else "/console/",
            "idle_minutes": int(IDLE.total_seconds() // 60),
            "flash": self._flash(request, language),
        }
        return self._templates.get_template(template).render(around | dict(values))

    def _flash(self, request: Request, language: str) -> str:
        try:
            key, values = json.loads(unquote(request.cookies.get(FLASH, "")))
            return self.texts(language, key, **values)
        except (ValueError, KeyError, TypeError, AttributeError):  # none, or not of our making
            return ""


def page(
    request: Request, template: str, person: Person | None, status_code: int = 200, **values: object
) -> HTMLResponse:
    """The page of a template, in the language of the request, with the values that the template asks for."""
    pages: Pages = request.app.state.pages
    response = HTMLResponse(pages.render(request, template, person, values), status_code)
    if FLASH in request.cookies:
        delete_cookie(request, response, FLASH)
    if visitor := getattr(request.state, "new_visitor", ""):
        set_cookie(request, response, VISITOR, visitor)
    return response


def redirect(request: Request, url: str, flash: str = "", **values: str | int) -> RedirectResponse:
    """Post/Redirect/Get: the next page says the text of the key `flash`, filled with `values`."""
    response = RedirectResponse(url, 303)
    if flash:
        set_cookie(request, response, FLASH, quote(json.dumps([flash, values])))
    return response


def language_of(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE, "")
    return chosen if chosen in LANGUAGES else LANGUAGES[0]


def address_of(request: Request) -> str:
    """Path and query: where a sign-in or a change of language leads back to."""
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


@pass_context
def _date(context: Context, day: dt.date | dt.datetime | None) -> str:
    """22 november 2026. A time is of the day that it was in Sweden."""
    if day is None:
        return "–"
    if isinstance(day, dt.datetime):
        day = in_sweden(day).date()
    month = context["t"](f"console.month_{day.month}")
    return f"{day.day}\N{NO-BREAK SPACE}{month} {day.year}"


@pass_context
def _datetime(context: Context, time: dt.datetime | None) -> str:
    """22 november 2026 kl. 14.05, in Swedish time."""
    if time is None:
        return "–"
    local = in_sweden(time)
    text: str = context["t"](
        "console.clock", date=_date(context, local.date()), hour=f"{local:%H}", minute=f"{local:%M}"
    )
    return text


@pass_context
def _number(context: Context, number: float) -> str:
    return grouped(number, context["language"])
