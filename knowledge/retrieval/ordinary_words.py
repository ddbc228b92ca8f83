"""Words that people write, Swedish and English, whether or not the corpus has them (wordfreq).

A word found here is spelled right: "tabletter" must not be read as "toaletter".
"""

from __future__ import annotations

from functools import cache

# How rare a word may be, in hundredths of a power of ten: 10^-6.3 of all words. Slips that many make are rarer.
_RAREST = {"sv": 630, "en": 570}


@cache
def ordinary_words() -> frozenset[str]:
    # Here and not above: it takes a third of the time that each command needs to start, and few of them search.
    import wordfreq

    found = frozenset(
        word
        for language, rarest in _RAREST.items()
        for some in wordfreq.get_frequency_list(language)[:rarest]
        for word in some
    )
    wordfreq.get_frequency_list.cache_clear()  # the whole lists, 40 MB, for the few that are kept
    return found
