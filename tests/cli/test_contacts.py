"""`python -m knowledge contacts …`: what staff see, and that a bad file changes nothing."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Contacts = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def contacts(run_here: Run, data: Path, tmp_path: Path) -> Contacts:
    """`contacts …` over a copy of its own."""
    shutil.copytree(data, tmp_path / "data")
    return lambda *words: run_here("contacts", *words, data=tmp_path / "data")


def _said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_list_finds_by_place_topic_and_words(contacts: Contacts) -> None:
    lines = _said(contacts("list", "larm och socialförvaltningen i Uppsala", "--topic", "akuta-larm")).splitlines()
    assert "018-727 00 00" in lines[0] and lines[0].endswith("(ej kontrollerad)")
    assert any(": 112 (" in line for line in lines) and not any("Göteborg" in line for line in lines)
    assert _said(contacts("list", "människohandel", "--place", "Skåne")).startswith("malmo-evonhuset")
    assert len(_said(contacts("list")).splitlines()) == 46
    refused = contacts("list", "--place", "Ingenstans")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "Fel: Ingenstans är ingen kommun och inget län i platstabellen.\n"


def test_a_verified_contact_leaves_the_list_of_what_is_to_be_verified(contacts: Contacts) -> None:
    key = "kvinnofridslinjen"
    assert key in _said(contacts("list", "--overdue"))
    assert "av Upplysningen" in _said(contacts("verify", key, "--by", "Upplysningen", "--next", "2199-01-31"))
    assert key not in _said(contacts("list", "--overdue"))
    shown = {row["id"]: row for row in json.loads(_said(contacts("list", "--json")))}
    assert shown[key]["verification"] == "verified"
    assert {row["verification"] for other, row in shown.items() if other != key} == {"never"}
    card = _said(contacts("show", key))
    assert "nästa kontroll:        2199-01-31" in card and "kontrollerad av: – → Upplysningen" in card


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("verify", "finns-inte", "--by", "X"), "Ingen kontakt har id finns-inte"),
        (("verify", "kvinnofridslinjen", "--by", " "), "Skriv vem som har kontrollerat"),
        (("verify", "kvinnofridslinjen", "--by", "X", "--next", "2020-01-01"), "en dag som kommer"),
        (("show", "finns-inte"), "Ingen kontakt har id finns-inte"),
        (("import", "finns-inte.csv"), "finns-inte.csv kan inte läsas"),
        (("export", "finns-inte/x.csv"), "kan inte skrivas"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(contacts: Contacts, words: tuple[str, ...], told: str) -> None:
    done = contacts(*words)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Fel: ") and told in done.stderr and "Traceback" not in done.stderr


def test_an_import_shows_what_it_would_do_and_does_it_when_told(contacts: Contacts, tmp_path: Path) -> None:
    file = tmp_path / "kontakter.csv"
    assert "46 kontakter skrivna" in _said(contacts("export", str(file)))
    assert _said(contacts("import", str(file))) == "0 kontakter skulle ändras, 46 är oförändrade.\n"
    _said(contacts("verify", "polisen-114-14", "--by", "Upplysningen"))
    text = file.read_text(encoding="utf-8-sig").replace("114 14;", "114 15;")
    file.write_text(text, encoding="cp1252", errors="replace")
    would = _said(contacts("import", str(file)))
    assert "    telefon: 114 14 → 114 15" in would and "Kör igen med --yes" in would
    assert "114 15" not in _said(contacts("list"))
    done = _said(contacts("import", str(file), "--yes", "--by", "Upplysningen"))
    assert "1 kontakter ändrade, 45 oförändrade." in done
    assert "114 15 (ej kontrollerad)" in _said(contacts("list"))  # a changed number is no longer verified
    differing = _said(contacts("list", "--differing"))
    assert differing.startswith("polisen-114-14: ") and "telefon: 114 15 → 114 14" in differing


def test_a_bad_row_stops_the_whole_import(contacts: Contacts, tmp_path: Path) -> None:
    file = tmp_path / "kontakter.csv"
    file.write_text("id;telefon;e-post\nskr-vaxel;08-1234567;\npolisen-114-14;hej;\nskr-vaxel;;a.b@kommun.example\n")
    done = contacts("import", str(file), "--yes")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"{file}:3: telefon 'hej' är inget nummer")
    assert lines[-1] == "Ingenting är ändrat: 3 fel. Rätta dem och läs in filen igen."
    assert "08-1234567" not in _said(contacts("list"))


def test_an_export_is_a_table_for_a_swedish_spreadsheet(contacts: Contacts, tmp_path: Path) -> None:
    _said(contacts("export", str(tmp_path / "ut.csv")))
    content = (tmp_path / "ut.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfid;organisation;funktion;")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert len(rows) == 46 and {row["tillstånd"] for row in rows} == {"gäller"}
    assert next(row["telefon"] for row in rows if row["id"] == "sveriges-honorarkonsulat-sofia").startswith("'+359")
