"""The parts that decide what the model learns from."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from training.character_search import CharacterSearch
from training.distortions import fold, misspell
from training.glossary import Concept, Glossary
from training.measure import Task, figures_of
from training.steps.read_documents import held_out_sequences, read_document

TERMS = Path(__file__).parents[2] / "knowledge" / "retrieval" / "terms.tsv"


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary(
        [
            Concept(0, ("socialbidrag", "ekonomiskt bistånd"), ("income support",)),
            Concept(1, ("tiggeri",), ("begging",)),
            Concept(2, ("förbud",), ("ban",)),
            Concept(3, ("köra", "förare"), ("drive",)),
        ]
    )


def test_inflected_terms_of_several_words_are_found(glossary: Glossary) -> None:
    assert glossary.reword("Får hon ekonomiska bistånd?", Random(1), share=1)[0] == "Får hon socialbidrag"


def test_a_compound_is_glossed_by_its_parts(glossary: Glossary) -> None:
    assert "begging ban" in glossary.gloss("tiggeriförbud", Random(1)).text


def test_a_function_word_is_not_mistaken_for_a_term_with_its_stem(glossary: Glossary) -> None:
    assert glossary.reword("för barn", Random(1), share=1) == ("för barn", 0)


def test_the_shipped_term_list_is_whole() -> None:
    shipped = Glossary.read(TERMS)
    assert len(shipped.concepts) >= 400
    lone = [concept for concept in shipped.concepts if len(concept.swedish) + len(concept.english) < 2]
    assert lone == []


def test_terms_of_further_languages_stand_apart_from_the_english_ones(tmp_path: Path) -> None:
    terms = tmp_path / "terms.tsv"
    terms.write_text(
        "# made up\nhärbärge\tshelter; night shelter\tadăpost\tприют; priyut\nkvarn\nskola\tschool\n", "utf-8"
    )
    shelter, mill, school = Glossary.read(terms).concepts
    assert shelter == Concept(0, ("härbärge",), ("shelter", "night shelter"), ("adăpost", "приют", "priyut"))
    assert (mill.english, mill.foreign) == ((), ())
    assert (school.english, school.foreign) == (("school",), ())


def test_misspelling_and_folding() -> None:
    assert fold("Är åldern känd?") == "Ar aldern kand?"
    assert misspell("uppehållsrätt för arbetssökande", Random(1), share=1) != "uppehållsrätt för arbetssökande"
    assert misspell("på", Random(1), share=1) == "på"


def test_markdown_and_statutes_are_read(tmp_path: Path) -> None:
    page = tmp_path / "lag.md"
    page.write_text(
        "---\nbeteckning: 1999:1\nrubrik: Lag om brunnar\n---\n# Lag om brunnar\n\n## Skydd\n#### 1 §\n\n"
        "Den som äger en [brunn](https://example.org) ska\n\n- hålla den ren, och\n\n- täcka den. Lag ([2001:2](x)).\n",
        "utf-8",
    )
    document = read_document(page, "lagar")
    assert document.title == "Lag om brunnar"
    assert [(section.heading, section.paragraphs) for section in document.sections] == [
        ("Skydd", ["Den som äger en brunn ska - hålla den ren, och - täcka den."])
    ]


def test_plain_text_has_headings_too(tmp_path: Path) -> None:
    page = tmp_path / "lag.txt"
    page.write_text("Lagens innehåll\n\n1 § Denna lag gäller \nbrunnar.\n", "utf-8")
    (section,) = read_document(page, "lagar").sections
    assert (section.heading, section.paragraphs) == ("Lagens innehåll", ["Denna lag gäller brunnar."])


def test_sequences_come_from_every_string_of_a_held_out_file(tmp_path: Path) -> None:
    held_out = tmp_path / "test.json"
    held_out.write_text('{"data": [{"question": "ett två tre fyra fem sex sju åtta"}]}', "utf-8")
    assert held_out_sequences((held_out,)) == {"ett två tre fyra fem sex sju åtta"}


def test_character_search_does_not_mind_missing_dots() -> None:
    scores = CharacterSearch(["uppehållsrätt för arbetssökande", "vaccin för barn"]).scores(
        ["uppehallsratt", "vacciner"]
    )
    assert scores.argmax(1).tolist() == [0, 1]


def test_figures_count_ties_against_us() -> None:
    task = Task("t", ["q"], ["a", "b"], [{0}])
    assert figures_of(np.array([[1.0, 0.5]]), task).startswith("nDCG@10 1.000, hit@1 1.000")
    assert "hit@1 0.000" in figures_of(np.array([[1.0, 1.0]]), task)
