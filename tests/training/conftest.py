"""A small made-up world: parishes with their own words, so that there is something to learn and nothing to download."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from training.datatypes import Places, Settings

SUBJECTS = {
    "brunn": ("vattnet i brunnen", "water in the well", "brunnen grävdes av bönderna och vattnet är kallt om våren"),
    "kvarn": ("mjölet från kvarnen", "flour from the mill", "kvarnen maler mjölet av råg och har tre stenar på loftet"),
    "skepp": (
        "seglet på skeppet",
        "the sail of the ship",
        "skeppet bär ett segel av linne och seglar till öarna i söder",
    ),
    "smedja": (
        "järnet i smedjan",
        "iron in the forge",
        "smedjan smider järnet och hästarna väntar vid dörren på sina skor",
    ),
    "bikupa": (
        "honungen i bikupan",
        "honey in the hive",
        "bikupan ger honungen om sensommaren och bina bor i den hela året",
    ),
    "torn": (
        "klockan i tornet",
        "the bell in the tower",
        "tornet har en klocka av brons som ringer när det är mässa i byn",
    ),
}
PASSAGE = """## Vad vet vi om {swedish}?

```yaml
id: socken/{name}
phrasings:
  sv: ["berätta om {swedish}", "hur är det med {swedish}", "{name} och {swedish}"]
  en: ["tell me about {english}", "what do we know about {english}"]
keywords: [{name}, {swedish}]
```

I socknen är det känt att {text}. Det har varit så i många år. Den som vill veta mer om {swedish} kan fråga i byn.

### English

In the parish they know about {english}. Ask in the village about {english}.

"""


@pytest.fixture(scope="session")
def small_settings() -> Settings:
    return replace(
        Settings(),
        corpus_rounds=6,
        term_rounds=3,
        glossed=50,
        reworded=50,
        vocabulary=300,
        batch=64,
        epochs=6,
        dimensions=32,
    )


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    root = tmp_path_factory.mktemp("training")
    places = Places(
        root / "data", root / "corpus", root / "terms.tsv", root / "work", root / "model", (root / "held-out.jsonl",)
    )
    for folder in (places.data / "socknar", places.data / "frågor", places.corpus, places.work):
        folder.mkdir(parents=True)
    _write_corpus(places.corpus / "socken.md")
    _write_documents(places.data / "socknar")
    _write_questions(places.data / "frågor" / "questions.json")
    places.terms.write_text(
        "# made up\nvatten; vattnet\twater\nmjöl; mjölet\tflour\nskepp; skeppet; båten\tship\n", "utf-8"
    )
    held_out = {"text": "den hemliga meningen om klockans klang ska aldrig hamna bland det som modellen lär sig av"}
    places.held_out[0].write_text(json.dumps(held_out, ensure_ascii=False) + "\n", "utf-8")
    return places


def _write_corpus(path: Path) -> None:
    passages = [
        PASSAGE.format(name=name, swedish=swedish, english=english, text=text)
        for name, (swedish, english, text) in SUBJECTS.items()
    ]
    path.write_text(
        "---\nslug: socken\ntitle: Socknen\ntitle_en: The parish\n---\n\n# Socknen\n\n" + "".join(passages), "utf-8"
    )


def _write_documents(folder: Path) -> None:
    for year in range(1801, 1813):
        parts = [
            f"## Om {swedish} år {year}\n\nÅr {year} är det så att {text}. Det är vad de gamla har sagt om {swedish}. "
            f"Och så ska det vara i {year - 1700} år till.\n\n"
            for swedish, _, text in SUBJECTS.values()
        ]
        secret = "Och den hemliga meningen om klockans klang ska aldrig hamna bland det som modellen lär sig av i år.\n"
        (folder / f"{year}.md").write_text(f"# Krönika för år {year}\n\n" + "".join(parts) + secret, "utf-8")


def _write_questions(path: Path) -> None:
    paragraphs = [
        {
            "context": f"Man säger att {text}.",
            "qas": [{"question": f"Vad säger man om {swedish}?", "is_impossible": False}],
        }
        for swedish, _, text in SUBJECTS.values()
    ]
    path.write_text(json.dumps({"data": [{"title": "Socken", "paragraphs": paragraphs}]}, ensure_ascii=False), "utf-8")
