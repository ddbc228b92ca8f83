"""Files that staff send: each with what became of it, none that is too much, nothing read of who may not send."""

from __future__ import annotations

import re
import time

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.uploads import TOGETHER_AT_MOST

from ..conftest import ConsoleClient, SignIn
from .conftest import CANOE, UPLOAD, Send, said


def audited(knowledge: Knowledge, action: str) -> list[tuple[str, str]]:
    with knowledge.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT actor, subject FROM audit_log WHERE action = ?", (action,))
        return [(row.actor, row.subject) for row in rows]


def test_a_file_is_read_in_and_followed_until_it_is_searched(sign_in: SignIn, send: Send, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    page = send(editor, {"kanot.md": CANOE.format(91919)})
    assert "En fil är inläst" in said(page, "h1")
    (link,) = set(re.findall(r'href="(/console/documents/jobs/[0-9a-f]+)"', page))
    assert f'data-job="{link}"' in page  # what the script asks for
    until = time.monotonic() + 60
    while "Klart." not in said(shown := editor.get(link).text, "#job"):
        assert time.monotonic() < until, shown
        time.sleep(0.02)
    assert said(shown, "#job") == "Klart. Ett nytt avsnitt är indexerat och finns i sökningen."
    assert 'data-state="done"' in shown and "<progress" not in shown and "data-job" not in shown
    found = knowledge.searching.search("Vad kostar kanotuthyrningen i Storsjö?", 5, None)
    assert "91919" in " ".join(one.passage.text for one in found.kept)
    (entry,) = knowledge.document_catalogue.listed(collection="library").entries
    assert audited(knowledge, "document.uploaded")[-1] == (editor.account.id, entry.id)


def test_what_is_wrong_with_a_file_stands_beside_it_with_the_remedy(sign_in: SignIn, send: Send) -> None:
    editor = sign_in(Role.EDITOR)
    send(editor, {"kanot.md": CANOE.format(1)})
    page = said(
        send(
            editor,
            {"kanot.md": CANOE.format(1), "tom.md": "", "gammal.doc": b"\xd0\xcf\x11\xe0", "ny.md": "# Ny\n\nText."},
        )
    )
    assert "En fil är inläst" in page and "2 filer togs inte emot" in page
    assert "kanot.md Oförändrad" in page
    assert "tom.md Avvisad Avvisad: filen är tom. Fyll i den eller ta bort den." in page
    assert "gammal.doc Avvisad" in page and "Spara" in page
    refused = said(send(editor, {"tom.md": ""}))
    assert "Ingen ny fil är inläst" in refused


def test_the_remedy_is_told_in_english_too(sign_in: SignIn, send: Send) -> None:
    editor = sign_in(Role.EDITOR)
    editor.post_form("/console/language", {"language": "en", "next": "/console/documents"})
    page = said(send(editor, {"tom.md": ""}))
    assert "No new file has been read in" in page and "tom.md Refused" in page and "filen" not in page


def test_a_hostile_file_name_is_shown_as_text_and_writes_nowhere_else(
    sign_in: SignIn, send: Send, knowledge: Knowledge
) -> None:
    editor = sign_in(Role.EDITOR)
    names = ["../../../etc/passwd.md", "<img src=x onerror=alert(1)>.md", "\u202efdp.md"]
    page = send(editor, {name: f"# Titel {number}\n\nText {number}." for number, name in enumerate(names)})
    assert "<img src=x" not in page and "&lt;img src=x" in page
    entries = knowledge.document_catalogue.listed(collection="library").entries
    assert {entry.origin for entry in entries} == {"passwd.md", "<img src=x onerror=alert(1)>.md", "\u202efdp.md"}
    assert "<img src=x" not in editor.get("/console/documents").text


def test_a_file_with_script_in_it_is_shown_as_text(sign_in: SignIn, send: Send, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    hostile = "# <script>alert(1)</script>\n\nText med <script>alert(2)</script> och [länk](javascript:alert(3))."
    send(editor, {"kanot.md": hostile})
    (entry,) = knowledge.document_catalogue.listed(collection="library").entries
    for page in (editor.get(f"/console/documents/{entry.id}").text, editor.get("/console/documents").text):
        assert "<script>alert" not in page and 'href="javascript:' not in page


def test_choosing_nothing_is_told(sign_in: SignIn) -> None:
    """As a browser sends it: a file without a name."""
    editor = sign_in(Role.EDITOR)
    parts = [("csrf", "", editor.csrf()), ("files", '; filename=""\r\nContent-Type: application/octet-stream', "")]
    body = "".join(f'--x\r\nContent-Disposition: form-data; name="{n}"{more}\r\n\r\n{v}\r\n' for n, more, v in parts)
    headers = {"content-type": "multipart/form-data; boundary=x"}
    response = editor.post(UPLOAD, content=f"{body}--x--\r\n", headers=headers)
    assert response.status_code == 422 and "Välj minst en fil först." in response.text


def large(client: ConsoleClient, proof: str, size: int = 3_000_000) -> tuple[int, str]:
    response = client.post(UPLOAD, data={"csrf": proof}, files=[("files", ("stor.txt", b"a" * size))])
    return response.status_code, said(response.text)


def test_a_large_file_is_taken_from_who_may_send_it(sign_in: SignIn) -> None:
    editor = sign_in(Role.EDITOR)
    status, page = large(editor, editor.csrf())
    assert status == 200 and "stor.txt" in page


@pytest.mark.parametrize("length", ["3000000", str(TOGETHER_AT_MOST)])
def test_nothing_of_a_large_file_is_read_from_who_may_not_send_it(
    sign_in: SignIn, console: ConsoleClient, length: str
) -> None:
    """The body is never sent: who waited for it would wait for ever."""

    def unsent() -> bytes:
        raise AssertionError("the body was read")

    class Unsent:
        def __iter__(self) -> Unsent:
            return self

        def __next__(self) -> bytes:
            return unsent()

    headers = {"content-length": length, "content-type": "multipart/form-data; boundary=x"}
    for client, status, told in (
        (sign_in(Role.READER), 403, "inte tillgång"),
        (console, 401, "Filerna följer inte med"),
    ):
        response = client.post(UPLOAD, content=Unsent(), headers=headers)
        assert (response.status_code, told in response.text) == (status, True)


def test_more_than_may_be_sent_at_once_is_refused(sign_in: SignIn) -> None:
    editor = sign_in(Role.EDITOR)
    headers = {"content-length": str(TOGETHER_AT_MOST + 1), "content-type": "multipart/form-data; boundary=x"}
    response = editor.post(UPLOAD, content=b"x", headers=headers)
    assert response.status_code == 413 and "Det du skickade är för stort" in response.text


def test_files_need_the_proof_of_the_form(sign_in: SignIn, knowledge: Knowledge) -> None:
    status, page = large(sign_in(Role.EDITOR), "")
    assert status == 403 and "Ingenting är skickat än" in page and "Filerna följer inte med" in page
    assert knowledge.document_catalogue.listed(collection="library").entries == ()


def test_a_job_that_failed_says_what_to_do(sign_in: SignIn, knowledge: Knowledge) -> None:
    editor = sign_in(Role.EDITOR)
    with knowledge.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO index_jobs (id, state, asked_at, ended_at, done, total, error) VALUES "
            "('abc', 'failed', '2026-11-23 09:00:00', '2026-11-23 09:01:00', 3, 9, 'OSError')"
        )
    assert "index rebuild" in said(editor.get("/console/documents/jobs/abc").text, "#job")
    assert "Den senaste indexeringen misslyckades." in editor.get("/console/documents").text
    assert editor.get("/console/documents/jobs/nej").status_code == 404


def test_how_far_a_job_is_stands_there_without_a_script(sign_in: SignIn, knowledge: Knowledge) -> None:
    with knowledge.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO index_jobs (id, state, asked_at, done, total, error) VALUES "
            "('abc', 'running', '2026-11-23 09:00:00', 1200, 4800, '')"
        )
    page = sign_in(Role.READER).get("/console/documents/jobs/abc").text
    assert said(page, "#job") == "1 200 av 4 800 avsnitt är indexerade."
    assert 'value="25"' in page and "Visa läget nu" in page
