"""The stream from files to batches: what is known is passed over, what is bad is reported, nothing stops the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.datatypes import Document
from knowledge.errors import CorpusError
from knowledge.ingestion.files import from_address
from knowledge.ingestion.library import Counts, Ingestion, files_in


class Shelf:
    """Stands for the store."""

    def __init__(self) -> None:
        self.batches: list[list[Document]] = []
        self.heard: list[CorpusError | None] = []

    @property
    def known(self) -> dict[str, str]:
        return {document.content_hash: document.id for batch in self.batches for document in batch}

    def take(self, *paths: Path) -> Counts:
        put: list[list[Document]] = []

        def keep(batch: Sequence[Document]) -> None:
            put.append(list(batch))

        counts = Ingestion(self.known, keep, self.heard.append).run(files_in(paths))
        self.batches += put
        return counts


def files(folder: Path, count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"f{number:04}.md").write_text(f"# Titel {number}\n\nText nummer {number}.\n", encoding="utf-8")


def test_what_comes_in_is_taken_unchanged_or_refused(tmp_path: Path) -> None:
    files(tmp_path / "a", 5)
    (tmp_path / "a" / "bad.md").write_bytes(b"\xff")
    (tmp_path / "a" / ".hidden.pdf").write_bytes(b"%PDF")
    shelf = Shelf()
    assert shelf.take(tmp_path) == Counts(taken=5, refused=1, passages=5)
    (tmp_path / "a" / "f0001.md").write_text("# Titel 1\n\nNy text.\n", encoding="utf-8")
    counts = shelf.take(tmp_path, tmp_path / "none.md")
    assert (counts.taken, counts.unchanged, counts.refused, counts.came_in) == (1, 4, 2, 7)
    assert sorted(error.code for error in shelf.heard if error) == ["missing", "not_utf8", "not_utf8"]
    assert len(shelf.heard) == 6 + 7


def test_batches_are_bounded(tmp_path: Path) -> None:
    files(tmp_path, 650)
    shelf = Shelf()
    assert shelf.take(tmp_path).taken == 650
    assert [len(batch) for batch in shelf.batches] == [300, 300, 50]


def test_a_file_named_twice_counts_once(tmp_path: Path) -> None:
    files(tmp_path / "a", 2)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert Shelf().take(tmp_path, tmp_path / "a", tmp_path / "a" / "f0000.md").came_in == 2


def test_the_same_document_in_two_files_is_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        text = f"---\nbeteckning: 2022:15\nrubrik: Lag\n---\n{folder}"
        (tmp_path / folder / "x.md").write_text(text, encoding="utf-8")
    shelf = Shelf()
    assert shelf.take(tmp_path) == Counts(taken=1, refused=1, passages=1)
    # The second one must not take the first one's place merely because the first is known by now.
    assert shelf.take(tmp_path) == Counts(unchanged=1, refused=1)
    assert [error.code for error in shelf.heard if error] == ["twice", "twice"]


def test_a_file_without_text_never_takes_the_place_of_one_with_text(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    front = "---\nbeteckning: 2022:15\nrubrik: Lag\n---\n"
    file.write_text(front + "## 1 §\n\nKommunen ska hjälpa.\n", encoding="utf-8")
    shelf = Shelf()
    assert shelf.take(tmp_path).taken == 1
    file.write_text(front, encoding="utf-8")
    assert shelf.take(tmp_path) == Counts(refused=1)
    assert [error.code for error in shelf.heard if error] == ["title_only"]


def test_what_did_not_come_counts_as_refused_and_what_came_from_an_address_is_read(tmp_path: Path) -> None:
    page = from_address("https://kommun.example/a", b"Text om hemresor.", "text/plain")
    heard: list[CorpusError | None] = []
    stored: list[Document] = []
    counts = Ingestion({}, stored.extend, heard.append).run([CorpusError("https://b.example/", "gone", "gone"), page])
    assert counts == Counts(taken=1, refused=1, passages=1)
    assert [passage.sources[0].url for passage in stored[0].passages] == ["https://kommun.example/a"]
    assert [error.code for error in heard if error] == ["gone"]


def test_sidecars_and_hidden_files_are_no_documents(tmp_path: Path) -> None:
    files(tmp_path / "a", 1)
    for name in ("f0000.md.yml", ".DS_Store", "lonely.yml"):
        (tmp_path / "a" / name).write_text("title: Annan titel\n", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "b.md").write_text("Text.", encoding="utf-8")
    shelf = Shelf()
    assert shelf.take(tmp_path, tmp_path / "a" / "f0000.md.yml") == Counts(taken=1, refused=1, passages=1)
    assert shelf.batches[0][0].title == "Annan titel"
    assert [error.where for error in shelf.heard if error] == [str(tmp_path / "a" / "lonely.yml")]


def test_a_changed_sidecar_makes_a_new_version(tmp_path: Path) -> None:
    files(tmp_path / "a", 1)
    shelf = Shelf()
    assert shelf.take(tmp_path).taken == 1
    (tmp_path / "a" / "f0000.md.yml").write_text("url: https://kommun.example/f\n", encoding="utf-8")
    assert shelf.take(tmp_path).taken == 1
    assert shelf.take(tmp_path).unchanged == 1
