"""Answers written by the form, as a browser without a script sends it, and decided by somebody else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import lxml.html
import pytest

from knowledge import bootstrap
from knowledge.clock import FixedClock
from knowledge.console.access.permissions import Role
from knowledge.fakes import FixedPreviews
from knowledge.seams import Encoder

from ..conftest import ConsoleClient, SignIn, add_cast

ANSWERS = "/console/answers"
Pairs = list[tuple[str, str]]


def element(page: httpx.Response) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(page.text)


def said(page: httpx.Response, path: str = "main") -> str:
    """What is to be read, without the markup."""
    return " ".join(" ".join(found.text_content().split()) for found in element(page).cssselect(path))


@dataclass
class Form:
    """The form of a page with its values, as a browser would send them."""

    client: ConsoleClient
    action: str
    values: Pairs

    @classmethod
    def of(cls, client: ConsoleClient, page: httpx.Response, path: str = "form.answer-form") -> Form:
        forms = element(page).cssselect(path)
        assert forms, page.text
        values = [
            (field.get("name"), value)
            for field in forms[0].cssselect("input[name], textarea[name], select[name]")
            for value in _values(field)
        ]
        return cls(client, forms[0].get("action") or str(page.url.path), values)

    def __getitem__(self, name: str) -> str:
        return next(value for given, value in self.values if given == name)

    def all(self, name: str) -> list[str]:
        return [value for given, value in self.values if given == name]

    def fill(self, **named: str) -> Form:
        for name, typed in named.items():
            assert name in dict(self.values), f"there is no field {name}"
            self.values = [(given, typed if given == name else value) for given, value in self.values]
        return self

    def press(self, do: str = "", **named: Any) -> httpx.Response:
        sent: dict[str, list[str]] = {"do": [do]} if do else {}
        for name, value in self.values:
            sent.setdefault(name, []).append(value)
        return self.client.post(named.pop("action", self.action), data=sent, **named)

    def after(self, do: str) -> Form:
        """The form as the page shows it once the button is pressed."""
        page = self.press(do)
        assert page.status_code == 200, page.text
        return Form.of(self.client, page)


@pytest.fixture(scope="module")
def previews() -> FixedPreviews:
    return FixedPreviews()


@pytest.fixture(scope="module")
def knowledge(
    prepared: Path,
    make_settings: Callable[..., Any],
    encoder: Encoder,
    clock: FixedClock,
    previews: FixedPreviews,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[bootstrap.Knowledge]:
    """One for the tests of a file, with the cast's accounts, and a gateway that is not there unless a test says so."""
    folder = tmp_path_factory.mktemp("answers")
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    built = bootstrap.build(make_settings(folder), encoder=encoder, clock=clock, previews=previews)
    add_cast(built)
    yield built
    built.engine.dispose()


@pytest.fixture
def editor(sign_in: SignIn) -> ConsoleClient:
    return sign_in(Role.EDITOR)


@pytest.fixture
def approver(sign_in: SignIn) -> ConsoleClient:
    return sign_in(Role.APPROVER)


@pytest.fixture
def blank(editor: ConsoleClient) -> Form:
    return Form.of(editor, editor.get(f"{ANSWERS}/new"))


def _values(field: lxml.html.HtmlElement) -> list[str]:
    """What a browser sends of it."""
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]  # the line break behind the tag is none of the text's
    if field.tag == "select":
        options = field.cssselect("option[selected]") or field.cssselect("option")[:1]
        return [options[0].get("value")] if options else []
    checkable = field.get("type") in ("checkbox", "radio")
    return [] if checkable and field.get("checked") is None else [field.get("value", "")]


Write = Callable[..., Form]


@pytest.fixture
def write(blank: Form) -> Write:
    """A form with two sources that the search has found, and a text that cites them."""

    def write(question: str, text: str = "Ja, det kan kommunen betala [1]. Beslutet prövas enskilt [2].") -> Form:
        form = blank.fill(question_sv=question, words="betala hemresan").after("search")
        for _ in range(2):
            page = form.press("search")
            form = form.after(first_offered(page))
        return form.fill(text_sv=text)

    return write


def first_offered(page: httpx.Response) -> str:
    """The button of the first passage that is not a source yet."""
    return next(
        found.get("value") for found in element(page).cssselect("button") if found.get("value", "").startswith("cite ")
    )


@pytest.fixture
def submitted(write: Write) -> Callable[..., str]:
    """Sends an answer for review as Edit; gives its address."""

    def submit(question: str, **named: str) -> str:
        page = write(question, **named).after("check").press("submit")
        assert page.status_code == 200 and "Svaret väntar nu på granskning" in page.text, said(page)
        return str(page.url.path)

    return submit


@pytest.fixture
def approved(submitted: Callable[..., str], approver: ConsoleClient) -> Callable[..., str]:
    """The same, approved by Anders."""

    def approve(question: str, **named: str) -> str:
        path = submitted(question, **named)
        page = Form.of(approver, approver.get(f"{path}/review"), "#decide form").press()
        assert page.status_code == 200 and "Svaret är godkänt" in page.text, said(page)
        return path

    return approve


def ask(client: ConsoleClient, question: str, **named: str) -> dict[str, Any]:
    """What an official gets."""
    given: dict[str, Any] = client.post("/api/answers", json={"question": question} | named).json()
    return given


def key_of(path: str) -> str:
    found = re.fullmatch(rf"{ANSWERS}/([0-9a-f]+)(?:/.*)?", path)
    assert found, path
    return found[1]
