"""Phrasings that stand beside a topic: added after those in it, lost nowhere, and named where they are wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.datatypes import Document
from knowledge.errors import CorpusError
from knowledge.ingestion.readers.corpus_markdown import CorpusMarkdownReader

INLINE = "phrasings:\n  sv: [får de mat, mat nu]\n  en: [food]\n"
MOVED = "amne/mat:\n  sv:\n    - får de mat\n    - mat nu\n  en:\n    - food\n"
_TOPIC = """---
slug: amne
title: Ämne
title_en: Topic
summary: S.
sources: {{}}
follow_ups: []
---

## Får de mat?

```yaml
id: amne/mat
sources: []
laws: []
validity: {{status: current, from: null, to: null, note: "Läst 2026."}}
child: false
{phrasings}keywords: [mat]
```

De får mat.
"""


def _read(folder: Path, inline: str, beside: str | bytes | None) -> Document:
    (folder / "amne.md").write_text(_TOPIC.format(phrasings=inline), encoding="utf-8")
    if beside is not None:
        (folder / "phrasings").mkdir(exist_ok=True)
        data = beside if isinstance(beside, bytes) else beside.encode()
        (folder / "phrasings" / "amne.yml").write_bytes(data)
    (document,) = CorpusMarkdownReader().read(folder)
    return document


@pytest.mark.parametrize(
    ("inline", "beside", "swedish", "english"),
    [
        (INLINE, None, ("får de mat", "mat nu"), ("food",)),
        ("", MOVED, ("får de mat", "mat nu"), ("food",)),
        (
            INLINE,
            'amne/mat:\n  en: [bread]\n  sv: [bröd, "matkort: vem?"]\n',
            ("får de mat", "mat nu", "bröd", "matkort: vem?"),
            ("food", "bread"),
        ),
        (INLINE, "amne/mat:\n  sv: [bröd]\n", ("får de mat", "mat nu", "bröd"), ("food",)),
        ("phrasings:\n  en: [food]\n", "amne/mat:\n  sv: [bröd]\n", ("bröd",), ("food",)),
        (INLINE, "{}", ("får de mat", "mat nu"), ("food",)),
    ],
)
def test_what_stands_beside_comes_after_what_stands_in_the_topic(
    tmp_path: Path, inline: str, beside: str | None, swedish: tuple[str, ...], english: tuple[str, ...]
) -> None:
    (passage,) = _read(tmp_path, inline, beside).passages
    assert (passage.phrasings, passage.phrasings_en) == (swedish, english)


def test_a_passage_keeps_its_version_when_its_phrasings_move_beside(tmp_path: Path) -> None:
    """Approved answers cite a version: to move lines between files must not make each of them due for review."""
    before = _read(tmp_path, INLINE, None)
    after = _read(tmp_path, "", MOVED)
    assert after.passages == before.passages


def test_other_phrasings_beside_make_another_version_of_passage_and_document(tmp_path: Path) -> None:
    before = _read(tmp_path, INLINE, MOVED)
    after = _read(tmp_path, INLINE, MOVED.replace("mat nu", "mat i natt"))
    assert after.content_hash != before.content_hash
    assert after.passages[0].version != before.passages[0].version


@pytest.mark.parametrize(
    ("beside", "where", "named"),
    [
        ("[", "", "YAML does not parse"),
        (b"amne/mat:\n  sv: [f\xe5r de]\n", "", "is not UTF-8"),
        ("- en lista\n", "", "must be a mapping"),
        ("", "", "must be a mapping"),
        (MOVED + MOVED, "", "amne/mat stands there twice"),
        ("amne/mat:\n  sv: [ett]\n  sv: [två]\n", "", "sv stands there twice"),
        (MOVED + "amne/tak:\n  sv: [tak]\n", "", "amne.md has no passage 'amne/tak'"),
        ("amne/mat: [får de mat]\n", " / amne/mat", "must be a mapping of sv and en"),
        ("amne/mat:\n  fi: [ruokaa]\n", " / amne/mat", "'fi' is not one of sv, en"),
        ("amne/mat:\n  sv: får de mat\n", " / amne/mat", "sv must be a list"),
        ("amne/mat:\n  sv:\n", " / amne/mat", "sv must be a list"),
        ("amne/mat:\n  sv: [112]\n", " / amne/mat", "sv holds 112, which is no text"),
        ("amne/mat:\n  en: [food, ' ']\n", " / amne/mat", "en holds ' ', which is no text"),
    ],
)
def test_phrasings_that_cannot_be_read_are_named_with_their_problem(
    tmp_path: Path, beside: str | bytes, where: str, named: str
) -> None:
    with pytest.raises(CorpusError) as raised:
        _read(tmp_path, INLINE, beside)
    assert raised.value.where == f"phrasings/amne.yml{where}"
    assert named in str(raised.value)


@pytest.mark.parametrize(
    ("inline", "beside", "named"),
    [
        ("", None, "'phrasings'"),
        ("", "{}", "'phrasings'"),
        ("", "amne/mat:\n  sv: [bröd]\n", "'en'"),
        ("phrasings:\n", MOVED, "mapping"),
    ],
)
def test_a_passage_must_have_phrasings_somewhere(tmp_path: Path, inline: str, beside: str | None, named: str) -> None:
    with pytest.raises(CorpusError, match=re.escape(named)) as raised:
        _read(tmp_path, inline, beside)
    assert raised.value.where == "amne.md / Får de mat?"


def test_phrasings_without_a_topic_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "phrasings").mkdir()
    (tmp_path / "phrasings" / "annat.yml").write_text(MOVED, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"there is no annat\.md") as raised:
        _read(tmp_path, INLINE, None)
    assert raised.value.where == "phrasings/annat.yml"
