"""Whom to call, asked of the whole answering: in every county, and no number that is not in the table."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.clock import FixedClock
from knowledge.datatypes import Answer, Question, Status, Verification
from knowledge.settings import PACKAGE
from knowledge.store.contacts import SqlContactStore

QUESTIONS = Path(__file__).parents[3] / "shared" / "questions" / "dev.jsonl"
with (PACKAGE / "corpus" / "regions.csv").open(encoding="utf-8", newline="") as _file:
    COUNTIES = {row["county"]: row for row in csv.DictReader(_file)}
with (PACKAGE / "corpus" / "places.csv").open(encoding="utf-8", newline="") as _file:
    # The last municipality of each county, so that not only the big cities are asked about.
    MUNICIPALITIES = {row["county"]: row["municipality"] for row in csv.DictReader(_file)}
# What a reader would take for a number to call: with an area code, international, or one of the short ones.
_NUMBER = re.compile(
    r"\+\d[\d ()-]{6,}\d|\b0\d{1,3}[- /]\d[\d ]{3,}\d|"
    r"(?<![:/\d.])\b(?:11[34] ?1[34]|116 ?\d{3}|1177|11[2-9])\b(?! §| kap)"
)
_MEDICAL_ADVICE = "1177"  # the way to health care that the catalogue names where medical advice is asked for
SOUTH = {"Skåne län", "Blekinge län", "Kronobergs län", "Kalmar län"}
NORTH = {"Gävleborgs län", "Västernorrlands län", "Norrbottens län", "Jämtlands län", "Västerbottens län"}
UNVERIFIED = "Ej kontrollerad"


@pytest.fixture(scope="module")
def knowledge(
    build_knowledge: Callable[..., Knowledge], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path_factory.mktemp("contacts"))
    yield built
    built.engine.dispose()


@pytest.fixture(scope="module")
def known(knowledge: Knowledge) -> set[str]:
    """Every number of the table, and those that it warns of."""
    contacts = knowledge.contacts.all()
    numbers = {_digits(contact.phone) for contact in contacts if contact.phone}
    return numbers | {_digits(number) for contact in contacts for number in _NUMBER.findall(contact.note)}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _numbers(answer: Answer) -> set[str]:
    said = [answer.text, answer.validity_line, *(notice.text for notice in answer.notices), *answer.follow_ups]
    said += [option.label + " " + option.question for option in answer.options]
    said += [f"{c.phone or ''} {c.role} {c.hours or ''} {c.note}" for c in answer.contacts]
    return {_digits(number) for text in said for number in _NUMBER.findall(text)} | {
        _digits(contact.phone) for contact in answer.contacts if contact.phone
    }


def _ask(knowledge: Knowledge, known: set[str], question: str) -> Answer:
    """With what holds for every answer about contacts."""
    answer = knowledge.answering.answer(Question(question))
    assert answer.status is Status.ANSWERED, question
    assert _numbers(answer) <= known
    assert answer.contacts
    if any(contact.verification is not Verification.VERIFIED for contact in answer.contacts):
        assert UNVERIFIED in answer.text or "Not verified" in answer.text
    return answer


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize("question", ["Vilken region ansvarar för vården i {}?", "Vad är numret till regionen i {}?"])
def test_the_region_of_each_county_by_its_name(
    knowledge: Knowledge, known: set[str], county: str, question: str
) -> None:
    answer = _ask(knowledge, known, question.format(county))
    region = COUNTIES[county]["region"]
    assert answer.text.startswith(f"**{region} ansvarar för hälso- och sjukvården i {county}.**")
    others = {row["region"] for row in COUNTIES.values()} - {region}
    assert [contact.organisation for contact in answer.contacts if contact.organisation in others] == []
    assert f"Kontakttabellen har inget nummer och ingen e-postadress till {region}." in answer.text


@pytest.mark.parametrize("county", COUNTIES)
def test_the_region_of_each_county_by_one_of_its_municipalities(
    knowledge: Knowledge, known: set[str], county: str
) -> None:
    answer = _ask(knowledge, known, f"Vem ringer jag i {MUNICIPALITIES[county]} kommun om sjukvård?")
    assert answer.text.startswith(f"**{COUNTIES[county]['region']} ansvarar")


@pytest.mark.parametrize("county", COUNTIES)
@pytest.mark.parametrize(
    "question",
    [
        "Vem ringer jag i {} om människohandel?",
        "Vart vänder jag mig i {} om någon utnyttjas i prostitution?",
        "Who do I call in {} about human trafficking?",
    ],
)
def test_trafficking_in_each_county(knowledge: Knowledge, known: set[str], county: str, question: str) -> None:
    answer = _ask(knowledge, known, question.format(county))
    first = answer.contacts[0]
    assert county in answer.text.split("**")[1]
    if county in SOUTH:
        assert first.id == "malmo-evonhuset-regionkoordinatorer"
    else:
        assert first.id == "jamstalldhetsmyndigheten-nspm"
        assert "Kontakttabellen har ingen egen kontakt" in answer.text or "has no contact of its own" in answer.text


@pytest.mark.parametrize("county", COUNTIES)
def test_the_county_administrative_board_of_each_county(knowledge: Knowledge, known: set[str], county: str) -> None:
    answer = _ask(knowledge, known, f"Vad är telefonnumret till länsstyrelsen i {county}?")
    board, first = f"Länsstyrelsen i {county}", answer.contacts[0]
    assert answer.text.startswith(f"**{board} är länsstyrelsen för {county}.**")
    if first.organisation == board:
        assert first.phone
    else:
        assert f"inget nummer och ingen e-postadress till {board}." in answer.text
        nearest = "vasterbotten-nord" if county in NORTH else "stockholm-samordning"
        assert first.id == f"lansstyrelsen-{nearest}"


def test_a_verified_contact_is_no_longer_said_to_be_unverified(
    build_knowledge: Callable[..., Knowledge], tmp_path: Path
) -> None:
    """And the running service sees it at once."""
    built = build_knowledge(tmp_path)
    asked = Question("Vad är numret till Uppsala kommun?")
    before = built.answering.answer(asked)
    assert [contact.verification for contact in before.contacts] == [Verification.NEVER]
    assert UNVERIFIED in before.text
    clock = FixedClock(dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    SqlContactStore(built.engine, clock).verify(before.contacts[0].id, by="Upplysningen")
    after = built.answering.answer(asked)
    assert [contact.verification for contact in after.contacts] == [Verification.VERIFIED]
    assert UNVERIFIED not in after.text
    built.engine.dispose()


def test_a_number_that_staff_add_is_in_the_next_answer_and_only_there(
    build_knowledge: Callable[..., Knowledge], tmp_path: Path, clock: FixedClock
) -> None:
    built = build_knowledge(tmp_path)
    skane = Question("Vad är numret till regionen i Lund?")
    assert "inget nummer" in built.answering.answer(skane).text
    like = next(contact for contact in built.contacts.all() if contact.id == "vgr-turisthandboken")
    added = replace(
        like,
        id="region-skane-vaxel",
        organisation="Region Skåne",
        role="Växel",
        places=("Skåne län",),
        phone="040-12 34 56",
    )
    SqlContactStore(built.engine, clock).save([added], by="Upplysningen")
    answer = built.answering.answer(skane)
    assert answer.contacts[0].id == "region-skane-vaxel"
    assert "inget nummer" not in answer.text
    assert "För Lund (Skåne län) vänder du dig till Region Skåne: växel, 040-12 34 56." in answer.text
    elsewhere = built.answering.answer(Question("Vad är numret till regionen i Umeå?"))
    assert "region-skane-vaxel" not in {contact.id for contact in elsewhere.contacts}
    built.engine.dispose()


@pytest.mark.parametrize(
    ("question", "start", "first"),
    [
        ("telefon till Region Dalarna", "**Region Dalarna ansvarar", "skr-vaxel"),
        ("Hur får jag tag på regionen i Östersund?", "**Region Jämtland Härjedalen ansvarar", "skr-vaxel"),
        (
            "Kan ni ge mig mejlen till länsstyrelsen i Kronoberg?",
            "**Länsstyrelsen i Kronobergs län är",
            "lansstyrelsen-",
        ),
        (
            "Jag behöver nå regionkoordinatorn i Kalmar",
            "**För Kalmar (Kalmar län) vänder du dig till Malmö stad",
            "malmo-evonhuset",
        ),
        ("Which region is responsible for health care in Lund?", "**Region Skåne is responsible", "skr-vaxel"),
        (
            "Vem ringer jag i Lund om en familj med småbarn som sover i tält?",
            "**Socialtjänsten i Lund tar emot orosanmälningar",
            "sos-alarm",
        ),
        ("Who do I call in Malmö about a child?", "**The social services of Malmö take", "sos-alarm"),
        ("Telefonnummer till polisen i Lund", "**Kontakten är Polisen", "polisen-114-14"),
        (
            "numret till Migrationsverket",
            "**Kontakttabellen har inget nummer och ingen e-postadress till Migrationsverket.**",
            "migrationsverket",
        ),
        (
            "Numret till Uppsala kommun?",
            "**För Uppsala (Uppsala län) vänder du dig till Uppsala kommun",
            "uppsala-",
        ),
    ],
)
def test_ways_of_asking(knowledge: Knowledge, known: set[str], question: str, start: str, first: str) -> None:
    answer = _ask(knowledge, known, question)
    assert answer.text.startswith(start)
    assert answer.contacts[0].id.startswith(first)


def test_the_table_answers_the_number_that_a_follow_up_asks_for(knowledge: Knowledge) -> None:
    first = "Vilken region ansvarar för vården i Gävle?"
    answer = knowledge.answering.answer(Question("Och numret dit?", history=(first,)))
    assert answer.text.startswith("**Region Gävleborg ansvarar")


def test_a_word_of_contact_in_another_question_adds_no_lines(knowledge: Knowledge) -> None:
    answer = knowledge.answering.answer(Question("Måste jag kontakta vårdnadshavaren innan orosanmälan i Malmö?"))
    assert answer.status is Status.ANSWERED
    assert "Kontakttabellen" not in answer.text and "Socialtjänsten i Malmö" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Vilken myndighet har den nationella samordningen mot människohandel sedan 2018?",
        "Vilken kommun är hemkommun för ett barn som räknas som bosatt?",
    ],
)
def test_where_someone_works_is_not_asked_about_by_a_question_for_the_rule(knowledge: Knowledge, question: str) -> None:
    there = knowledge.answering.answer(Question(question, municipality="Malmö"))
    assert there.status is Status.ANSWERED
    assert there.text == knowledge.answering.answer(Question(question)).text


def test_a_follow_up_keeps_the_place_and_another_place_keeps_the_matter(knowledge: Knowledge) -> None:
    first = "Vem ringer jag i Skåne om människohandel?"
    moved = knowledge.answering.answer(Question("Och i Umeå?", history=(first,)))
    assert moved.contacts[0].id == "jamstalldhetsmyndigheten-nspm"
    assert "Västerbottens län" in moved.text


@pytest.mark.parametrize(
    "question",
    [
        "Vad är numret till socialjouren i Härnösand?",
        "telefonnummer till kommunen i Sorsele",
        "numret till socialjouren i Göteborg",
        "Vad har socialtjänsten i Malmö för telefonnummer?",
    ],
)
def test_a_local_number_that_we_do_not_have_is_still_refused(knowledge: Knowledge, question: str) -> None:
    answer = knowledge.answering.answer(Question(question))
    assert (answer.status, answer.reason, answer.contacts) == (Status.NO_SUPPORT, "number_unknown", ())


def test_the_number_of_someone_else_at_the_place_is_not_refused(knowledge: Knowledge) -> None:
    answer = knowledge.answering.answer(Question("Numret till Räddningsmissionens sociala center i Göteborg, växeln?"))
    assert answer.status is Status.ANSWERED
    assert answer.contacts[0].id == "goteborgs-raddningsmission-socialt-center"


def test_what_is_outside_our_subject_stays_so(knowledge: Knowledge) -> None:
    for question in ("Vem ringer jag i Malmö om en trasig diskmaskin?", "Vart vänder jag mig i Lund om bygglov?"):
        answer = knowledge.answering.answer(Question(question))
        assert answer.status in (Status.OUT_OF_SCOPE, Status.NO_SUPPORT), question
        assert answer.contacts == ()


def test_no_answer_holds_a_number_that_is_not_in_the_table(knowledge: Knowledge, known: set[str]) -> None:
    if not QUESTIONS.is_file():
        pytest.skip("the set of questions is not here")
    asked = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line.strip()]
    unknown, seen = [], set()
    for row in asked:
        answer = knowledge.answering.answer(Question(row["question"], history=tuple(row.get("history", ()))))
        seen |= _numbers(answer)
        unknown += [(row["id"], n) for n in _numbers(answer) - known if n != _MEDICAL_ADVICE]
    assert len(asked) > 100 and {"112", "11414"} <= seen
    assert unknown == []


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Finns det något härbärge i Göteborg som tar emot EU-medborgare?", "Göteborgs Stad"),
        ("Is there a night shelter in Gothenburg that takes in EU citizens?", "Göteborgs Stad"),
        ("Var i Härnösand kan vi se länsstyrelsens filmade föredrag?", "Länsstyrelsen i Västernorrlands län"),
    ],
)
def test_a_place_in_the_question_shows_who_serves_it_in_the_matter(
    knowledge: Knowledge, question: str, shown: str
) -> None:
    answer = knowledge.answering.answer(Question(question))
    assert answer.status is Status.ANSWERED
    assert shown in [contact.organisation for contact in answer.contacts]
    topics = {topic for citation in answer.citations for topic in citation.passage.topics}
    assert all(contact.places and topics & set(contact.topics) for contact in answer.contacts)


@pytest.mark.parametrize(
    "question",
    [
        "Finns det något härbärge i Kiruna som tar emot EU-medborgare?",  # nobody in the table serves it in this
        "Vad är skillnaden mellan Eskilstunas och Vellinges förbud mot tiggeri?",
        "Får en EU-medborgare utan uppehållsrätt sova på härbärge?",  # no place
    ],
)
def test_without_someone_of_the_place_no_contact_is_shown(knowledge: Knowledge, question: str) -> None:
    answer = knowledge.answering.answer(Question(question))
    assert (answer.status, answer.contacts) == (Status.ANSWERED, ())
