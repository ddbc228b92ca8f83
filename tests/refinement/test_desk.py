"""Two people at one answer, what is told to the audit log, and the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.errors import EditConflict, NotFound, NotPossible
from knowledge.refinement.datatypes import Content, Filters, RefinedAnswer, State

from .conftest import ALI, EVA, MIA, TEXT

Approve, Write = Callable[..., RefinedAnswer], Callable[..., Content]


def test_the_second_of_two_editors_hears_of_the_first_one_s_text(write: Write, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    read = desk.draft(write(), EVA)
    mine, theirs = write(text=TEXT + " Evas [1]."), write(text=TEXT + " Mias [1].")
    desk.save(read.id, read.revision, theirs, MIA)
    with pytest.raises(EditConflict) as conflict:
        desk.save(read.id, read.revision, mine, EVA)
    now = conflict.value.theirs
    assert isinstance(now, RefinedAnswer) and now.newest.content == theirs
    assert desk.get(read.id).newest.content == theirs
    assert desk.save(read.id, now.revision, mine, EVA).newest.content == mine  # on top, knowingly


def test_an_approval_of_what_was_changed_meanwhile_is_refused(write: Write, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    answer = desk.draft(write(), EVA)
    read = desk.submit(answer.id, answer.revision, EVA)
    desk.save(read.id, read.revision, write(text="Något annat [1][2]."), EVA)
    with pytest.raises(EditConflict):
        desk.approve(read.id, read.revision, ALI)
    assert desk.get(read.id).live is None


def test_what_was_sent_for_review_and_is_written_in_is_a_draft_again(write: Write, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    answer = desk.draft(write(), EVA)
    sent = desk.submit(answer.id, answer.revision, EVA)
    saved = desk.save(sent.id, sent.revision, write(text=TEXT + " Mer [1]."), MIA)
    assert saved.newest.state is State.DRAFT and saved.newest.editors == (EVA.id, MIA.id)


@pytest.mark.parametrize("step", ["approve", "reject", "retire", "roll_back", "withdraw"])
def test_a_step_that_does_not_fit_the_state_changes_nothing(step: str, write: Write, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    answer = desk.draft(write(), EVA)
    steps: dict[str, Callable[[], object]] = {
        "approve": lambda: desk.approve(answer.id, answer.revision, ALI),
        "reject": lambda: desk.reject(answer.id, answer.revision, ALI, "Nej."),
        "retire": lambda: desk.retire(answer.id, answer.revision, ALI, "Nej."),
        "roll_back": lambda: desk.roll_back(answer.id, answer.revision, ALI, "Nej."),
        "withdraw": lambda: desk.withdraw(answer.id, answer.revision, EVA),
    }
    with pytest.raises(NotPossible):
        steps[step]()
    assert desk.get(answer.id) == answer


def test_sending_back_needs_a_comment_that_the_editor_sees(write: Write, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    answer = desk.draft(write(), EVA)
    sent = desk.submit(answer.id, answer.revision, EVA)
    with pytest.raises(NotPossible):
        desk.reject(sent.id, sent.revision, ALI, "  ")
    back = desk.reject(sent.id, sent.revision, ALI, "Skriv vem som beslutar.")
    assert (back.newest.state, back.newest.comment) == (State.DRAFT, "Skriv vem som beslutar.")


def test_every_step_is_told_with_who_and_which_version(write: Write, approve: Approve, knowledge: Knowledge) -> None:
    made = approve(write())
    knowledge.desk.retire(made.id, made.revision, ALI, "Ur bruk.")
    with knowledge.engine.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT actor, action FROM audit_log WHERE subject = ? ORDER BY n", (made.id,)
        ).all()
    assert [tuple(row) for row in told] == [
        ("eva", "refined.drafted"),
        ("eva", "refined.submitted"),
        ("ali", "refined.approved"),
        ("ali", "refined.retired"),
    ]


def test_an_unknown_answer_is_said_to_be_unknown(knowledge: Knowledge) -> None:
    with pytest.raises(NotFound):
        knowledge.desk.get("finns-inte")


def test_the_list_filters_by_what_staff_look_for(write: Write, approve: Approve, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    live = approve(write("Vem köper biljetten?", additions=[("Malmö", "Socialjouren.")], phrasings=("ÅRETS biljett",)))
    soon = approve(write("Vad kostar resan?", phrasings=(), next_review=dt.date(2026, 11, 30)))
    draft = desk.draft(write("Ett utkast om tak?", topics=("boende",)), EVA)

    def listed(**named: object) -> set[str]:
        return {row.id for row in desk.page(Filters(page_size=100, **named)).rows}  # type: ignore[arg-type]

    assert {live.id, soon.id} <= listed(state="live") and draft.id not in listed(state="live")
    assert draft.id in listed(state="draft") and live.id not in listed(state="draft")
    assert soon.id in listed(state="due") and live.id not in listed(state="due")
    assert listed(topic="boende") & {live.id, soon.id, draft.id} == {draft.id}
    assert listed(municipality="Malmö") & {live.id, soon.id, draft.id} == {live.id}
    assert listed(words="årets BILJETT") & {live.id, soon.id, draft.id} == {live.id}
    page = desk.page(Filters(page_size=1, page=2))
    assert len(page.rows) == 1 and page.total >= 3 and page.live >= 2
