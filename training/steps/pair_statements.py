"""Statements and headings -> question-like pairs: a statement asked as a question or cut down to a few words, with the
text around it.

The surroundings stand without the statement where they can: its own words would find it too easily."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from random import Random

from training.corpus_passages import Passage
from training.datatypes import Document, Pair, Places, Settings
from training.files import read_documents, write_pairs
from training.glossary import ENGLISH_FUNCTION_WORDS, FUNCTION_WORDS, Glossary
from training.steps.pair_corpus import read_training_corpus
from training.words import WORD, sentences

VERBS = "får ska skall kan måste har är bör behöver gäller omfattar ansvarar beslutar betalar prövar lämnar ger"
STATEMENT = re.compile(rf"((?:[\w-]+ ){{1,8}}?)({VERBS.replace(' ', '|')}) (.{{10,400}})\.")
# With one of these in front the verb is inverted already, or the sentence says nothing without the one before it.
NO_SUBJECT = frozenset(
    """i på av för till med vid om när efter under från enligt genom utan mot hos inom mellan innan sedan utöver trots
    bland vidare även också därför dessutom där då samt och men att detta det dessa denna den de han hon vi jag här dock
    nu inte eller så sådan sådana""".split()
)
CLAUSE_STARTS = frozenset("som om när samt där eftersom medan dvs t.ex.".split())
SAY_LITTLE = FUNCTION_WORDS | frozenset(VERBS.split()) | frozenset(ENGLISH_FUNCTION_WORDS.split())
ABOUT = (
    "Vad gäller för {}?",
    "Hur fungerar {}?",
    "Vem ansvarar för {}?",
    "Vad säger reglerna om {}?",
    "När gäller {}?",
    "Jag undrar över {}",
    "Hur gör man med {}?",
    "Vad är {}?",
    "{}, hur är det med det?",
)
LONGEST_TEXT = 900
SHORTEST_TEXT = 80
SHORTEST_CLAUSE, LONGEST_CLAUSE = 4, 12
LONGEST_HEADING = 9
SHORT_SHARE = 0.4
A_DOCUMENT = 10  # pairs of one document, so that long ones do not crowd out the rest


def pair_statements(places: Places, settings: Settings) -> dict[str, int]:
    """At most `statements` pairs a collection, drawn by chance, and some rounds over the corpus."""
    rng = Random(settings.seed)
    glossary = Glossary.read(places.terms)
    found: dict[str, list[Pair]] = defaultdict(list)
    for document in read_documents(places.documents):
        made = list(_pairs(document, glossary, rng))
        found[document.collection] += rng.sample(made, min(A_DOCUMENT, len(made)))
    pairs = [pair for made in found.values() for pair in rng.sample(made, min(settings.statements, len(made)))]
    passages, _ = read_training_corpus(places, settings)
    for _ in range(settings.statement_rounds):
        pairs += [pair for passage in passages for pair in _own_pairs(passage, glossary, rng)]
    write_pairs(places.pairs("statements"), pairs)
    return dict(Counter(pair.kind for pair in pairs))


def _pairs(document: Document, glossary: Glossary, rng: Random) -> Iterator[Pair]:
    for section in document.sections:
        text = " ".join(section.paragraphs)
        if 1 < len(section.heading.split()) <= LONGEST_HEADING and not section.heading.endswith("?"):
            yield _pair("asked_about", rng.choice(ABOUT).format(section.heading), text, section.paragraphs[0])
        for paragraph in section.paragraphs:
            parts = sentences(paragraph)
            rng.shuffle(order := list(range(len(parts))))
            for at in order:
                around = " ".join(parts[:at] + parts[at + 1 :])
                if len(around) < SHORTEST_TEXT:
                    around = text.replace(paragraph, " ")
                if len(around) >= SHORTEST_TEXT and (question := asked(parts[at])):
                    yield _pair("asked", everyday(question, glossary, rng), around, paragraph)
                    break
            if rng.random() < SHORT_SHARE and (words := few_words(parts[order[0]], rng)):
                yield _pair("short", everyday(words, glossary, rng), paragraph, paragraph)


def _own_pairs(passage: Passage, glossary: Glossary, rng: Random) -> Iterator[Pair]:
    parts, parts_en = sentences(passage.text), sentences(passage.text_en)
    for at, sentence in enumerate(parts):
        around = " ".join([passage.heading, *parts[:at], *parts[at + 1 :]])
        if rng.random() < 0.5 and (words := few_words(sentence, rng)):
            words = everyday(words, glossary, rng)
            yield Pair("own_short", words, around if rng.random() < 0.7 else passage.text, passage.passage_id)
        if question := asked(sentence):
            yield Pair("own_asked", everyday(question, glossary, rng), around, passage.passage_id)
    for sentence in parts_en:
        if rng.random() < 0.5 and (words := few_words(sentence, rng)):
            yield Pair("own_short_en", words, f"{passage.heading} {passage.text}", passage.passage_id)


def asked(statement: str) -> str | None:
    """`Kommunen får ge bidrag.` as `Får kommunen ge bidrag?`; nothing where the sentence is not built that way."""
    found = STATEMENT.fullmatch(statement)
    if not found:
        return None
    subject = found[1].split()
    if subject[0].lower() in NO_SUBJECT or "som" in subject or "att" in subject:
        return None
    if not subject[0].isupper():
        subject[0] = subject[0].lower()
    return f"{found[2].capitalize()} {' '.join(subject)} {_first_clause(found[3])}?"


def _first_clause(text: str) -> str:
    words = text.split()
    for at in range(SHORTEST_CLAUSE, min(len(words), LONGEST_CLAUSE)):
        if words[at - 1].endswith((",", ":", ";")) or words[at].lower() in CLAUSE_STARTS:
            return " ".join(words[:at]).rstrip(",:;")
    return " ".join(words[:LONGEST_CLAUSE]).rstrip(",:;")


def few_words(sentence: str, rng: Random) -> str | None:
    """Two to five of the sentence's telling words, in their order, as one types them into a search field."""
    telling = [word for word in WORD.findall(sentence) if len(word) > 3 and word.lower() not in SAY_LITTLE]
    if len(telling) < 2:
        return None
    drawn = sorted(rng.sample(range(len(telling)), min(rng.randint(2, 5), len(telling))))
    return " ".join(telling[at] for at in drawn)


def everyday(text: str, glossary: Glossary, rng: Random) -> str:
    return glossary.reword(text, rng)[0] if rng.random() < 0.5 else text


def _pair(kind: str, anchor: str, positive: str, paragraph: str) -> Pair:
    return Pair(kind, anchor, " ".join(positive.split())[:LONGEST_TEXT], key=paragraph[:80])
