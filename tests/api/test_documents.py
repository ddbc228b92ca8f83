"""Documents over HTTP: files in, lists and versions out, taken out of use and put back; the search follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.clock import SystemClock
from knowledge.store import tables
from knowledge.store.index_jobs import SqlIndexJobs
from knowledge.uploads import Upload

Json = dict[str, Any]
QUESTION = "Vad kostar kanotuthyrningen i Storsjö?"
CANOE = "# Kanotuthyrning i Storsjö\n\nKanotuthyrningen i Storsjö kostar {} kronor om dagen.\n"


@pytest.fixture(scope="module")
def built(build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path_factory.mktemp("documents"))
    yield built
    built.engine.dispose()


@pytest.fixture
def library(built: Knowledge) -> Knowledge:
    """With an empty library."""
    built.upkeep.wait()
    with built.engine.begin() as connection:
        for table in (tables.documents, tables.passages):
            connection.execute(table.delete().where(table.c.collection == tables.LIBRARY))
        connection.execute(tables.index_jobs.delete())
    built.upkeep.publish()
    return built


@pytest.fixture
def client(library: Knowledge) -> Iterator[TestClient]:
    with TestClient(create_app(library)) as client:
        yield client


def send(client: TestClient, **files: str | bytes) -> Json:
    """Sends files by their names, with `__` for a dot."""
    parts = [
        ("files", (name.replace("__", "."), text.encode() if isinstance(text, str) else text))
        for name, text in files.items()
    ]
    response = client.post("/api/documents", files=parts)
    assert response.status_code == 200, response.text
    answer: Json = response.json()
    return answer


def finished(client: TestClient, job: Json) -> Json:
    """The job once it has ended."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        now: Json = client.get(f"/api/documents/jobs/{job['job_id']}").json()
        if now["ended_at"]:
            return now
        time.sleep(0.02)
    raise AssertionError("the job does not end")


def texts_found(client: TestClient) -> str:
    found = client.post("/api/search", json={"question": QUESTION, "k": 5}).json()
    return " ".join(passage["text"] for passage in found["passages"])


def test_a_file_that_is_sent_is_found_without_a_restart(client: TestClient) -> None:
    assert "Kanotuthyrningen" not in texts_found(client)
    sent = send(client, kanot__md=CANOE.format(91919))
    (file,) = sent["files"]
    assert (file["name"], file["outcome"], file["code"]) == ("kanot.md", "taken", None)
    assert sent["counts"] == {"taken": 1, "unchanged": 0, "refused": 0}
    assert sent["job"]["state"] == "waiting"
    job = finished(client, sent["job"])
    assert (job["state"], job["done"], job["total"], job["error"]) == ("done", 1, 1, None)
    assert "kostar 91919 kronor" in texts_found(client)

    shown = client.get(f"/api/documents/{file['document_id']}").json()
    assert shown["document"] | {"version": "", "stored_at": ""} == {
        "document_id": file["document_id"],
        "version": "",
        "collection": "library",
        "title": "Kanotuthyrning i Storsjö",
        "state": "live",
        "origin": "kanot.md",
        "passages": 1,
        "stored_at": "",
        "replaced_at": None,
        "retired_at": None,
        "retired_why": "",
    }
    assert "91919 kronor" in shown["passages"][0]["text"]


FARES = """---
beteckning: 1977:67
rubrik: Lag om tilläggsavgift i kollektiv persontrafik
utfardad_datum: 1977-03-03
---

# Lag (1977:67) om tilläggsavgift i kollektiv persontrafik

## 1 §

Den som driver kollektiv persontrafik får ta ut tilläggsavgift av resande som inte kan visa upp giltigt färdbevis.

## 4 §

Närmare föreskrifter meddelas av den myndighet som regeringen bestämmer.
"""
PLANKED = "Grabben plankade på tunnelbanan, blir det böter?"


def test_a_statute_is_found_by_everyday_words_that_it_lacks(client: TestClient) -> None:
    def headings() -> list[str]:
        found = client.post("/api/search", json={"question": PLANKED, "k": 3}).json()
        return [f"{passage['heading']} {passage['document_id']}" for passage in found["passages"]]

    assert "1 § sfs-1977-67" not in headings()
    finished(client, send(client, **{"sfs-1977-67__md": FARES})["job"])
    assert headings()[0] == "1 § sfs-1977-67"
    withdrawn = client.post("/api/documents/sfs-1977-67/retire", json={"why": "Upphävd."}).json()
    finished(client, withdrawn["job"])
    assert "1 § sfs-1977-67" not in headings()


