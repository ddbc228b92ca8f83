"""`ask "…"`: one question, answered as the channels would."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

import typer

from .. import bootstrap
from ..api.rendering import answer_json
from ..datatypes import Answer, Question
from ..fakes import ForgetfulConversations
from ..settings import read_settings
from .contact_texts import checked

NAME = "ask"


def command(
    question: str,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day the question is about.")] = None,
) -> None:
    """Svarar på en fråga. / Answers a question."""
    settings = read_settings()
    knowledge = bootstrap.prepare_and_build(settings, recording=ForgetfulConversations())
    answer = knowledge.answering.answer(Question(question, channel="cli", as_of=as_of.date() if as_of else None))
    typer.echo(json.dumps(answer_json(answer), ensure_ascii=False, indent=2) if as_json else as_text(answer))


def as_text(answer: Answer) -> str:
    """An answer for a terminal, in the order of every channel."""
    lines = [f"! {notice.text}" for notice in answer.notices]
    lines += ["", answer.text, "", answer.validity_line]
    lines += [
        f"  [{c.n}] {c.source.title} · {c.source.publisher} · {c.source.date}\n      {c.source.url}"
        for c in answer.citations
    ]
    lines += [f"  – {option.question}" for option in answer.options]
    for contact in answer.contacts:
        reach = contact.phone or contact.email or contact.url or "–"
        lines.append(f"  ☎ {contact.organisation}, {contact.role}: {reach} ({checked(contact)})")
    lines += [f"  → {follow_up}" for follow_up in answer.follow_ups]
    lines.append(f"  ({answer.status.value}, säkerhet {answer.confidence:.2f})")
    return "\n".join(line for line in lines if line is not None).strip()
