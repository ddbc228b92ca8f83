"""Makes the answer: sentences of the passages, unchanged, each with its citations. Conclusion first."""

from __future__ import annotations

import re

from ...datatypes import Citation, ScoredPassage, Status, ValidityStatus
from ..draft import Draft, Parts
from ..selection import Part, select
from ..sentences import split_sentences

_SOURCES_A_PASSAGE = 2
_SAME_WORDS, _SAME_MEANING = 0.55, 0.8  # a question this near to one of the passage's phrasings is that question
_YES_OR_NO = re.compile(r"(Ja|Nej|Yes|No), ")
_WORDS_OF_A_CLAUSE = 8
# What to do, by kind of danger, the most pressing first; several kinds share a text of the catalogue.
_URGENT_TEXTS = {
    "weapon": "weapon",
    "fire": "fire",
    "suicide": "suicide",
    "medical": "medical",
    "poisoning": "medical",
    "birth": "medical",
    "accident": "medical",
    "child": "child",
    "missing": "child",
    "captivity": "trafficking",
    "trafficking": "trafficking",
    "violence": "violence",
    "threat": "violence",
    "sexual_violence": "violence",
    "cold": "cold",
}
_URGENT_TEXTS_SHOWN = 2


def run(draft: Draft, parts: Parts) -> None:
    asked = f"{draft.context} {draft.question.text}" if draft.context else draft.question.text
    chosen = select(asked, draft.usable, draft.language, parts.sentences) if draft.supported else ()
    if draft.urgent:
        chosen = chosen[:1]  # whoever must act now reads what to do, and no more than the one passage that fits best
    sentences: list[str] = []
    citations: list[Citation] = []
    for place, part in enumerate(chosen):
        said, cited = _cited(part, len(citations), draft.language, urgent=draft.urgent, first=place == 0)
        sentences += said
        citations += cited
    if draft.urgent:
        sentences = [*_urgent_sentences(draft, parts), *sentences]
    elif sentences:
        sentences[0] = _emphasised(sentences[0])
    draft.citations = tuple(citations)
    draft.validity_line = _validity_line(draft, parts) if citations else ""
    draft.status, draft.text = Status.URGENT if draft.urgent else Status.ANSWERED, " ".join(sentences)


def _cited(part: Part, before: int, language: str, *, urgent: bool, first: bool) -> tuple[list[str], list[Citation]]:
    """A passage's sentences with their citation marks, and the citations: one for each of its sources.

    The quote is always Swedish, as the passage stands in the corpus, whatever language the answer is in.
    """
    scored, said = part
    passage = scored.passage
    quoted = said if language == "sv" or not passage.text_en else split_sentences(passage.text)
    sources = passage.sources[:_SOURCES_A_PASSAGE]
    citations = [
        Citation(before + number, passage, source, " ".join(quoted)) for number, source in enumerate(sources, start=1)
    ]
    marks = "".join(f"[{citation.n}]" for citation in citations)
    own_answer = urgent or (first and _meets_the_question(scored))
    spoken = said if own_answer else (without_yes_or_no(said[0]), *said[1:])
    return [_marked(sentence, marks) for sentence in spoken], citations


def _marked(sentence: str, marks: str) -> str:
    """ "… prövas enskilt." -> "… prövas enskilt [1][2]." """
    body, stop = (sentence[:-1], sentence[-1]) if sentence[-1] in ".!?" else (sentence, "")
    return f"{body} {marks}{stop}"


def _emphasised(sentence: str) -> str:
    """Only the first sentence, and not its marks: that is what a hurried reader reads."""
    words, mark, rest = sentence.partition(" [")
    return f"**{words}**{mark}{rest}"


def _meets_the_question(scored: ScoredPassage) -> bool:
    """Whether the passage answers this very question, so that its "Ja" or "Nej" is the answer to it."""
    parts = scored.parts
    return parts["lexical_phrasing"] >= _SAME_WORDS or parts["dense_phrasing"] >= _SAME_MEANING


def without_yes_or_no(sentence: str) -> str:
    """ "Ja, kommunen prövar …" -> "Kommunen prövar …": the passage's yes answers its own heading and nothing else."""
    said = _YES_OR_NO.match(sentence)
    if said is None or len(sentence.split()) < _WORDS_OF_A_CLAUSE:
        return sentence
    rest = sentence[said.end() :]
    return rest[0].upper() + rest[1:]


def _urgent_sentences(draft: Draft, parts: Parts) -> list[str]:
    kinds = draft.danger.kinds if draft.danger else ()
    keys = list(dict.fromkeys(text for kind, text in _URGENT_TEXTS.items() if kind in kinds)) or ["general"]
    return [parts.catalogue(draft.language, f"urgent.{key}") for key in ("lead", *keys[:_URGENT_TEXTS_SHOWN])]


def _validity_line(draft: Draft, parts: Parts) -> str:
    passages = list(dict.fromkeys(citation.passage.id for citation in draft.citations))
    cited = {citation.passage.id: citation.passage for citation in draft.citations}
    laws = list(dict.fromkeys(law for key in passages for law in cited[key].laws))
    months = parts.catalogue(draft.language, "months").split()
    line = parts.catalogue(
        draft.language, "validity.line", date=f"{draft.as_of.day} {months[draft.as_of.month - 1]} {draft.as_of.year}"
    )
    if laws:
        line += " " + parts.catalogue(draft.language, "validity.laws", laws=", ".join(laws[:4]))
    best = cited[passages[0]].validity
    if best.status is not ValidityStatus.CURRENT:
        line += " " + parts.catalogue(draft.language, f"validity.{best.status.value}", note=best.note)
    return line
