"""Does a text concern a child? Then the duty to report is shown with every answer."""

import re

from .folding import padded, tokens
from .phrases import shipped_phrases

_OF_AGE = 18
_SWEDISH_NUMBERS = dict(
    zip(
        ("ett", "tva", "tre", "fyra", "fem", "sex", "sju", "atta", "nio", "tio", "elva", "tolv", "tretton", "fjorton"),
        range(1, 15),
        strict=True,
    )
) | {"femton": 15, "sexton": 16, "sjutton": 17}
_ENGLISH_NUMBERS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
        range(1, 14),
        strict=True,
    )
) | {"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17}
_NUMBERS = _SWEDISH_NUMBERS | _ENGLISH_NUMBERS
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_AGES = re.compile(
    rf" {_NUMBER} ?(?:aring\w*|arig\w*|arsaldern|ars alder\w*)(?= )"
    rf"| {_NUMBER} (?:och ett halvt )?(?:ar|manader|manad|veckor|dagar) (?:gammal\w*|gamla)(?= )"
    rf"| (?:ar|ar bara|blir|fyller|fyllt|ar cirka|ar runt|ar ungefar) {_NUMBER} ar(?= [.,?!]| och | $|$)"
    rf"| {_NUMBER} ?(?:yearolds?|year olds?|years? old|months? old|weeks? old|days? old|yo)(?= )"
    rf"| (?:aged|age) {_NUMBER}(?= )"
)


def concerns_child(text: str) -> bool:
    """Whether a child, or someone under eighteen, is spoken of."""
    words = padded(tokens(text))
    hits = shipped_phrases("child").find(words)
    quiet = [hit for hit in hits if hit.label == "no_child"]
    if any(
        hit.label == "child" and not any(hit.start < other.end and other.start < hit.end for other in quiet)
        for hit in hits
    ):
        return True
    return any(_age(match) < _OF_AGE for match in _AGES.finditer(words))


def _age(match: re.Match[str]) -> int:
    number = next(group for group in match.groups() if group)
    return int(number) if number.isdigit() else _NUMBERS[number]
