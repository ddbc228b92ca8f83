"""Every approved answer is a test that a later change must pass."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.datatypes import Answer
from knowledge.errors import BreaksApproved, ContentRejected
from knowledge.refinement.datatypes import Content, LocalAddition, RefinedAnswer, RefinedCitation, Wording

from .conftest import ALI, EVA, QUESTION, TEXT

Approve, Ask, Write = Callable[..., RefinedAnswer], Callable[..., Answer], Callable[..., Content]


def test_a_clean_change_says_which_asked_questions_it_would_answer_before_and_after(
    write: Write, ask: Ask, knowledge: Knowledge
) -> None:
    said = ask(QUESTION, conversation_id="c9").text
    found = knowledge.desk.check(write())
    assert found.is_clean and found.checked > 0
    (change,) = [one for one in found.changes if one.question == QUESTION]
    assert change.after == TEXT and change.before_id is None
    assert said.startswith(change.before.removesuffix(" …"))


def test_taking_a_question_from_an_approved_answer_needs_a_written_reason(
    write: Write, approve: Approve, ask: Ask, knowledge: Knowledge
) -> None:
    first = approve(write("Vem betalar biljetten hem?", phrasings=("vem betalar hemresan",)))
    thief = write("Vem betalar hemresan?", phrasings=("vem betalar hemresan", "betalar vi biljetten"))
    with pytest.raises(BreaksApproved) as stopped:
        approve(thief)
    (change,) = stopped.value.regression.breaks  # type: ignore[attr-defined]
    assert (change.question, change.before_id) == ("vem betalar hemresan", first.id)
    assert ask("vem betalar hemresan").refined_answer.id == first.id  # type: ignore[union-attr]
    second = approve(thief, reason="Det nya svaret är mer exakt.")
    assert second.live is not None and second.live.reason_for_breaks == "Det nya svaret är mer exakt."
    (broken,) = [one for one in knowledge.regression.broken() if one.answer.id == first.id]
    assert broken.unreached == ("vem betalar hemresan",)


def test_nothing_is_broken_while_all_is_well(write: Write, approve: Approve, knowledge: Knowledge) -> None:
    approve(write())
    assert list(knowledge.regression.broken()) == []
    assert list(knowledge.regression.broken(knowledge.refined_given)) == []


def test_an_expired_answer_is_broken(write: Write, approve: Approve, knowledge: Knowledge) -> None:
    made = approve(write(valid_to=dt.date(2026, 12, 1)))
    assert list(knowledge.regression.broken(day=dt.date(2026, 12, 1))) == []
    (broken,) = knowledge.regression.broken(day=dt.date(2026, 12, 2))
    assert broken.expired and broken.answer.id == made.id


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"question": "  "}, "question", "empty"),
        ({"text": ""}, "text", "empty"),
        ({"text": "Utan källa."}, "text", "source_without_mark"),
        ({"text": TEXT + " Och mer [7]."}, "text", "mark_without_source"),
        ({"text": TEXT + " <script>alert(1)</script>"}, "text", "markup"),
        ({"text": TEXT + " Ring 08-123 456 78."}, "text", "unknown_number"),
        ({"citations": ()}, "citations", "none"),
        (
            {"citations": (RefinedCitation("barn-orosanmalan/finns-inte", "v0", "https://x.example/", "Ord."),)},
            "citations",
            "not_valid",
        ),
        ({"valid_from": dt.date(2027, 1, 1), "valid_to": dt.date(2026, 12, 1)}, "valid_to", "before_valid_from"),
        ({"valid_to": dt.date(2026, 11, 22)}, "valid_to", "over"),
        ({"next_review": None}, "next_review", "empty"),
        ({"next_review": dt.date(2026, 11, 23)}, "next_review", "over"),
        ({"additions": [("Atlantis", "Här.")]}, "additions", "unknown_municipality"),
    ],
)
def test_what_cannot_stand_is_not_sent_for_review_and_nothing_typed_is_lost(
    change: dict[str, object], field: str, code: str, write: Write, knowledge: Knowledge
) -> None:
    content = write(**change)
    if field == "question":
        with pytest.raises(ContentRejected) as refused:
            knowledge.desk.draft(content, EVA)
        assert code in refused.value.reasons[field]
        return
    answer = knowledge.desk.draft(content, EVA)
    with pytest.raises(ContentRejected) as refused:
        knowledge.desk.submit(answer.id, answer.revision, EVA)
    assert code in refused.value.reasons[field]
    assert knowledge.desk.get(answer.id).newest.content == content


def test_a_source_that_is_no_web_address_is_never_kept(write: Write, knowledge: Knowledge) -> None:
    content = write(citations=(RefinedCitation("a/b", "v", "javascript:alert(1)", "Ord."),))
    with pytest.raises(ContentRejected) as refused:
        knowledge.desk.draft(content, EVA)
    assert refused.value.reasons == {"citations": ("bad_address",)}


def test_numbers_of_the_table_of_contacts_may_stand_in_an_answer(write: Write, knowledge: Knowledge) -> None:
    number = next(one.phone for one in knowledge.contacts.all() if one.phone and len(one.phone) > 8)
    assert knowledge.desk.problems(write(text=f"{TEXT} Ring {number}.")) == {}


def test_all_of_an_answer_comes_back_as_it_was_written(write: Write, knowledge: Knowledge) -> None:
    content = Content(
        wordings=(Wording("sv", "Å, ä och ö?", "Ja [1][2].", ("åäö", "ÅÄÖ")), Wording("en", "And?", "Yes [1][2].")),
        citations=write().citations,
        additions=(LocalAddition("Malmö", "Här.", "Here."),),
        topics=("hemresa",),
        valid_from=dt.date(2026, 1, 1),
        valid_to=dt.date(2027, 1, 1),
        next_review=dt.date(2026, 12, 24),
    )
    answer = knowledge.desk.draft(content, EVA, from_answer="a1", inbox_item="i1")
    stored = knowledge.desk.get(answer.id)
    assert stored.newest.content == content
    assert (stored.from_answer, stored.inbox_item) == ("a1", "i1")
    assert stored.newest.written_by == EVA and stored.newest.editors == (EVA.id,)


def test_similar_answers_are_found_while_writing(write: Write, approve: Approve, knowledge: Knowledge) -> None:
    made = approve(write())
    (similar,) = knowledge.desk.similar("köpa tågbiljett åt EU-medborgare som ska hem")
    assert similar.id == made.id and 0.5 <= similar.score <= 1
    assert knowledge.desk.similar("Vad kostar en tandläkare?") == ()
    assert knowledge.desk.similar(QUESTION, without=made.id) == ()


def test_ali_approves_only_what_is_sent(write: Write, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    answer = desk.draft(write(), EVA)
    assert not desk.can_approve(answer, ALI.id)
    sent = desk.submit(answer.id, answer.revision, EVA)
    assert desk.can_approve(sent, ALI.id) and not desk.can_approve(sent, EVA.id)
