"""Which sentences have to do with a question: by their words, and by what a transformer makes of the whole."""

import pytest

from knowledge.retrieval.encoders.hashing import HashingEncoder
from knowledge.retrieval.encoders.static import embedded_encoder
from knowledge.retrieval.sentence_relevance import SentenceRelevance

QUESTION = "Vem betalar resan hem?"
SENTENCES = ["Kommunen kan betala resan hem.", "Barnet går i skolan.", ""]


def test_a_longer_text_meets_no_less_of_the_question() -> None:
    relevance = SentenceRelevance(embedded_encoder(), SENTENCES)
    alone, longer = relevance.scores(QUESTION, [SENTENCES[0], " ".join(SENTENCES)])
    assert 0 < alone <= longer <= 1


def test_without_a_transformer_the_words_say_how_near_a_sentence_is() -> None:
    relevance = SentenceRelevance(embedded_encoder(), SENTENCES)
    assert relevance.nearness(QUESTION, SENTENCES) == relevance.scores(QUESTION, SENTENCES)


def test_with_one_it_says_how_near_the_whole_is_and_never_less_than_nothing() -> None:
    relevance = SentenceRelevance(embedded_encoder(), SENTENCES, HashingEncoder())
    same, *others = relevance.nearness(QUESTION, [QUESTION, *SENTENCES])
    assert same == pytest.approx(1)
    assert all(0 <= near < same for near in others)
    assert relevance.nearness(QUESTION, []) == []
