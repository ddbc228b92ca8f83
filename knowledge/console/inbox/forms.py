"""What is sent from the screen: which items, as they were seen, and what is to become of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel

from ...errors import NotPossible
from ...inbox.datatypes import NOBODY, Change, Importance, ItemState, Person, Seen, SeenGroup
from .address import ME

NOTE_LONGEST = 4000  # characters
NO_ONE = "none"
_AS_IT_IS = ""

# The buttons of an item: what each makes of its state.
TAKE, HAND_BACK, DONE, DISMISS, REOPEN, SAVE = "take", "hand_back", "done", "dismiss", "reopen", "save"
_STATES: Mapping[str, ItemState] = {
    TAKE: ItemState.IN_PROGRESS,
    HAND_BACK: ItemState.NEW,
    DONE: ItemState.DONE,
    DISMISS: ItemState.DISMISSED,
    REOPEN: ItemState.NEW,
}


class MarkedForm(BaseModel):
    """Over the list. Empty leaves a thing as it is."""

    item: list[str] = []
    group: list[str] = []
    state: str = ""
    assignee: str = ""
    importance: str = ""


class ItemForm(BaseModel):
    """On the page of an item."""

    seen: str
    do: str = SAVE
    assignee: str = ""
    importance: str = ""
    note: str = ""
    whole_group: str = ""


Assignees = Callable[[str], Person | None]  # by account id; None for who cannot be given an item


def change_of(
    do: str, assignee: str, importance: str, note: str | None, person: Person, assignees: Assignees
) -> Change:
    """Raises NotPossible for what no form of ours sends."""
    if do == TAKE:
        chosen: Person | None = person
    elif do == HAND_BACK:
        chosen = NOBODY
    else:
        chosen = _assignee(assignee, person, assignees)
    return Change(_STATES.get(do), chosen, _importance(importance), note)


def state_of(text: str) -> ItemState | None:
    """Of the form over the list; empty leaves it as it is."""
    if text == _AS_IT_IS:
        return None
    try:
        return ItemState(text)
    except ValueError as error:
        raise NotPossible("unknown_state") from error


def seen_items(values: Sequence[str]) -> list[Seen]:
    """`id:revision` each."""
    found = []
    for value in values:
        key, _, revision = value.partition(":")
        if not revision.isdecimal() or len(revision) > 9:
            raise NotPossible("unknown_item")
        found.append(Seen(key, int(revision)))
    return found


def seen_groups(values: Sequence[str]) -> list[SeenGroup]:
    """`id:last:mark` each."""
    found = []
    for value in values:
        parts = value.split(":")
        if len(parts) != 3:
            raise NotPossible("unknown_group")
        found.append(SeenGroup(*parts))
    return found


def written(seen: Seen | SeenGroup) -> str:
    """As the values above, for a form."""
    if isinstance(seen, Seen):
        return f"{seen.id}:{seen.revision}"
    return f"{seen.id}:{seen.last}:{seen.mark}"


def _assignee(text: str, person: Person, assignees: Assignees) -> Person | None:
    if text == _AS_IT_IS:
        return None
    if text == NO_ONE:
        return NOBODY
    chosen = person if text == ME else assignees(text)
    if chosen is None:
        raise NotPossible("unknown_assignee")
    return chosen


def _importance(text: str) -> Importance | None:
    if text == _AS_IT_IS:
        return None
    if text not in {str(int(one)) for one in Importance}:
        raise NotPossible("unknown_importance")
    return Importance(int(text))
