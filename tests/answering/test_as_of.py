"""What applied then: questions about a day, through the whole of answering, before and after the law changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest

from knowledge.bootstrap import Knowledge
from knowledge.clock import FixedClock
from knowledge.datatypes import Answer, Document, NoticeKind, Question, Status, Validity, ValidityStatus
from knowledge.store.library import SqlLibraryStore

TODAY = dt.date(2026, 11, 23)
FIRST = Validity(ValidityStatus.CURRENT, "Till och med den 14 januari.", dt.date(2025, 7, 1), dt.date(2026, 1, 14))
SINCE = Validity(ValidityStatus.CURRENT, "Från den 15 januari.", dt.date(2026, 1, 15))
FIRST_WORDS, NEW_WORDS, LVU_WORDS = "Den första lydelsen om anmälan.", "Den nya lydelsen om anmälan.", "Vård om ungdom."
ASSISTANCE = "Vilket bistånd {} en EU-medborgare utan uppehållsrätt få"


@pytest.fixture(scope="module")
def knowledge(
    build_knowledge: Callable[..., Knowledge],
    make_statute: Callable[..., Document],
    clock: FixedClock,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Knowledge]:
    built = build_knowledge(tmp_path_factory.mktemp("as-of"))
    new_act = make_statute(
        "2025:400",
        "Socialtjänstlag (2025:400)",
        ("19 kap. 1 § – Skyldighet att anmäla", FIRST_WORDS, FIRST),
        ("19 kap. 1 § – Skyldighet att anmäla", NEW_WORDS, SINCE),
    )
    care = make_statute("1990:52", "Lag (1990:52) om vård av unga", ("3 § – Beredande av vård", LVU_WORDS))
    SqlLibraryStore(built.engine, clock).put([new_act, care])
    yield built
    built.engine.dispose()


class Case(NamedTuple):
    question: str
    as_of: dt.date
    status: Status
    said: tuple[str, ...]  # in the text, the validity line or the notices
    not_said: tuple[str, ...] = ()


OLD, BEFORE = "2 kap. 1 § SoL (2001:453)", "den äldre socialtjänstlagen, SoL (2001:453)"
CASES = (
    Case(
        f"{ASSISTANCE.format('kunde')} i mars 2024?",
        dt.date(2024, 3, 1),
        Status.ANSWERED,
        (BEFORE, OLD, "säker koppling", "Gäller per 1 mars 2024"),
    ),
    Case(
        f"{ASSISTANCE.format('kunde')} före 1 juli 2025?",
        dt.date(2025, 6, 30),
        Status.ANSWERED,
        (BEFORE, OLD, "Gäller per 30 juni 2025"),
    ),
    Case(
        f"{ASSISTANCE.format('kunde')} innan nya socialtjänstlagen?",
        dt.date(2025, 6, 30),
        Status.ANSWERED,
        (BEFORE, OLD),
    ),
    Case(
        f"{ASSISTANCE.format('kunde')} hösten 2025?",
        dt.date(2025, 10, 1),
        Status.ANSWERED,
        ("Gäller per 1 oktober 2025",),
        (BEFORE,),
    ),
    Case(
        f"Kvinnan kom hit i mars 2024. {ASSISTANCE.format('kan')}?",
        TODAY,
        Status.ANSWERED,
        ("Gäller per 23 november 2026",),
        (BEFORE,),
    ),
    Case(
        "Vem skulle göra orosanmälan i mars 2024?",
        dt.date(2024, 3, 1),
        Status.NO_SUPPORT,
        ("14 kap. 1 § SoL (2001:453) (säker koppling)", "den 1 mars 2024", "15 januari 2026"),
        (FIRST_WORDS, NEW_WORDS),
    ),
    Case(
        "Vilka var skyldiga att göra en orosanmälan enligt gamla lagen?",
        dt.date(2025, 6, 30),
        Status.NO_SUPPORT,
        ("14 kap. 1 § SoL (2001:453) (säker koppling)",),
        (FIRST_WORDS, NEW_WORDS),
    ),
    Case(
        "Vem skulle göra orosanmälan i september 2025?",
        dt.date(2025, 9, 1),
        Status.ANSWERED,
        (FIRST_WORDS.rstrip("."), "Den 1 september 2025 löd 19 kap. 1 § SoL (2025:400)"),
        (NEW_WORDS.rstrip("."),),
    ),
    Case(
        "Vad sa 19 kap. 1 § SoL den 14 januari 2026?",
        dt.date(2026, 1, 14),
        Status.ANSWERED,
        (FIRST_WORDS.rstrip("."), "Gäller per 14 januari 2026"),
        (NEW_WORDS.rstrip("."),),
    ),
    Case(
        "Vad sa 19 kap. 1 § SoL den 15 januari 2026?",
        dt.date(2026, 1, 15),
        Status.ANSWERED,
        (NEW_WORDS.rstrip("."),),
        (FIRST_WORDS.rstrip("."),),
    ),
    Case(
        "Vem ska göra orosanmälan sedan den 15 januari 2026?",
        TODAY,
        Status.ANSWERED,
        ("Gäller per 23 november 2026",),
        (BEFORE, FIRST_WORDS.rstrip(".")),
    ),
    Case("Vad säger 19 kap 1 § nya SoL i dag?", TODAY, Status.ANSWERED, (NEW_WORDS.rstrip("."),), (BEFORE,)),
    Case(
        "What assistance could an EU citizen without right of residence get before the new Social Services Act?",
        dt.date(2025, 6, 30),
        Status.ANSWERED,
        (OLD, "a sure link", "Valid as of 30 June 2025"),
    ),
)


def _all_that_is_said(answer: Answer) -> str:
    return "\n".join((answer.text, answer.validity_line, *(notice.text for notice in answer.notices)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question)
def test_what_applied_on_the_day_is_answered(knowledge: Knowledge, case: Case) -> None:
    answer = knowledge.answering.answer(Question(case.question))
    assert (answer.as_of, answer.status) == (case.as_of, case.status)
    said = _all_that_is_said(answer)
    assert [words for words in case.said if words not in said] == []
    assert [words for words in case.not_said if words in said] == []
    for citation in answer.citations:
        validity = citation.passage.validity
        assert validity.valid_to is None or validity.valid_to >= case.as_of
        assert validity.valid_from is None or validity.valid_from <= case.as_of


def test_a_caller_may_name_the_day(knowledge: Knowledge) -> None:
    asked = "Vad säger 19 kap. 1 § SoL?"
    said = knowledge.answering.answer(Question(asked, as_of=dt.date(2025, 12, 1))).text
    assert FIRST_WORDS.rstrip(".") in said
    assert NEW_WORDS.rstrip(".") in knowledge.answering.answer(Question(asked)).text


def test_a_proposal_is_never_presented_as_law(knowledge: Knowledge) -> None:
    asked = 0
    for document in knowledge.documents.values():
        for passage in document.passages:
            answer = knowledge.answering.answer(Question(passage.heading))
            best = answer.citations[0].passage if answer.citations else None
            if best is None or best.validity.status is not ValidityStatus.PROPOSED:
                continue
            asked += 1
            assert answer.validity_line.startswith("Förslag, inte gällande rätt")
    assert asked >= 5


def test_the_notice_names_what_is_repealed_and_its_successor(knowledge: Knowledge) -> None:
    answer = knowledge.answering.answer(Question("Vad säger 4 kap. 1 § SoL (2001:453) om bistånd?"))
    notices = {notice.kind: notice.text for notice in answer.notices}
    text = notices[NoticeKind.SUPERSEDED_LAW]
    assert "4 kap. 1 § SoL (2001:453) är upphävd sedan den 1 juli 2025." in text
    assert "11 kap. 1 § och 12 kap. 1 § SoL (2025:400) (säker koppling)" in text
    none = knowledge.answering.answer(Question("Vad säger 7 kap. 1 § SoL (2001:453) om bistånd?"))
    assert "ingen säker motsvarighet" in _all_that_is_said(none)
