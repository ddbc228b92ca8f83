"""POST /api/answers: the contract, and what an answer may say."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from knowledge.answering.steps.compose import without_yes_or_no
from knowledge.bootstrap import Knowledge
from knowledge.datatypes import Citation, Question, Status
from knowledge.inbox.datatypes import Kind
from knowledge.inbox.lists import Filters
from knowledge.sentences import split_sentences

ASSISTANCE = "Vilket bistånd kan en EU-medborgare utan uppehållsrätt få?"
BLEEDING = "Mannen blöder kraftigt och är medvetslös på golvet här hos oss"
KNIFE = "A man is threatening her with a knife in our office right now"

ANSWER = {
    "answer_id": str,
    "status": str,
    "language": str,
    "text": str,
    "as_of": str,
    "confidence": float,
    "validity_line": str,
    "reason": str | None,
    "citations": list,
    "notices": list,
    "contacts": list,
    "follow_ups": list,
    "options": list,
    "refined_answer": type(None),
}
CITATION = {
    "n": int,
    "document_id": str,
    "passage_id": str,
    "passage_version": str,
    "topics": list,
    "title": str,
    "heading": str,
    "publisher": str,
    "url": str,
    "quote": str,
    "published": (str, type(None)),
    "date": str,
    "valid_from": (str, type(None)),
    "valid_to": (str, type(None)),
    "validity": str,
    "validity_note": str,
    "laws": list,
}
_OPTIONAL = (str, type(None))
CONTACT = {
    "id": str,
    "organisation": str,
    "role": str,
    "phone": _OPTIONAL,
    "email": _OPTIONAL,
    "hours": _OPTIONAL,
    "address": _OPTIONAL,
    "url": _OPTIONAL,
    "places": list,
    "source_url": str,
    "source_date": str,
    "last_verified": _OPTIONAL,
    "verification": str,
    "note": str,
}
_MARKED = re.compile(r"(?P<said>.+?) (?P<marks>(?:\[\d+\])+)(?P<stop>[.!?]?)(?:\s+|$)", re.DOTALL)


def _is(value: dict[str, Any], shape: dict[str, Any]) -> None:
    assert set(value) == set(shape)
    wrong = {key: value[key] for key, kind in shape.items() if not isinstance(value[key], kind)}
    assert wrong == {}


def test_the_answer_has_exactly_the_shape_of_the_contract(ask: Any) -> None:
    answer = ask(ASSISTANCE, conversation_id="c-1", channel="web", municipality="Malmö", as_of="2026-11-22")
    _is(answer, ANSWER)
    assert (answer["status"], answer["language"], answer["as_of"]) == ("answered", "sv", "2026-11-22")
    assert 0 < answer["confidence"] <= 1
    assert [citation["n"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    for citation in answer["citations"]:
        _is(citation, CITATION)
        assert citation["validity"] in {"current", "superseded", "uncertain", "proposed"}
        assert citation["url"].startswith("http")
        assert set(citation["topics"]) and citation["passage_id"].startswith(citation["document_id"] + "/")
    assert all(isinstance(question, str) for question in answer["follow_ups"])
    assert 2 <= len(answer["follow_ups"]) <= 3


def test_contacts_and_notices_have_the_shape_of_the_contract(ask: Any) -> None:
    answer = ask(BLEEDING)
    assert answer["contacts"] and answer["notices"]
    for contact in answer["contacts"]:
        _is(contact, CONTACT)
    assert all(set(notice) == {"kind", "text"} for notice in answer["notices"])


def test_the_right_topic_is_cited(ask: Any) -> None:
    assert ask(ASSISTANCE)["citations"][0]["topics"] == ["bistand-utan-uppehallsratt"]


def test_every_sentence_is_the_passages_own_and_carries_its_citation(knowledge: Knowledge) -> None:
    """The corpus asked its own questions, headings in Swedish and phrasings in English: nothing is made up."""
    passages = {p.id: p for document in knowledge.documents.values() for p in document.passages}
    asked = [(p.heading, "sv") for p in list(passages.values())[::2]]
    asked += [(p.phrasings_en[0], "en") for p in list(passages.values())[1::2]]
    answered = 0
    for text, language in asked:
        answer = knowledge.answering.trace(Question(text, language=language)).finished()
        if answer.status is not Status.ANSWERED:
            continue
        answered += 1
        own = {
            c.n: split_sentences(c.passage.text if language == "sv" else c.passage.text_en) for c in answer.citations
        }
        rest = answer.text.replace("**", "")
        marks: list[int] = []
        while rest:
            match = _MARKED.match(rest)
            assert match, (text, rest)
            numbers = [int(number) for number in re.findall(r"\d+", match["marks"])]
            said = match["said"] + match["stop"]
            for number in numbers:
                assert said in own[number] or said in map(without_yes_or_no, own[number]), (text, said)
            _rests_on_what_is_cited(said, [c for c in answer.citations if c.n in numbers], language)
            marks += [number for number in numbers if number not in marks]
            rest = rest[match.end() :]
        assert marks == sorted(own), text  # all of them, and numbered as they come
    assert answered > 0.8 * len(asked)


def _rests_on_what_is_cited(said: str, cited: list[Citation], language: str) -> None:
    """Those of the passage's sources that carry the sentence, all of them and no other; and they quote it."""
    passage = cited[0].passage
    own = split_sentences(passage.text if language == "sv" else passage.text_en)
    sentence = next(one for one in own if said in (one, without_yes_or_no(one)))
    assert {one.source for one in cited} == set(passage.sources_of(sentence)), said
    if language == "sv":
        assert all(sentence in one.quote for one in cited), said


