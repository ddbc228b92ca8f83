"""The municipality or county that the question names, or that the official has said they work in."""

from __future__ import annotations

from ..draft import Draft, Parts


def run(draft: Draft, parts: Parts) -> None:
    draft.place = parts.contacts.place_in(draft.question.text) or parts.contacts.place_named(
        draft.question.municipality, draft.question.county
    )
