"""Which sentences make an answer: conditions stay with their claims, and nothing is said twice or mixed up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.answering.open_questions import is_open
from knowledge.answering.selection import IN_ALL, select
from knowledge.answering.units import is_provenance, units
from knowledge.datatypes import Passage, ScoredPassage, Validity, ValidityStatus
from knowledge.fakes import SharedWords

Make = Callable[..., Passage]


def scored(passage: Passage, score: float) -> ScoredPassage:
    return ScoredPassage(passage, score, {})


def test_what_limits_a_claim_stays_with_it() -> None:
    said = ["Kommunen betalar resan.", "Det gäller inte böter.", "Läs därför beslutet.", "Polisen nås på 114 14."]
    assert units(said) == [tuple(said[:3]), (said[3],)]


def test_a_sentence_on_sources_is_known_as_one() -> None:
    assert is_provenance("Lagen är läst i lydelse från september 2025.")
    assert not is_provenance("Kommunen betalar resan.")


def test_the_best_passage_leads_and_another_adds_what_it_lacks(make_passage: Make) -> None:
    best = scored(make_passage("resa/hem", "Kommunen kan betala resan hem."), 0.9)
    other = scored(make_passage("resa/barn", "Resan hem för barn kräver samtycke. Tandvård är dyr."), 0.85)
    parts = select("Kan kommunen betala resan hem för barn?", [best, other], "sv", SharedWords())
    assert [part.scored.passage.id for part in parts] == ["resa/hem", "resa/barn"]
    assert parts[1].sentences == ("Resan hem för barn kräver samtycke.",)


def test_of_two_that_meet_as_much_the_one_that_is_about_it_is_said(make_passage: Make) -> None:
    """Room for one: by its words alone, the long sentence that mentions everything would do as well."""
    best = scored(
        make_passage("resa/hem", " ".join(f"Kommunen prövar fråga nummer {n} enskilt." for n in range(4))), 0.9
    )
    aside = "Om resan hem för barn och om mycket annat som sällan händer står det i en bok som ingen längre har."
    other = scored(make_passage("resa/barn", f"{aside} Resan hem för barn kräver samtycke. {aside}!"), 0.85)
    _, added = select("Resan hem för barn?", [best, other], "sv", SharedWords())
    assert added.sentences == ("Resan hem för barn kräver samtycke.",)


def test_nothing_is_said_twice_and_never_more_than_six_sentences(make_passage: Make) -> None:
    text = "Resan hem betalas av kommunen."
    many = " ".join(f"Resan hem nummer {n} betalas alltid snabbt." for n in range(12))
    passages = [scored(make_passage(f"resa/{n}", text if n < 2 else many), 0.9 - n / 100) for n in range(4)]
    parts = select("Betalas resan hem?", passages, "sv", SharedWords())
    said = [sentence for part in parts for sentence in part.sentences]
    assert len(said) == len(set(said)) <= IN_ALL


def test_a_proposal_is_not_mixed_with_what_applies(make_passage: Make) -> None:
    proposed = Validity(ValidityStatus.PROPOSED, "Förslag.")
    best = scored(make_passage("resa/hem", "Resan hem betalas av kommunen."), 0.9)
    other = scored(make_passage("resa/ny", "Enligt ett förslag betalas resan hem av staten.", validity=proposed), 0.89)
    assert len(select("Vem betalar resan hem?", [best, other], "sv", SharedWords())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Får hon stanna?",
        "Vem betalar?",
        "regler för EU-medborgare",
        "What documents does he need?",
        "hur gör vi med dem då",
        "Stämmer det verkligen?",
        "han står här nu",
    ],
)
def test_open(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize("text", ["Har barn rätt till skola?", "tandvård", "Får polisen avvisa honom?", "", "begging"])
def test_not_open(text: str) -> None:
    assert not is_open(text)
