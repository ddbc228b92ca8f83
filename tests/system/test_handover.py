"""To a human adviser: by the questions in words, and by the widget's form."""

from __future__ import annotations

import re

from .conftest import Meet, Rows
from .official import Official

QUESTION = "Får kommunen förbjuda tiggeri?"
REFERENCE = re.compile(r"R-[2-9A-HJ-NP-Z]{6}")
HANDOVERS_OF = "select h.* from handovers h join answers a on a.conversation_id = h.conversation_id where a.id = ?"


def begin(official: Official) -> str:
    """Asks, then asks for an adviser; the key of the answer."""
    answer_id = str(official.say(QUESTION).answer["answer_id"])
    started = official.say("Jag vill prata med en rådgivare")
    assert "Hur vill du få svar?" in started.text
    assert started.buttons == ["E-post", "Telefon", "Här i chatten", "Avbryt"]
    return answer_id


def test_the_form_in_words_to_the_end(meet: Meet, rows: Rows) -> None:
    official = meet()
    answer_id = begin(official)
    assert "e-postadress" in official.say("E-post").text
    assert "kommun" in official.say("namn.efternamn@kommun.example").text
    assert official.say("Falun").buttons == ["Ja", "Nej"]
    reference = REFERENCE.search(official.say("Ja").text)
    assert reference
    (stored,) = rows("select * from handovers where reference = ?", reference.group())
    assert stored["answer_id"] == answer_id
    assert stored["contact_way"] == "email"
    assert stored["contact"] == "namn.efternamn@kommun.example"
    assert stored["municipality"] == "Falun"
    assert stored["state"] == "waiting"
    # The adviser finds the question through the answer.
    assert rows("select question from answers where id = ?", answer_id) == [{"question": QUESTION}]


def test_the_form_in_english_by_its_buttons(meet: Meet) -> None:
    official = meet("en")
    official.say("Can the municipality forbid begging?")
    ways = official.say("Can I talk to a human?").buttons
    assert ways[2] == "Here in the chat"
    official.say(ways[2])
    assert official.say("Malmö").buttons == ["Yes", "No"]
    assert REFERENCE.search(official.say("Yes").text)


def test_the_form_asks_again_for_what_it_cannot_read(meet: Meet) -> None:
    official = meet()
    begin(official)
    official.say("telefon")
    assert "riktnummer" in official.say("12345").text
    official.say("08-123 456 78")
    assert "Menar du Falun" in official.say("Fallun").text
    official.say("Falun")
    assert "Svara ja eller nej" in official.say("kanske").text


def test_the_form_is_left_with_avbryt(meet: Meet, rows: Rows) -> None:
    official = meet()
    answer_id = begin(official)
    official.say("E-post")
    assert official.say("avbryt").text.startswith("Jag har avbrutit. Ingenting är skickat.")
    assert official.say(QUESTION).status == "answered"
    assert rows(HANDOVERS_OF, answer_id) == []


def test_without_consent_nothing_is_sent(meet: Meet, rows: Rows) -> None:
    official = meet()
    answer_id = begin(official)
    for said in ("Här i chatten", "Falun"):
        official.say(said)
    assert official.say("nej").text.startswith("Utan ditt ja skickar jag ingenting")
    assert rows(HANDOVERS_OF, answer_id) == []


def test_a_question_in_the_middle_is_answered_and_the_form_goes_on(meet: Meet) -> None:
    official = meet()
    begin(official)
    official.say("telefon")
    between = official.say("Vad räknas som nödbistånd?")
    assert between.status == "answered"
    assert between.topics == {"akut-nodsituation"}
    assert between.buttons == ["Fortsätt med rådgivaren"]
    assert "telefonnummer" in official.say("Fortsätt med rådgivaren").text
    official.say("08-123 456 78")
    official.say("Falun")
    assert REFERENCE.search(official.say("ja").text)


def test_an_emergency_in_the_middle_comes_first(meet: Meet) -> None:
    official = meet()
    begin(official)
    official.say("E-post")
    between = official.say("en man hotar oss med kniv")
    assert between.status == "urgent"
    assert between.messages[0]["type"] == "answer"
    assert between.notices[0] == "urgent"


def test_the_widgets_form_stores_a_redacted_message(meet: Meet, rows: Rows) -> None:
    official = meet()
    answer_id = official.say(QUESTION).answer["answer_id"]
    sent = official.hand_over(
        answer_id=answer_id,
        contact_way="phone",
        contact="08-123 456 78",
        municipality="Falun",
        consent=True,
        message="Gäller 19121212-1212, ring mig på förmiddagen.",
    )
    assert sent.status_code == 201
    (stored,) = rows("select * from handovers where reference = ?", sent.json()["reference"])
    assert "1212" not in stored["message"]
    assert "ring mig på förmiddagen" in stored["message"]
    assert (stored["contact"], stored["municipality"]) == ("08-123 456 78", "Falun")


def test_the_widgets_form_wants_consent(meet: Meet) -> None:
    official = meet()
    official.say(QUESTION)
    refused = official.hand_over(contact_way="here", municipality="Falun", consent=False)
    assert refused.status_code == 400