def test_each_file_is_told_of_and_a_bad_one_stops_none(client: TestClient) -> None:
    send(client, kanot__md=CANOE.format(91919))
    sent = send(
        client,
        kanot__md=CANOE.format(91919),
        trasig__md=b"caf\xe9",
        tom__md="",
        ny__md="# Ny\n\nNågot nytt.",
    )
    told = {file["name"]: (file["outcome"], file["code"]) for file in sent["files"]}
    assert told == {
        "kanot.md": ("unchanged", None),
        "trasig.md": ("refused", "not_utf8"),
        "tom.md": ("refused", "empty"),
        "ny.md": ("taken", None),
    }
    by_name = {file["name"]: file for file in sent["files"]}
    assert "UTF-8" in by_name["trasig.md"]["text"] and by_name["trasig.md"]["text"].startswith("Avvisad: ")
    assert "is not UTF-8" in by_name["trasig.md"]["text_en"]
    assert "/" not in by_name["trasig.md"]["text_en"]  # nothing of where it lay on the server
    assert sent["counts"] == {"taken": 1, "unchanged": 1, "refused": 2}


def test_only_refused_and_unchanged_files_need_no_index(client: TestClient) -> None:
    send(client, kanot__md=CANOE.format(91919))
    assert send(client, kanot__md=CANOE.format(91919), tom__md="")["job"] is None


def test_the_same_document_twice_in_one_request_is_taken_once(client: TestClient) -> None:
    parts = [("files", ("kanot.md", CANOE.format(price).encode())) for price in (1, 2)]
    sent = client.post("/api/documents", files=parts).json()
    assert [(file["outcome"], file["code"]) for file in sent["files"]] == [("taken", None), ("refused", "twice")]
    shown = client.get(f"/api/documents/{sent['files'][0]['document_id']}").json()
    assert len(shown["versions"]) == 1 and "kostar 1 kronor" in shown["passages"][0]["text"]


def test_a_file_beside_says_where_another_one_comes_from(client: TestClient) -> None:
    beside = "title: Kanotregler\nurl: https://kommun.example/kanot\npublisher: Storsjö kommun\n"
    sent = send(client, kanot__md__yml=beside, kanot__md=CANOE.format(91919))
    told = {file["name"]: (file["outcome"], bool(file["document_id"])) for file in sent["files"]}
    assert told == {"kanot.md.yml": ("taken", False), "kanot.md": ("taken", True)}
    (kept,) = client.get("/api/documents", params={"collection": "library"}).json()["documents"]
    assert (kept["title"], kept["origin"]) == ("Kanotregler", "kanot.md")
    wrong = send(client, kanot__md__yml="publisher: [", kanot__md=CANOE.format(82828))
    assert {file["code"] for file in wrong["files"]} == {"sidecar"}


def test_a_changed_file_is_a_new_version_and_the_old_one_can_be_read(client: TestClient) -> None:
    finished(client, send(client, kanot__md=CANOE.format(91919))["job"])
    sent = send(client, kanot__md=CANOE.format(82828))
    finished(client, sent["job"])
    assert "82828 kronor" in texts_found(client) and "91919 kronor" not in texts_found(client)

    key = sent["files"][0]["document_id"]
    shown = client.get(f"/api/documents/{key}").json()
    newest, earlier = shown["versions"]
    assert shown["document"] == newest and newest["state"] == "live" and newest["replaced_at"] is None
    assert (earlier["state"], earlier["replaced_at"]) == ("replaced", "2026-11-23")
    old = client.get(f"/api/documents/{key}", params={"version": earlier["version"]}).json()
    assert old["document"] == earlier
    (passage,) = old["passages"]
    assert "91919 kronor" in passage["text"]
    assert (passage["validity"], passage["valid_to"]) == ("superseded", "2026-11-23")
    assert "2026-11-23" in passage["validity_note"]


def test_a_retired_document_is_not_found_until_it_is_restored(client: TestClient) -> None:
    sent = send(client, kanot__md=CANOE.format(91919))
    finished(client, sent["job"])
    key = sent["files"][0]["document_id"]

    retired = client.post(f"/api/documents/{key}/retire", json={"why": "Priset var fel."}).json()
    assert "91919 kronor" not in texts_found(client)  # at once: the index follows later
    assert (retired["document"]["state"], retired["document"]["retired_why"]) == ("retired", "Priset var fel.")
    assert retired["document"]["retired_at"] == "2026-11-23T09:30:00+00:00"
    assert finished(client, retired["job"])["state"] == "done"

    assert send(client, kanot__md=CANOE.format(91919))["counts"]["unchanged"] == 1
    changed = send(client, kanot__md=CANOE.format(82828))
    finished(client, changed["job"])
    assert "Kanotuthyrningen" not in texts_found(client)
    assert client.get("/api/documents", params={"state": "retired"}).json()["total"] == 1

    restored = client.post(f"/api/documents/{key}/restore").json()
    finished(client, restored["job"])
    assert (restored["document"]["state"], restored["document"]["retired_why"]) == ("live", "")
    assert "82828 kronor" in texts_found(client)


