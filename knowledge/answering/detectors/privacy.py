"""Takes personal data out of a text before anything is searched, stored or sent on.

Numbers that have a checksum must pass it, so that amounts, years and statutes stay; the rest needs a cue word or a
shape that nothing else has. Public numbers (112, 114 14, 1177, 020-…) stay, for officials ask about them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from stdnum import iban

from .identity_numbers import EIGHT_TO_THIRTEEN_DIGITS, kind_of_identity_number
from .person_names import NameFinder

PLACEHOLDERS = {
    "personal_number": "[personnummer]",
    "coordination_number": "[samordningsnummer]",
    "phone": "[telefonnummer]",
    "email": "[e-postadress]",
    "case_number": "[ärendenummer]",
    "name": "[namn]",
    "address": "[adress]",
    "id_document": "[id-handling]",
    "bank_account": "[kontonummer]",
    "iban": "[kontonummer]",
}
_MOST_PASSES = 4

_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ ]?[A-Za-z0-9]{4}){2,7}(?:[ ]?[A-Za-z0-9]{1,3})?\b")
_IDENTITY_CUE = re.compile(
    r"(?i)\b(personnummer|personnr|pers\.?nr|p-?nr|samordningsnummer|samordningsnr|personal (?:identity )?number)"
    r"(?:et|t)?(?:\s+(?:är|is|nr|nummer))?[\s:.=]*(\d{6,8}[ ]?[-–+]?[ ]?\d{4})(?!\d)"
)
_CASE_CUE = re.compile(
    r"(?i)\b((?:dnr|diarienr|diarienummer|d-nr|ärendenummer|ärendenr|arendenummer|aktnummer|aktnr|"
    r"case (?:number|no\.?)|file (?:number|no\.?))(?:et)?(?:\s+är|\s+is)?[\s:.#]*)"
    r"((?:[a-zåäö]{1,6}[ -]?)?\d[\d/.:-]*\d[\d/-]*)"
)
_CASE = re.compile(
    r"(?i)\b((?:ärendet?|arende|akten?|case|file)"
    r"(?:\s+(?:nr|nummer|med nummer|no\.?|number))?"
    r"[\s:#]*)((?:[A-ZÅÄÖ]{1,6}[ -]?)?(?:\d{4}[-/]\d{1,7}(?:[-/]\d+)*|\d{5,}))(?![\d:])"
)
_CASE_CODE = re.compile(r"\b()((?:SN|ASN|IFN|IFO|KS|SOC|ÄN|BUN|VON|AMN|SAN)[ -]?\d{4}[-/]\d{1,7})\b")
_ID_DOCUMENT = re.compile(
    r"(?i)\b((?:pass(?:et|nummer|nr)?|passport|id-?kort(?:et|snummer)?|id-?handling(?:en)?|identitetskort(?:et)?|"
    r"id card|identity card|körkort(?:et)?|uppehållskort(?:et)?|lma-?(?:kort|nummer)|buletin|carte de identitate)"
    r"(?:\s+(?:är|med|nr|nummer|no\.?|number|is|seria|serie))*[\s:.#]*)([A-Z]{0,3}[ ]?\d{5,12})\b"
)
_BANK = re.compile(
    r"(?i)\b((?:kontonummer|kontonr|bankkonto|konto|clearingnummer|clearingnr|clearing|account(?: number)?)"
    r"(?:et)?(?:\s+(?:är|nr|nummer|is))?[\s:.#]*)(\d{4}[\d ,.-]{2,18}\d)(?!\s*(?:kr|kronor|sek|euro)\b)"
)
_PHONE = re.compile(
    r"(?<![\d:/.,-])(?:(?:\+|00)[1-9]\d{0,2}[ ./-]?(?:\(0\))?[ ]?\d(?:[ ./-]?\d){6,11}"
    r"|(?:\(0\d{1,3}\)|08|0[1-9]\d{1,2})[ /-]{0,3}\d(?:[ -]?\d){4,8})(?![\d:]|[.,/-]\d)"
)
_PHONE_CUE = re.compile(
    r"(?i)\b((?:tel|telefon|telefonnummer|mobil|mobilnummer|mobilnr|telnr|tfn|phone|cell)(?:et|en)?(?:\s+(?:är|nr|is))?[\s:.]*)"
    r"(\d(?:[ -]?\d){5,10})(?![\d:])"
)
_PUBLIC_PREFIXES = ("020", "0200", "010", "0770", "0771", "0772", "0774", "0775", "0776", "0778", "0900", "116")
_DATE_LIKE = re.compile(r"0\d[ -/][01]?\d[ -/](?:19|20)\d\d")
_ADDRESS = re.compile(
    r"(?i)\b(?:(?:norra|södra|östra|västra|stora|lilla|gamla|nya|övre|nedre)\s+)?"
    r"(?!riks|läns|europa|motor|mot|järn)[a-zåäöéü]{2,}"
    r"(?:gatan|vägen|gränden?|allén|torget|stigen|backen|gången|leden|stråket|kajen|liden|esplanaden|gata|väg)\s+\d{1,4}"
    r"(?![\d:-]|\s*(?:dagar|dygn|timmar|år|månader|veckor|kronor|kr|personer|st|gånger|av|eller|meter|barn|och)\b)"
    r"(?:\s?[a-h]\b)?(?:,?\s*(?:lgh|lägenhet|port)\s*\d{1,4})?(?:,?\s*\d{3}\s?\d{2}(?:\s+[a-zåäö]+)?)?"
)
_STRADA = re.compile(r"(?i)\b(?:strada|str\.|bulevardul|ulitsa|улица)\s+[\w .]{2,30}?,?\s*(?:nr\.?\s*)?\d{1,4}\b")


@dataclass(frozen=True)
class Redaction:
    """The text without what was found, and the kinds of what was, in the order found."""

    text: str
    kinds: tuple[str, ...] = ()


class Redactor:
    """Finds personal data by shape, checksum, cue word and name lists. Redacting twice changes nothing more."""

    def __init__(self) -> None:
        self._names = NameFinder()

    def redact(self, text: str) -> Redaction:
        """The text with a placeholder for each thing found."""
        kinds: list[str] = []
        for _ in range(_MOST_PASSES):
            before = text
            text = self._pass(text, kinds)
            if text == before:
                break
        return Redaction(text, tuple(dict.fromkeys(kinds)))

    def _pass(self, text: str, kinds: list[str]) -> str:
        if "@" in text:
            text = _EMAIL.sub(_replacing("email", kinds), text)
        if any(map(str.isdigit, text)):
            text = _without_numbers(text, kinds)
        return self._names.replace(text, lambda: _noted("name", kinds))


def _without_numbers(text: str, kinds: list[str]) -> str:
    text = _IBAN.sub(lambda m: _noted("iban", kinds) if iban.is_valid(m.group()) else m.group(), text)
    text = _IDENTITY_CUE.sub(lambda m: _identity_after_cue(m, kinds), text)
    for pattern, kind in (
        (_CASE_CUE, "case_number"),
        (_CASE, "case_number"),
        (_CASE_CODE, "case_number"),
        (_ID_DOCUMENT, "id_document"),
    ):
        text = pattern.sub(_keeping_cue(kind, kinds), text)
    text = EIGHT_TO_THIRTEEN_DIGITS.sub(lambda m: _identity(m, kinds), text)
    text = _BANK.sub(_keeping_cue("bank_account", kinds), text)
    text = _PHONE.sub(lambda m: _phone(m, kinds), text)
    text = _PHONE_CUE.sub(lambda m: m.group() if _is_public(m.group(2)) else m.group(1) + _noted("phone", kinds), text)
    text = _ADDRESS.sub(_replacing("address", kinds), text)
    return _STRADA.sub(_replacing("address", kinds), text)


def _noted(kind: str, kinds: list[str]) -> str:
    kinds.append(kind)
    return PLACEHOLDERS[kind]


def _replacing(kind: str, kinds: list[str]) -> Callable[[re.Match[str]], str]:
    return lambda _match: _noted(kind, kinds)


def _keeping_cue(kind: str, kinds: list[str]) -> Callable[[re.Match[str]], str]:
    """Replaces the number and leaves the word that gave it away, which the question may be about."""
    return lambda match: match.group(1) + _noted(kind, kinds)


def _identity(match: re.Match[str], kinds: list[str]) -> str:
    kind = kind_of_identity_number(match.group())
    return _noted(kind, kinds) if kind else match.group()


def _identity_after_cue(match: re.Match[str], kinds: list[str]) -> str:
    """With the word beside it a number is what it says, also where a digit is mistyped."""
    number = match.group(2)
    stated = "coordination_number" if match.group(1).casefold().startswith("sam") else "personal_number"
    kind = kind_of_identity_number(number) or stated
    return match.group()[: -len(number)] + _noted(kind, kinds)


def _phone(match: re.Match[str], kinds: list[str]) -> str:
    number = match.group()
    if _is_public(number) or _DATE_LIKE.fullmatch(number):
        return number
    return _noted("phone", kinds)


def _is_public(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return len(digits) < 6 or digits.startswith(_PUBLIC_PREFIXES)
