"""What officials get once an answer is approved, and until then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from knowledge import bootstrap
from knowledge.bootstrap import Knowledge
from knowledge.datatypes import Answer, NoticeKind, Question, Status
from knowledge.errors import OwnAnswer
from knowledge.refinement.datatypes import Content, Person, RefinedAnswer, Wording
from knowledge.seams import Clock, Encoder

from .conftest import ALI, EVA, QUESTION, TEXT

Approve, Ask, Write = Callable[..., RefinedAnswer], Callable[..., Answer], Callable[..., Content]


def test_an_approved_answer_is_given_with_its_sources_and_who_vouches_for_it(
    write: Write, approve: Approve, ask: Ask, knowledge: Knowledge
) -> None:
    before = ask(QUESTION)
    made = approve(write())
    after = ask(QUESTION)
    assert before.refined_answer is None and before.text != TEXT
    assert after.text == TEXT and after.status is Status.ANSWERED
    assert after.refined_answer is not None
    assert (after.refined_answer.id, after.refined_answer.version) == (made.id, 1)
    assert [one.n for one in after.citations] == [1, 2]
    assert [one.quote for one in after.citations] == [one.quote for one in write().citations]
    assert "Gäller per 23 november 2026" in after.validity_line
    assert after.follow_ups


@pytest.mark.parametrize("stage", ["draft", "review", "sent back", "withdrawn"])
def test_nothing_is_given_before_it_is_approved(stage: str, write: Write, ask: Ask, knowledge: Knowledge) -> None:
    desk = knowledge.desk
    answer = desk.draft(write(), EVA)
    if stage != "draft":
        answer = desk.submit(answer.id, answer.revision, EVA)
    if stage == "sent back":
        desk.reject(answer.id, answer.revision, ALI, "Saknar villkoret.")
    if stage == "withdrawn":
        desk.withdraw(answer.id, answer.revision, EVA)
    assert ask(QUESTION).refined_answer is None


@pytest.mark.parametrize(
    "asked",
    [
        "köpa biljett hem åt EU-migrant",
        "får vi köpa tågbiljett till en eu-medborgare som vill åka hem",
        "Får vi köpa tågbiljett till en EU-medborgare, som vill åka hem?",
    ],
)
def test_a_phrasing_gets_the_answer_however_it_is_spelled(asked: str, write: Write, approve: Approve, ask: Ask) -> None:
    made = approve(write())
    given = ask(asked)
    assert given.refined_answer is not None and given.refined_answer.id == made.id


@pytest.mark.parametrize(
    "asked",
    [
        "Får vi inte köpa tågbiljett till en EU-medborgare som vill åka hem?",
        "Har barn till EU-medborgare rätt att gå i skolan?",
        "Vad är klockan?",
    ],
)
def test_another_question_does_not_get_it(asked: str, write: Write, approve: Approve, ask: Ask) -> None:
    approve(write())
    assert ask(asked).refined_answer is None


def test_a_new_version_takes_the_old_one_s_place_only_when_it_is_approved(
    write: Write, approve: Approve, ask: Ask, knowledge: Knowledge
) -> None:
    made = approve(write())
    newer = write(text="Nej, bara i nödfall [1]. Skriv ned beslutet [2].")
    saved = knowledge.desk.save(made.id, made.revision, newer, EVA)
    assert ask(QUESTION).text == TEXT
    sent = knowledge.desk.submit(saved.id, saved.revision, EVA)
    knowledge.desk.approve(sent.id, sent.revision, ALI)
    given = ask(QUESTION)
    assert given.text.startswith("Nej, bara i nödfall")
    assert given.refined_answer is not None and given.refined_answer.version == 2


def test_roll_back_brings_the_version_before_back_and_then_the_corpus(
    write: Write, approve: Approve, ask: Ask, knowledge: Knowledge
) -> None:
    composed = ask(QUESTION).text
    made = approve(write())
    approve(write(text="Ett sämre svar [1]. Och ett till [2]."), made.id)
    knowledge.desk.roll_back(made.id, None, ALI, "Blev fel.")
    assert ask(QUESTION).text == TEXT
    knowledge.desk.roll_back(made.id, None, ALI, "Fel från början.")
    assert ask(QUESTION).text == composed


def test_a_retired_answer_is_given_no_more(write: Write, approve: Approve, ask: Ask, knowledge: Knowledge) -> None:
    made = approve(write())
    retired = knowledge.desk.retire(made.id, made.revision, ALI, "Frågan ställs inte längre.")
    assert ask(QUESTION).refined_answer is None
    assert retired.versions[0].content == made.versions[0].content  # its history stays


def test_another_process_sees_an_approval_at_its_next_question(
    write: Write,
    approve: Approve,
    knowledge: Knowledge,
    encoder: Encoder,
    clock: Clock,
) -> None:
    other = bootstrap.build(knowledge.settings, encoder=encoder, clock=clock)
    assert other.answering.answer(Question(QUESTION)).refined_answer is None
    made = approve(write())
    assert other.answering.answer(Question(QUESTION)).text == TEXT
    knowledge.desk.retire(made.id, made.revision, ALI, "Ur bruk.")
    assert other.answering.answer(Question(QUESTION)).refined_answer is None
    other.engine.dispose()


@pytest.mark.parametrize(
    ("named", "given"),
    [
        ({"valid_from": dt.date(2026, 12, 1)}, False),  # its time has not come
        ({"valid_from": dt.date(2026, 1, 1)}, True),
        ({"valid_to": dt.date(2026, 11, 23)}, True),  # its last day
    ],
)
def test_it_holds_from_its_first_day_to_its_last(
    named: dict[str, dt.date], given: bool, write: Write, approve: Approve, ask: Ask
) -> None:
    approve(write(**named))
    assert (ask(QUESTION).refined_answer is not None) is given


def test_what_applied_earlier_is_not_answered_by_what_was_approved_for_now(
    write: Write, approve: Approve, ask: Ask
) -> None:
    approve(write())
    assert ask(QUESTION, as_of=dt.date(2024, 3, 1)).refined_answer is None
    assert ask(QUESTION, as_of=dt.date(2026, 11, 23)).refined_answer is not None


def test_a_municipality_s_addition_is_shown_there_alone_and_as_such(write: Write, approve: Approve, ask: Ask) -> None:
    approve(write(additions=[("Malmö", "Biljetten köps av socialjouren.", "The on-call unit buys the ticket.")]))
    here, named = ask(QUESTION, municipality="Malmö"), ask(QUESTION.replace("?", " i Malmö?"))
    assert here.text == named.text == f"{TEXT}\n\n**Tillägg för Malmö:** Biljetten köps av socialjouren."
    assert ask(QUESTION, municipality="Lund").text == TEXT
    assert ask(QUESTION).text == TEXT


def test_an_english_question_gets_the_english_wording_and_none_without_it(
    write: Write, approve: Approve, ask: Ask
) -> None:
    english = "May we buy a train ticket for an EU citizen who wants to go home?"
    content = write()
    made = approve(content)
    assert ask(english, language="en").refined_answer is None
    wordings = (*content.wordings, Wording("en", english, "Yes, where the journey averts the distress [1][2]."))
    approve(replace(content, wordings=wordings), made.id)
    given = ask(english, language="en")
    assert given.text == "Yes, where the journey averts the distress [1][2]."
    assert given.refined_answer is not None


def test_danger_and_children_are_seen_whatever_was_approved(write: Write, approve: Approve, ask: Ask) -> None:
    question = "Får vi köpa tågbiljett till en EU-medborgare med två barn som vill åka hem?"
    approve(write(question))
    given = ask(question)
    assert given.refined_answer is not None
    assert NoticeKind.CHILD in [notice.kind for notice in given.notices]
    danger = ask(QUESTION + " Han säger att han ska döda henne nu.")
    assert danger.status is Status.URGENT and danger.refined_answer is None


def test_what_a_refined_answer_cites_is_stored_with_the_version_that_was_given(
    write: Write, approve: Approve, ask: Ask, knowledge: Knowledge
) -> None:
    made = approve(write())
    given = ask(QUESTION, conversation_id="c1", channel="web")
    with knowledge.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT refined_id, version FROM answer_refinements WHERE answer_id = ?", (given.id,)
        ).one()
    assert tuple(row) == (made.id, 1)


def test_an_answer_whose_passage_is_gone_is_not_given(
    write: Write, approve: Approve, ask: Ask, knowledge: Knowledge
) -> None:
    approve(write())
    gone = write().citations[0].passage_id
    _serve(knowledge, gone, serves=False)
    given, broken = ask(QUESTION), list(knowledge.regression.broken())
    _serve(knowledge, gone, serves=True)
    assert given.refined_answer is None
    assert [one.bad_citations for one in broken] == [(gone,)]


def test_whoever_wrote_it_does_not_approve_it(write: Write, knowledge: Knowledge) -> None:
    desk, mia = knowledge.desk, Person("mia", "Mia")
    answer = desk.draft(write(), EVA)
    answer = desk.save(answer.id, answer.revision, write(text=TEXT + " Ring först [1]."), mia)
    answer = desk.submit(answer.id, answer.revision, mia)
    for editor in (EVA, mia):
        with pytest.raises(OwnAnswer):
            desk.approve(answer.id, answer.revision, editor)
    assert desk.approve(answer.id, answer.revision, ALI).live is not None


def _serve(knowledge: Knowledge, passage_id: str, *, serves: bool) -> None:
    with knowledge.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE passages SET current = ? WHERE id = ?", (serves, passage_id))
