"""The list, a document with what is behind it, and what is taken out of use and put back."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.refinement.datatypes import Content, Person, RefinedCitation, Wording
from knowledge.store.library import SqlLibraryStore
from tests.conftest import MakeDocument, MakePassage

from ..conftest import SignIn
from .conftest import CANOE, Send, said

LIST = "/console/documents"
QUESTION = "Vad kostar kanotuthyrningen i Storsjö?"
Canoe = Callable[..., str]


def links(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<th scope="row"><a href="/console/documents/([^"]+)"', page)]


def test_the_list_is_narrowed_by_its_address(sign_in: SignIn, send: Send, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    send(editor, {"kanot.md": CANOE.format(90), "Överklagan.md": "# Överklaga beslut\n\nSå gör du."})
    everything = editor.get(LIST).text
    starter = len(knowledge.documents)
    assert said(everything, "h1") == f"{starter + 2} dokument i bruk"
    assert f"{starter} i grundmaterialet · 2 i biblioteket" in said(everything)
    assert len(links(editor.get(f"{LIST}?collection=library").text)) == 2
    assert len(links(editor.get(f"{LIST}?words=överklagan.md").text)) == 1
    assert len(links(editor.get(f"{LIST}?words=KANOT+storsjö&state=live").text)) == 1
    nothing = editor.get(f"{LIST}?words=%25&state=live").text
    assert links(nothing) == [] and "Inget dokument stämmer" in nothing
    assert "Visa alla" in nothing and 'value="%"' in nothing
    assert editor.get(f"{LIST}?state=påhittat&collection=x&after=nej").status_code == 200


def test_every_document_is_on_one_page_and_only_one(
    sign_in: SignIn, knowledge: Knowledge, make_document: MakeDocument, make_passage: MakePassage
) -> None:
    store = SqlLibraryStore(knowledge.engine, knowledge.clock)
    store.put([make_document(make_passage(f"rapport-{n:03}/1", "Text.")) for n in range(120)])
    reader, address, seen = sign_in(Role.READER), LIST, []
    while address:
        page = reader.get(address).text
        seen += links(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = unescape(following[1]) if following else ""
    assert len(seen) == len(set(seen)) == len(knowledge.documents) + 120
    assert seen[: len(knowledge.documents)] == [
        entry.id for entry in knowledge.document_catalogue.listed(collection="starter").entries
    ]


def test_a_document_is_shown_with_its_passages_and_versions(sign_in: SignIn, send: Send, canoe: Canoe) -> None:
    editor = sign_in(Role.EDITOR)
    key = canoe(editor, 90)
    send(editor, {"kanot.md": CANOE.format(120)})
    page = sign_in(Role.READER).get(f"{LIST}/{key}").text
    assert "kostar 120 kronor" in page and "kostar 90 kronor" not in page and "kanot.md" in page
    earlier = re.findall(r'href="([^"]+\?version=[^"]+)"', page)
    assert len(earlier) == 1
    old = editor.get(unescape(earlier[0])).text
    assert "kostar 90 kronor" in old and "Det här är en tidigare version." in old
    assert "Ersatt av en nyare version" in old  # the validity of its passage
    assert "Ta ur bruk" not in said(page)  # a reader is offered nothing that they may not do
    assert editor.get(f"{LIST}/finns-inte").status_code == 404


def test_taking_out_of_use_asks_once_and_can_be_undone(sign_in: SignIn, canoe: Canoe, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    key = canoe(editor)
    knowledge.upkeep.wait()
    asked = editor.get(f"{LIST}/{key}/retire").text
    assert "Ska Kanotuthyrning i Storsjö tas ur bruk?" in said(asked, "h1")
    assert "Ingenting raderas" in asked
    silent = editor.post_form(f"{LIST}/{key}/retire", {"why": "  "})
    assert silent.status_code == 422 and "Skriv varför dokumentet tas ur bruk" in silent.text
    long = editor.post_form(f"{LIST}/{key}/retire", {"why": "x" * 1001})
    assert long.status_code == 422 and "x" * 1001 in long.text
    page = editor.post_form(f"{LIST}/{key}/retire", {"why": "Priset är <b>gammalt</b>"}).text
    assert "Dokumentet är taget ur bruk." in page and "Priset är &lt;b&gt;gammalt&lt;/b&gt;" in page
    assert not found(knowledge)
    again = editor.post_form(f"{LIST}/{key}/retire", {"why": "Igen"})
    assert again.status_code == 409 and "Dokumentet är redan taget ur bruk." in again.text
    assert links(editor.get(f"{LIST}?state=retired").text) == [key]

    page = editor.post_form(f"{LIST}/{key}/restore").text
    assert "Dokumentet är i bruk igen." in page
    knowledge.upkeep.wait()
    assert found(knowledge)
    assert "Det finns inget att återställa." in editor.post_form(f"{LIST}/{key}/restore").text
    with knowledge.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT actor, action, detail FROM audit_log WHERE subject = ?", (key,)).all()
    assert [row.action for row in rows[-2:]] == ["document.retired", "document.restored"]
    assert {row.actor for row in rows} == {editor.account.id} and "gammalt" not in str(rows)


def found(knowledge: Knowledge) -> bool:
    kept = knowledge.searching.search(QUESTION, 5, None).kept
    return any("Kanotuthyrningen" in one.passage.text for one in kept)


@pytest.mark.parametrize("what", ["retire", "restore"])
def test_the_starter_material_is_not_changed_here(sign_in: SignIn, knowledge: Knowledge, what: str) -> None:
    editor, key = sign_in(Role.EDITOR), next(iter(knowledge.documents))
    page = editor.get(f"{LIST}/{key}").text
    assert "Det ändras i sin fil av den som sköter tjänsten" in page and f"{key}/retire" not in page
    response = editor.post_form(f"{LIST}/{key}/{what}", {"why": "Prov"})
    assert "hör till grundmaterialet" in response.text
    assert knowledge.document_catalogue.versions(key)[0].state == "live"


def test_the_reviewed_answers_that_cite_it_are_named(sign_in: SignIn, canoe: Canoe, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    key = canoe(editor)
    assert "Inget granskat svar hänvisar" in editor.get(f"{LIST}/{key}").text
    (passage,) = knowledge.document_catalogue.passages_of(key, knowledge.document_catalogue.versions(key)[0].version)
    cited = RefinedCitation(passage.id, passage.version, "https://kommun.example/kanot", "Kanotuthyrningen")
    wording = Wording("sv", "Vad kostar en <kanot>?", "Det står i prislistan [1].", ())
    made = knowledge.desk.draft(
        Content(wordings=(wording,), citations=(cited,), additions=(), topics=()), Person(editor.account.id, "Edit")
    )
    for address in (f"{LIST}/{key}", f"{LIST}/{key}/retire"):
        page = editor.get(address).text
        assert f'href="/console/answers/{made.id}"' in page and "Vad kostar en &lt;kanot&gt;?" in page
    assert "utkast" in said(page) and "Ett granskat svar hänvisar till dokumentet." in said(page)
