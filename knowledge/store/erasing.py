"""What goes when something is erased: the rows themselves, and all that repeats what was said in them.

Each function erases at most so many, in the transaction that it is given, and returns how many there were.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection, delete, exists, select

from ..inbox.datatypes import Kind, SubjectKind
from . import inbox
from .tables import answers, conversations, feedback, handovers, source_checks
from .tables_inbox import inbox_items

BATCH = 200  # so many at a time: who waits for the database waits for one batch


def erase_conversations(connection: Connection, keys: Collection[str]) -> int:
    """With their answers, citations and feedback, and what the inbox says of these."""
    of_them = select(answers.c.id).where(answers.c.conversation_id.in_(keys))
    inbox.erase(connection, SubjectKind.ANSWER, connection.execute(of_them).scalars().all())
    return connection.execute(delete(conversations).where(conversations.c.id.in_(keys))).rowcount


def erase_answers(connection: Connection, keys: Collection[str]) -> int:
    inbox.erase(connection, SubjectKind.ANSWER, keys)
    return connection.execute(delete(answers).where(answers.c.id.in_(keys))).rowcount


def erase_handovers(connection: Connection, keys: Collection[str]) -> int:
    inbox.erase(connection, SubjectKind.HANDOVER, keys)
    return connection.execute(delete(handovers).where(handovers.c.id.in_(keys))).rowcount


def old_conversations(connection: Connection, before: dt.datetime) -> int:
    """Those whose last question is older, and answers that belong to no conversation."""
    old = select(conversations.c.id).where(conversations.c.last_at < before).limit(BATCH)
    if keys := connection.execute(old).scalars().all():
        return erase_conversations(connection, keys)
    alone = select(answers.c.id).where(answers.c.conversation_id.is_(None), answers.c.asked_at < before)
    return erase_answers(connection, connection.execute(alone.limit(BATCH)).scalars().all())


def old_feedback(connection: Connection, before: dt.datetime) -> int:
    old = select(feedback.c.id, feedback.c.answer_id).where(feedback.c.given_at < before).limit(BATCH)
    rows = connection.execute(old).all()
    erased = connection.execute(delete(feedback).where(feedback.c.id.in_([row.id for row in rows]))).rowcount
    # The inbox repeats the comment; an item with newer feedback in it stays until that is old.
    connection.execute(
        delete(inbox_items).where(
            inbox_items.c.kind == Kind.THUMBS_DOWN.value,
            inbox_items.c.subject_kind == SubjectKind.ANSWER.value,
            inbox_items.c.subject_id.in_([row.answer_id for row in rows]),
            ~exists().where(feedback.c.answer_id == inbox_items.c.subject_id),
        )
    )
    return erased


def old_handovers(connection: Connection, before: dt.datetime) -> int:
    old = select(handovers.c.id).where(handovers.c.asked_at < before).limit(BATCH)
    return erase_handovers(connection, connection.execute(old).scalars().all())


def old_inbox(connection: Connection, before: dt.datetime) -> int:
    """Closed items. Their ids begin with the time of their opening: an older closing means an older id."""
    table = inbox_items.c
    last_id = inbox.id_from(before.date() + dt.timedelta(days=1))
    old = select(table.id).where(~table.is_open, table.id < last_id, table.changed_at < before).limit(BATCH)
    keys = connection.execute(old).scalars().all()
    return connection.execute(delete(inbox_items).where(table.id.in_(keys))).rowcount


def old_source_checks(connection: Connection, before: dt.datetime) -> int:
    """Those that wait for nobody."""
    table = source_checks.c
    settled = ~table.needs_person | table.settled_at.is_not(None)
    old = select(table.id).where(table.at < before, settled).limit(BATCH)
    keys = connection.execute(old).scalars().all()
    return connection.execute(delete(source_checks).where(table.id.in_(keys))).rowcount
