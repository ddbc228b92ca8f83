"""Running text to sentences: legal abbreviations end none, and nothing is lost."""

from __future__ import annotations

import pytest

from knowledge.datatypes import Document
from knowledge.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("   ", []),
        ("Ett ord", ["Ett ord"]),
        ("Först detta. Sedan detta.", ["Först detta.", "Sedan detta."]),
        ("Får hon det? Ja! Det får hon.", ["Får hon det?", "Ja!", "Det får hon."]),
        ("Se 4 kap. 1 § SoL. Ansök där.", ["Se 4 kap. 1 § SoL.", "Ansök där."]),
        ("Enligt HFD 2018 ref. 39 gäller det.", ["Enligt HFD 2018 ref. 39 gäller det."]),
        ("Läs prop. 2015/16:147 s. 12 om det.", ["Läs prop. 2015/16:147 s. 12 om det."]),
        ("Mat, t.ex. Bröd, ges. Resten inte.", ["Mat, t.ex. Bröd, ges.", "Resten inte."]),
        ("Han sa ”kom hit.” Sedan gick han.", ["Han sa ”kom hit.”", "Sedan gick han."]),
        ("Ring (dygnet runt.) Annars mejla.", ["Ring (dygnet runt.)", "Annars mejla."]),
        ("Det kostar 1.5 kronor. 2 § säger så.", ["Det kostar 1.5 kronor.", "2 § säger så."]),
        ("See e.g. Section 5. It applies.", ["See e.g. Section 5.", "It applies."]),
        ("Slut utan punkt. Och så", ["Slut utan punkt.", "Och så"]),
        ("Rad ett.\nRad två.", ["Rad ett.", "Rad två."]),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_nothing_of_the_corpus_is_lost_or_cut_in_the_wrong_place(corpus: tuple[Document, ...]) -> None:
    texts = [text for d in corpus for p in d.passages for text in (p.text, p.text_en)]
    assert [text for text in texts if " ".join(split_sentences(text)).split() != text.split()] == []
    sentences = [sentence for text in texts for sentence in split_sentences(text)]
    assert [s for s in sentences if s[-1] not in ".!?”)" or len(s) < 3] == []
    assert [s for s in sentences if s.count("(") != s.count(")")] == []
