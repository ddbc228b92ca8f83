"""What the validity report finds, and what it says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from knowledge.datatypes import Document, Passage, Validity, ValidityStatus
from knowledge.law.register import Register
from knowledge.law.report import Finding, citing_passage, findings

TODAY = dt.date(2026, 11, 23)
MakePassage = Callable[..., Passage]


def _found(*passages: Passage) -> list[Finding]:
    return list(findings((citing_passage(one, "starter") for one in passages), Register(), TODAY))


def test_a_passage_on_the_older_act_is_found_with_its_successor(make_passage: MakePassage) -> None:
    (finding,) = _found(make_passage("a/1", "Anmäl enligt 14 kap. 1 § SoL (2001:453)."))
    assert [link.new.address for link in finding.links] == ["19 kap. 1 §", "20 kap. 6 §"]
    assert (finding.repealed, finding.replaced_by, finding.is_repeal) == (dt.date(2025, 7, 1), "2025:400", True)
    assert not finding.says_so


def test_one_without_successor_is_found_too(make_passage: MakePassage) -> None:
    (finding,) = _found(make_passage("a/1", "Se 7 kap. 1 § SoL (2001:453)."))
    assert finding.links == () and finding.reference.address == "7 kap. 1 §"


def test_what_its_text_says_itself_is_told(make_passage: MakePassage) -> None:
    texts = (
        "Anmälan står i 19 kap. 4 § SoL (2025:400) (tidigare 14 kap. 1 c § SoL (2001:453)).",
        "Den äldre lagens 14 kap. 1 c § SoL (2001:453) handlade om anmälan.",
    )
    assert [[one.says_so for one in _found(make_passage("a/1", text))] for text in texts] == [[True], [True]]


def test_an_amended_section_is_found_until_the_passage_tells(make_passage: MakePassage) -> None:
    text = "Anmäl enligt 19 kap. 1 § SoL (2025:400)."
    (finding,) = _found(make_passage("a/1", text))
    assert [one.by for one in finding.amendments] == ["2025:1501"]
    assert not finding.says_so
    since = Validity(ValidityStatus.CURRENT, "Ny lydelse.", dt.date(2026, 1, 15))
    assert _found(make_passage("a/1", text, validity=since))[0].says_so
    assert _found(make_passage("a/1", f"{text} Ändrad genom SFS 2025:1501."))[0].says_so
    before = findings([citing_passage(make_passage("a/1", text), "starter")], Register(), dt.date(2026, 1, 14))
    assert list(before) == []


def test_laws_are_read_and_each_section_counts_once(make_passage: MakePassage) -> None:
    passage = make_passage("a/1", "Se 2 kap. 1 § SoL (2001:453) och 2 kap. 1 § socialtjänstlagen (2001:453).")
    passage = replace(passage, laws=("4 kap. 1 § SoL (2001:453)", "2 § LVU"))
    assert [one.reference.address for one in _found(passage)] == ["4 kap. 1 §", "2 kap. 1 §"]


def test_current_law_and_plain_text_are_left_out(make_passage: MakePassage) -> None:
    assert _found(make_passage("a/1", "Se 2 § LVU och 11 kap. 1 § SoL (2025:400)."), make_passage("a/2", "Ring.")) == []


def test_a_statute_does_not_cite_itself(make_statute: Callable[..., Document]) -> None:
    old = make_statute("2001:453", "Socialtjänstlag (2001:453)", ("4 kap. 1 §", "Enligt 2 kap. 1 § SoL (2001:453)."))
    other = make_statute("1990:52", "Lag (1990:52) om vård", ("1 §", "Enligt 4 kap. 1 § socialtjänstlagen (2001:453)."))
    found = _found(*old.passages, *other.passages)
    assert [one.citing.document_id for one in found] == ["sfs-1990-52"]
