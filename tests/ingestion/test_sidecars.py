"""What is said of a file beside it: where it comes from, between which days it holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from knowledge.datatypes import ValidityStatus

from .made_files import LONG
from .reading import read, refused


def test_a_sidecar_says_where_a_file_comes_from_and_when_it_holds(tmp_path: Path) -> None:
    said = (
        "title: Riktlinjer\nurl: https://kommun.example/r\npublisher: Kommunen\ndate: 2024-05\n"
        "valid_from: 2024-06-01\nvalid_to: 2025-06-30\ntopics:\n  - hemresa\n  - barn-lvu\n"
    )
    document = read(tmp_path / "r.txt", LONG, said)
    (passage,) = document.passages
    assert (document.title, document.topics) == ("Riktlinjer", ("hemresa", "barn-lvu"))
    source = passage.sources[0]
    assert (source.url, source.publisher, source.date) == ("https://kommun.example/r", "Kommunen", "2024-05")
    validity = passage.validity
    assert (validity.status, validity.valid_from) == (ValidityStatus.CURRENT, dt.date(2024, 6, 1))
    assert validity.valid_to == dt.date(2025, 6, 30)
    assert validity.note == "Gäller från och med 2024-06-01 till och med 2025-06-30 enligt uppgift till biblioteket."


def test_a_file_whose_name_leaves_no_room_for_a_sidecar_is_read(tmp_path: Path) -> None:
    assert read(tmp_path / ("a" * 251 + ".txt"), LONG).passages


def test_a_proposal_stays_one_whatever_else_is_said_of_it(tmp_path: Path) -> None:
    file = tmp_path / "remisser" / "2023" / "08" / "x.md"
    (passage,) = read(file, f"# Förslag\n\n{LONG}", "topics: hemresa\n").passages
    assert (passage.validity.status, passage.topics) == (ValidityStatus.PROPOSED, ("hemresa",))
    assert passage.sources[0].url == "https://www.regeringen.se/remisser/2023/08/x/"


@pytest.mark.parametrize(
    "said",
    [
        "titel: felstavad",
        "valid_from: den 1 juli",
        "valid_to: 2025-13-01",
        "url: javascript:alert(1)",
        "title: [a, b]",
        "- a",
        "a: [",
        "title: " + "x" * 200_000,
    ],
)
def test_what_cannot_be_taken_at_its_word_is_refused(tmp_path: Path, said: str) -> None:
    assert refused(tmp_path / "r.txt", LONG, said) == "sidecar"
