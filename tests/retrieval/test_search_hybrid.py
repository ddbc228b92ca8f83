"""The retriever: what is kept and rejected, follow-ups, and reloading while others search."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.datatypes import LEGS, Passage
from knowledge.errors import IndexUnavailable
from knowledge.retrieval import generations
from knowledge.retrieval.analysis import Analyzer
from knowledge.retrieval.directions import Learnt, PassageDirections
from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.static import StaticEncoder
from knowledge.retrieval.search import HybridRetriever
from knowledge.retrieval.subject import BUCKETS, SaidSubject, SubjectModel, bucket


@pytest.mark.parametrize(
    ("question", "key"),
    [
        ("Får barnet gå i skolan?", "skola/start"),
        ("vem betalar akut tandvard", "tandvard/akut"),  # typed without dots
        ("bussbiljetten hem", "hemresa/buss"),
        ("harberge för natten", "harbarge/natt"),  # misspelt
    ],
)
def test_the_best_passage_comes_first(retriever: HybridRetriever, question: str, key: str) -> None:
    assert retriever.search(question, 3).kept[0].passage.id == key


def test_kept_and_rejected_are_ranked_and_apart(retriever: HybridRetriever) -> None:
    found = retriever.search("Kommunen betalar barnets skola, tandvård och resa", 2)
    assert (len(found.kept), len(found.rejected)) == (2, 2)
    scores = [scored.score for scored in (*found.kept, *found.rejected)]
    assert scores == sorted(scores, reverse=True)
    assert len({scored.passage.id for scored in (*found.kept, *found.rejected)}) == 4
    assert all(0 <= score <= 1.01 for score in scores)
    assert set(found.kept[0].parts) == set(LEGS)


def test_it_says_how_long_each_leg_took(retriever: HybridRetriever) -> None:
    timings = retriever.search("skola", 2).timings_ms
    assert set(timings) == {"lexical", "dense", "late"}
    assert all(0 < value < 5_000 for value in timings.values())


@pytest.mark.parametrize("question", ["", "???", "🙂", "och att det"])
def test_a_question_without_words_finds_nothing_that_scores(retriever: HybridRetriever, question: str) -> None:
    assert all(scored.score == 0 for scored in retriever.search(question, 5).kept)


def test_same_question_same_answer(retriever: HybridRetriever) -> None:
    first, second = (retriever.search("Vad kostar barnmorskan?", 5) for _ in range(2))
    assert (first.kept, first.rejected) == (second.kept, second.rejected)


def test_a_follow_up_is_read_together_with_the_question_before(retriever: HybridRetriever) -> None:
    alone = retriever.search("Och vad kostar det?", 6)
    with_context = retriever.search("Och vad kostar det?", 6, context="Akut tandvård hos tandläkaren")
    assert with_context.kept[0].passage.id == "tandvard/akut"
    assert alone.kept[0].passage.id != "tandvard/akut"


def test_the_new_words_of_a_follow_up_weigh_more_than_the_old(retriever: HybridRetriever) -> None:
    found = retriever.search("Bussbiljett hem till natten?", 6, context="skola", leans_openly=False)
    assert found.kept[0].passage.id == "hemresa/buss"


def test_nothing_loaded_is_unavailable(tmp_path: Path, neutral: SubjectModel, pieces: StaticEncoder) -> None:
    retriever = HybridRetriever(tmp_path, HashingEncoder(), pieces, neutral, list)
    assert retriever.generation is None
    with pytest.raises(IndexUnavailable):
        retriever.search("skola", 3)
    with pytest.raises(IndexUnavailable):
        retriever.reload()


@pytest.mark.parametrize("other", ["passages", "encoder"])
def test_an_index_of_something_else_never_serves(
    tmp_path: Path, passages: list[Passage], neutral: SubjectModel, pieces: StaticEncoder, other: str
) -> None:
    class Retrained(HashingEncoder):
        name = "retrained"

    generations.publish(tmp_path, passages, HashingEncoder(), pieces)
    changed = [replace(passages[0], version="v2"), *passages[1:]]
    retriever = HybridRetriever(
        tmp_path,
        Retrained() if other == "encoder" else HashingEncoder(),
        pieces,
        neutral,
        lambda: changed if other == "passages" else passages,
    )
    with pytest.raises(IndexUnavailable, match="built from another"):
        retriever.reload()
    assert retriever.generation is None


def test_a_failed_reload_keeps_the_old_one_serving(
    tmp_path: Path, passages: list[Passage], retriever: HybridRetriever, pieces: StaticEncoder
) -> None:
    before = retriever.generation
    generations.publish(tmp_path / "index", passages[:2], HashingEncoder(), pieces)  # what the store does not hold
    with pytest.raises(IndexUnavailable):
        retriever.reload()
    assert retriever.generation == before
    assert retriever.search("tandvård", 1).kept[0].passage.id == "tandvard/akut"


def test_reloads_while_four_threads_search(
    tmp_path: Path, make_passage: Callable[..., Passage], pieces: StaticEncoder
) -> None:
    """A search sees one generation whole: a passage of another would come with the wrong text."""

    def corpus(version: int) -> list[Passage]:
        # Each version holds the rows in another place, and other texts.
        keys = [f"amne/{(n + version) % 12}" for n in range(12 + version % 3)]
        return [make_passage(key, f"ord{key[5:]} text{version}", version=str(version)) for key in dict.fromkeys(keys)]

    stored = corpus(0)
    generations.publish(tmp_path, stored, HashingEncoder(), pieces)
    retriever = HybridRetriever(
        tmp_path, HashingEncoder(), pieces, SubjectModel(np.zeros(BUCKETS, np.float32), 0.0), lambda: stored
    )
    retriever.reload()
    errors: list[object] = []

    def search(number: int) -> None:
        try:
            for turn in range(1_000):
                wanted = f"ord{(number + turn) % 12}"
                best = retriever.search(wanted, 3).kept[0].passage
                if wanted not in best.text.split():
                    errors.append((wanted, best.text))
        except BaseException as error:  # noqa: BLE001 - a thread's error would otherwise go unseen
            errors.append(error)

    threads = [threading.Thread(target=search, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    reloads = 0
    while any(thread.is_alive() for thread in threads):
        reloads += 1
        stored = corpus(reloads)
        generations.publish(tmp_path, stored, HashingEncoder(), pieces)
        retriever.reload()
    assert errors == []
    assert reloads >= 3


def test_subject_leans_with_the_words_and_stays_within_one() -> None:
    weights = np.zeros(BUCKETS, dtype=np.float32)
    weights[bucket("Sbistand")], weights[bucket("Sfotboll")] = 4.0, -400.0
    model = SubjectModel(weights, 0.0)
    tokens = Analyzer().tokens
    assert model.score(tokens("bistånd")) > 0 > model.score(tokens("fotboll"))
    assert model.score(tokens("fotboll")) >= -1
    assert model.score([]) == 0


def test_subject_survives_the_way_to_disk_and_back(tmp_path: Path) -> None:
    weights = np.zeros(BUCKETS, dtype=np.float32)
    weights[bucket("Sbistand")] = 1.5
    SubjectModel(weights, -0.25).save(tmp_path / "subject.npz")
    loaded = SubjectModel.load(tmp_path / "subject.npz")
    assert loaded.score(["Sbistand"]) == pytest.approx(0.25)
    assert loaded.score([]) == pytest.approx(-0.05)


def test_what_a_question_says_leans_as_its_vector_does_and_stays_within_one(
    tmp_path: Path, make_passage: Callable[..., Passage]
) -> None:
    def score(said: SaidSubject, question: str) -> float:
        return said.values(question, make_passage("a/talt", "Om läger."))["said"]

    directions = PassageDirections(HashingEncoder())
    near = directions.question("bistånd")
    SaidSubject(directions, 3.0 * near, -0.5).save(tmp_path / "said.npz")
    loaded = SaidSubject.load(tmp_path / "said.npz", directions)
    assert score(loaded, "bistånd") == pytest.approx(0.5, abs=1e-3)
    assert score(loaded, "fotboll") < score(loaded, "bistånd")
    assert score(SaidSubject(directions, -1000.0 * near, 0.0), "bistånd") == -1


def test_what_a_question_says_is_near_the_direction_of_what_answers_it(make_passage: Callable[..., Passage]) -> None:
    encoder = HashingEncoder()
    learnt = Learnt({"a/talt": encoder.encode_queries(["får de tält"])[0]}, 1.0)
    said = SaidSubject(PassageDirections(encoder, learnt), np.zeros(encoder.dimensions, np.float32), 0.25)
    values = said.values("får de tält", make_passage("a/talt", "Om läger."))
    assert values["said"] == pytest.approx(0.05)
    assert values["said_direction"] == pytest.approx(1.0)
    assert values["said_conclusion"] < 0.9


def test_a_subject_model_of_another_encoder_is_unavailable(tmp_path: Path) -> None:
    directions = PassageDirections(HashingEncoder())
    SaidSubject(directions, np.zeros(2, np.float32), 0.0).save(tmp_path / "said.npz")
    with pytest.raises(IndexUnavailable, match="2 weights"):
        SaidSubject.load(tmp_path / "said.npz", directions)


@pytest.mark.parametrize("content", [None, b"", b"PK not a zip", b"PK\x03\x04cut short"])
def test_subject_missing_or_broken_is_unavailable(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "subject.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexUnavailable, match="subject"):
        SubjectModel.load(path)
