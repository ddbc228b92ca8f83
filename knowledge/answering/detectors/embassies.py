"""Whose embassy a question names: one country's number must never be given as another's."""

from .folding import padded, tokens
from .phrases import shipped_phrases


def embassies_named(text: str) -> set[str]:
    """Of the countries in lexicons/embassies.txt: "Polens", as an organisation of the table of contacts begins."""
    return shipped_phrases("embassies").labels(padded(tokens(text)))
