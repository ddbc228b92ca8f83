"""The patterns of law references, as officials, authors and legislators write them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from .statutes import statute_table

# "3 a"; the letter i is a word unless a sign or a comma follows: "§ 3 i LVU".
NUMBER = r"\d{1,3}(?!\d)(?:\s?(?:[a-hj-z](?![\wåäö.])|i(?=\s?(?:§|kap|[,–-])|\Z)))?"
_RANGE = rf"{NUMBER}(?:\s?[–-]\s?(?:{NUMBER}|[a-z](?![\wåäö])))?"
# Bounded: a table of numbers must not be walked through once for each of them.
_LIST = rf"{_RANGE}(?:(?:\s?,\s?|\s(?:och|samt|eller|respektive|and|or)\s){_RANGE}){{0,20}}"
_CHAPTER = rf"(?:{_RANGE}\s?kap(?:\.|itel|itlet)?|kap(?:\.|itel)?\s{NUMBER})"
_SIGN = r"(?:§{1,2}|paragraf(?:en|erna)?\b)"
_START = r"(?<![\w:/.–-])"

# A place in a statute: chapter and sections, sections, or a chapter. The first form that fits is taken.
PLACE = re.compile(
    rf"""{_START}(?:
      (?P<chapter>{_CHAPTER})[,\s]\s?(?P<sections>{_LIST})\s?{_SIGN}
    | (?P<chapter2>{_CHAPTER})[,\s]\s?(?:{_SIGN}\s?)(?P<sections2>{_LIST})
    | chapter\s(?P<chapter3>{NUMBER}),?\s(?:sections?|§{{1,2}})\s(?P<sections3>{_LIST})
    | (?P<sections4>{_LIST})\s?{_SIGN}
    | (?:{_SIGN}|sections?)\s?(?P<sections5>{_LIST})
    | (?P<chapter6>\d{{1,2}}(?:\s?[a-z])?)\s?:\s?(?P<sections6>{NUMBER})
    | (?P<chapter7>{_CHAPTER})\s(?P<sections7>{_RANGE})(?=\s)
    | (?P<chapter8>{_CHAPTER}|chapter\s{NUMBER})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
LOOSE_FORMS = ("6", "7")  # "4:1", "19 kap 1": a place only beside a statute

_ORDINAL = r"(?:första|andra|tredje|fjärde|femte|sjätte|sjunde|sista)"
# What follows a section: "första stycket 2", "2 st. 3 p.", "första och andra styckena", "3 och 5".
DETAIL = re.compile(
    rf"""(?:\s(?:
      {_ORDINAL}(?:(?:,\s|\s(?:och|eller)\s){_ORDINAL})*\s(?:stycke[nt](?:a)?|st\b\.?|mening(?:en|arna)|punkten)
    | \d\s?st\b\.? | st\b\.?\s?\d | (?:p\b\.?|punkt(?:en|erna)?)\s\d{{1,2}} | \d{{1,2}}\s?p\b\.?
    | \d{{1,2}}(?:(?:\s?[,–-]\s?|\soch\s)\d{{1,2}})*(?!\d|\s?[a-z]?\s?(?:§|kap)|\s?[–,:]|\soch\s\d)
    )){{1,3}}""",
    re.VERBOSE | re.IGNORECASE,
)


def _by_first_letter(names: Iterable[str]) -> str:
    """The names as alternatives, the longest first; by their first letter, since most words begin with another."""
    letters: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        letters[name[0]].append(re.escape(name[1:]))
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in letters.items())


_SFS = r"\d{4}:\d{1,4}(?!\d)"
_NAMES = _by_first_letter(statute_table().names)
# A statute: by a name that we know, by its number, or by a name that the library may know.
STATUTE = re.compile(
    rf"""(?<![\w-])(?:(?:den|det|the)\s)?(?:(?P<age>nya|nuvarande|gamla|äldre|upphävda|new|old|former|repealed)\s)?
    (?:(?P<year>\d{{4}})\sårs\s)?
    (?:
      (?P<name>{_NAMES})(?!-?\w)(?P<after>(?:,?\s\((?:SFS\s)?{_SFS}\)|\s\([A-ZÅÄÖ]\w{{1,5}}\))*)
    | (?P<word>\w*(?:lag|balk|förordning|ordning|kungörelse)(?:en|n)?)\s\(?(?:SFS\s)?(?P<number>{_SFS})\)?
      (?:\s\([A-ZÅÄÖ]\w{{1,5}}\))?
    | (?:SFS\s|\()?(?P<bare>{_SFS})\)?
    | (?P<unknown>\w{{4,}}(?:lag|balk|förordning|ordning)en)(?!\w)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
SFS_NUMBER = re.compile(_SFS)
# Between a place and the statute that it is of: "3 § i den LVU", "4 kap. 1 §, socialtjänstlagen".
TO_THE_STATUTE = re.compile(r"\s?,?\s?(?:(?:i|enligt|av|of|in|the|under|to|den|m\.m\.|ff?\.?)\s){0,3}", re.IGNORECASE)
# Between two places of the same statute.
BETWEEN_PLACES = re.compile(r"\s?(?:,|;|och|samt|eller|respektive|jämförd med|jfr|and|or)\s?", re.IGNORECASE)
# "LVU 3 §", "SoL, 4 kap. 1 §", "socialtjänstlagen i 4 kap. 1 §".
FROM_THE_STATUTE = re.compile(r"\s?[,:]?\s?(?:(?:i|enligt|dess)\s)?", re.IGNORECASE)