def test_the_quote_is_swedish_and_of_the_passage(knowledge: Knowledge, ask: Any) -> None:
    answer = ask("What assistance can an EU citizen without right of residence get?")
    assert answer["language"] == "en"
    for citation in answer["citations"]:
        passage = next(
            p for p in knowledge.documents[citation["document_id"]].passages if p.id == citation["passage_id"]
        )
        assert set(split_sentences(citation["quote"])) <= set(split_sentences(passage.text))
        assert citation["passage_version"] == passage.version


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (ASSISTANCE, "answered"),
        ("Vem betalar för honom?", "clarify"),
        (BLEEDING, "urgent"),
        ("Vad är telefonnumret till socialjouren i Sorsele?", "no_support"),
        ("Vilken temperatur ska surdegen ha?", "out_of_scope"),
        ("1234567", "out_of_scope"),
    ],
)
def test_every_status_is_reachable(ask: Any, question: str, status: str) -> None:
    answer = ask(question)
    assert answer["status"] == status
    assert answer["text"]
    if status != "urgent":  # what the corpus says may stand below what to do
        assert bool(answer["citations"]) == (status == "answered")
    assert bool(answer["reason"]) == (status in ("no_support", "out_of_scope"))
    assert bool(answer["options"]) == (status == "clarify")


def test_what_only_comes_closest_says_so_first_and_is_left_to_staff(ask: Any, knowledge: Knowledge) -> None:
    question = "Får vi spara uppgifter om personer utan uppehållsrätt?"
    answer = ask(question)
    lead, _, text = answer["text"].partition("\n\n")
    assert lead == "Jag är inte säker på att källorna svarar på just din fråga. Det här är det närmaste jag hittar:"
    assert (answer["status"], answer["reason"]) == ("answered", "closest")
    assert text.startswith("**")
    assert answer["citations"]
    listed = knowledge.inbox.lists.page(Filters(kind=Kind.LOW_SUPPORT)).rows
    assert question in {row.item.question for row in listed}


def test_an_option_leads_to_an_answer(ask: Any) -> None:
    options = ask("Vem betalar för honom?")["options"]
    assert 2 <= len(options) <= 4
    assert len({option["question"] for option in options}) == len(options)
    for option in options:
        assert set(option) == {"label", "question"}
        assert ask(option["question"])["status"] == "answered"


@pytest.mark.parametrize("question", [BLEEDING, KNIFE, "Hon säger att hon vill dö i natt och har slutat svara oss"])
def test_danger_comes_before_everything(ask: Any, question: str) -> None:
    answer = ask(question)
    assert answer["status"] == "urgent"
    assert answer["notices"][0]["kind"] == "urgent"
    assert answer["text"].startswith(("**Ring 112 nu**", "**Call 112 now**"))
    assert answer["contacts"][0]["phone"] == "112"


def test_a_child_in_the_question_brings_the_duty_to_report(ask: Any) -> None:
    for question, words in (
        ("Får en treårig flicka gå i förskola när föräldrarna saknar uppehållsrätt?", "anmäl"),
        ("Does a three-year-old girl get health care without a card?", "report"),
    ):
        notices = {notice["kind"]: notice["text"] for notice in ask(question)["notices"]}
        assert words in notices["child"]
        assert "112" in notices["child"]
    assert "child" not in {notice["kind"] for notice in ask(ASSISTANCE)["notices"]}


def test_as_of_decides_the_day_of_the_answer(ask: Any) -> None:
    before = ask(ASSISTANCE, as_of="2024-03-01")
    assert before["as_of"] == "2024-03-01"
    assert "1 mars 2024" in before["validity_line"]
    assert "superseded_law" in {notice["kind"] for notice in before["notices"]}
    today = ask(ASSISTANCE)
    assert today["as_of"] == "2026-11-23"
    assert "23 november 2026" in today["validity_line"]
    assert "superseded_law" not in {notice["kind"] for notice in today["notices"]}


