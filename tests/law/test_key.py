"""The paragraph key: what came in place of the old Social Services Act's sections."""

from __future__ import annotations

import csv

import pytest

from knowledge.law.key import NEW_ACT, NEW_ACT_FROM, OLD_ACT, Confidence, paragraph_key
from knowledge.law.references import Reference, find
from knowledge.law.statutes import FOLDER

KEY = paragraph_key()


def _old(text: str) -> Reference:
    (found,) = find(f"{text} SoL (2001:453)", NEW_ACT_FROM)
    return found


@pytest.mark.parametrize(
    ("old", "wanted"),
    [
        ("14 kap. 1 c §", [("19 kap. 4 §", "medel")]),
        ("2 kap. 1 §", [("4 kap. 1 §", "hög")]),
        ("4 kap. 1 §", [("11 kap. 1 §", "hög"), ("12 kap. 1 §", "hög"), ("12 kap. 3 §", "medel")]),
        ("4 kap. 5 §", [("12 kap. 4–6 §§", "medel")]),
        ("2 a kap. 8 §", [("29 kap. 7–8 §§", "hög")]),
        ("11 kap. 11 a §", [("15 kap. 10–12 §§", "medel")]),
        ("6 kap. 11 b §", [("22 kap. 17 §", "hög"), ("22 kap. 18 §", "hög")]),
        ("9 kap.", [("33 kap. 1–6 §§", "medel")]),
        ("7 kap. 1 §", []),
        ("2 a kap. 3 §", []),  # only its chapter has a link
        ("11 kap. 12 §", []),
    ],
)
def test_successors(old: str, wanted: list[tuple[str, str]]) -> None:
    assert [(link.new.address, link.confidence.value) for link in KEY.successors(_old(old))] == wanted


def test_a_section_without_a_link_tells_where_its_chapter_went() -> None:
    assert KEY.chapters_now(_old("2 a kap. 3 §")) == ("29 kap.",)
    assert KEY.chapters_now(_old("7 kap. 1 §")) == ()


def test_predecessors_are_the_same_links_the_other_way() -> None:
    (new,) = find("19 kap. 1 § SoL (2025:400)", NEW_ACT_FROM)
    assert [link.old.address for link in KEY.predecessors(new)] == ["14 kap. 1 §"]
    for link in KEY.links:
        assert link in KEY.predecessors(link.new)
        assert link in KEY.successors(link.old)


def test_only_the_two_acts_are_in_it() -> None:
    assert {link.old.number for link in KEY.links} == {OLD_ACT}
    assert {link.new.number for link in KEY.links} == {NEW_ACT}
    assert KEY.successors(Reference("1990:52", "4", "1")) == () == KEY.predecessors(Reference(OLD_ACT, "4", "1"))


def test_every_row_of_the_file_is_read_whole() -> None:
    with (FOLDER / "social_services_key.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) > 50
    assert {row["old"] for row in rows} == {link.old.address for link in KEY.links}
    news = {part for row in rows for part in row["new"].split(", ")}
    assert news == {link.new.address for link in KEY.links}
    assert {row["confidence"] for row in rows} == {confidence.value for confidence in Confidence}
    assert all(row["about"] for row in rows)
