"""Every passage of the starter corpus: its form, its sources, its validity. No passage goes out unheld."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from knowledge.datatypes import Document, Passage, Source, ValidityStatus
from knowledge.errors import CorpusError
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader, read_document
from knowledge.sentences import split_sentences
from knowledge.settings import PACKAGE

FILES = sorted((PACKAGE / "corpus").glob("*.md"))
_YEAR = re.compile(r"\b(19|20)\d\d\b")


@pytest.fixture(scope="module")
def passages(corpus: tuple[Document, ...]) -> list[Passage]:
    return [passage for document in corpus for passage in document.passages]


def test_48_topics_each_a_file_of_its_own(corpus: tuple[Document, ...]) -> None:
    assert len(FILES) == 48
    assert [document.id for document in corpus] == [file.stem for file in FILES]
    assert {topic for document in corpus for topic in document.topics} == {document.id for document in corpus}


def test_ids_are_unique_and_start_with_the_slug(corpus: tuple[Document, ...]) -> None:
    ids = [passage.id for document in corpus for passage in document.passages]
    assert [key for key, times in Counter(ids).items() if times > 1] == []
    assert [p.id for d in corpus for p in d.passages if not re.fullmatch(rf"{d.id}/[a-z0-9-]+", p.id)] == []


def test_headings_are_unique(corpus: tuple[Document, ...]) -> None:
    """A heading stands for its passage when it is offered as a reading or a next question."""
    headings = Counter(passage.heading for document in corpus for passage in document.passages)
    assert [heading for heading, times in headings.items() if times > 1] == []


def test_every_document_has_titles_a_summary_and_next_questions(corpus: tuple[Document, ...]) -> None:
    for document in corpus:
        assert document.title and document.title_en and document.summary.endswith("."), document.id
        assert len(document.follow_ups) >= 2, document.id
        assert all(item.sv.endswith("?") and item.en.endswith("?") for item in document.follow_ups), document.id
        assert 2 <= len(document.passages) <= 12, document.id


def test_every_source_has_an_address_and_a_date(passages: list[Passage]) -> None:
    assert [p.id for p in passages if not p.sources] == []
    wrong = [(p.id, source) for p in passages for source in p.sources if not _is_whole(source)]
    assert wrong == []


def _is_whole(source: Source) -> bool:
    return (
        re.fullmatch(r"https?://[^\s/]+\.[a-z]{2,}(/\S*)?", source.url) is not None
        and bool(source.title and source.publisher)
        and (_YEAR.search(source.date) is not None or source.date.startswith("odaterad"))
        and (source.published is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", source.published) is not None)
    )


def test_every_validity_has_a_note_and_ends_after_it_begins(passages: list[Passage]) -> None:
    assert [p.id for p in passages if len(p.validity.note) <= 10] == []
    spans = [(p.id, p.validity.valid_from, p.validity.valid_to) for p in passages]
    assert [key for key, first, last in spans if first and last and first > last] == []


def test_every_passage_is_short_in_both_languages(passages: list[Passage]) -> None:
    assert [p.id for p in passages if not 2 <= len(split_sentences(p.text)) <= 7] == []
    assert [p.id for p in passages if not 1 <= len(split_sentences(p.text_en)) <= 7] == []
    assert [p.id for p in passages if p.text[-1] not in ".!?”" or p.text_en[-1] not in ".!?”"] == []


def test_every_passage_answers_a_question(passages: list[Passage]) -> None:
    assert [p.id for p in passages if not p.heading.endswith("?")] == []


def test_every_passage_is_asked_for_in_both_languages(passages: list[Passage]) -> None:
    assert [p.id for p in passages if len(p.phrasings) < 6 or len(p.phrasings_en) < 4 or not p.keywords] == []
    twice = [
        p.id
        for p in passages
        for asked in (p.phrasings, p.phrasings_en)
        if len({a.casefold() for a in asked}) < len(asked)
    ]
    assert twice == []


def test_the_reader_is_addressed_as_du(passages: list[Passage]) -> None:
    assert [p.id for p in passages if re.search(r"\b(Ni|ni|Er|er|era|ert)\b", p.text)] == []


def test_a_proposal_is_called_one(passages: list[Passage]) -> None:
    proposed = [p for p in passages if p.validity.status is ValidityStatus.PROPOSED]
    assert proposed
    assert [p.id for p in proposed if "förslag" not in p.text.casefold() or "propos" not in p.text_en.casefold()] == []


def test_what_is_only_proposed_is_never_called_current(passages: list[Passage]) -> None:
    current = [p for p in passages if p.validity.status is ValidityStatus.CURRENT]
    assert [p.id for p in current if re.search(r"föreslag\w+ (ikraftträdande|start|bestämmelse)", p.text)] == []


def test_the_old_act_never_stands_alone(passages: list[Passage]) -> None:
    old = [p for p in passages if "2001:453" in " ".join((p.text, *p.laws))]
    assert len(old) > 20
    assert [p.id for p in old if "2025:400" not in " ".join((p.text, *p.laws))] == []


def test_every_law_names_its_act(passages: list[Passage]) -> None:
    """ "4 kap. 1 §" alone could be any act."""
    named = re.compile(r"[A-ZÅÄÖ]{2,}|[a-zåäö]{5,}|\d{4}:\d+|\d{4}/\d+")
    assert [(p.id, law) for p in passages for law in p.laws if not named.search(law.replace("kap.", ""))] == []


def _file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "amne.md"
    file.write_text(text, encoding="utf-8")
    return file


def _beside_phrasings(tmp_path: Path) -> Path:
    """Where a changed copy of the first topic goes: its phrasings stand there."""
    shutil.copytree(PACKAGE / "corpus" / "phrasings", tmp_path / "phrasings")
    return tmp_path / FILES[0].name


_FRONT = "---\nslug: amne\ntitle: Ämne\ntitle_en: Topic\nsummary: S.\nsources: {}\nfollow_ups: []\n---\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("# Ingen inledning\n", "front matter"),
        ("---\n[\n---\nText", "YAML does not parse"),
        ("---\n- en lista\n---\nText", "must be a mapping"),
        ("---\nslug: amne\n---\nText", "sources"),
        (_FRONT + "## Fråga?\n\nText utan block.\n", "yaml block"),
        (_FRONT + "## Fråga?\n\n```yaml\nid: amne/ett\n```\n", "has no text"),
        (_FRONT + "## Fråga?\n\n```yaml\nid: amne/ett\n```\n\nText.\n", "'sources'"),
        (_FRONT + "## Fråga?\n\n```yaml\nid: amne/ett\nsources: [okand]\n```\n\nText.\n", "'okand'"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_problem(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(CorpusError) as raised:
        read_document(_file(tmp_path, text))
    assert raised.value.where.startswith("amne.md")
    assert named in str(raised.value)


def test_a_file_in_another_encoding_is_named_and_told_how_to_be_saved(tmp_path: Path) -> None:
    file = _file(tmp_path, "")
    file.write_bytes((_FRONT + "## Fråga?\n").encode("latin-1"))
    with pytest.raises(CorpusError, match="save it as UTF-8") as raised:
        read_document(file)
    assert raised.value.where == "amne.md"


def test_an_empty_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=re.escape(str(tmp_path))):
        CorpusMarkdownReader().read(tmp_path)


def test_version_follows_the_passage_and_nothing_else(tmp_path: Path, corpus: tuple[Document, ...]) -> None:
    """An unchanged passage keeps its version when its neighbour changes: earlier answers still point to it."""
    before = corpus[0]
    changed, *others = before.passages
    text = FILES[0].read_text(encoding="utf-8")
    begins = f"\n\n{changed.text[:40]}"
    assert text.count(begins) == 1
    file = _beside_phrasings(tmp_path)
    file.write_text(text.replace(begins, begins.replace(" ", " nu ", 1)), encoding="utf-8")
    after = read_document(file)
    assert after.content_hash != before.content_hash
    assert after.passages[0].version != changed.version
    assert [p.version for p in after.passages[1:]] == [p.version for p in others]


def test_version_follows_what_a_passage_takes_from_its_document(tmp_path: Path) -> None:
    """The store keeps a passage by its version: a new title with the old version would never be seen."""
    text = FILES[0].read_text(encoding="utf-8")
    before = read_document(FILES[0])
    file = _beside_phrasings(tmp_path)
    for old, new in (
        (f"title: {before.title}", "title: En annan titel"),
        (f"slug: {before.id}", f"slug: {before.id}\ntopics: [annat]"),
    ):
        assert text.count(f"{old}\n") == 1
        file.write_text(text.replace(f"{old}\n", f"{new}\n"), encoding="utf-8")
        after = read_document(file)
        assert not {p.version for p in before.passages} & {p.version for p in after.passages}
