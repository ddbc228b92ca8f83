"""Whatever stands in an address, a query or a form, a page comes back that says so: never a fault.

The fields are those of the console's own forms and links, so that a new one is tried without a line here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

import pytest
from httpx2 import Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role

from .conftest import ConsoleClient, SignIn
from .hostile import crawl, fill
from .test_gate import DOORS, Door

EXAMPLES = 3  # of each route, beside every odd value in all of its fields at once
ODD = (
    "\0",
    "²",
    "-1",
    "1e9",
    "9" * 4400,
    "9223372036854775808",
    "0001-01-01",
    "9999-12-31",
    "2026-W01",
    "%_\\'\";--",
    '(* [ NOT" AND:',
    "å" * 500,
    "\u202e\ufeff\U0001f3f3\ufe0f\u200d\U0001f308",
    "a\r\nSet-Cookie: x=1",
    "javascript:alert(1) {{ 7*7 }}",
)
IN_A_PATH = ("\0", "9" * 300, "%", "a\r\nb", "\u202e", "å/ä", "x" * 3000)
# They end the session that the test needs, and have nothing to fill in.
LEFT_OUT = {"/console/sign-out"}
VALUES = st.sampled_from(ODD) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode())


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form or a link, with a value that was in it."""

    name: str
    value: str
    is_file: bool = False


@dataclass(slots=True)
class Known:
    """The doors with the fields and the real addresses that the pages name."""

    client: ConsoleClient
    proof: str
    fields: dict[Door, dict[str, Field]] = field(default_factory=dict)
    addresses: dict[Door, list[str]] = field(default_factory=dict)

    def note(self, method: str, address: str, fields: list[Field]) -> None:
        path = urlsplit(address).path
        door = next((door for door in DOORS if door.method == method and door.stands_at(path)), None)
        if door is not None:
            self.fields.setdefault(door, {}).update({one.name: one for one in fields})
            self.addresses.setdefault(door, []).append(path)

    def send(self, door: Door, path: str, values: Mapping[str, str]) -> Response:
        client, kinds = self.client, self.fields.get(door, {})
        if door.method == "GET":
            return client.get(path, params=dict(values), follow_redirects=False)
        files = {name: (value[:200], value.encode()) for name, value in values.items() if _is_file(kinds, name)}
        form = {"csrf": self.proof} | {name: value for name, value in values.items() if name not in files}
        return client.post(path, data=form, files=files or None, follow_redirects=False)


def _is_file(kinds: Mapping[str, Field], name: str) -> bool:
    return name in kinds and kinds[name].is_file


@pytest.fixture(scope="module")
def known(knowledge: Knowledge, sign_in: SignIn) -> Known:
    client = sign_in(Role.ADMINISTRATOR)
    known = Known(client, client.csrf())
    for page in crawl(client, fill(knowledge, sign_in(Role.EDITOR), client)).values():
        here = str(page.response.url)
        for link in page.links():
            known.note("GET", link, [Field(*pair) for pair in parse_qsl(urlsplit(link).query)])
        for form in page.tree.iter("form"):
            inputs = form.cssselect("input[name], select[name], textarea[name], button[name]")
            fields = [Field(one.get("name"), one.get("value", ""), one.get("type") == "file") for one in inputs]
            address = urljoin(here, form.get("action") or "")
            known.note(form.get("method", "get").upper(), address, [one for one in fields if one.name != "csrf"])
    return known


def _name(door: Door) -> str:
    return f"{door.method} {door.path}"


TRIED = [door for door in DOORS if door.path not in LEFT_OUT]


def test_most_doors_have_fields_to_try(known: Known) -> None:
    """So that the tests below are no empty ones."""
    assert sum(len(fields) for fields in known.fields.values()) > 100
    assert len(known.addresses) > len(TRIED) * 0.8


@pytest.mark.parametrize("door", TRIED, ids=_name)
def test_an_odd_value_everywhere_at_once(door: Door, known: Known) -> None:
    names = known.fields.get(door, {})
    path = known.addresses.get(door, [door.address])[0]
    for value in ODD if names else ():
        response = known.send(door, path, dict.fromkeys(names, value))
        assert response.status_code < 500, (value[:40], response.text)


@pytest.mark.parametrize("door", [door for door in TRIED if "{" in door.path], ids=_name)
def test_an_odd_key_in_the_path(door: Door, known: Known) -> None:
    for key in IN_A_PATH:
        response = known.send(door, re.sub(r"\{[^}]+\}", quote(key, safe=""), door.path), {})
        assert 300 <= response.status_code < 500, (key[:40], response.text)


@settings(
    max_examples=EXAMPLES * len(TRIED),
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),  # what one request changes, the next one sees: nothing can be tried again
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_one_or_two_odd_values_among_good_ones(data: st.DataObject, known: Known) -> None:
    door = data.draw(st.sampled_from([door for door in TRIED if known.fields.get(door)]))
    fields = known.fields[door]
    odd = data.draw(st.dictionaries(st.sampled_from(sorted(fields)), VALUES, min_size=1, max_size=2))
    path = data.draw(st.sampled_from(sorted(set(known.addresses[door]))))
    response = known.send(door, path, {name: one.value for name, one in fields.items()} | odd)
    assert response.status_code < 500, (door, path, odd, response.text)


def test_the_session_has_lasted(known: Known) -> None:
    """So that it was no sign-in page that bore all of the above."""
    assert known.client.get("/console/settings", follow_redirects=False).status_code == 200
