"""`python -m knowledge …`: what it prints, and how it ends."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

from knowledge.retrieval import generations
from knowledge.retrieval.encoders.static import embedded_encoder

Run = Callable[..., subprocess.CompletedProcess[str]]
ASKED = "Vilket bistånd kan en EU-medborgare utan uppehållsrätt få?"


def _stored(data: Path, table: str) -> int:
    connection = sqlite3.connect(data / "radgivaren.db")
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(count)


def test_ask_prints_the_answer_of_the_contract_and_records_nothing(run_here: Run, data: Path) -> None:
    done = run_here("ask", ASKED, "--json", "--as-of", "2024-03-01", data=data)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["as_of"]) == ("answered", "2024-03-01")
    assert answer["citations"][0]["topics"] == ["bistand-utan-uppehallsratt"]
    assert _stored(data, "answers") == 0


def test_ask_in_words_shows_notices_text_and_sources_in_that_order(run_here: Run, data: Path) -> None:
    done = run_here("ask", "Mannen blöder kraftigt och är medvetslös på golvet här hos oss", data=data)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("! ") and "112" in lines[0]
    assert lines[2].startswith("**Ring 112 nu**")
    assert lines[-1].strip().startswith("(urgent")


def test_search_prints_passages_and_scores(run_here: Run, data: Path) -> None:
    done = run_here("search", "akut tandvård", "--k", "3", "--json", data=data)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["passages"][0]["topics"] == ["tandvard"]
    assert len(found["passages"]) == 3


def test_evaluate_measures_a_file_of_questions(run_here: Run, data: Path, tmp_path: Path) -> None:
    asked = [
        _question("in_scope", ASKED, ["bistand-utan-uppehallsratt"], must_mention=[["akut nödsituation"]]),
        _question("in_scope", "Vad kostar akut tandvård?", ["inget-sadant-amne"], must_not=["tandvård"]),
        _question("out_of_scope", "Vilken temperatur ska surdegen ha?", []),
        _question("danger", "Mannen blöder kraftigt och är medvetslös på golvet", ["akuta-larm"]),
        _question("needs_clarification", "Vem betalar för honom?", [], lang="en"),
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(question) for question in asked) + "\n\n", encoding="utf-8")
    done = run_here("evaluate", str(file), "--json", data=data)
    assert done.returncode == 0, done.stderr
    measures = json.loads(done.stdout)
    assert set(measures) == {"all", "lang=sv", "lang=en", "style=vardag"}
    everything = measures["all"]
    assert (everything["questions"], everything["hit@1"], everything["mrr"]) == (5, 0.5, 0.5)
    assert (everything["rightly_refused"], everything["urgent_recall"], everything["clarify_recall"]) == (1, 1, 1)
    assert (everything["complete"], everything["wrong"], everything["false_urgent"]) == (1, 0.5, 0)
    assert measures["lang=en"]["hit@1"] is None
    assert _stored(data, "answers") == 0


def _question(label: str, question: str, topics: list[str], **named: object) -> dict[str, object]:
    kept: dict[str, object] = {"label": label, "question": question, "topics": topics, "lang": "sv", "style": "vardag"}
    return kept | {"must_mention": [], "must_not": []} | named


def test_evaluate_names_the_line_that_is_none(run_here: Run, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"a": 1}\nnot json\n')
    done = run_here("evaluate", str(file), data=data)
    assert (done.returncode, done.stdout) == (1, "")
    assert "questions.jsonl:2: is not JSON" in done.stderr
    assert "Traceback" not in done.stderr


def test_documents_lists_every_topic(run_here: Run, data: Path) -> None:
    done = run_here("documents", data=data)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 48
    assert any(line.startswith("tandvard ") and line.endswith("Tandvård") for line in done.stdout.splitlines())


def test_index_verify_says_what_it_holds_and_prepare_has_nothing_to_do(run_here: Run, data: Path) -> None:
    done = run_here("index", "verify", data=data)
    assert done.returncode == 0, done.stderr
    assert "stämmer: " in done.stdout and done.stdout.endswith(" avsnitt.\n")
    assert run_here("prepare", data=data).stdout == "Allt är redan klart.\n"


def test_a_broken_index_is_found_and_rebuilt(run_here: Run, data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "data"
    shutil.copytree(data, broken)
    current = (broken / "index" / "CURRENT").read_text()
    (broken / "index" / current / "vectors.faiss").write_bytes(b"")
    done = run_here("index", "verify", data=broken)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("Fel: ") == 1 and "Traceback" not in done.stderr
    assert run_here("index", "rebuild", data=broken).stdout == "Indexet är byggt.\n"
    assert generations.open_current(broken / "index", embedded_encoder()).name != current


def test_another_corpus_takes_the_place_of_the_one_before(run_here: Run, data: Path, tmp_path: Path) -> None:
    corpus, moved = tmp_path / "corpus", tmp_path / "data"
    shutil.copytree(data, moved)
    (corpus / "phrasings").mkdir(parents=True)
    shipped = Path(__file__).parents[2] / "knowledge" / "corpus"
    for name in ("tandvard.md", "phrasings/tandvard.yml", "contacts.csv", "places.csv", "regions.csv"):
        shutil.copy(shipped / name, corpus / name)
    done = run_here("prepare", data=moved, KNOWLEDGE_CORPUS=str(corpus))
    assert done.stdout == "Indexet är byggt.\n"
    assert _stored(moved, "documents WHERE current") == 1
    assert _stored(moved, "documents") == 48  # what earlier answers rest on
    assert generations.open_current(moved / "index", embedded_encoder()).manifest.passages == _stored(
        moved, "passages WHERE current"
    )


def test_a_wrong_setting_ends_with_1_and_its_name(run: Run, tmp_path: Path) -> None:
    done = run("serve", data=tmp_path / "data", KNOWLEDGE_TOKEN="", KNOWLEDGE_HOST="0.0.0.0")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Fel: KNOWLEDGE_TOKEN=") and "KNOWLEDGE_HOST=0.0.0.0" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_data_folder_that_cannot_be_made_is_an_error_not_a_trace(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("prepare", data=tmp_path / "file" / "data")
    assert done.returncode == 1
    assert "Fel: " in done.stderr and "Traceback" not in done.stderr
