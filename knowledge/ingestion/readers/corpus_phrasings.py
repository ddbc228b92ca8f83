"""The phrasings that stand beside a topic: corpus/phrasings/<slug>.yml, by passage and language.

They were two thirds of a topic's lines. In a file of their own they leave the topic to be read as what it says. The
service and the training both read them here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ...errors import CorpusError
from .corpus_yaml import LOADER, read_mapping, read_text

FOLDER = "phrasings"
LANGUAGES = ("sv", "en")


@dataclass(frozen=True, slots=True)
class PhrasingsBeside:
    """Of one topic. `text` is the file as it stands, empty where there is none: a topic changes with it."""

    where: str
    text: str
    by_passage: Mapping[str, Mapping[str, list[str]]]

    def hold_against(self, topic: Path, passages: Iterable[Any]) -> None:
        """Raises CorpusError for phrasings of a passage that the topic does not have: nothing would ask them."""
        unknown = set(self.by_passage) - {passage for passage in passages if isinstance(passage, str)}
        if unknown:
            raise CorpusError(self.where, f"{topic.name} has no passage {', '.join(map(repr, sorted(unknown)))}")

    def added_to(self, about: dict[str, Any]) -> dict[str, Any]:
        """A passage's YAML block as if it held them all, after its own.

        They come where a topic's blocks have them, before the keywords: a passage's version is made of its block, and
        must not change because phrasings were moved from it to the file beside.
        """
        beside = self.by_passage.get(about["id"], {})
        if not beside:
            return about
        own = {**about.get("phrasings", {})}
        together = {language: [*own.get(language, ()), *texts] for language, texts in beside.items()}
        first = {key: value for key, value in about.items() if key != "keywords"}
        return {**first, "phrasings": {**own, **together}, "keywords": about["keywords"]}


def phrasings_beside(topic: Path) -> PhrasingsBeside:
    """Raises CorpusError naming file and passage. A topic may do without: nothing stands beside it then."""
    file = topic.parent / FOLDER / f"{topic.stem}.yml"
    where = _where(file)
    if not file.is_file():
        return PhrasingsBeside(where, "", {})
    text = read_text(file, where)
    passages = read_mapping(text, where, _OnceOnlyLoader)
    return PhrasingsBeside(where, text, {key: _phrasings(value, f"{where} / {key}") for key, value in passages.items()})


def without_topic(folder: Path) -> Iterator[CorpusError]:
    """Phrasings that no topic would read."""
    for file in sorted((folder / FOLDER).glob("*.yml")):
        if not (folder / f"{file.stem}.md").is_file():
            yield CorpusError(_where(file), f"has no topic: there is no {file.stem}.md")


def _where(file: Path) -> str:
    return f"{FOLDER}/{file.name}"


def _phrasings(value: Any, where: str) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        raise CorpusError(where, "must be a mapping of sv and en")
    for language, texts in value.items():
        if language not in LANGUAGES:
            raise CorpusError(where, f"{language!r} is not one of {', '.join(LANGUAGES)}")
        if not isinstance(texts, list):
            raise CorpusError(where, f"{language} must be a list")
        for text in texts:
            if not isinstance(text, str) or not text.strip():
                raise CorpusError(where, f"{language} holds {text!r}, which is no text")
    return {language: value[language] for language in LANGUAGES if language in value}


class _OnceOnlyLoader(LOADER):  # YAML takes the last of two with one name; what stood under the first would be lost
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = Counter(str(key.value) for key, _ in node.value)
        twice = [name for name, times in names.items() if times > 1]
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"{', '.join(twice)} stands there twice", node.start_mark
            )
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        return found