def test_what_cannot_be_done_is_said(client: TestClient) -> None:
    key = send(client, kanot__md=CANOE.format(91919))["files"][0]["document_id"]

    def said(path: str, **body: str) -> tuple[int, str]:
        response = client.post(f"/api/documents/{path}", json=body)
        assert response.json()["error"]["text"] and response.json()["error"]["text_en"]
        return response.status_code, response.json()["error"]["code"]

    assert said(f"{key}/restore") == (409, "not_retired")
    assert said(f"{key}/retire", why=" ") == (422, "why_missing")
    assert said(f"{key}/retire") == (422, "why_missing")
    assert client.post(f"/api/documents/{key}/retire", json={"why": "Fel."}).status_code == 200
    assert said(f"{key}/retire", why="Fel.") == (409, "already_retired")
    assert said("nowhere/retire", why="Fel.") == (404, "unknown_document")
    assert said("tandvard/retire", why="Fel.") == (409, "starter_document")
    for path, code in (("nowhere", "unknown_document"), ("jobs/nowhere", "unknown_job")):
        response = client.get(f"/api/documents/{path}")
        assert (response.status_code, response.json()["error"]["code"]) == (404, code)
    assert client.get(f"/api/documents/{key}", params={"version": "v0"}).status_code == 404


def test_lists_come_by_the_page_and_by_words(client: TestClient) -> None:
    first = client.get("/api/documents").json()
    assert (first["total"], first["page"], first["pages"], len(first["documents"])) == (48, 1, 1, 48)
    send(client, **{f"f{n}__md": f"# Överklagan nummer-{n}\n\nText {n}." for n in range(5)})
    both = client.get("/api/documents", params={"page": 2}).json()
    assert (both["total"], both["pages"], len(both["documents"])) == (53, 2, 3)
    assert both["documents"][0]["title"].startswith("Överklagan ")  # the curated corpus comes first

    def titles(**asked: str) -> list[str]:
        found = client.get("/api/documents", params=asked).json()
        assert found["total"] == len(found["documents"])
        return [document["title"] for document in found["documents"]]

    assert titles(search="ÖVERKLAGAN nummer-3") == ["Överklagan nummer-3"]
    assert titles(search="f3.md") == ["Överklagan nummer-3"]
    assert titles(search="överklagan", collection="starter") == []
    assert len(titles(collection="library")) == 5
    assert titles(search="100%") == []
    assert client.get("/api/documents", params={"page": 9}).json()["documents"] == []
    for asked in ({"page": 0}, {"state": "anything"}, {"collection": "x"}, {"search": "x" * 201}):
        assert client.get("/api/documents", params=asked).status_code == 422


def test_what_is_no_upload_is_refused(client: TestClient) -> None:
    for asked in ({"json": {"files": []}}, {"files": [("other", ("a.md", b"x"))]}, {"data": {"files": "text"}}):
        response = client.post("/api/documents", **asked)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid"), asked
    without = client.post("/api/documents", content=iter([b"x"]), headers={"content-type": "multipart/form-data"})
    assert (without.status_code, without.json()["error"]["code"]) == (411, "length_required")
    large = client.post("/api/documents", content=b"", headers={"content-length": str(201 * 2**20)})
    assert (large.status_code, large.json()["error"]["code"]) == (413, "uploads_too_large")


@pytest.mark.parametrize("name", ["../../../etc/kanot.md", "C:\\mapp\\kanot.md", "/kanot.md"])
def test_a_name_never_leads_elsewhere(client: TestClient, name: str) -> None:
    response = client.post("/api/documents", files=[("files", (name, CANOE.format(1).encode()))])
    (file,) = response.json()["files"]
    assert (file["name"], file["outcome"]) == ("kanot.md", "taken")


def test_documents_need_the_token(library: Knowledge) -> None:
    guarded = replace(library, settings=replace(library.settings, token="hemligt"))
    with TestClient(create_app(guarded)) as client:
        for method, path in (
            ("POST", ""),
            ("GET", ""),
            ("GET", "/x"),
            ("GET", "/jobs/x"),
            ("POST", "/x/retire"),
            ("POST", "/x/restore"),
        ):
            assert client.request(method, "/api/documents" + path).status_code == 401, (method, path)
        assert client.get("/api/documents", headers={"authorization": "Bearer hemligt"}).status_code == 200


def test_a_job_that_its_process_did_not_live_to_do_is_done_at_the_next_start(library: Knowledge) -> None:
    library.uploads.take([Upload("kanot.md", BytesIO(CANOE.format(91919).encode()))], by="tests")
    job = SqlIndexJobs(library.engine, SystemClock()).ask()  # and here the process ends
    with TestClient(create_app(library)) as client:
        assert finished(client, {"job_id": job.id})["state"] == "done"
        assert "91919 kronor" in texts_found(client)
