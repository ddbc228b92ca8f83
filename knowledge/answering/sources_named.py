"""Which of a passage's sources a sentence rests on: the first, which carries the passage, and those that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..datatypes import Source

LEAST, MOST = 2, 5  # sources of one sentence, where its passage has as many
_NUMBER = re.compile(r"\d{4}(?:/\d{2})?:\d+|\d+/\d{4}|\d{4} ref\. \d+")  # 2025:400, 2025/26:136, 883/2004, 2018 ref. 39
_ACT = re.compile(r"\w+(?:lag|balk)\b")  # "Skollag (2010:800)", which a sentence calls "skollagen"
_KIND = re.compile(r"^\w+(?:styrelsen|verket|myndigheten)\b")  # of "Länsstyrelsen Stockholm": "länsstyrelsen"
_ADDITION = re.compile(r"\s*[(/].*")  # "SFS (via lagen.nu)"


def sources_of(sentence: str, sources: Sequence[Source]) -> list[Source]:
    """In the order of the passage."""
    named = [source for source in sources[1:] if is_named(source, sentence)]
    chosen = [*sources[:1], *named][:MOST]
    others = [source for source in sources if source not in chosen]
    chosen += others[: max(LEAST - len(chosen), 0)]
    return [source for source in sources if source in chosen]


def is_named(source: Source, sentence: str) -> bool:
    """By the number of its title or wording, by the name of an act, or by who published it."""
    if any(number in sentence for number in _NUMBER.findall(f"{source.title} {source.date}")):
        return True
    publisher = _ADDITION.sub("", source.publisher)
    names = [f"{act}en" for act in _ACT.findall(source.title)] + ([publisher] if publisher else [])
    names += _KIND.findall(publisher)
    return any(re.search(rf"\b{re.escape(name)}(?:s|:s)?\b", sentence, re.IGNORECASE) for name in names)
