"""The everyday questions that ship with the service."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge.errors import CorpusError
from knowledge.law.everyday_questions import EVERYDAY, EverydayQuestion, everyday_questions
from knowledge.law.references import find

DAY = dt.date(2026, 11, 27)


def test_each_names_a_section_and_none_stands_twice() -> None:
    every = list(everyday_questions())
    assert len(every) > 5_000 and len(list(EVERYDAY.glob("*.tsv"))) > 1
    for number in {one.number for one in every}:
        assert re.fullmatch(r"\d{4}:\d+(-s-\d+)?", number), number
    for address in {one.address for one in every}:
        assert [found.address for found in find(address, DAY)] == [address]
    assert [one for one, times in Counter(every).items() if times > 1] == []


def test_none_is_cut_off_or_holds_marks_of_the_table() -> None:
    for one in everyday_questions():
        assert one.text == one.text.strip() and len(one.text) > 2, one
        assert not re.search(r"[|\t<>]|https?:", one.text), one


def test_a_line_gives_its_questions(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("1977:67\t1 §\tFår de ta ut böter? | straffavgift buss\n", encoding="utf-8")
    assert list(everyday_questions(tmp_path)) == [
        EverydayQuestion("1977:67", "1 §", "Får de ta ut böter?"),
        EverydayQuestion("1977:67", "1 §", "straffavgift buss"),
    ]


@pytest.mark.parametrize("line", ["1977:67\t1 §", "1977:67\t\tFår de?", "", "1977:67 1 § Får de?"])
def test_a_line_that_is_none_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text(f"1977:67\t1 §\tFår de?\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"a\.tsv, line 2"):
        list(everyday_questions(tmp_path))
