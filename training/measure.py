"""python -m training.measure [--swequad test.json] [--swefaq dev.jsonl] [--questions …] [--write-card]

Measures the model alone, beside character search and summed with it. Nothing here is used to fit the model."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from sentence_transformers import SentenceTransformer
from tokenizers import Encoding, Tokenizer

from training.character_search import CharacterSearch, Numbers
from training.corpus_passages import read_corpus
from training.distortions import fold
from training.model_card import write_card
from training.words import WORD

CHUNK = 700
LATE_DIMENSIONS = 64
SHARES = (0.25, 0.4, 0.5, 0.6)


@dataclass(frozen=True)
class Task:
    """Questions, texts, and for each question which texts are right."""

    name: str
    questions: list[str]
    texts: list[str]
    right: list[set[int]]


def load_model(path: Path) -> SentenceTransformer:
    """In 32-bit floats: in 16 bits a text without a single token divides nought by nought."""
    return SentenceTransformer(str(path), device="cpu").float()


def measure(model: SentenceTransformer, task: Task) -> dict[str, str]:
    dense = _cosines(model, task)
    lexical = CharacterSearch(task.texts).scores(task.questions)
    found = {
        f"{task.name}: model alone": figures_of(dense, task),
        f"{task.name}: model alone, late interaction": figures_of(late_interaction(model, task), task),
        f"{task.name}: character search alone": figures_of(lexical, task),
    }
    for share in SHARES:
        both = (1 - share) * _standard(lexical) + share * _standard(dense)
        found[f"{task.name}: {1 - share:.2f} character search + {share:.2f} model"] = figures_of(both, task)
    folded = Task(task.name, [fold(question.lower()) for question in task.questions], task.texts, task.right)
    found[f"{task.name}: model alone, questions without å, ä and ö"] = figures_of(_cosines(model, folded), task)
    return found


def _cosines(model: SentenceTransformer, task: Task) -> Numbers:
    questions = model.encode(task.questions, normalize_embeddings=True)
    texts: Numbers = model.encode(task.texts, normalize_embeddings=True)
    return np.asarray(questions @ texts.T)


def late_interaction(model: SentenceTransformer, task: Task) -> Numbers:
    """MaxSim over the first 64 dimensions, as knowledge/retrieval/late_interaction.py does it."""
    tokenizer = model[0].tokenizer
    vectors = model[0].embedding.weight.detach().numpy()
    short = vectors[:, :LATE_DIMENSIONS] / np.maximum(
        np.linalg.norm(vectors[:, :LATE_DIMENSIONS], axis=1, keepdims=True), 1e-9
    )
    texts = [np.unique(np.array(one.ids, dtype=np.int64)) for one in _encode(tokenizer, task.texts)]
    frequency = np.zeros(len(vectors))
    for pieces in texts:
        frequency[pieces] += 1
    rarity = np.log(1 + (len(texts) - frequency + 0.5) / (frequency + 0.5))
    weights = np.linalg.norm(vectors, axis=1) * rarity
    asked = [np.array(one.ids, dtype=np.int64) for one in _encode(tokenizer, task.questions)]
    together = np.concatenate(asked)
    ends = np.cumsum([len(pieces) for pieces in asked])[:-1]
    scores = np.zeros((len(asked), len(texts)))
    for column, pieces in enumerate(texts):
        if len(pieces):
            best = (short[together] @ short[pieces].T).max(1).clip(0) * weights[together]
            scores[:, column] = [part.sum() for part in np.split(best, ends)]
    return scores


def _encode(tokenizer: Tokenizer, texts: list[str]) -> list[Encoding]:
    return list(tokenizer.encode_batch(texts, add_special_tokens=False))


def _standard(scores: Numbers) -> Numbers:
    return np.asarray((scores - scores.mean(1, keepdims=True)) / (scores.std(1, keepdims=True) + 1e-9))


def figures_of(scores: Numbers, task: Task) -> str:
    """nDCG@10 and hit@1 of the best placed right text; ties count against us by half."""
    ranks = []
    for row, right in zip(scores, task.right, strict=True):
        best = max(row[at] for at in right)
        ranks.append((row > best).sum() + ((row == best).sum() - 1) / 2 + 1)
    rank = np.array(ranks)
    gain = np.where(rank <= 10, 1 / np.log2(rank + 1), 0).mean()
    return f"nDCG@10 {gain:.3f}, hit@1 {(rank < 1.5).mean():.3f} (n={len(rank)})"


def swefaq_task(path: Path) -> Task:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = list(dict.fromkeys(answer.strip() for row in rows for answer in row["candidate_answers"]))
    places = {text: at for at, text in enumerate(texts)}
    right = [{places[row["candidate_answers"][row["label"]].strip()]} for row in rows]
    return Task("SweFAQ dev", [row["question"] for row in rows], texts, right)


def swequad_task(path: Path) -> Task:
    """Each long text is cut at line ends into passages of up to 700 characters; right is the one with the answer."""
    questions: list[str] = []
    right: list[set[int]] = []
    texts: list[str] = []
    starts: dict[str, list[tuple[int, int]]] = {}
    for item in json.loads(path.read_text(encoding="utf-8"))["data"]:
        context = item["context"]
        if context not in starts:
            starts[context] = [(start, len(texts) + at) for at, (start, _) in enumerate(_chunks(context))]
            texts += [chunk for _, chunk in _chunks(context)]
        answer = next(choice["start"] for choice in item["choices"] if choice["type"] == "Correct answer")
        right.append({max(pair for pair in starts[context] if pair[0] <= answer)[1]})
        questions.append(item["question"])
    return Task("SweQUAD test", questions, texts, right)


def _chunks(context: str) -> list[tuple[int, str]]:
    chunks: list[tuple[int, str]] = []
    at = 0
    for line in context.splitlines(keepends=True):
        if chunks and len(chunks[-1][1]) + len(line) <= CHUNK:
            chunks[-1] = (chunks[-1][0], chunks[-1][1] + line)
        else:
            chunks.append((at, line))
        at += len(line)
    return chunks


def phrasing_tasks(held: Path, corpus: Path) -> list[Task]:
    """Phrasings kept out of training, each to find its passage among all of the corpus (heading and Swedish text)."""
    passages, _ = read_corpus(corpus)
    places = {passage.passage_id: at for at, passage in enumerate(passages)}
    texts = [f"{passage.heading} {passage.text}" for passage in passages]
    rows = [json.loads(line) for line in held.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["passage"] in places]
    return [
        Task(
            f"unseen phrasings, {name}",
            [row["question"] for row in rows if row["language"] == language],
            texts,
            [{places[row["passage"]]} for row in rows if row["language"] == language],
        )
        for language, name in (("sv", "Swedish"), ("en", "English"))
    ]


def topic_tasks(questions: Path, corpus: Path) -> list[Task]:
    """Questions with the topics that answer them, in the format of `python -m knowledge evaluate`."""
    passages, _ = read_corpus(corpus)
    texts = [f"{passage.heading} {passage.text}" for passage in passages]
    rows = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines()]
    trained_on = {_bare(text) for passage in passages for text in (*passage.swedish, *passage.english, passage.heading)}
    same = [row for row in rows if _bare(row["question"]) in trained_on]
    print(f"left out, since the corpus has the same words as a phrasing: {len(same)} of {len(rows)} questions")
    rows = [row for row in rows if row not in same]
    tasks = []
    for language, name in (("sv", "Swedish"), ("en", "English")):
        chosen = [
            row for row in rows if row["label"] == "in_scope" and row["lang"] == language and not row.get("history")
        ]
        right = [{at for at, passage in enumerate(passages) if passage.topics & set(row["topics"])} for row in chosen]
        kept = [at for at, places in enumerate(right) if places]
        tasks.append(
            Task(
                f"questions by topic, {name}",
                [chosen[at]["question"] for at in kept],
                texts,
                [right[at] for at in kept],
            )
        )
    return tasks


def _bare(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))


def main(  # noqa: PLR0913  (one argument an option)
    model: Path = Path("knowledge/model"),
    corpus: Path = Path("knowledge/corpus"),
    swequad: Annotated[Path | None, typer.Option(help="SweQUAD-MC's test.json")] = None,
    swefaq: Annotated[Path | None, typer.Option(help="SweFAQ's dev.jsonl")] = None,
    questions: Annotated[Path | None, typer.Option(help="questions with topics, JSON lines")] = None,
    sister: Annotated[
        Path | None, typer.Option(help="model made with --hold-out-phrasings; its workdir is needed too")
    ] = None,
    sister_workdir: Annotated[Path | None, typer.Option(help="where that run left held-phrasings.jsonl")] = None,
    write: Annotated[bool, typer.Option("--write-card", help="put the figures into the model card")] = False,
) -> None:
    """Prints the model's figures on the tasks whose files are given."""
    tasks = [swequad_task(swequad)] if swequad else []
    tasks += [swefaq_task(swefaq)] if swefaq else []
    tasks += topic_tasks(questions, corpus) if questions else []
    figures = measure_all(load_model(model), tasks)
    if sister and sister_workdir:
        held = sister_workdir / "held-phrasings.jsonl"
        figures |= measure_all(load_model(sister), phrasing_tasks(held, corpus))
    for what, figure in figures.items():
        print(f"{what:75} {figure}")
    if write:
        write_card(model, figures)


def measure_all(model: SentenceTransformer, tasks: list[Task]) -> dict[str, str]:
    figures: dict[str, str] = {}
    for task in tasks:
        if task.questions:
            figures |= measure(model, task)
    return figures


if __name__ == "__main__":
    typer.run(main)
