"""Statements turned into questions, and what they are paired with."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from training.datatypes import Document, Pair, Places, Section, Settings
from training.files import read_pairs, write_documents
from training.steps.pair_corpus import pair_corpus
from training.steps.pair_statements import asked, few_words, pair_statements

TEXTS = [
    "Kommunen får lämna bidrag till föreningar som driver härbärgen. Bidraget betalas ut en gång om året i förskott. "
    "Den som har fått bidrag redovisar sedan hur det har använts.",
    "Länsstyrelsen beslutar om tillsyn över alla brunnar i länet. Tillsynen sker på våren när vattnet står högt. "
    "Ägaren betalar för provet.",
]


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Kommunen får lämna bidrag till föreningar.", "Får kommunen lämna bidrag till föreningar?"),
        (
            "Socialnämnden i kommunen ska utan dröjsmål inleda en utredning, om det behövs.",
            "Ska socialnämnden i kommunen utan dröjsmål inleda en utredning?",
        ),
        ("JO kan granska hur beslutet har fattats.", "Kan JO granska hur beslutet har fattats?"),
        ("I kommunen får man söka bidrag året om.", None),  # the verb stands before its subject already
        ("Den som är ung får söka bidrag hos nämnden.", None),  # the first verb is not the sentence's
        ("Det gäller även för den som söker bidrag.", None),  # says nothing without the sentence before it
        ("Bidrag söks på våren hos nämnden.", None),
    ],
)
def test_a_statement_becomes_a_question(statement: str, question: str | None) -> None:
    assert asked(statement) == question


def test_a_long_statement_is_cut() -> None:
    question = asked("Kommunen ska " + "ordna mat och kläder åt alla barn i alla byar " * 5 + "varje år.")
    assert question is not None
    assert len(question.split()) <= 14


def test_few_words_are_telling_ones_in_order() -> None:
    sentence = "Kommunen får lämna bidrag till de föreningar som driver härbärgen."
    words = [(few_words(sentence, Random(seed)) or "").split() for seed in range(30)]
    assert {len(found) for found in words} == {2, 3, 4, 5}
    for found in words:
        places = [sentence.index(word) for word in found]
        assert places == sorted(places)
        assert not {"får", "till", "som", "de"} & set(found)
    assert few_words("Det är så.", Random(1)) is None


@pytest.fixture
def statements(places: Places, small_settings: Settings, request: pytest.FixtureRequest) -> list[Pair]:
    settings = replace(small_settings, statements=getattr(request, "param", 1000), statement_rounds=1)
    places.work.mkdir(exist_ok=True)
    before = places.documents.read_bytes() if places.documents.exists() else None
    documents = [
        Document(collection, f"Om {number}", [Section("Bidrag till föreningar", TEXTS)])
        for collection in ("lagar", "nyheter")
        for number in range(20)
    ]
    write_documents(places.documents, documents)
    pair_statements(places, settings)
    if before is not None:
        places.documents.write_bytes(before)
    return list(read_pairs(places.pairs("statements")))


def test_a_question_stands_beside_the_text_without_its_statement(statements: list[Pair]) -> None:
    questions = [pair for pair in statements if pair.kind == "asked"]
    assert {
        "Får kommunen lämna bidrag till föreningar?",
        "Beslutar länsstyrelsen om tillsyn över alla brunnar i länet?",
    } & {pair.anchor for pair in questions}
    for pair in questions:
        assert "Kommunen får" not in pair.positive or "bidrag till föreningar" not in pair.anchor


def test_a_heading_is_asked_about_and_the_corpus_gives_pairs_of_its_own(statements: list[Pair]) -> None:
    assert any("Bidrag till föreningar" in pair.anchor for pair in statements if pair.kind == "asked_about")
    own = [pair for pair in statements if pair.kind.startswith("own_")]
    assert own
    assert all(pair.key.startswith("socken/") for pair in own)


@pytest.mark.parametrize("statements", [7], indirect=True)
def test_no_collection_gives_more_than_its_share(statements: list[Pair]) -> None:
    assert Counter(pair.kind.startswith("own_") for pair in statements)[False] == 14


def test_phrasings_held_out_are_in_no_pair(places: Places, small_settings: Settings) -> None:
    settings = replace(small_settings, hold_out_phrasings=True)
    pair_corpus(places, settings)
    anchors = {pair.anchor for pair in read_pairs(places.pairs("corpus"))}
    assert "berätta om vattnet i brunnen" in anchors
    assert "brunn och vattnet i brunnen" not in anchors
