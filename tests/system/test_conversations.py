"""Whole conversations, as officials hold them."""

from __future__ import annotations

from .conftest import Meet, Rows

RIGHT_TO_HELP = "Vilken hjälp kan en familj utan uppehållsrätt få?"
BEGGING = "Får kommunen förbjuda tiggeri?"


def test_greeting_question_follow_up_and_thanks(meet: Meet) -> None:
    official = meet()
    assert official.say("Hej!").text.startswith("Hej! Jag svarar på frågor om EU- och EES-medborgare")
    first = official.say(RIGHT_TO_HELP)
    assert first.status == "answered"
    assert "bistand-utan-uppehallsratt" in first.topics
    further = official.say("Och om de har barn?")
    assert further.status == "answered"
    assert any(topic.startswith("barn-") for topic in further.topics)
    assert "child" in further.notices
    assert official.say("Tack så mycket!").text.startswith("Varsågod")


def test_a_follow_up_leans_on_its_own_conversation_alone(meet: Meet) -> None:
    official, stranger = meet(), meet()
    official.say(RIGHT_TO_HELP)
    without, with_context = stranger.say("Och om de har barn?"), official.say("Och om de har barn?")
    assert without.answer["citations"] != with_context.answer["citations"]


def test_an_answer_is_whole(meet: Meet) -> None:
    answer = meet().say(BEGGING).answer
    assert [citation["n"] for citation in answer["citations"]] == list(range(1, len(answer["citations"]) + 1))
    for citation in answer["citations"]:
        assert citation["quote"] and citation["publisher"] and citation["title"]
        assert citation["url"].startswith("https://")
        assert citation["validity"] in ("current", "superseded", "uncertain", "proposed")
    assert answer["validity_line"].startswith("Gäller per ")
    assert len(answer["follow_ups"]) <= 3
    assert "[1]" in answer["text"]


def test_danger_is_first(meet: Meet) -> None:
    reply = meet().say("En man hotar en kvinna med kniv i lägret just nu")
    assert reply.status == "urgent"
    assert reply.notices[0] == "urgent"
    assert "112" in reply.answer["notices"][0]["text"]
    assert "112" in reply.text
    assert any(contact["phone"] == "112" for contact in reply.answer["contacts"])


def test_danger_is_first_in_the_middle_of_a_conversation(meet: Meet) -> None:
    official = meet()
    official.say("Hej")
    official.say(BEGGING)
    reply = official.say("Hon har slutat andas, vad gör vi?")
    assert reply.status == "urgent"
    assert reply.notices[0] == "urgent"


def test_a_child_brings_the_duty_to_report(meet: Meet) -> None:
    reply = meet().say("Ett barn far illa i ett tältläger. Måste jag anmäla det?")
    assert reply.status == "answered"
    assert "child" in reply.notices
    notice = next(notice["text"] for notice in reply.answer["notices"] if notice["kind"] == "child")
    assert "19 kap. 1 §" in notice
    assert "barn-orosanmalan" in reply.topics


def test_a_clarification_is_answered_by_its_option(meet: Meet) -> None:
    official = meet()
    asked_back = official.say("Hur länge får de stanna?")
    assert asked_back.status == "clarify"
    options = asked_back.answer["options"]
    assert 2 <= len(options) <= 4
    assert asked_back.answer["citations"] == []
    for option in options[:2]:
        assert official.say(option["question"]).status == "answered"


def test_a_contact_is_found_for_a_county(meet: Meet) -> None:
    reply = meet().say("Vem kontaktar jag om människohandel i Skåne län?")
    contacts = reply.answer["contacts"]
    assert any("Malmö" in contact["organisation"] for contact in contacts)
    assert all(contact["phone"] or contact["email"] or contact["url"] for contact in contacts)


def test_the_municipality_is_remembered(meet: Meet, rows: Rows) -> None:
    official = meet()
    official.say("Vart ringer jag vid misstanke om människohandel i Malmö?")
    reply = official.say("Finns det något härbärge?")
    stored = rows("select municipality from answers where id = ?", reply.answer["answer_id"])
    assert stored == [{"municipality": "Malmö"}]


