"""Questions that name a section: its own words first, then what the curated passages say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from knowledge.app import create_app
from knowledge.bootstrap import Knowledge
from knowledge.clock import FixedClock
from knowledge.datatypes import Answer, Document, NoticeKind, Question, Status
from knowledge.store.library import SqlLibraryStore

LIST = "Följande ska anmäla:\n1. skolan,\n2. tandvården, och\n3. polisen."
CARE = "Vård skall beslutas om den unge utsätter sin hälsa för en påtaglig risk. Det gäller också ungdomar."


@pytest.fixture(scope="module")
def knowledge(
    build_knowledge: Callable[..., Knowledge],
    make_statute: Callable[..., Document],
    clock: FixedClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path_factory.mktemp("sections"))
    long = "En lång bestämmelse om sådant som kommunen ska göra för var och en som bor där. " * 8
    SqlLibraryStore(built.engine, clock).put(
        [
            make_statute(
                "1990:52", "Lag (1990:52) om vård av unga", ("3 § – Beredande av vård", CARE), ("4 §", "Fyra.")
            ),
            make_statute("2025:400", "Socialtjänstlag (2025:400)", ("19 kap. 1 § – Anmälan", LIST)),
            make_statute(
                "2001:453", "Socialtjänstlag (2001:453)", ("4 kap. 1 §", "Den enskilde har rätt till bistånd.")
            ),
            make_statute("1963:1", "Hundskattelag (1963:1)", *[("2 §", f"{n} {long}") for n in range(4)]),
        ]
    )
    yield built
    built.engine.dispose()


def _ask(knowledge: Knowledge, question: str) -> Answer:
    return knowledge.answering.answer(Question(question))


@pytest.mark.parametrize(
    "question", ["LVU 3 §", "vad säger 3 § LVU?", "Vad står i 3 § lagen (1990:52) med särskilda bestämmelser?"]
)
def test_the_section_itself_comes_first_with_its_address(knowledge: Knowledge, question: str) -> None:
    answer = _ask(knowledge, question)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith("**Så lyder 3 § LVU (1990:52):** Vård skall beslutas om den unge")
    first = answer.citations[0]
    assert first.passage.heading == "3 § – Beredande av vård"
    assert first.quote == CARE
    assert "3 § Lag (1990:52)" in answer.validity_line


def test_curated_passages_that_cite_it_come_after(knowledge: Knowledge) -> None:
    answer = _ask(knowledge, "LVU 3 §")
    later = [citation.passage for citation in answer.citations[1:]]
    assert later and all(passage.topics for passage in later)
    assert all(any("LVU" in law for law in passage.laws) for passage in later)


def test_a_list_is_quoted_whole(knowledge: Knowledge) -> None:
    text = _ask(knowledge, "vad säger 19 kap 1 § nya SoL").text
    assert "Följande ska anmäla: 1. skolan, 2. tandvården, och 3. polisen [1]." in text


def test_a_long_section_says_that_it_goes_on(knowledge: Knowledge) -> None:
    answer = _ask(knowledge, "vad säger 2 § hundskattelagen?")
    assert answer.status is Status.ANSWERED
    assert "Paragrafen fortsätter; läs hela lydelsen i källan." in answer.text
    assert len(answer.text) < 3_000


def test_a_repealed_act_says_so_and_names_the_successor(knowledge: Knowledge) -> None:
    answer = _ask(knowledge, "vad säger 4 kap. 1 § gamla SoL?")
    assert "Så löd 4 kap. 1 § SoL (2001:453), som gällde till och med den 30 juni 2025:" in answer.text
    notice = next(notice.text for notice in answer.notices if notice.kind is NoticeKind.SUPERSEDED_LAW)
    assert "upphävd sedan den 1 juli 2025" in notice
    assert "11 kap. 1 § och 12 kap. 1 § SoL (2025:400) (säker koppling)" in notice


def test_an_act_without_a_year_says_which_one_is_meant(knowledge: Knowledge) -> None:
    notice = {one.kind: one.text for one in _ask(knowledge, "vad säger 19 kap. 1 § SoL?").notices}
    assert "SoL utan årtal läser jag som den lag som gäller, SoL (2025:400)" in notice[NoticeKind.SUPERSEDED_LAW]
    named = {one.kind for one in _ask(knowledge, "vad säger 19 kap. 1 § SoL (2025:400)?").notices}
    assert NoticeKind.SUPERSEDED_LAW not in named


@pytest.mark.parametrize("question", ["vad motsvarar 14 kap 1 § i nya sol", "old 14:1 SoL successor"])
def test_where_a_section_went_is_told_by_the_key_and_not_by_its_namesake(knowledge: Knowledge, question: str) -> None:
    answer = _ask(knowledge, question)
    assert answer.citations[0].passage.id == "ny-socialtjanstlag-nyckel/orosanmalan"
    assert "19 kap. 1 §" in answer.text.partition(".**")[0] or "Chapter 19, Section 1" in answer.text
    notice = {one.kind: one.text for one in answer.notices}[NoticeKind.SUPERSEDED_LAW]
    assert "14 kap. 1 § SoL (2001:453) är upphävd" in notice or "14 kap. 1 § SoL (2001:453) has been repealed" in notice
    assert "19 kap. 1 § SoL (2025:400)" in notice


def test_in_english_the_wording_is_swedish_and_said_to_be(knowledge: Knowledge) -> None:
    answer = _ask(knowledge, "What does section 3 LVU say?")
    assert answer.language == "en"
    assert answer.text.startswith("**This is the Swedish wording of 3 § LVU (1990:52):** Vård skall")


def test_without_the_statute_it_is_as_before(knowledge: Knowledge) -> None:
    answer = _ask(knowledge, "Vad säger 8 kap. 9 § utlänningslagen om avvisning av EU-medborgare?")
    assert all(citation.passage.topics for citation in answer.citations)


def test_danger_goes_before_a_section(knowledge: Knowledge) -> None:
    answer = _ask(knowledge, "Mannen blöder kraftigt och är medvetslös på golvet här hos oss. LVU 3 §")
    assert answer.status is Status.URGENT
    assert "Så lyder" not in answer.text


def test_search_shows_the_section_first(knowledge: Knowledge) -> None:
    with TestClient(create_app(knowledge)) as client:
        found = client.post("/api/search", json={"question": "LVU 3 §", "k": 5}).json()
        assert found["passages"][0]["heading"] == "3 § – Beredande av vård"
        assert found["passages"][0]["parts"] == {"section": 1.0}
        assert len(found["passages"]) == 5
        ids = [passage["passage_id"] for passage in found["passages"]]
        assert len(set(ids)) == 5
        repealed = {"question": "4 kap. 1 § gamla SoL", "k": 5}
        first = client.post("/api/search", json=repealed).json()["passages"][0]
        assert (first["heading"], first["validity"]) == ("4 kap. 1 §", "superseded")
        then = client.post("/api/search", json=repealed | {"as_of": "2026-01-01"}).json()["passages"]
        assert all(passage["valid_to"] is None for passage in then)
        plain = client.post("/api/search", json={"question": "akut tandvård", "k": 5}).json()
        assert plain["passages"][0]["topics"] == ["tandvard"]
