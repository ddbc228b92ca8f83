"""Markdown files of the library: where they come from, what they are worth, how they are cut."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from pathlib import Path

import pytest

from knowledge.cli.ingest import REMEDIES
from knowledge.datatypes import Document, ValidityStatus
from knowledge.errors import CorpusError
from knowledge.ingestion import isolation, reading
from knowledge.ingestion.files import LARGEST, read_bytes
from knowledge.ingestion.readers.documents import WITHOUT_TEXT
from knowledge.ingestion.readers.sections import LONGEST

STATUTE = """---
beteckning: 2022:15
rubrik: Lag om stöd
utfardad_datum: 2022-01-13
ikraft_datum: 2022-03-01
publicerad_datum: 2023-01-19
pdf_url: https://sfs.example/SFS2022-15.pdf
andringsforfattningar:
  - beteckning: "2022:900"
    anteckningar: ändr. 2 §
---

# Lag (2022:15) om stöd

## 1 kap. Inledande bestämmelser

### Lagens innehåll

#### 1 §

Lagen gäller stöd enligt [2 §](#2). Lag ([2022:900](https://sfs.example/900)).

#### 5a §

Stöd lämnas till

1. kommuner, och

2. regioner.

Avgifter

#### 6 §

Kommunen får ta ut en avgift.

## 2 Kap. Övriga bestämmelser

#### 1 §

Beslutet får överklagas om det rör

## 1 kap. 5 a §, eller

## 1 kap. 6 §.

## Övergångsbestämmelser

Lagen träder i kraft den 1 mars 2022.
"""

PAGE = """# Stöd till kommunerDiarienummer: S2023/1

**Regeringen** ger kommunerna [ett stöd](https://regeringen.example/stod).

Kommunerna ska:

* ansöka senast i maj,
* redovisa i juni.

![En bild](bild.png)

[Läs beslutet](/beslut)
[Läs mer](/mer "mer")

\\*\\*\\*

## Bakgrund

Stödet infördes 2019.

### Kontakt

Anna Andersson
Tfn 08-405 10 00

## Mer information

Pressekreterare: anna@regeringen.example
"""


def read(file: Path, text: str | bytes) -> Document:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reading.read(read_bytes(file))


def refusal(file: Path, data: bytes | None = None) -> CorpusError:
    with pytest.raises(CorpusError) as caught:
        read(file, data) if data is not None else read_bytes(file)
    return caught.value


# Statutes


def test_a_statute_has_its_number_source_and_date(tmp_path: Path) -> None:
    document = read(tmp_path / "sfs-2022-15.md", STATUTE)
    assert (document.id, document.title, document.topics) == ("sfs-2022-15", "Lag (2022:15) om stöd", ())
    (source,) = document.passages[0].sources
    assert (source.publisher, source.url) == ("Svensk författningssamling", "https://sfs.example/SFS2022-15.pdf")
    assert (source.date, source.published) == ("2022-01-13", "2022-01-13")
    validity = document.passages[0].validity
    assert (validity.status, validity.valid_from) == (ValidityStatus.CURRENT, dt.date(2022, 3, 1))
    assert "2023-01-19" in validity.note


def test_a_section_is_a_passage_with_its_address(tmp_path: Path) -> None:
    passages = {p.id.partition("/")[2]: p for p in read(tmp_path / "s.md", STATUTE).passages}
    assert list(passages) == ["1-kap-1", "1-kap-5-a", "1-kap-6", "2-kap-1", "0005"]
    first = passages["1-kap-1"]
    assert (first.heading, first.laws) == ("1 kap. 1 § – Lagens innehåll", ("1 kap. 1 § Lag (2022:15) om stöd",))
    assert first.text == "Lagen gäller stöd enligt 2 §."
    assert passages["1-kap-5-a"].text == "Stöd lämnas till 1. kommuner, och 2. regioner."
    assert passages["1-kap-6"].heading == "1 kap. 6 § – Avgifter"  # a heading that lost its mark
    assert passages["2-kap-1"].heading == "2 kap. 1 § – Övriga bestämmelser"
    assert passages["2-kap-1"].text == "Beslutet får överklagas om det rör\n1 kap. 5 a §, eller\n1 kap. 6 §."
    assert (passages["0005"].heading, passages["0005"].laws) == ("Övergångsbestämmelser", ())


def test_what_an_amendment_says_of_its_own_coming_into_force_stands_alone(tmp_path: Path) -> None:
    amended = STATUTE.replace(
        "Lagen träder i kraft den 1 mars 2022.",
        "[2022:15](https://sfs.example/15)\n\n1. Denna lag träder i kraft den 1 mars 2022.\n\n"
        "2. Lagen gäller ej förr.\n\n"
        "[2022:900](https://sfs.example/900)\n\nDenna lag träder i kraft den 1 januari 2023.",
    )
    first, second = read(tmp_path / "s.md", amended).passages[-2:]
    assert first.id == "sfs-2022-15/overgangsbestammelser-2022-15"
    assert first.heading == "Övergångsbestämmelser till SFS 2022:15"
    assert first.text == "1. Denna lag träder i kraft den 1 mars 2022. 2. Lagen gäller ej förr."
    assert (second.heading, second.laws) == ("Övergångsbestämmelser till SFS 2022:900", ())
    assert second.validity.valid_from == dt.date(2023, 1, 1)


def test_a_repealed_statute_is_never_current(tmp_path: Path) -> None:
    repealed = STATUTE.replace("anteckningar: ändr. 2 §", "ikraft_datum: 2023-01-01\n    anteckningar: upph.")
    validity = read(tmp_path / "s.md", repealed).passages[0].validity
    assert (validity.status, validity.valid_to) == (ValidityStatus.SUPERSEDED, dt.date(2022, 12, 31))
    assert "2022:900" in validity.note
    partly = STATUTE.replace("anteckningar: ändr. 2 §", "anteckningar: upph. 2 §")
    assert read(tmp_path / "s.md", partly).passages[0].validity.status is ValidityStatus.CURRENT


def test_a_statute_that_expires_says_when(tmp_path: Path) -> None:
    expiring = STATUTE.replace("publicerad_datum: 2023-01-19", "utgar_datum: 2024-01-01")
    validity = read(tmp_path / "s.md", expiring).passages[0].validity
    assert (validity.status, validity.valid_to) == (ValidityStatus.UNCERTAIN, dt.date(2023, 12, 31))


def test_a_statute_without_text_can_be_found_and_says_so(tmp_path: Path) -> None:
    front = STATUTE.partition("\n# Lag")[0].rstrip()
    (passage,) = read(tmp_path / "s.md", front).passages
    assert passage.heading == WITHOUT_TEXT
    assert passage.text == "Lag (2022:15) om stöd. Utfärdad 2022-01-13."
    assert passage.validity.status is ValidityStatus.UNCERTAIN
    assert passage.validity.note.startswith("Här finns bara uppgifter")


def test_a_title_that_runs_on_is_read(tmp_path: Path) -> None:
    document = read(tmp_path / "s.md", "---\nbeteckning: 1939:741\nrubrik: Kungörelse (1939:741)\nom psalmer\n\n---\n")
    assert document.title == "Kungörelse (1939:741) om psalmer"


# Pages of the government


def test_a_page_has_its_address_from_its_place(tmp_path: Path) -> None:
    document = read(tmp_path / "x" / "pressmeddelanden" / "2023" / "08" / "stod.md", PAGE)
    assert document.title == "Stöd till kommuner"
    (source,) = document.passages[0].sources
    assert source.url == "https://www.regeringen.se/pressmeddelanden/2023/08/stod/"
    assert (source.publisher, source.date, source.published) == ("Regeringskansliet", "augusti 2023", "2023-08")
    assert document.passages[0].validity.status is ValidityStatus.UNCERTAIN


def test_contacts_links_and_pictures_are_left_out(tmp_path: Path) -> None:
    passages = read(tmp_path / "tal" / "2023" / "08" / "stod.md", PAGE).passages
    assert [(p.heading, p.text) for p in passages] == [
        (
            "Stöd till kommuner",
            "Regeringen ger kommunerna ett stöd.\nKommunerna ska: ansöka senast i maj, redovisa i juni.",
        ),
        ("Bakgrund", "Stödet infördes 2019."),
    ]


def test_a_proposal_is_no_rule(tmp_path: Path) -> None:
    for place in ("rattsliga-dokument/proposition", "remisser"):
        document = read(tmp_path / place / "2023" / "08" / "x.md", PAGE)
        assert {p.validity.status for p in document.passages} == {ValidityStatus.PROPOSED}


def test_a_document_is_the_same_wherever_its_folder_lies(tmp_path: Path) -> None:
    place = Path("pressmeddelanden", "2023", "08", "stod.md")
    one, other = read(tmp_path / "a" / place, PAGE), read(tmp_path / "b" / place, PAGE)
    assert one == other
    assert read(tmp_path / "a" / place.with_name("annan.md"), PAGE).content_hash != one.content_hash


# Other files


def test_any_file_may_say_in_front_matter_where_it_comes_from(tmp_path: Path) -> None:
    front = "---\ntitle: Riktlinjer\nurl: https://kommun.example/r\npublisher: Kommunen\ndate: 2024-05\n"
    document = read(tmp_path / "r.md", f"{front}retrieved: 2024-06-01\n---\nText om stöd.\r\n")
    (passage,) = document.passages
    assert (document.title, passage.sources[0].url, passage.sources[0].date) == (
        "Riktlinjer",
        "https://kommun.example/r",
        "2024-05",
    )
    assert passage.validity.status is ValidityStatus.CURRENT and "2024-06-01" in passage.validity.note


def test_a_file_that_says_nothing_is_undated_and_uncertain(tmp_path: Path) -> None:
    (passage,) = read(tmp_path / "min-fil.md", "Bara text.").passages
    assert (passage.title, passage.sources[0].date) == ("min fil", "odaterad")
    assert passage.validity.status is ValidityStatus.UNCERTAIN


# Length


def test_passages_end_with_a_paragraph_and_are_never_too_long(tmp_path: Path) -> None:
    paragraphs = [f"Stycke {n} handlar om stöd till kommuner. " * 6 for n in range(9)]
    passages = read(tmp_path / "a.md", "\n\n".join(paragraphs)).passages
    assert all(len(p.text) <= LONGEST for p in passages)
    assert "\n".join(p.text for p in passages).split("\n") == [text.strip() for text in paragraphs]


@pytest.mark.parametrize("text", ["En lång mening om stöd. " * 200, "ord " * 900, "x" * 5000])
def test_a_long_paragraph_is_cut_and_nothing_is_lost(tmp_path: Path, text: str) -> None:
    passages = read(tmp_path / "a.md", text).passages
    assert all(0 < len(p.text) <= LONGEST for p in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())
    assert len({p.id for p in passages}) == len(passages)


# What cannot be read


def test_every_refusal_names_file_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    large = tmp_path / "large.md"
    with large.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert refusal(tmp_path / "none.md").code == "missing"
    assert refusal(tmp_path / "folder.md").code == "not_a_file"
    assert refusal(large).code == "too_large"
    assert refusal(tmp_path / "a.md", b"").code == "empty"
    assert refusal(tmp_path / "a.md", b"a\x00b").code == "binary"
    assert refusal(tmp_path / "a.md", b"\xff\xfea\x00").code == "not_utf8"
    assert refusal(tmp_path / "a.md", b"---\n- a\n---\nx").code == "front"
    assert refusal(tmp_path / "a.md", b"---\na: [\n---\nx").code == "front"
    error = refusal(tmp_path / "b.md", b"a\nb\ncaf\xe9")
    assert (error.code, error.where) == ("not_utf8", f"{tmp_path / 'b.md'}:3")


def test_every_refusal_has_its_remedy() -> None:
    assert set(REMEDIES) >= {*reading.REFUSALS, *isolation.REFUSALS, "twice"}


# What is made to take long

_TOO_LONG_S = 5


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "[a](b) " * 3000 + "slut",
        "* [a](b)\n" * 3000 + "slut",
        "[" * 50_000,
        "[a](" * 20_000,
        "![" * 20_000,
        "| - " * 50_000,
        "x" * 2_000_000,
        "ord " * 500_000,
        "**a" * 30_000,
        "a@" * 90,
        "# " * 50_000,
        "---\ntitle: a\n" * 20_000,
    ],
    ids=lambda text: text[:8].strip(),
)
def test_no_text_takes_long(tmp_path: Path, text: str) -> None:
    began = time.process_time()
    read(tmp_path / "a.md", text)
    assert time.process_time() - began < _TOO_LONG_S


@pytest.mark.parametrize(
    "front",
    [
        "a: " + "[" * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a: " + "x" * 2_000_000,
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(9)),
    ],
    ids=["deep", "items", "keys", "long", "aliases"],
)
def test_no_front_matter_takes_long(tmp_path: Path, front: str) -> None:
    began = time.process_time()
    with contextlib.suppress(CorpusError):
        read(tmp_path / "a.md", f"---\n{front}\n---\nText.")
    assert time.process_time() - began < _TOO_LONG_S
