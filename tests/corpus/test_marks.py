"""The sources that a sentence rests on, marked in a topic's text: read, and named where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.datatypes import Document, Passage
from knowledge.errors import CorpusError
from knowledge.ingestion.readers.corpus_markdown import read_document
from knowledge.sentences import split_sentences
from knowledge.store.codec import passage_from_json, passage_to_json

_TOPIC = """---
slug: amne
title: Ämne
title_en: Topic
summary: S.
sources:
  lag: {{title: Lag, url: "https://example.org/lag", publisher: Riksdagen, date: "2025", published: 2025}}
  sidan: {{title: Sidan, url: "https://example.org/sidan", publisher: SKR, date: odaterad, published: null}}
follow_ups: []
---

## Får de mat?

```yaml
id: amne/mat
sources: [lag, sidan]
laws: []
validity: {{status: current, from: null, to: null, note: "Läst 2026."}}
child: false
phrasings: {{sv: [mat], en: [food]}}
keywords: [mat]
```

{swedish}

### English

{english}
"""
_BARE = ("De får mat enligt 4 kap. 1 §. Det gäller alla.", "They get food. All do.")


def _read(folder: Path, swedish: str, english: str) -> Passage:
    file = folder / "amne.md"
    file.write_text(_TOPIC.format(swedish=swedish, english=english), encoding="utf-8")
    (passage,) = read_document(file).passages
    return passage


def _carried_by(passage: Passage, sentence: str) -> list[str]:
    return [source.title for source in passage.sources_of(sentence)]


def test_marks_are_read_and_leave_the_text_as_it_was(tmp_path: Path) -> None:
    passage = _read(
        tmp_path,
        "De får mat enligt 4 kap. 1 §.[^lag]\nDet gäller alla.[^sidan][^lag]",
        "They get food.[^lag] All do.[^sidan]",
    )
    assert (passage.text, passage.text_en) == _BARE
    assert _carried_by(passage, "De får mat enligt 4 kap. 1 §.") == ["Lag"]
    assert _carried_by(passage, "Det gäller alla.") == ["Lag", "Sidan"]  # in the order of the passage's sources
    assert _carried_by(passage, "All do.") == ["Sidan"]
    assert passage_from_json(passage_to_json(passage)) == passage


def test_a_text_without_marks_rests_on_all_its_sources(tmp_path: Path) -> None:
    passage = _read(tmp_path, *_BARE)
    assert passage.attributions == ()
    assert _carried_by(passage, "Det gäller alla.") == ["Lag", "Sidan"]
    assert passage_from_json(passage_to_json(passage)) == passage


def test_other_marks_make_another_version(tmp_path: Path) -> None:
    """An answer that staff approved cites a source: it falls due for review when another carries the sentence."""
    versions = {_read(tmp_path, f"De får mat.{mark}", "They get food.").version for mark in ("", "[^lag]", "[^sidan]")}
    assert len(versions) == 3


@pytest.mark.parametrize(
    ("swedish", "english", "told"),
    [
        ("De får mat.[^lag] Det gäller alla.", "", "this one none: 'Det gäller alla.'"),
        ("De får mat. Det gäller alla.[^lag]", "", "this one none: 'De får mat.'"),
        ("De får mat.[^lag]", "They get food.[^sidan] All do.", "this one none: 'All do.'"),
        ("De får mat.[^lag][^okand]", "", "marks name 'okand'"),
        ("De får[^lag] mat.", "", "a mark stands within a sentence: [^lag]"),
        ("[^lag] De får mat.[^lag]", "", "a mark stands before its sentence"),
        ("De får mat.[^lag] [^sidan]", "", "apart from the mark before it"),
        ("De får mat.[^sidan] Alla[^lag] får det.[^lag]", "", "a mark stands within a sentence: [^lag]"),
    ],
)
def test_wrong_marks_are_named_with_their_passage(tmp_path: Path, swedish: str, english: str, told: str) -> None:
    with pytest.raises(CorpusError) as raised:
        _read(tmp_path, swedish, english)
    assert raised.value.where == "amne.md / Får de mat?"
    assert told in str(raised.value)


def _several(corpus: tuple[Document, ...]) -> list[Passage]:
    return [passage for document in corpus for passage in document.passages if len(passage.sources) > 1]


def test_every_sentence_of_a_passage_with_several_sources_says_which_carry_it(corpus: tuple[Document, ...]) -> None:
    told = {passage.id: [one.sentence for one in passage.attributions] for passage in _several(corpus)}
    assert len(told) > 100
    assert told == {p.id: split_sentences(p.text) + split_sentences(p.text_en) for p in _several(corpus)}


def _places(passage: Passage, text: str) -> set[int]:
    said = split_sentences(text)
    return {place for one in passage.attributions if one.sentence in said for place in one.sources}


def test_every_source_of_a_passage_carries_something_in_both_languages(corpus: tuple[Document, ...]) -> None:
    idle = {
        passage.id: (
            sorted(everything - _places(passage, passage.text)),
            sorted(everything - _places(passage, passage.text_en)),
        )
        for passage in _several(corpus)
        if (everything := set(range(len(passage.sources))))
    }
    assert {passage: places for passage, places in idle.items() if places != ([], [])} == {}