def test_what_is_outside_the_subject_is_refused(meet: Meet) -> None:
    reply = meet().say("Hur bakar man en sockerkaka?")
    assert reply.status == "out_of_scope"
    assert reply.answer["citations"] == []


def test_an_english_conversation(meet: Meet) -> None:
    official = meet()
    assert official.say("Hello").text.startswith("Hello! I answer questions")
    first = official.say("Does a Romanian citizen without right of residence get health care?")
    assert (first.status, first.answer["language"]) == ("answered", "en")
    further = official.say("And what about children?")
    assert (further.status, further.answer["language"]) == ("answered", "en")
    assert "child" in further.notices
    assert official.say("thanks a lot").text.startswith("You are welcome")


def test_the_language_can_be_changed_in_words(meet: Meet) -> None:
    official = meet()
    question = "Vem har rätt till nödbistånd?"
    assert official.say(question).answer["language"] == "sv"
    assert official.say("In English please").text == "I will answer in English."
    assert official.say(question).answer["language"] == "en"
    assert official.say("Svara på svenska").text == "Jag svarar på svenska."
    assert official.say(question).answer["language"] == "sv"


def test_the_language_of_the_widget_holds(meet: Meet) -> None:
    assert meet("en").say(BEGGING).answer["language"] == "en"
    assert meet("en").say("Hej!").text.startswith("Hello!")


def test_feedback_in_words(meet: Meet, rows: Rows) -> None:
    official = meet()
    answer_id = official.say(BEGGING).answer["answer_id"]
    assert "citatet stämmer inte" in official.say("Svaret stämmer inte, citatet är fel").text
    assert official.say("det hjälpte, tack").text.startswith("Tack")
    stored = rows("select rating, reasons from feedback where answer_id = ? order by given_at", answer_id)
    assert stored == [{"rating": "down", "reasons": '["quote_mismatch"]'}, {"rating": "up", "reasons": "[]"}]


def test_feedback_in_words_without_an_answer(meet: Meet) -> None:
    assert "inget svar" in meet().say("svaret är fel").text


def test_feedback_by_the_form(meet: Meet, rows: Rows) -> None:
    official = meet()
    answer_id = official.say(BEGGING).answer["answer_id"]
    given = official.judge(answer_id, rating="down", reasons=["outdated", "missing_source"], comment="Se nya beslut.")
    assert given.status_code == 201
    stored = rows("select reasons, comment from feedback where id = ?", given.json()["feedback_id"])
    assert stored == [{"reasons": '["outdated", "missing_source"]', "comment": "Se nya beslut."}]


def test_nobody_judges_an_answer_of_another_conversation(meet: Meet) -> None:
    answer_id = meet().say(BEGGING).answer["answer_id"]
    stranger = meet()
    stranger.say("Hej")
    refused = stranger.judge(answer_id, rating="down", reasons=["other"])
    assert refused.status_code == 404
    assert refused.json()["error"]["code"] == "unknown_answer"


def test_interleaved_conversations_never_mix(meet: Meet) -> None:
    one, other = meet(), meet("en")
    assert one.say("Har gravida utan uppehållsrätt rätt till förlossningsvård?").topics == {"halsovard-graviditet"}
    assert other.say("Can the municipality forbid begging?").answer["language"] == "en"
    one.say("Jag vill prata med en rådgivare")
    # The other one is not in the form, nor does it hear of pregnancy.
    assert {"tiggeri-regler", "tiggeri-ordningsforeskrifter"} & other.say("Can the municipality forbid begging?").topics
    one.say("e-post")
    judged = other.say("That was helpful")
    assert judged.text.startswith("Thank you")
    assert one.say("avbryt").text.startswith("Jag har avbrutit")
    costs = one.say("Och vad kostar det?")
    assert costs.answer["language"] == "sv"
    assert costs.topics == {"halsovard-graviditet"}
    assert one.conversation_id != other.conversation_id
