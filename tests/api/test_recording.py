"""What is stored of a question: redacted, whole, each conversation for itself; feedback and hand-overs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.bootstrap import Knowledge

Rows = Callable[[str], list[dict[str, Any]]]
# A number with a right checksum that belongs to nobody, as Skatteverket's texts use it; all else is made up.
PERSONAL_NUMBER = "811228-9874"
SECRETS = (PERSONAL_NUMBER, "8112289874", "19811228-9874", "070-174 06 05", "doina.popa@example.org")
ASKED = "Får barnet gå i skola fast föräldrarna saknar uppehållsrätt?"


def _bytes_on_disk(knowledge: Knowledge) -> bytes:
    """Database, write-ahead log and whatever else lies in the data folder but the index, which no question enters."""
    files = [file for file in knowledge.settings.data.rglob("*") if file.is_file() and "index" not in file.parts]
    assert any(file.name.endswith("-wal") for file in files), [file.name for file in files]
    return b"\n".join(file.read_bytes() for file in files)


@pytest.mark.parametrize("secret", SECRETS)
def test_personal_data_reaches_no_table(own: Knowledge, own_client: TestClient, secret: str) -> None:
    question = f"Kvinnan {secret} från Rumänien undrar om akut tandvård"
    history = [f"Hon heter något och har {secret}, vad gäller?"]
    asked = {"question": question, "conversation_id": "c-1", "history": history}
    answer = own_client.post("/api/answers", json=asked).json()
    own_client.post("/api/answers", json={"question": f"Och om {secret} är sjuk?", "conversation_id": "c-1"})
    own_client.post("/api/search", json={"question": question})
    feedback = {"answer_id": answer["answer_id"], "rating": "down", "comment": f"Det gällde {secret}."}
    assert own_client.post("/api/feedback", json=feedback).status_code == 201
    wish = {"contact_way": "here", "municipality": "Malmö", "consent": True, "message": f"Gäller {secret}."}
    assert own_client.post("/api/handovers", json=wish).status_code == 201

    stored = _bytes_on_disk(own)
    assert "akut tandvård".encode() in stored  # the search below looks where the question is
    assert secret.encode() not in stored
    assert re.sub(r"\D", "", secret).encode() not in stored or "@" in secret
    assert secret not in json.dumps(answer, ensure_ascii=False)
    assert answer["notices"][-1]["kind"] == "privacy"


def test_an_answer_is_stored_before_it_is_given(own_client: TestClient, rows: Rows) -> None:
    answer = own_client.post("/api/answers", json={"question": ASKED, "conversation_id": "c-1"}).json()
    (stored,) = rows("SELECT * FROM answers")
    assert (stored["id"], stored["question"], stored["text"]) == (answer["answer_id"], ASKED, answer["text"])
    assert (stored["status"], stored["conversation_id"]) == (answer["status"], "c-1")
    cited = [
        (row["n"], row["passage_id"], row["passage_version"])
        for row in rows("SELECT * FROM answer_citations ORDER BY n")
    ]
    assert cited == [(c["n"], c["passage_id"], c["passage_version"]) for c in answer["citations"]] != []
    current = rows("SELECT count(*) AS n FROM answer_citations c JOIN passages p ON p.id = c.passage_id "
                   "AND p.version = c.passage_version AND p.current")  # fmt: skip
    assert current[0]["n"] == len(cited)


def test_refusals_and_questions_back_are_recorded_too(own_client: TestClient, rows: Rows) -> None:
    for question in ("Vilken temperatur ska surdegen ha?", "Vem betalar för honom?", "/restart"):
        own_client.post("/api/answers", json={"question": question})
    statuses = [row["status"] for row in rows("SELECT status FROM answers ORDER BY asked_at, rowid")]
    assert statuses[:2] == ["out_of_scope", "clarify"] and len(statuses) == 3


def test_a_rejected_question_leaves_no_trace(own_client: TestClient, rows: Rows) -> None:
    for body in ({"question": " ", "conversation_id": "c-1"}, {"question": "a" * 2001, "conversation_id": "c-1"}, {}):
        assert own_client.post("/api/answers", json=body).status_code in (413, 422)
    own_client.post("/api/search", json={"question": ASKED})
    for table in ("answers", "conversations"):
        assert rows(f"SELECT * FROM {table}") == []


def test_feedback_is_stored_with_its_reasons(own_client: TestClient, rows: Rows) -> None:
    key = own_client.post("/api/answers", json={"question": ASKED, "conversation_id": "c-1"}).json()["answer_id"]
    body = {"conversation_id": "c-1", "answer_id": key, "rating": "down", "reasons": ["outdated", "other"]}
    response = own_client.post("/api/feedback", json=body | {"comment": "  Lagen är ny.  "})
    assert response.status_code == 201
    (stored,) = rows("SELECT * FROM feedback")
    assert response.json() == {"feedback_id": stored["id"]}
    assert (stored["answer_id"], stored["rating"]) == (key, "down")
    assert (json.loads(stored["reasons"]), stored["comment"]) == (["outdated", "other"], "Lagen är ny.")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"answer_id": "nobody"}, 404, "unknown_answer"),
        ({"conversation_id": "c-2"}, 404, "unknown_answer"),
        ({"rating": "sideways"}, 422, "invalid"),
        ({"reasons": ["because"]}, 422, "invalid"),
        ({"comment": "a" * 2001}, 422, "invalid"),
        ({"answer_id": "a' OR 1=1"}, 422, "invalid"),
    ],
)
def test_feedback_that_cannot_be_kept(
    own_client: TestClient, rows: Rows, change: dict[str, Any], status: int, code: str
) -> None:
    key = own_client.post("/api/answers", json={"question": ASKED, "conversation_id": "c-1"}).json()["answer_id"]
    body = {"conversation_id": "c-1", "answer_id": key, "rating": "up"} | change
    response = own_client.post("/api/feedback", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert rows("SELECT * FROM feedback") == []


WISH = {"contact_way": "phone", "contact": "040-12 34 56", "municipality": "Malmö", "consent": True}


def test_a_handover_gets_a_reference_that_can_be_read_out(own_client: TestClient, rows: Rows) -> None:
    key = own_client.post("/api/answers", json={"question": ASKED, "conversation_id": "c-1"}).json()["answer_id"]
    body = WISH | {"conversation_id": "c-1", "answer_id": key, "message": "Ring efter tolv."}
    response = own_client.post("/api/handovers", json=body)
    assert response.status_code == 201
    (stored,) = rows("SELECT * FROM handovers")
    assert response.json() == {"handover_id": stored["id"], "reference": stored["reference"]}
    assert re.fullmatch(r"R-[2-9A-HJ-NP-Z]{6}", stored["reference"])
    # The official's own way of being reached stays: without it nobody can answer.
    assert (stored["contact"], stored["municipality"], stored["state"]) == ("040-12 34 56", "Malmö", "waiting")
    assert rows("SELECT status FROM answers") == [{"status": "handed_over"}]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"contact": ""}, 422, "contact_missing"),
        ({"contact": "   "}, 422, "contact_missing"),
        ({"consent": False}, 422, "invalid"),
        ({"consent": None}, 422, "invalid"),
        ({"municipality": " "}, 422, "invalid"),
        ({"contact_way": "pigeon"}, 422, "invalid"),
        ({"answer_id": "nobody"}, 404, "unknown_answer"),
    ],
)
def test_a_handover_that_cannot_be_kept(
    own_client: TestClient, rows: Rows, change: dict[str, Any], status: int, code: str
) -> None:
    response = own_client.post("/api/handovers", json=WISH | change)
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert rows("SELECT * FROM handovers") == []


def test_an_answer_here_needs_no_way_of_contact(own_client: TestClient) -> None:
    wish = {"contact_way": "here", "municipality": "Malmö", "consent": True}
    assert own_client.post("/api/handovers", json=wish).status_code == 201
