"""What must never be kept is not in the database, nor in anything else that is written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import httpx
import pytest

from benchmarks.running_service import RunningService

from .conftest import Meet, Rows
from .official import Official

# Made up, with check digits that are right.
IDENTITY = "19900118-9811"
COORDINATION = "700362-9800"
E_MAIL = "privatperson.hemlig@example.org"
TELEPHONE = "070-174 06 05"
SPELLINGS = [
    IDENTITY,
    IDENTITY.replace("-", ""),
    IDENTITY[2:],
    IDENTITY[2:].replace("-", ""),
    COORDINATION,
    COORDINATION.replace("-", ""),
    E_MAIL,
    TELEPHONE,
    TELEPHONE.replace(" ", ""),
    "0701740605",
]


@pytest.fixture(scope="module")
def told(client: httpx.Client) -> list[str]:
    """Every way in, each with personal data; the keys of the answers."""
    official = Official(client)
    questions = [
        f"Har mannen med personnummer {IDENTITY} rätt till nödbistånd?",
        f"Kan {IDENTITY.replace('-', '')} få hjälp med hemresan? Nås på {TELEPHONE}.",
        f"Vad gäller för samordningsnummer {COORDINATION} och {E_MAIL}?",
        f"/Och om {COORDINATION} har barn?",
    ]
    answers = [official.say(question).answer for question in questions]
    assert all("privacy" in [notice["kind"] for notice in answer["notices"]] for answer in answers)
    official.say(f"Svaret är fel, det gäller {IDENTITY}")
    answer_id = answers[0]["answer_id"]
    official.judge(answer_id, rating="down", reasons=["other"], comment=f"Fel för {IDENTITY}, skriv till {E_MAIL}")
    official.hand_over(
        contact_way="here", contact="socialsekreterare", municipality="Falun", consent=True, message=IDENTITY
    )
    # A message that is refused must not be logged either.
    assert official.send(f"{IDENTITY} " * 200).status_code == 413
    return [str(answer["answer_id"]) for answer in answers]


def test_the_question_is_stored_without_them(told: list[str], rows: Rows) -> None:
    stored = rows(f"select question from answers where id in ({','.join('?' * len(told))})", *told)
    assert len(stored) == len(told)
    assert not [row for row in stored if any(spelling in row["question"] for spelling in SPELLINGS)]
    assert all("[" in row["question"] for row in stored)


def _written(service: RunningService) -> dict[str, bytes]:
    """Every file of the service by its name, read by another process: to close a file of SQLite's in this one would
    take away the locks that its own connections hold there (https://sqlite.org/howtocorrupt.html, 2.2)."""
    files = [file for file in (*service.data.rglob("*"), service.log) if file.is_file()]
    return {str(file): subprocess.run(["cat", file], capture_output=True, check=True).stdout for file in files}


def test_no_file_of_the_service_holds_them(told: list[str], service: RunningService) -> None:
    written = _written(service)
    assert {"radgivaren.db", "service.log"} <= {Path(name).name for name in written}
    assert [(name, one) for name, held in written.items() for one in SPELLINGS if one.encode() in held] == []


def test_neither_log_nor_database_continues_a_conversation(meet: Meet, service: RunningService) -> None:
    official = meet()
    official.say("Får kommunen förbjuda tiggeri?")
    assert official.conversation_id
    assert [name for name, held in _written(service).items() if official.conversation_id.encode() in held] == []
