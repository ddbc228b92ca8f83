"""Answers in the shape of the contract. What they say of the law is filling."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def citation(n: int, quote: str = "", **more: object) -> Json:
    return {
        "n": n,
        "document_id": "bistand-utan-uppehallsratt",
        "passage_id": f"bistand-utan-uppehallsratt/{n}",
        "passage_version": "v1",
        "topics": ["bistand-utan-uppehallsratt"],
        "title": f"Socialt bistånd, del {n}",
        "heading": "Vilken hjälp kan den få som saknar uppehållsrätt?",
        "publisher": "Länsstyrelsen Stockholm",
        "url": f"https://example.org/socialt-bistand/{n}",
        "quote": quote
        or "Den som saknar uppehållsrätt har som huvudregel bara rätt till hjälp i en akut nödsituation.",
        "published": "2025-05-22",
        "date": "utfärdad 2025-05-22",
        "laws": ["11 kap. 1 § SoL (2025:400)"],
        "validity": "current",
        "validity_note": "Läst i lydelsen enligt SFS 2025:1501.",
        "valid_from": "2025-07-01",
        "valid_to": None,
    } | more


CONTACT: Json = {
    "id": "lst-stockholm",
    "organisation": "Länsstyrelsen i Stockholms län",
    "role": "Samordnare för stöd om utsatta EU- och EES-medborgare",
    "phone": "010-000 00 00",
    "email": "utsatta_eu@example.se",
    "hours": "vardagar 9–15",
    "address": "Storgatan 1, Umeå",
    "url": "https://example.org/kontakt",
    "places": [],
    "last_verified": "2026-10-01",
    "verification": "verified",
}
UNCHECKED = CONTACT | {"role": "Växel", "phone": None, "email": None, "last_verified": None, "verification": "never"}


def answer(text: str, **more: object) -> Json:
    return {
        "type": "answer",
        "answer_id": "answer-1",
        "status": "answered",
        "language": "sv",
        "text": text,
        "as_of": "2026-11-22",
        "confidence": 0.93,
        "validity_line": "Gäller per 22 november 2026 · 11 kap. 1 § SoL (2025:400)",
        "citations": [],
        "notices": [],
        "contacts": [],
        "follow_ups": [],
        "options": [],
        "refined_answer": None,
    } | more


ANSWER = answer(
    "**Nej, inte till löpande försörjningsstöd.** Den som saknar uppehållsrätt har som huvudregel bara rätt till hjälp "
    "som behövs för att avhjälpa en akut nödsituation [1]. Ansökan ska ändå tas emot, prövas enskilt och beslutas "
    "skriftligt [2].",
    citations=[citation(1), citation(2, validity="uncertain", published=None, date="odaterad (ca 2017–2020)")],
    contacts=[CONTACT, UNCHECKED],
    follow_ups=["Vad räknas som en akut nödsituation?", "Vem betalar resan hem?"],
    refined_answer={"id": "refined-1", "version": 3, "approved_at": "2026-11-03T09:12:00+01:00"},
)
NOTICES = [
    {"kind": "privacy", "text": "Jag har tagit bort ett personnummer ur frågan."},
    {"kind": "child", "text": "När ett barn berörs gäller anmälningsskyldigheten i 19 kap. 1 § SoL (2025:400)."},
    {"kind": "urgent", "text": "Är någon i fara nu? Ring 112. Utanför kontorstid: socialjouren."},
    {"kind": "superseded_law", "text": "Socialtjänstlagen (2001:453) ersattes den 1 juli 2025."},
]
URGENT = answer(
    "Ring 112 om någon är i fara nu [1].",
    status="urgent",
    citations=[citation(1)],
    notices=NOTICES,
    answer_id="answer-2",
)
CLARIFY = answer(
    "Menar du personens rätt att vistas här eller rätten till hjälp?",
    status="clarify",
    validity_line="",
    options=[
        {"label": "Rätten att vistas i Sverige", "question": "Hur avgörs om en EU-medborgare har uppehållsrätt?"},
        {"label": "Rätten till hjälp", "question": "Vad får den som saknar uppehållsrätt för hjälp?"},
    ],
)
NO_SUPPORT = answer("Jag hittar inget underlag som besvarar frågan.", status="no_support", validity_line="")
ENGLISH = answer(
    "No, not to continuous income support [1]. The application must still be received [2].",
    language="en",
    validity_line="Valid as of 22 November 2026 · 11 kap. 1 § SoL (2025:400)",
    citations=[citation(1), citation(2)],
    follow_ups=["What counts as an acute emergency?"],
)
_SENTENCE = "Mening {n} av ett långt svar säger vad som gäller i just det fallet och vem som avgör det [{c}]. "
LONG = answer(
    "\n\n".join(
        "".join(_SENTENCE.format(n=p * 6 + n, c=(p * 6 + n) % 9 + 1) for n in range(6)).strip() for p in range(8)
    ),
    citations=[citation(n) for n in range(1, 10)],
)
HUGE = answer(
    "\n\n".join(
        "".join(_SENTENCE.format(n=p * 9 + n, c=(p * 9 + n) % 30 + 1) for n in range(9)).strip() for p in range(40)
    ),
    citations=[citation(n, quote=f"Citat {n}. " + "Så står det i källan, ord för ord. " * 40) for n in range(1, 31)],
    follow_ups=["Vem betalar resan hem?"],
)