def test_a_day_in_the_question_counts_where_none_is_given(ask: Any) -> None:
    question = "Vilket bistånd kunde en EU-medborgare utan uppehållsrätt få i mars 2024?"
    assert ask(question)["as_of"] == "2024-03-01"
    assert ask(question, as_of="2025-09-01")["as_of"] == "2025-09-01"


def test_the_language_asked_for_goes_before_that_of_the_question(ask: Any) -> None:
    assert ask(ASSISTANCE, language="en")["language"] == "en"
    assert "right of residence" in ask(ASSISTANCE, language="en")["text"]


def test_the_same_question_gives_the_same_answer(ask: Any) -> None:
    first, second = (ask(ASSISTANCE) for _ in range(2))
    assert first.pop("answer_id") != second.pop("answer_id")
    assert first == second


def test_a_follow_up_leans_on_the_stored_conversation_and_on_history(own_client: TestClient) -> None:
    def ask(question: str, **named: object) -> dict[str, Any]:
        answer: dict[str, Any] = own_client.post("/api/answers", json={"question": question} | named).json()
        return {key: answer[key] for key in ("text", "confidence", "citations")}

    first, then = "Vad kostar akut tandvård för en vuxen utan uppehållsrätt?", "Och om tanden måste dras ut?"
    ask(first, conversation_id="c-1")
    stored = ask(then, conversation_id="c-1")
    assert stored["citations"][0]["topics"] == ["tandvard"]
    assert stored == ask(then, history=[first])
    assert stored == ask(then, history=["Får man tigga på torget i den här staden?", first])
    alone = ask(then, conversation_id="c-2")
    assert alone == ask(then)
    assert stored["confidence"] > alone["confidence"]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Har de rätt till socialbidrag om de inte har uppehållsrätt?", "bistand-utan-uppehallsratt"),
        ("Har en EU-medborgare med uppehållsrätt rätt till socialbidrag?", "bistand-med-uppehallsratt"),
    ],
)
def test_who_lacks_a_right_is_not_told_what_those_get_who_have_it(
    client: TestClient, question: str, topic: str
) -> None:
    answer = client.post("/api/answers", json={"question": question}).json()
    assert topic in answer["citations"][0]["topics"]


def test_a_long_follow_up_that_finds_nothing_alone_leans_too_and_one_on_something_else_does_not(
    client: TestClient,
) -> None:
    def ask(question: str, *history: str) -> dict[str, Any]:
        answer: dict[str, Any] = client.post("/api/answers", json={"question": question, "history": history}).json()
        return answer

    before, then = (
        "Vad är betänketid för den som utsatts för människohandel?",
        "Hur många dagar rör det sig om för henne innan den tar slut?",
    )
    assert ask(then)["citations"] == []  # alone it says nothing of any subject
    answered = ask(then, before)
    assert answered["status"] == "answered"
    assert answered["citations"][0]["topics"] == ["manniskohandel-exploatering"]
    aside = "Hur lagar man egentligen hans gamla cykel när den har fått punktering på framhjulet?"
    assert ask(aside, before)["status"] == "out_of_scope"


def test_which_of_several_is_asked_and_the_place_alone_answers_it(ask: Any) -> None:
    question = "Har ni telefonnummer till Stadsmissionen?"
    which = ask(question)
    assert which["text"].startswith("Det beror på orten: kontakttabellen har Stockholm, Linköping")
    there = ask("i Linköping?", history=[question])
    assert [contact["organisation"] for contact in there["contacts"]] == ["Linköpings Stadsmission"]
    assert "Linköpings Stadsmission" in there["text"]
    assert (which["citations"], there["citations"]) == ([], [])


def test_a_local_office_is_shown_in_its_own_place_alone(ask: Any) -> None:
    question = "Vart ringer jag om härbärge för natten?"
    in_place = {c["id"] for c in ask(question, municipality="Göteborg")["contacts"]}
    elsewhere = ask(question, municipality="Kiruna")["contacts"]
    assert any(key.startswith("goteborgs-") for key in in_place)
    assert [c["id"] for c in elsewhere if c["places"]] == []


@pytest.mark.parametrize(
    ("text", "led_by"),
    [
        ("och om hon är gravid?", "halsovard-graviditet/utan-eu-kort"),
        ("och om hon är gravid och har EU-kort?", "halsovard-graviditet/med-eu-kort"),
    ],
)
def test_who_lacks_the_card_lacks_it_in_the_next_question_too(knowledge: Knowledge, text: str, led_by: str) -> None:
    before = "De nekade en kvinna vård för att hon saknade EU-kort, får de det?"
    answer = knowledge.answering.answer(Question(text, history=(before,)))
    assert [citation.passage.id for citation in answer.citations][:1] == [led_by]
