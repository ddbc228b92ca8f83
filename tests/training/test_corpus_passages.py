"""The corpus as training reads it: phrasings in the topic and beside it, and what is wrong in one line."""

from pathlib import Path

from training.corpus_passages import read_corpus

TOPIC = """---
slug: mat
title: Mat
---

## Får de mat?

```yaml
id: mat/mat
phrasings:
  sv: [mat i kväll]
  en: [food tonight]
keywords: [mat]
```

De får mat.

## Får de tak?

```yaml
id: mat/tak
keywords: [tak]
```

De får tak.
"""
BESIDE = "mat/mat:\n  sv: [pengar till mat]\nmat/tak:\n  sv: [tak i natt]\n  en: [a roof]\n"


def _write(folder: Path, beside: str, name: str = "mat.yml") -> None:
    (folder / "phrasings").mkdir(exist_ok=True)
    (folder / "mat.md").write_text(TOPIC, encoding="utf-8")
    (folder / "phrasings" / name).write_text(beside, encoding="utf-8")


def test_phrasings_beside_a_topic_come_after_its_own(tmp_path: Path) -> None:
    _write(tmp_path, BESIDE)
    passages, faults = read_corpus(tmp_path)
    assert faults == []
    assert [(one.passage_id, one.swedish, one.english) for one in passages] == [
        ("mat/mat", ["mat i kväll", "pengar till mat"], ["food tonight"]),
        ("mat/tak", ["tak i natt"], ["a roof"]),
    ]


def test_a_topic_whose_phrasings_are_wrong_is_left_out_and_named(tmp_path: Path) -> None:
    _write(tmp_path, BESIDE + "mat/okand:\n  sv: [vad]\n")
    assert read_corpus(tmp_path) == ([], ["phrasings/mat.yml: mat.md has no passage 'mat/okand'"])


def test_phrasings_without_a_topic_are_named(tmp_path: Path) -> None:
    _write(tmp_path, BESIDE)
    _write(tmp_path, BESIDE, "annat.yml")
    passages, faults = read_corpus(tmp_path)
    assert len(passages) == 2
    assert faults == ["phrasings/annat.yml: has no topic: there is no annat.md"]
