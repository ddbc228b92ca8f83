"""A table with one contact of our own beside those that ship with the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import lxml.html
import pytest

from knowledge.bootstrap import Knowledge
from knowledge.datatypes import Contact
from knowledge.store import tables

from ..conftest import ConsoleClient

LIST = "/console/contacts"
KEY = "exempelkommunen-socialjour"
ONE = Contact(
    id=KEY,
    organisation="Malmö stad",
    role="Socialjouren",
    role_en="Out-of-hours social services",
    scope="local",
    places=("Malmö",),
    topics=("akuta-larm",),
    phone="040-34 56 78",
    email=None,
    hours="dygnet runt",
    url=None,
    source_url="https://malmo.example/jour",
    source_date="odaterad",
    last_verified=None,
    note="",
)


def said(page: str, path: str = "main") -> str:
    return " ".join(" ".join(one.text_content().split()) for one in lxml.html.fromstring(page).cssselect(path))


def form_of(page: str, action: str) -> dict[str, Any]:
    """What the form of a page would send if its button were pressed."""
    (form,) = [one for one in lxml.html.fromstring(page).forms if one.action == action]
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values[name] = [*values.get(name, []), value] if name == "topic" else value
    return values


@pytest.fixture(autouse=True)
def table(knowledge: Knowledge) -> Iterator[None]:
    """Each test begins with the one contact."""
    with knowledge.engine.begin() as connection:
        for one in (tables.contacts, tables.contact_changes):
            connection.execute(one.delete())
    knowledge.contact_store.take_file([ONE])
    yield


Change = Callable[..., Any]


@pytest.fixture
def change() -> Change:
    """`change(client, "edit", phone="…")`: opens the form, writes, presses the button; gives the response."""

    def change(client: ConsoleClient, what: str = "edit", key: str = KEY, **written: Any) -> Any:
        address = f"{LIST}/{key}/{what}" if key else f"{LIST}/new"
        page = client.get(f"{LIST}/{key}" if what in ("verify", "restore") else address).text
        return client.post(address, data=form_of(page, address) | written)

    return change
