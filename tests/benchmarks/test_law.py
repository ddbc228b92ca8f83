"""The questions about sections, and how an answer to them is judged."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

from benchmarks import law, result_files
from benchmarks.law import QUESTIONS, TEMPLATES, Asked, everyday_questions, is_right, section_questions
from knowledge.datatypes import Document
from knowledge.law.references import find
from knowledge.law.statutes import statute_table

DAY = dt.date(2026, 11, 23)
ADDRESSES = ["3 §", "12 a §", "3 kap. 5 §", "3 a kap. 12 a §"]


def test_sixty_questions_over_many_statutes_the_same_each_time() -> None:
    sections = {number: ADDRESSES for number in list(statute_table().by_number)[:25]}
    asked = section_questions(sections)
    assert asked == section_questions(sections)
    assert len(asked) == len({(one.number, one.address) for one in asked}) == QUESTIONS
    assert len({one.number for one in asked}) == 25
    assert section_questions({}) == []
    assert len(section_questions({"1990:52": ["3 §"]})) == 1


def test_every_template_names_its_section() -> None:
    statute = statute_table().by_number["2010:800"]
    for template in TEMPLATES:
        for address in ADDRESSES:
            (found,) = find(template(address, statute), DAY)
            assert (found.number, found.address) == ("2010:800", address)


def test_the_right_section_is_the_one_of_that_statute(make_statute: Callable[..., Document]) -> None:
    passage = make_statute("1990:52", "Lag (1990:52) om vård", ("3 § – Vård", "Text.")).passages[0]
    assert is_right(passage, Asked("?", "1990:52", "3 §"))
    assert not is_right(passage, Asked("?", "1990:52", "3 a §"))
    assert not is_right(passage, Asked("?", "1988:870", "3 §"))
    old = make_statute("1904:48-s-1", "Lag (1904:48 s.1) om samäganderätt", ("6 §", "Text.")).passages[0]
    assert is_right(old, Asked("?", "1904:48 s.1", "6 §"))


def test_the_everyday_questions_name_a_section_each_and_no_question_twice() -> None:
    asked = everyday_questions()
    assert len(asked) >= 60
    assert len({one.question for one in asked}) == len(asked)
    for one in asked:
        assert [found.address for found in find(one.address, DAY)] == [one.address]
        assert find(one.question, DAY) == ()


def test_the_table_says_what_the_newest_result_says() -> None:
    latest = result_files.latest(law.NAME)
    assert latest is not None
    result = json.loads(latest.read_text(encoding="utf-8"))
    assert result_files.between(law.README, law.NAME) == law.in_readme(result)
    assert result["everyday"]["questions"] == len(everyday_questions())
