"""Answers as knowledge gives them (docs/http-api.md), one of each sort that looks different in Slack."""

from __future__ import annotations

from typing import Any

Answer = dict[str, Any]


def citation(n: int, **changes: Any) -> dict[str, Any]:
    return {
        "n": n,
        "document_id": "exempel",
        "topics": ["exempel"],
        "title": f"Påhittad lag {n}",
        "heading": "Vad gäller?",
        "publisher": "Exempelmyndigheten",
        "url": f"https://example.se/lag/{n}?del=1&rad=2",
        "quote": f"Det här är citat nummer {n} ur källan.",
        "published": "2025-07-01",
        "date": "2025-07-01",
        "laws": ["11 kap. 1 § SoL (2025:400)"],
        "validity": "current",
        "validity_note": "Läst i lydelsen av i dag.",
        "valid_from": "2025-07-01",
        "valid_to": None,
    } | changes


CONTACT = {
    "id": "exempelkontakt",
    "organisation": "Exempelkommunen",
    "role": "Socialjouren",
    "phone": "010-123 45 67",
    "email": "jour_a@kommun.example",
    "hours": "Dygnet runt",
    "address": None,
    "url": "https://kommun.example/jour",
    "last_verified": "2026-10-01",
    "verification": "verified",
}

ANSWERED: Answer = {
    "type": "answer",
    "answer_id": "answer-1",
    "status": "answered",
    "language": "sv",
    "text": "**Nej, inte till löpande försörjningsstöd [1].** Ansökan ska ändå tas emot och prövas enskilt [2].",
    "as_of": "2026-11-22",
    "confidence": 0.93,
    "validity_line": "Gäller per 22 november 2026 · 11 kap. 1 § SoL (2025:400)",
    "citations": [citation(1), citation(2, validity="uncertain", validity_note="Källan är odaterad.")],
    "notices": [{"kind": "child", "text": "Den som möter barn i sitt arbete ska anmäla oro genast."}],
    "contacts": [CONTACT],
    "follow_ups": ["Vad är en nödsituation?", "Hur skrivs beslutet?"],
    "options": [],
    "refined_answer": None,
}
URGENT: Answer = ANSWERED | {
    "status": "urgent",
    "notices": [
        {"kind": "child", "text": "Anmäl oro för barnet genast."},
        {"kind": "urgent", "text": "Är någon i fara nu? Ring 112."},
    ],
}
PRIVACY: Answer = ANSWERED | {
    "notices": [{"kind": "privacy", "text": "Jag har tagit bort ett personnummer ur frågan."}]
}
CLARIFY: Answer = ANSWERED | {
    "status": "clarify",
    "text": "Gäller frågan ett barn eller en vuxen?",
    "citations": [],
    "notices": [],
    "contacts": [],
    "follow_ups": [],
    "validity_line": "",
    "options": [
        {"label": "Ett barn", "question": "Vad gäller för ett barn?"},
        {"label": "En vuxen", "question": "Vad gäller en vuxen?"},
    ],
}
NO_SUPPORT: Answer = ANSWERED | {
    "status": "no_support",
    "text": "Jag hittar inget stöd för ett svar.",
    "citations": [],
    "notices": [],
    "validity_line": "",
    "follow_ups": [],
}
REFINED: Answer = ANSWERED | {"refined_answer": {"id": "r1", "version": 3, "approved_at": "2026-11-20T09:00:00Z"}}
ENGLISH: Answer = ANSWERED | {
    "language": "en",
    "text": "No, not to ongoing assistance [1].",
    "follow_ups": ["What is an emergency?"],
}
LONG: Answer = ANSWERED | {
    "text": " ".join(
        f"Mening nummer {n} handlar om ett villkor som gäller i det enskilda fallet [{n % 8 + 1}]." for n in range(220)
    ),
    "citations": [citation(n, quote=f"Ur källa {n}. " * 60) for n in range(1, 9)],
}


def reply(*answers: Answer) -> list[dict[str, Any]]:
    """What Rasa says."""
    return [{"recipient_id": "x", "custom": answer} for answer in answers]
