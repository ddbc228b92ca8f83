"""Makes the answer: sentences of the passages, unchanged, each with its citations. Conclusion first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...datatypes import CLOSEST, Citation, Passage, Source, Status
from ...sentences import split_sentences
from .. import section_answer
from ..draft import Draft, Parts
from ..selection import Part, meets_the_question, select
from ..validity_line import validity_line

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
    asked = draft.read_together
    chosen = _chosen(draft, asked, parts)
    if draft.urgent:
        chosen = chosen[:1]  # whoever must act now reads what to do, and no more than the one passage that fits best
    sentences: list[str] = []
    citations: list[Citation] = []
    for place, part in enumerate(chosen):
        said, cited = _cited(part, len(citations), draft.language, urgent=draft.urgent, first=place == 0)
        sentences += _framed(draft, parts, chosen, part, said)
        citations += cited
    if draft.urgent:
        sentences = [*_urgent_sentences(draft, parts), *sentences]
    elif sentences:
        sentences[0] = _emphasised(sentences[0])
    draft.citations = tuple(citations)
    draft.validity_line = validity_line(draft, parts) if citations else ""
    draft.status, draft.text = Status.URGENT if draft.urgent else Status.ANSWERED, " ".join(sentences)
    if draft.closest_only and citations and not draft.urgent:
        draft.text = f"{parts.catalogue(draft.language, 'closest')}\n\n{draft.text}"
        draft.reason = CLOSEST


def _chosen(draft: Draft, asked: str, parts: Parts) -> tuple[Part, ...]:
    if not draft.supported:
        return ()
    if not draft.sections:
        return select(asked, draft.usable, draft.language, parts.sentences)
    # A question of the field that names a section too is answered by what was written for it.
    ours = bool(draft.usable) and draft.as_of >= parts.clock.today() and meets_the_question(draft.usable[0])
    first = not ours or section_answer.is_about_the_section(draft.question.text, draft.as_of)
    return section_answer.parts_of(draft, asked, parts, section_first=first)


def _framed(draft: Draft, parts: Parts, chosen: tuple[Part, ...], part: Part, said: list[str]) -> list[str]:
    """The words of a statute with what they are, before, and that they go on, after."""
    if part.scored not in draft.sections:
        return said
    places = [one.scored for one in chosen if one.scored in draft.sections]
    passage = part.scored.passage
    before = places[places.index(part.scored) - 1].passage if places[0] is not part.scored else None
    if before is None or before.heading != passage.heading or before.document_id != passage.document_id:
        said = [section_answer.lead(draft, parts, passage), *said]
    if section_answer.is_cut(draft, chosen, part.scored):
        said = [*said, parts.catalogue(draft.language, "section.goes_on")]
    return said


def _cited(part: Part, before: int, language: str, *, urgent: bool, first: bool) -> tuple[list[str], list[Citation]]:
    """A passage's sentences with their citation marks, and the citations: one for each source that they rest on.

    The quote is always Swedish, as the passage stands in the corpus, whatever language the answer is in.
    """
    scored, said = part
    passage = scored.passage
    quoted = said if language == "sv" or not passage.text_en else split_sentences(passage.text)
    rests_on = [passage.sources_of(sentence) for sentence in said]
    sources = dict.fromkeys(source for some in rests_on for source in some)  # as they come: [1] is read first
    citations = [
        Citation(before + number, passage, source, _quote(quoted, passage, source))
        for number, source in enumerate(sources, start=1)
    ]
    own_answer = urgent or (first and meets_the_question(scored))
    spoken = said if own_answer else (without_yes_or_no(said[0]), *said[1:])
    marks = ["".join(f"[{one.n}]" for one in citations if one.source in some) for some in rests_on]
    return [_marked(sentence, mark) for sentence, mark in zip(spoken, marks, strict=True)], citations


def _quote(sentences: Sequence[str], passage: Passage, source: Source) -> str:
    """What of the passage the source carries."""
    return " ".join(sentence for sentence in sentences if source in passage.sources_of(sentence))


def _marked(sentence: str, marks: str) -> str:
    """ "… prövas enskilt." -> "… prövas enskilt [1][2]." """
    body, stop = (sentence[:-1], sentence[-1]) if sentence[-1] in ".!?" else (sentence, "")
    return f"{body} {marks}{stop}"


def _emphasised(sentence: str) -> str:
    """Only the first sentence, and not its marks: that is what a hurried reader reads."""
    words, mark, rest = sentence.partition(" [")
    return f"**{words}**{mark}{rest}"


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
    if "weapon" in keys and "violence" in keys:
        keys.remove("violence")  # the one says to stay away, the other not to leave the person
    return [parts.catalogue(draft.language, f"urgent.{key}") for key in ("lead", *keys[:_URGENT_TEXTS_SHOWN])]
