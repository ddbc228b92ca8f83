"""Every screen of the console, and a question, in a database with 100,000 inbox rows and 5,000 refined answers.

    python -m benchmarks.console [--rows 100000] [--refined 5000] [--times 40] [--json FILE]

The rows are made up; the corpus, the service and the pages are the real ones. Times are of whole requests, in this
process, one at a time, without the network, after the upkeep has put together what is alike and looked through what is
live, as it does within seconds where questions come in one by one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection, Table, insert

from knowledge import bootstrap
from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.console.access.permissions import Role
from knowledge.datatypes import Passage
from knowledge.inbox.datatypes import Importance, Kind, NewItem, SubjectKind
from knowledge.refinement.datatypes import Content, Person, RefinedAnswer, RefinedCitation, State, Version, Wording
from knowledge.settings import read_settings
from knowledge.store import tables
from knowledge.store.inbox import open_item
from knowledge.store.refined_rows import head_row, version_row
from knowledge.store.tables_refined import refined_answers, refined_changes, refined_versions

from .result_files import described, hand_over
from .tables import Rows

PASSWORD = "tre blåa cyklar i snön"
_WEEKS = 100
_BATCH = 1_000
_QUESTIONS = (
    "Vad har en EU-medborgare utan uppehållsrätt rätt till?",
    "Har barn till EU-medborgare rätt att gå i skolan?",
    "Vem är skyldig att göra en orosanmälan?",
    "Vad gäller för akut tandvård?",
    "Får vi köpa en biljett hem?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--refined", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=40, help="requests of each address")
    parser.add_argument("--json", help="file for the result; - for standard output")
    given = parser.parse_args()
    result = described("benchmarks.console", [f"--rows={given.rows}", f"--refined={given.refined}"])
    with tempfile.TemporaryDirectory() as folder:
        knowledge = bootstrap.prepare_and_build(read_settings({"RADGIVAREN_DATA": folder, "DATABASE_URL": ""}))
        filled = _timed(lambda: _fill(knowledge, given.rows, given.refined))
        kept = _timed(knowledge.inbox_upkeep.work)
        result |= {"rows": given.rows, "refined": given.refined, "filled_s": round(filled, 1)}
        result["upkeep_s"] = round(kept, 1)
        result["screens"] = dict(_measured(knowledge, given.times))
        knowledge.engine.dispose()
    hand_over(result, given.json, "console", [_table(result)])


def _measured(knowledge: Knowledge, times: int) -> Iterator[tuple[str, dict[str, float]]]:
    app = create_app(knowledge)
    with TestClient(app, base_url="https://console.example") as client:
        _sign_in(client, knowledge)
        for name, address in _addresses(client).items():
            yield name, _of(partial(_got, client, address), times)
        yield "a question", _of(lambda: _asked(client), times)


def _addresses(client: TestClient) -> dict[str, str]:
    item = _first(client, "/console/inbox", r'href="(/console/inbox/[0-9a-f]{32})')
    answer = _first(client, "/console/answers?state=approved", r'href="(/console/answers/r\d+)')
    return {
        "overview": "/console/",
        "inbox": "/console/inbox",
        "inbox, all states": "/console/inbox?state=all",
        "inbox, one kind": "/console/inbox?kind=thumbs_down",
        "inbox, by words": "/console/inbox?words=tandv%C3%A5rd",
        "inbox, most alike first": "/console/inbox?sort=common",
        "inbox, one item": item,
        "answers": "/console/answers",
        "answers, live": "/console/answers?state=live",
        "answers, by words": "/console/answers?words=tandv%C3%A5rd",
        "answers, page 100": "/console/answers?page=100",
        "answers, one": answer,
        "answers, its history": f"{answer}/history",
        "answers, edit": f"{answer}/edit",
        "documents": "/console/documents",
        "contacts": "/console/contacts",
        "handovers": "/console/handovers?state=all",
        "reports": "/console/reports",
        "audit": "/console/audit",
        "settings": "/console/settings",
        "accounts": "/console/accounts",
    }


def _first(client: TestClient, address: str, pattern: str) -> str:
    found = re.search(pattern, client.get(address).text)
    if found is None:
        raise SystemExit(f"{address} shows nothing that matches {pattern}")
    return found[1]


def _got(client: TestClient, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address}: {response.status_code}")


def _asked(client: TestClient) -> None:
    response = client.post("/api/answers", json={"question": random.choice(_QUESTIONS), "channel": "web"})
    if response.status_code != 200:
        raise SystemExit(f"/api/answers: {response.status_code}")


def _of(call: Callable[[], None], times: int) -> dict[str, float]:
    call()  # the first one compiles the template and fills SQLite's cache
    taken = sorted(_timed(call) * 1000 for _ in range(times))
    return {"p50_ms": round(taken[len(taken) // 2], 1), "p95_ms": round(taken[int(len(taken) * 0.95) - 1], 1)}


def _timed(call: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _sign_in(client: TestClient, knowledge: Knowledge) -> None:
    hashed = knowledge.entrance.passwords.hash(PASSWORD)
    knowledge.entrance.accounts.add_local("frida", "Frida Förvaltare", [Role.ADMINISTRATOR], hashed, by="benchmark")
    page = client.get("/console/sign-in").text
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    form = {"csrf": found[1] if found else "", "name": "frida", "password": PASSWORD}
    response = client.post("/console/sign-in", data=form, follow_redirects=False)
    if response.status_code != 303:
        raise SystemExit("could not sign in")


def _fill(knowledge: Knowledge, rows: int, refined: int) -> None:
    chance = random.Random(7)
    passages = [passage for document in knowledge.documents.values() for passage in document.passages]
    now = knowledge.clock.now().replace(tzinfo=None)
    with knowledge.engine.begin() as connection:
        _fill_answers(connection, passages, rows, now, chance)
        _fill_refined(connection, passages, refined, now)


def _fill_answers(
    connection: Connection, passages: list[Passage], rows: int, now: dt.datetime, chance: random.Random
) -> None:
    """Answers of two years, each with a conversation, and an item in the inbox for each."""
    conversations, answers = [], []
    kinds = [Kind.UNANSWERED, Kind.LOW_SUPPORT, Kind.THUMBS_DOWN]
    for number in range(rows):
        at = now - dt.timedelta(minutes=chance.randrange(_WEEKS * 7 * 24 * 60))
        passage = chance.choice(passages)
        question = chance.choice(passage.phrasings or (passage.heading,))
        key, status = f"a{number}", chance.choice(("answered", "answered", "no_support", "handed_over"))
        conversations.append({"id": f"c{number}", "channel": "web", "started_at": at, "last_at": at})
        answers.append(_answer_row(key, f"c{number}", at, f"{question} ({number})", status, passage.text))
        kind = chance.choice(kinds)
        detail: dict[str, Any] = (
            {"reasons": ["outdated"], "comment": ""}
            if kind is Kind.THUMBS_DOWN
            else {"reason": "no_support", "confidence": 0.4}
        )
        new = NewItem(kind, SubjectKind.ANSWER, key, question, "sv", "Malmö", passage.topics, Importance.NORMAL, detail)
        open_item(connection, new, at.replace(tzinfo=dt.UTC))
    _insert(connection, tables.conversations, conversations)
    _insert(connection, tables.answers, answers)


def _answer_row(key: str, conversation: str, at: dt.datetime, question: str, status: str, text: str) -> dict[str, Any]:
    return {
        "id": key,
        "conversation_id": conversation,
        "channel": "web",
        "asked_at": at,
        "question": question,
        "municipality": "Malmö",
        "language": "sv",
        "status": status,
        "text": text,
        "as_of": at.date(),
        "confidence": 0.5,
        "notices": [],
        "reason": "",
    }


def _fill_refined(connection: Connection, passages: list[Passage], refined: int, now: dt.datetime) -> None:
    editor, approver = Person("eva", "Eva Editor"), Person("ali", "Ali Approver")
    at = now.replace(tzinfo=dt.UTC)
    heads, versions, changes = [], [], []
    for number in range(refined):
        passage = passages[number % len(passages)]
        asked = [f"{text}, fall {number}" for text in passage.phrasings[:4]]
        cited = RefinedCitation(passage.id, passage.version, passage.sources[0].url, passage.text)
        content = Content(
            (Wording("sv", f"{passage.heading} (fall {number})", f"{passage.text} [1]", tuple(asked)),),
            (cited,),
            topics=passage.topics,
            next_review=now.date() + dt.timedelta(days=number % 700),
        )
        version = Version(1, State.APPROVED, content, editor, at, (editor.id,), approver, at)
        answer = RefinedAnswer(f"r{number}", 3, (version,), at)
        heads.append(head_row(answer, approver.name, at))
        versions.append(version_row(answer.id, version))
        changes.append({"answer_id": answer.id, "is_live": True, "at": now})
    for table, some in ((refined_answers, heads), (refined_versions, versions), (refined_changes, changes)):
        _insert(connection, table, some)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _BATCH):
        connection.execute(insert(table), rows[start : start + _BATCH])


def _table(result: dict[str, Any]) -> Rows:
    rows = [
        [name, f"{figures['p50_ms']:.0f}", f"{figures['p95_ms']:.0f}"] for name, figures in result["screens"].items()
    ]
    return Rows(f"{result['rows']} inbox rows, {result['refined']} refined answers", ["", "p50 ms", "p95 ms"], rows)


if __name__ == "__main__":
    main()
