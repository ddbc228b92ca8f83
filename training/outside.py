"""Questions that the service must not answer: our own list, sets about anything else, and a government's headings."""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.steps.read_documents import read_document

OUTSIDE = Path(__file__).parent / "questions" / "outside.txt"
OTHERS_TAKEN = 1500  # questions from each reading-comprehension set
HEADINGS_TAKEN = 700
FILES_READ = 4000
# Headings near our field may well be answered by the corpus; they teach nothing certain.
NEAR = re.compile(
    r"EU-medborg|EES|uppehållsrätt|tigg|utsatt|hemlös|socialtjänst|bistånd|orosanm|barn|vård|skol|romer|romsk|människohandel|"
    r"migra|asyl|härbärge|Rumän|Bulgar|rörlighet|folkbok|personnummer|avvis|utvis|polis|diskriminer|våld|kommun",
    re.IGNORECASE,
)
# Without a word that says anything of its own: "regler" or "ansvarar" would be learnt as foreign.
ASKED = ("{}", "Vad gäller för {}?", "Vad är {}?", "Hur är det med {}?")


def own_questions(file: Path = OUTSIDE) -> list[str]:
    """Of a list beside this: one a line, without remarks."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]


def other_questions(files: Sequence[Path], chance: random.Random) -> list[str]:
    """Questions of any JSON file, however it nests them."""
    found: list[str] = []
    for file in files:
        raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        questions = list(dict.fromkeys(_questions_in(json.loads(raw))))
        found += chance.sample(questions, min(OTHERS_TAKEN, len(questions)))
    return found


def _questions_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(question := node.get("question"), str):
            yield question
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _questions_in(item)


def government_questions(folder: Path, chance: random.Random) -> list[str]:
    """Questions made of titles and headings of documents about everything else."""
    paths = sorted(folder.rglob("*.md"))
    subjects: dict[str, None] = {}
    for path in chance.sample(paths, min(FILES_READ, len(paths))):
        document = read_document(path, folder.name)
        for text in (document.title, *(section.heading for section in document.sections)):
            if 12 < len(text) < 90 and not NEAR.search(text):
                subjects.setdefault(text.rstrip(" .:?"))
    taken = chance.sample(list(subjects), min(HEADINGS_TAKEN, len(subjects)))
    return [chance.choice(ASKED).format(subject[0].lower() + subject[1:]) for subject in taken]
