"""What the steps hand to one another. Between steps everything lies as files in the work folder."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Section:
    heading: str
    paragraphs: list[str]


@dataclass(frozen=True)
class Document:
    """One source page: the first folder below the data folder says which collection it came from."""

    collection: str
    title: str
    sections: list[Section]


@dataclass(frozen=True)
class Pair:
    """A text and another that should lie near it. Pairs with the same key never count as each other's wrong answer."""

    kind: str
    anchor: str
    positive: str
    key: str


@dataclass(frozen=True)
class Places:
    """Where a run reads and writes."""

    data: Path
    corpus: Path
    terms: Path
    work: Path
    out: Path
    held_out: tuple[Path, ...] = ()

    def pairs(self, name: str) -> Path:
        return self.work / f"pairs-{name}.jsonl"

    @property
    def documents(self) -> Path:
        return self.work / "documents.jsonl"

    @property
    def tokenizer(self) -> Path:
        return self.work / "tokenizer.json"

    @property
    def encoded(self) -> Path:
        return self.work / "encoded.npz"

    def fitted(self, number: int) -> Path:
        return self.work / f"vectors-{number}.npy"

    @property
    def joined(self) -> Path:
        return self.work / "vectors-joined.npy"

    @property
    def vectors(self) -> Path:
        return self.work / "vectors.npy"

    @property
    def held_phrasings(self) -> Path:
        return self.work / "held-phrasings.jsonl"


@dataclass(frozen=True)
class Settings:
    """Every choice of the recipe in one place; the reasons are in knowledge/model/README.md."""

    seed: int = 7
    # documents
    max_documents: int | None = None  # a collection; None = all
    max_statute_pairs: int = 70_000  # statutes are many and alike; more of them taught nothing
    # the project's own corpus
    corpus_rounds: int = 14  # each round draws new variants of every passage
    hold_out_phrasings: bool = False  # keep one Swedish and one English phrasing of each passage for choosing settings
    # statements turned into questions
    statements: int = 24_000  # a collection
    statement_rounds: int = 4  # over the corpus
    # terms
    glossed: int = 60_000
    reworded: int = 30_000
    term_rounds: int = 12
    # tokenizer
    vocabulary: int = 24_000
    tokenizer_texts: int = 90_000
    max_piece: int = 16
    # how often a pair of each kind is used
    weights: dict[str, float] = field(
        default_factory=lambda: {
            "title": 0.6,
            "next": 0.6,
            "question": 3.0,
            "everyday": 0.5,
            "everyday_alike": 0.5,
            "question_near": 0.7,  # SQuAD's unanswerable questions: about the paragraph, but not answered by it
        }
    )
    typo_share: float = 0.08
    folded_share: float = 0.06
    own_typo_share: float = 0.12  # officials write in a hurry
    own_folded_share: float = 0.10
    own_padded_share: float = 0.3  # with words that say nothing about the answer, as in "hej, jag undrar …"
    # fitting
    dimensions: int = 256
    batch: int = 1024
    fits: int = 3  # from different starts, joined afterwards
    learning_rate: float = 0.03
    refit_learning_rate: float = 0.01
    epochs: int = 1
    scale: float = 20.0
    token_dropout: float = 0.1
    late_rows: int = 48  # pairs of a batch whose late interaction is fitted too
    late_scale: float = 30.0
    late_share: float = 0.3
    max_anchor_tokens: int = 64
    max_positive_tokens: int = 160
