"""The measuring stick: what it counts, how sure it is of it, and that the READMEs show its latest result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import distorted, result_files
from benchmarks.intervals import figure, shown
from benchmarks.quality import __main__ as command
from benchmarks.quality import answers, general_search, pools, report
from benchmarks.result_files import between, put_between
from benchmarks.tables import Rows, in_markdown, on_screen
from knowledge import evaluation
from knowledge.datatypes import Status
from knowledge.evaluation import Outcome

SHORT = 50  # rounds

# The result


def test_the_readmes_show_the_latest_result() -> None:
    latest = result_files.latest("quality")
    if latest is None:
        pytest.skip("no result is kept yet")
    result = json.loads(latest.read_text(encoding="utf-8"))
    assert between(report.BENCHMARKS_README, "quality") == report.in_benchmarks_readme(result)
    assert between(report.README, "quality") == report.in_readme(result)


def test_the_latest_result_is_whole_and_says_how_and_where() -> None:
    latest = result_files.latest("quality")
    if latest is None:
        pytest.skip("no result is kept yet")
    result = json.loads(latest.read_text(encoding="utf-8"))
    assert result["command"].startswith("python -m benchmarks.quality")
    assert {"cores", "memory_gib", "python", "load_before"} <= result["machine"].keys()
    assert result["git"]["commit"]
    assert latest.name.startswith(f"quality-{result['taken']}")
    assert [file["file"] for file in result["figures"]["answers"]] == ["dev.jsonl", "independent.jsonl"]
    assert {row["distractors"] for row in result["figures"]["search"]} == {0, 8_000, 40_000}


# Intervals


def test_an_interval_holds_its_mean_and_comes_out_the_same_again() -> None:
    values = [1.0] * 70 + [0.0] * 30
    found = figure(values)
    assert found == figure(values)
    assert found is not None
    assert found["value"] == 0.7
    assert found["n"] == 100
    assert 0.58 < found["low"] < 0.65 < 0.75 < found["high"] < 0.82


def test_questions_of_one_group_count_as_one_draw() -> None:
    values = [1.0] * 50 + [0.0] * 50
    alone, together = figure(values), figure(values, [at // 25 for at in range(100)])
    assert alone is not None
    assert together is not None
    assert together["value"] == alone["value"]
    assert together["high"] - together["low"] > 2 * (alone["high"] - alone["low"])


def test_no_values_have_no_figure() -> None:
    assert figure([]) is None
    assert shown(None) == "–"


@pytest.mark.parametrize(
    ("values", "signed", "text"),
    [
        ([1.0] * 5, False, "1.000 [1.00, 1.00]"),
        ([0.0] * 5, True, "+.000 [+.00, +.00]"),
        ([-0.25] * 5, True, "-.250 [-.25, -.25]"),
    ],
)
def test_a_figure_as_text(values: list[float], signed: bool, text: str) -> None:
    assert shown(figure(values, rounds=SHORT), signed) == text


# Distortions


def test_distorted_questions_are_the_same_each_time_and_readable() -> None:
    question = "Får kommunen betala hemresan för den som saknar uppehållsrätt i Sverige?"
    for distort in distorted.DISTORTIONS.values():
        assert distort(question) == distort(question)
    assert distorted.folded("Får ÅLDERN spela roll?") == "far aldern spela roll?"
    many = [f"{question} {number}" for number in range(200)]
    changed = sum(a != b for q in many for a, b in zip(q.split(), distorted.misspelt(q).split(), strict=True))
    assert 0.08 < changed / sum(len(q.split()) for q in many) < 0.2


# Answers


def outcome(rank: int | None, label: str = "in_scope", status: Status = Status.ANSWERED, **asked: Any) -> Outcome:
    fields: dict[str, Any] = {"id": str(rank), "label": label, "question": "?", "lang": "sv", "style": "kort"}
    fields |= {"topics": ["a"], "must_mention": [["vård"]], "must_not": ["alltid"]} | asked
    return Outcome(fields, status, rank, urgent=status is Status.URGENT, text="Vård.", everything="Vård.")


OUTCOMES = [
    outcome(1),
    outcome(3, must_mention=[["tandvård"]]),
    outcome(None, status=Status.NO_SUPPORT, lang="en", style="english"),
    outcome(None, "out_of_scope", Status.OUT_OF_SCOPE),
    outcome(None, "danger", Status.URGENT),
]


def test_means_are_those_of_evaluate_in_every_group() -> None:
    groups = answers.grouped(answers.judge(OUTCOMES))
    wanted = evaluation.report(OUTCOMES)
    assert groups.keys() == wanted.keys()
    for name, judged in groups.items():
        found = answers.figures_of(judged, SHORT)
        assert {key: value["value"] if value else None for key, value in found.items()} == pytest.approx(
            {key: value for key, value in wanted[name].items() if key != "questions"}, abs=1e-3
        )


def test_questions_with_the_same_answer_are_drawn_together() -> None:
    judged = answers.judge([outcome(1, id="x", answer_group="g"), outcome(3, id="y", answer_group="g"), outcome(1)])
    assert len({one.group for one in judged}) == 2


def test_a_cost_is_positive_where_it_got_worse() -> None:
    before = answers.judge([outcome(1), outcome(2)])
    after = answers.judge([outcome(2, status=Status.NO_SUPPORT), outcome(1)])
    assert answers.costs(before, after, "hit@1") == [1.0, -1.0]
    assert answers.costs(before, after, "wrongly_refused") == [1.0, 0.0]


# Pools


def swequad(file: Path, *items: tuple[str, str, int]) -> Path:
    choices = [
        {
            "question": question,
            "context": context,
            "choices": [{"type": "Distractor", "start": 0}, {"type": "Correct answer", "start": start}],
        }
        for question, context, start in items
    ]
    file.write_text(json.dumps({"data": choices}), encoding="utf-8")
    return file


def test_a_window_has_whole_words_around_the_answer() -> None:
    text = " ".join(f"ord{number:04}" for number in range(400))
    at = text.index("ord0200")
    cut = pools.window(text, at)
    assert {len(word) for word in cut.split()} == {7}
    assert "ord0200" in cut
    assert text.index(cut) == pytest.approx(at - pools.BEFORE, abs=8)
    assert len(cut) == pytest.approx(pools.BEFORE + pools.AFTER, abs=16)
    assert pools.window("kort text", 5) == "kort text"


def test_files_are_searched_together_and_known_apart(tmp_path: Path) -> None:
    one = swequad(tmp_path / "one.json", ("vad är a?", "A är en bokstav.", 2), ("vilken är a?", "A är en bokstav.", 2))
    two = swequad(tmp_path / "two.json", ("vad är b?", "B är en annan.", 2), ("vad är a då?", "A är en bokstav.", 2))
    for pool in pools.read_pools(None, [one, two]):
        assert pool.texts == ["A är en bokstav.", "B är en annan."]
        assert pool.files == ["one.json", "one.json", "two.json", "two.json"]
        assert pool.right == [{0}, {0}, {1}, {0}]


def test_distractors_move_no_question_from_its_passage() -> None:
    pool = pools.Pool("prov", ["a?", "b?"], ["f", "f"], ["a", "b"], [frozenset({0}), frozenset({1})])
    filled = pools.with_distractors(pool, [f"x{number}" for number in range(50)] + ["a"])
    assert len(filled.texts) == 52
    assert [[filled.texts[row] for row in rows] for rows in filled.right] == [["a"], ["b"]]
    assert filled.texts[:2] != ["a", "b"]


def test_distractors_are_drawn_alike_and_copy_no_known_text(tmp_path: Path) -> None:
    copied = "den som vistas i en kommun har rätt till stöd av kommunen och kan vända sig till socialtjänsten om detta"
    texts = [
        f"Väg nummer {number} sköts av staten eller av kommunen beroende på var den ligger." for number in range(9)
    ]
    for number, text in enumerate([*texts, f"Här står att {copied}, sägs det."]):
        (tmp_path / f"{number}.md").write_text(f"# Rubrik\n\n{text}\n", encoding="utf-8")
    found = pools.read_distractors([tmp_path], 100, [copied])
    assert sorted(found) == texts
    assert pools.read_distractors([tmp_path], 4, [copied]) == found[:4]


# General search


def test_scores_of_a_rank() -> None:
    scores = {rank: [score(rank) for score in general_search.SCORES.values()] for rank in (1, 3, None)}
    assert scores == {1: [1, 1, 1], 3: [0.5, 0, pytest.approx(1 / 3)], None: [0, 0, 0]}
    assert general_search.rank_of([4, 2, 9], frozenset({2})) == 2
    assert general_search.rank_of([4] * 10 + [2], frozenset({2})) is None


def test_the_difference_is_between_the_same_questions() -> None:
    found = general_search.figures_of({general_search.OURS: [1, 1, None], "other": [1, None, 1]}, SHORT)
    assert found["ahead_of"]["other"]["hit@1"]["value"] == 0
    assert found["ahead_of"]["other"]["hit@1"]["high"] > 0
    assert general_search.OURS not in found["ahead_of"]


TEXTS = [f"Kapitel {number} handlar om {word} och annat som hör dit." for number, word in enumerate(
    "vägar broar skolor sjukhus skatter pensioner domstolar fängelser hamnar flygplatser skogar".split()
)]  # fmt: skip


def test_a_row_for_every_way_of_writing_and_count() -> None:
    pytest.importorskip("bm25s")
    pool = pools.Pool("prov", ["vad står om broar?"], ["f"], TEXTS, [frozenset({1})])
    rows = general_search.measure([pool], ["Något helt annat, nämligen om kaffe."], [0, 1, 5], SHORT)
    assert [(row["distractors"], row["written"]) for row in rows] == [
        (0, distorted.PLAIN),
        *((0, name) for name in distorted.DISTORTIONS),
        (1, distorted.PLAIN),
    ]
    assert rows[0]["systems"]["bm25s, Swedish"]["hit@1"]["value"] == 1
    assert rows[0]["systems"][general_search.OURS]["hit@1"]["value"] == 1
    assert rows[-1]["passages"] == len(TEXTS) + 1


# The command


def asked(**fields: Any) -> str:
    row = {"id": "1", "label": "in_scope", "question": "Får kommunen betala hemresan?", "lang": "sv", "style": "vardag"}
    row |= {"topics": ["hemresa"], "must_mention": [], "must_not": []} | fields
    return json.dumps(row, ensure_ascii=False)


@pytest.mark.usefixtures("small_corpus")
def test_a_whole_run_on_small_files(tmp_path: Path) -> None:
    pytest.importorskip("bm25s")
    questions = tmp_path / "q.jsonl"
    lines = [asked(), asked(id="2", history=["Får kommunen betala hemresan?"], question="Och om personen inte vill?")]
    questions.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "d.md").write_text(
        "# R\n\n" + "Staten sköter vägarna och kommunen sköter gatorna i orten. " * 3
    )
    quad = swequad(tmp_path / "quad.json", *((f"vad om {text}", text, 3) for text in TEXTS))
    arguments = ["--questions", questions, "--swefaq", "--swequad", quad, "--distractors", tmp_path / "documents"]
    arguments += ["--distractor-counts", "0", "1", "--bootstrap", SHORT, "--json", tmp_path / "result.json"]
    before = report.README.read_text(encoding="utf-8")
    assert command.main([str(one) for one in arguments]) == 0
    result = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    (file,) = result["figures"]["answers"]
    assert file["groups"]["style=vardag"]["hit@1"]["n"] == 2
    assert file["follow_ups"]["n"] == 1
    assert file["robustness"].keys() == distorted.DISTORTIONS.keys()
    assert {row["distractors"] for row in result["figures"]["search"]} == {0, 1}
    assert report.README.read_text(encoding="utf-8") == before
    assert all(on_screen(table).row_count for table in report.tables(result) if table.rows)
    assert "| q.jsonl (2) |" in report.in_readme(result)


def test_what_was_asked_for_must_be_there_and_a_default_need_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = tmp_path / "absent.jsonl"
    with pytest.raises(SystemExit, match="not there"):
        command.there(absent, [])
    assert command.there([absent], [absent]) == []
    assert "left out" in capsys.readouterr().err
    assert command.there(None, [absent]) == []


# READMEs


def test_text_between_markers_is_replaced_and_nothing_else(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- a -->\nold\n<!-- /a -->\nafter\n<!-- b -->\n<!-- /b -->\n", encoding="utf-8")
    put_between(readme, "a", "new")
    put_between(readme, "b", "b1\n\nb2")
    assert between(readme, "a") == "new"
    assert between(readme, "b") == "b1\n\nb2"
    assert readme.read_text(encoding="utf-8").startswith("before\n<!-- a -->\nnew\n<!-- /a -->\nafter\n")
    with pytest.raises(SystemExit):
        put_between(readme, "c", "new")


def test_a_table_is_the_same_on_both() -> None:
    rows = Rows("T", ["", "x"], [["a", "1"]])
    assert in_markdown(rows) == "T:\n\n| | x |\n|---|--:|\n| a | 1 |".replace("| | x", "|  | x")
    assert on_screen(rows).row_count == 1
