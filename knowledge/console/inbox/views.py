"""What the templates of the inbox are given beside the rows: choices, counts, links."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ...inbox.datatypes import Importance, Item, ItemState, Kind, Seen
from ...inbox.datatypes import Person as Worker
from ...inbox.lists import NO_ONE, ListRow, Sort, Which
from ..access.permissions import Permission, Person, roles_of
from ..previews.markup import openable, web_lines
from ..texts import Texts
from .address import Address
from .forms import written

if TYPE_CHECKING:
    from ...bootstrap import Knowledge

_FOLDED = ("importance", "topic", "municipality", "from", "to", "sort", "view")  # shown when someone asks for them
_WORDS = {
    "iso_day": dt.date.fromisoformat,
    "refusals": frozenset({"no_support", "not_then", "individual_case", "personal_data_request", "number_unknown"}),
}
_SHOWN = 240  # characters of a question in a list; the page of the item has all


def assignees(knowledge: Knowledge) -> dict[str, Worker]:
    """Whoever can be given an item, by account."""
    found = {}
    for account in knowledge.entrance.accounts.all():
        person = Person(account.id, account.name, roles_of(account.roles))
        if account.active and person.may(Permission.WORK_INBOX):
            found[account.id] = Worker(account.id, account.name)
    return found


def topics(knowledge: Knowledge, language: str) -> dict[str, str]:
    """Topic -> title, by title."""
    titles = {
        document.id: document.title_en if language == "en" and document.title_en else document.title
        for document in knowledge.documents.values()
    }
    return dict(sorted(titles.items(), key=lambda pair: pair[1].lower()))


def list_values(knowledge: Knowledge, address: Address, person: Person, language: str) -> dict[str, Any]:
    found = knowledge.inbox.lists.page(address.filters, address.after)
    waiting = knowledge.inbox.lists.waiting(person.id)
    return {
        "address": address,
        "filters": address.filters,
        "found": found,
        "rows": [_row(row, address.filters.apart) for row in found.rows],
        "next_page": address.from_row(found.next) if found.next else "",
        "first_page": address.having() if address.after else "",
        "waiting": waiting,
        "for_you": waiting.mine + waiting.unassigned,
        "kinds": tuple(Kind),
        "states": tuple(ItemState),
        "whiches": tuple(Which),
        "importances": tuple(Importance),
        "sorts": [sort for sort in Sort if not (address.filters.apart and sort is Sort.COMMON)],
        "no_one": NO_ONE,
        "more_open": any(name in address.given for name in _FOLDED),
        **_WORDS,
        "assignees": assignees(knowledge),
        "topics": topics(knowledge, language),
        "municipalities": sorted(knowledge.municipalities),
    }


def item_values(knowledge: Knowledge, item: Item, texts: Texts, language: str) -> dict[str, Any]:
    background = knowledge.inbox.background.of(item)
    alike, others = knowledge.inbox.work.alike(item)
    group, in_group = knowledge.inbox.work.group_as_seen(item.group_id)
    open_others = in_group - (1 if item.state.is_open else 0)
    answer = background.answer
    numbers = frozenset(citation.n for citation in answer.citations) if answer else frozenset[int]()
    return {
        "item": item,
        "seen": written(Seen(item.id, item.revision)),
        "background": background,
        "answer_lines": web_lines(answer.text, numbers) if answer else (),
        "plain": lambda text: web_lines(text, frozenset()),
        "openable": openable,
        "alike": alike,
        "same": knowledge.inbox.work.same(item),
        "others": others,
        "group_seen": written(group),
        "open_others": open_others,
        "history": knowledge.inbox.work.history(item.id),
        "assignees": assignees(knowledge),
        "importances": tuple(Importance),
        "topics": topics(knowledge, language),
        "told": partial(told, partial(texts, language)),
        **_WORDS,
    }


def told(t: Callable[..., str], detail: Mapping[str, Any]) -> list[str]:
    """A change in words, field by field; of a note only that it was written."""
    lines = []
    for field, (before, after) in detail.items():
        if field == "note":
            lines.append(t("inbox.note_written"))
            continue
        shown = [_value(t, field, value) for value in (before, after)]
        lines.append(t("inbox.change_of", field=t(f"inbox.{field}").lower(), before=shown[0], after=shown[1]))
    return lines


def _value(t: Callable[..., str], field: str, value: Any) -> str:
    if field == "state":
        return t(f"inbox.states.{value}").lower()
    if field == "importance":
        return t(f"inbox.importances.{value}").lower()
    return str(value) if value else t("inbox.nothing")


def _row(row: ListRow, apart: bool) -> dict[str, Any]:
    """`name` and `value` are what its checkbox sends."""
    as_group = not apart and row.group is not None and row.in_group > 1
    sent = row.group if as_group and row.group else Seen(row.item.id, row.item.revision)
    question = row.item.question
    return {
        "item": row.item,
        "question": question if len(question) <= _SHOWN else f"{question[:_SHOWN].rstrip()} …",
        "others": row.questions - 1 if row.item.state.is_open else row.questions,
        "name": "group" if as_group else "item",
        "value": written(sent),
    }
