"""Our values to the JSON of the contracts (docs/http-api.md)."""

from __future__ import annotations

from typing import Any

from ..datatypes import Answer, Citation, Contact, ScoredPassage, SearchResult, Validity


def answer_json(answer: Answer) -> dict[str, Any]:
    refined = answer.refined_answer
    return {
        "answer_id": answer.id,
        "status": answer.status.value,
        "reason": answer.reason or None,
        "language": answer.language,
        "text": answer.text,
        "as_of": answer.as_of.isoformat(),
        "confidence": answer.confidence,
        "validity_line": answer.validity_line,
        "citations": [citation_json(citation) for citation in answer.citations],
        "notices": [{"kind": notice.kind.value, "text": notice.text} for notice in answer.notices],
        "contacts": [contact_json(contact, answer.language) for contact in answer.contacts],
        "follow_ups": list(answer.follow_ups),
        "options": [{"label": option.label, "question": option.question} for option in answer.options],
        "refined_answer": refined
        and {"id": refined.id, "version": refined.version, "approved_at": refined.approved_at.isoformat()},
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    passage, source = citation.passage, citation.source
    return {
        "n": citation.n,
        "document_id": passage.document_id,
        "passage_id": passage.id,
        "passage_version": passage.version,
        "topics": list(passage.topics),
        "title": source.title,
        "heading": passage.heading,
        "publisher": source.publisher,
        "url": source.url,
        "quote": citation.quote,
        "published": source.published,
        "date": source.date,
        "laws": list(passage.laws),
    } | validity_json(passage.validity)


def validity_json(validity: Validity) -> dict[str, Any]:
    return {
        "validity": validity.status.value,
        "validity_note": validity.note,
        "valid_from": validity.valid_from and validity.valid_from.isoformat(),
        "valid_to": validity.valid_to and validity.valid_to.isoformat(),
    }


def contact_json(contact: Contact, language: str = "sv") -> dict[str, Any]:
    return {
        "id": contact.id,
        "organisation": contact.organisation,
        "role": contact.role_en if language == "en" and contact.role_en else contact.role,
        "phone": contact.phone,
        "email": contact.email,
        "hours": contact.hours,
        "address": contact.address,
        "url": contact.url,
        "places": list(contact.places),
        "source_url": contact.source_url,
        "source_date": contact.source_date,
        "last_verified": contact.last_verified and contact.last_verified.isoformat(),
        "verification": contact.verification.value,
        "note": contact.note,
    }


def search_json(found: SearchResult) -> dict[str, Any]:
    return {
        "passages": [passage_json(scored) for scored in found.kept],
        "rejected": [passage_json(scored) for scored in found.rejected],
        "timings_ms": {name: round(value, 3) for name, value in found.timings_ms.items()},
    }


def passage_json(scored: ScoredPassage) -> dict[str, Any]:
    passage = scored.passage
    return {
        "passage_id": passage.id,
        "document_id": passage.document_id,
        "topics": list(passage.topics),
        "score": round(scored.score, 4),
        "parts": {name: round(value, 4) for name, value in scored.parts.items()},
        "title": passage.title,
        "heading": passage.heading,
        "text": passage.text,
        "laws": list(passage.laws),
        "sources": [
            {"title": s.title, "url": s.url, "publisher": s.publisher, "date": s.date, "published": s.published}
            for s in passage.sources
        ],
        "reason": scored.reason or None,
    } | validity_json(passage.validity)
