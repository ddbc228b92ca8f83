"""What a day makes of what is live: answers that end, reviews that fall due, law that changes under them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge.datatypes import Passage, Validity, ValidityStatus
from knowledge.inbox.datatypes import Importance, Kind, NewItem, SubjectKind
from knowledge.inbox.scans import due, unsound
from knowledge.law.register import Register
from knowledge.refinement.datatypes import Content, LiveAnswer, Person, RefinedCitation, Wording

DAY = dt.date(2026, 11, 27)
OLD = "14 kap. 1 § SoL (2001:453)"  # repealed on 1 July 2025
CHANGED = "19 kap. 1 § SoL (2025:400)"  # another wording from 15 January 2026


def _live(text: str, approved: dt.date = dt.date(2025, 8, 1), **content: object) -> LiveAnswer:
    told = replace(Content((Wording("sv", "Vem ska anmäla?", text),), (), topics=("barn",)), **content)  # type: ignore[arg-type]
    return LiveAnswer("r1", 3, told, dt.datetime.combine(approved, dt.time(9), dt.UTC), Person("anders", "Anders"))


def _found(live: list[LiveAnswer], passages: list[Passage], current: dict[str, str] | None = None) -> list[NewItem]:
    cited = {(one.id, one.version): one for one in passages}
    serving = {one.id: one.version for one in passages} if current is None else current
    return list(unsound(live, cited, serving, passages, Register(lambda _: None), DAY))


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ({"valid_to": DAY - dt.timedelta(days=1), "next_review": DAY}, [Kind.EXPIRED_ANSWER]),
        ({"valid_to": DAY, "next_review": DAY + dt.timedelta(days=1)}, []),
        ({"next_review": DAY}, [Kind.REVIEW_DUE]),
        ({}, []),
    ],
)
def test_an_answer_ends_after_its_last_day_and_is_due_on_its_day(
    content: dict[str, dt.date], kinds: list[Kind]
) -> None:
    found = list(due([_live("Text.", **content)], DAY))
    assert [new.kind for new in found] == kinds
    assert all((new.subject_id, new.question, new.topics) == ("r1", "Vem ska anmäla?", ("barn",)) for new in found)


def test_a_passage_that_cites_a_repealed_section_without_saying_so(make_passage: Callable[..., Passage]) -> None:
    silent = make_passage("barn/anmala", f"Anmäl enligt {OLD}.")
    open_about_it = make_passage("barn/forr", f"Anmäl enligt {CHANGED} (tidigare {OLD}), i lydelsen SFS 2025:1501.")
    (new,) = _found([], [silent, open_about_it])
    assert (new.kind, new.subject_kind, new.subject_id) == (Kind.VALIDITY, SubjectKind.PASSAGE, "barn/anmala")
    (section,) = new.detail["sections"]
    assert (section["section"], section["repealed"]) == (OLD, "2025-07-01")
    assert CHANGED in section["successors"]


def test_an_answer_that_was_approved_before_the_law_changed() -> None:
    (new,) = _found([_live(f"Anmäl enligt {CHANGED}.", dt.date(2025, 12, 1))], [])
    assert (new.subject_kind, new.subject_id, new.importance) == (SubjectKind.REFINED_ANSWER, "r1", Importance.HIGH)
    assert new.detail["sections"][0]["amended"] == [{"since": "2026-01-15", "by": "2025:1501"}]
    assert _found([_live(f"Anmäl enligt {CHANGED}.", dt.date(2026, 2, 1))], []) == []


def test_an_answer_whose_passage_has_another_wording_now(make_passage: Callable[..., Passage]) -> None:
    passage = make_passage("barn/anmala", "Anmäl genast.", version="v2")
    quoted = RefinedCitation("barn/anmala", "v1", "https://kommun.example/kalla", "Anmäl genast.")
    live = _live("Anmäl genast [1].", citations=(quoted,))
    (new,) = _found([live], [passage])
    assert new.detail == {"sections": [], "changed_passages": ["barn/anmala"]}
    assert _found([live], [], {"barn/anmala": "v1"}) == []


def test_what_holds_gives_nothing_to_do(make_passage: Callable[..., Passage]) -> None:
    holds = Validity(ValidityStatus.CURRENT, "Läst i lydelsen enligt SFS 2025:1501.")
    assert _found([], [make_passage("barn/anmala", f"Anmäl enligt {CHANGED}.", validity=holds)]) == []
