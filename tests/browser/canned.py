"""Canned answers for the browser tests, in the shape of the Answer contract. What they say of the law is filling."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

SCRIPT = '<img src=x onerror="window.harmed=true"><script>window.harmed=true</script>'


def citation(n: int, title: str, publisher: str, quote: str, **more: object) -> Json:
    return {
        "n": n,
        "document_id": "bistand-utan-uppehallsratt",
        "topics": ["bistand-utan-uppehallsratt"],
        "title": title,
        "heading": "",
        "publisher": publisher,
        "url": "https://example.org/socialt-bistand",
        "quote": quote,
        "published": None,
        "valid_from": None,
        "valid_to": None,
        "validity": "current",
        "laws": [],
    } | more


SOURCES = [
    citation(
        1,
        "Socialt bistånd",
        "Länsstyrelsen Stockholm",
        "Den som saknar uppehållsrätt har som huvudregel bara rätt till den hjälp som behövs i en akut nödsituation.",
        heading="Vilken hjälp kan den få som saknar uppehållsrätt?",
        laws=["11 kap. 1 § SoL (2025:400)"],
        validity="uncertain",
        date="odaterad (ca 2017–2020)",
    ),
    citation(
        2,
        "Socialtjänstlag (2025:400)",
        "Socialdepartementet",
        "Ansökan ska tas emot, utredas och avgöras genom ett beslut som motiveras skriftligt.",
        heading="Måste ansökan prövas?",
        laws=["14 kap. 10 § SoL (2025:400)"],
        published="2025-05-22",
        valid_from="2025-07-01",
    ),
    citation(
        3,
        "HFD 2018 ref. 39",
        "Högsta förvaltningsdomstolen",
        "Nöden prövas i det enskilda fallet och hjälpen kan bli både resa hem och mat under väntetiden.",
        heading="Vad kan nödhjälpen vara?",
        published="2018-06-11",
        validity="superseded",
    ),
]

CONTACT = {
    "organisation": "Länsstyrelsen i Stockholms län",
    "role": "Samordnare för stöd om utsatta EU- och EES-medborgare",
    "phone": "010-000 00 00",
    "email": None,
    "hours": "vardagar 9–15",
    "url": "https://example.org/kontakt",
    "address": "Storgatan 1, Umeå",
    "last_verified": "2026-10-01",
    "verification": "verified",
}
UNCHECKED_CONTACT = CONTACT | {
    "role": "Regional samordnare",
    "phone": None,
    "hours": None,
    "address": None,
    "last_verified": None,
    "verification": "never",
}
OVERDUE_CONTACT = CONTACT | {"role": "Växel", "last_verified": "2024-03-01", "verification": "overdue"}

FOLLOW_UPS = ["Vad räknas som en akut nödsituation?", "Vem betalar resan hem?", "Hur överklagas beslutet?"]


def answer(text: str, **more: object) -> Json:
    return {
        "type": "answer",
        "answer_id": "answer-1",
        "status": "answered",
        "language": "sv",
        "text": text,
        "as_of": "2026-11-22",
        "confidence": 0.93,
        "citations": [],
        "notices": [],
        "contacts": [],
        "follow_ups": [],
        "refined_answer": None,
    } | more


NORMAL = answer(
    "Nej, inte till löpande försörjningsstöd. Den som saknar uppehållsrätt har som huvudregel bara rätt till hjälp som "
    "behövs för att avhjälpa en akut nödsituation [1]. Ansökan ska ändå tas emot, prövas enskilt och beslutas "
    "skriftligt [2]. Hjälpen kan vara mat, tak över huvudet för natten eller en resa hem [3].",
    citations=SOURCES,
    contacts=[CONTACT, UNCHECKED_CONTACT, OVERDUE_CONTACT],
    follow_ups=FOLLOW_UPS,
    refined_answer={"id": "refined-1", "version": 3, "approved_at": "2026-11-03T09:12:00+01:00"},
)
REPORT = "När ett barn berörs gäller anmälningsskyldigheten i 19 kap. 1 § SoL (2025:400)."
URGENT = answer(
    "Ring 112 om någon är i fara nu. Kontakta sedan socialjouren i kommunen, som tar emot larm dygnet runt [1].",
    answer_id="answer-2",
    status="urgent",
    citations=SOURCES[:1],
    notices=[
        {"kind": "child", "text": f"{REPORT} Anmäl genast."},
        {"kind": "urgent", "text": "Är någon i fara nu? Ring 112. Utanför kontorstid: socialjouren."},
    ],
)
CHILD = answer(
    "**Ja, du ska anmäla genast.** Det räcker att du misstänker att barnet far illa [1].",
    answer_id="answer-3",
    citations=SOURCES[:1],
    notices=[
        {"kind": "privacy", "text": "Jag har tagit bort ett personnummer ur frågan."},
        {"kind": "child", "text": REPORT},
        {"kind": "superseded_law", "text": "Socialtjänstlagen (2001:453) ersattes den 1 juli 2025 av SoL (2025:400)."},
    ],
)
CLARIFY = answer(
    "Menar du personens rätt att vistas här eller rätten till hjälp?",
    answer_id="answer-4",
    status="clarify",
    options=[
        {"label": "Rätten att vistas i Sverige", "question": "Hur avgörs om en EU-medborgare har uppehållsrätt?"},
        {"label": "Rätten till hjälp", "question": "Vad får den som saknar uppehållsrätt för hjälp?"},
    ],
)
NO_SUPPORT = answer(
    "Jag hittar inget underlag som besvarar frågan. Skicka den gärna till en rådgivare.",
    answer_id="answer-5",
    status="no_support",
)
OUT_OF_SCOPE = answer(
    "Frågan ligger utanför det som Rådgivaren svarar på.", answer_id="answer-6", status="out_of_scope"
)
FILLING = "Varje stycke är så långt att rutan måste rulla och raderna brytas på ett läsbart sätt. " * 4
LONG = answer(
    "\n\n".join(f"Stycke {n}. {FILLING}[{n % 3 + 1}]" for n in range(1, 9)),
    answer_id="answer-7",
    citations=SOURCES,
)
ENGLISH = answer(
    "No, not to continuous income support. A person without right of residence is as a rule entitled only to the "
    "help needed in an acute emergency [1]. The application must still be received and decided in writing [2].",
    answer_id="answer-8",
    language="en",
    citations=SOURCES[:2],
    follow_ups=["What counts as an acute emergency?"],
)
HOSTILE = answer(
    f"Före {SCRIPT} efter [1]. **{SCRIPT}** [9].",
    answer_id="answer-9",
    citations=[citation(1, SCRIPT, SCRIPT, SCRIPT, url="javascript:window.harmed=true", heading=SCRIPT)],
    notices=[{"kind": "privacy", "text": SCRIPT}],
    contacts=[CONTACT | {"role": SCRIPT, "url": "javascript:window.harmed=true"}],
    follow_ups=[SCRIPT],
)
GREETING = {
    "type": "text",
    "text": "Hej! Vad vill du veta?",
    "buttons": [{"title": "Vad kan du svara på?", "payload": "vad kan du"}],
}

HANDED_OVER = {
    "type": "text",
    "text": "Frågan är lämnad till en rådgivare. Ditt ärende har referensen R-7KQ2MX.",
}


def adviser_reply(n: int, text: str) -> Json:
    return {"n": n, "reference": "R-7KQ2MX", "text": text, "answered_at": "2026-11-23T09:30:00+00:00"}


REPLIES: dict[str, list[Json]] = {
    "fara": [URGENT],
    "barn": [CHILD],
    "vistas eller": [CLARIFY],
    "okänt": [NO_SUPPORT],
    "väder": [OUT_OF_SCOPE],
    "utförligt": [LONG],
    "english": [ENGLISH],
    "entitled": [ENGLISH],
    "skript": [HOSTILE],
    "hej": [GREETING],
    "min roll": [HANDED_OVER],
}


def reply(text: str) -> list[Json]:
    return next((messages for word, messages in REPLIES.items() if word in text.lower()), [NORMAL])
