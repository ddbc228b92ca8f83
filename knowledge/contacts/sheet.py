"""The table of contacts as a CSV file: as it ships with the service, and as a spreadsheet program writes it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from ..datatypes import Contact
from ..errors import ContactsRejected, RowProblem

# The column of our own file, and its heading in a spreadsheet.
COLUMNS = {
    "id": "id",
    "organisation": "organisation",
    "role": "funktion",
    "role_en": "funktion på engelska",
    "scope": "räckvidd",
    "places": "platser",
    "topics": "ämnen",
    "phone": "telefon",
    "email": "e-post",
    "hours": "öppettider",
    "address": "adress",
    "url": "webbsida",
    "source_url": "källa",
    "source_date": "källans datum",
    "last_verified": "kontrollerad",
    "verified_by": "kontrollerad av",
    "next_check": "nästa kontroll",
    "function_address": "funktionsadress",
    "note": "anmärkning",
    "state": "tillstånd",
}
SCOPES = {"national": "nationell", "regional": "regional", "local": "lokal", "abroad": "utomlands"}
LIVE, RETIRED = "gäller", "borttagen"
YES, NO = "ja", "nej"
_BY_HEADING = {heading: name for name, heading in COLUMNS.items()} | {name: name for name in COLUMNS}
_NEEDED = ("id",)
# A cell that begins so is run as a formula by spreadsheet programs (OWASP, CSV injection).
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_ARMOUR = "'"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as text, by our names of the columns; a column that the file lacks is not in `values`."""

    line: int
    values: dict[str, str]


def read_sheet(content: bytes) -> tuple[SheetRow, ...]:
    """Comma or semicolon, with or without byte order mark, UTF-8 or Windows-1252. Raises ContactsRejected."""
    text = _decoded(content)
    header = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if header.count(";") > header.count(",") else ",")
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise ContactsRejected((RowProblem(reader.line_num, f"raden kan inte läsas som CSV ({error})."),)) from error
    if not lines:
        raise ContactsRejected((RowProblem(1, "filen är tom. Första raden ska ha rubrikerna."),))
    names = _names(lines[0][1])
    rows, problems = [], []
    for line, cells in lines[1:]:
        if len(cells) != len(names):
            told = f"raden har {len(cells)} fält men rubrikraden {len(names)}. Sätt citattecken om fält som innehåller"
            problems.append(RowProblem(line, f"{told} skiljetecknet."))
        else:
            rows.append(SheetRow(line, {name: _bare(cell) for name, cell in zip(names, cells, strict=True)}))
    if problems:
        raise ContactsRejected(tuple(problems))
    return tuple(rows)


def write_sheet(contacts: Iterable[Contact]) -> bytes:
    """For a spreadsheet program: semicolons, byte order mark, Swedish headings, no cell that is a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for contact in contacts:
        writer.writerow([_armoured(value) for value in cells_of(contact).values()])
    return out.getvalue().encode("utf-8-sig")


def cells_of(contact: Contact) -> dict[str, str]:
    """A contact as text, by our names of the columns."""
    cells = {name: getattr(contact, name, None) for name in COLUMNS}
    cells |= {
        "scope": SCOPES.get(contact.scope, contact.scope),
        "places": "; ".join(contact.places),
        "topics": "; ".join(contact.topics),
        "function_address": YES if contact.function_address else NO,
        "state": RETIRED if contact.retired else LIVE,
    }
    return {name: "" if value is None else str(value) for name, value in cells.items()}


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _names(headings: list[str]) -> list[str]:
    known = [heading.strip().casefold() for heading in headings]
    unknown = [heading for heading in known if heading not in _BY_HEADING]
    if unknown:
        told = (
            f"okänd rubrik: {', '.join(repr(name) for name in unknown)}. Rubrikerna är {', '.join(COLUMNS.values())}."
        )
        raise ContactsRejected((RowProblem(1, told),))
    names = [_BY_HEADING[heading] for heading in known]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ContactsRejected((RowProblem(1, f"rubriken {', '.join(COLUMNS[n] for n in twice)} står två gånger."),))
    if missing := [COLUMNS[name] for name in _NEEDED if name not in names]:
        raise ContactsRejected((RowProblem(1, f"rubriken {', '.join(missing)} saknas."),))
    return names


def _armoured(value: str) -> str:
    return _ARMOUR + value if value.startswith(_FORMULA_SIGNS) else value


def _bare(cell: str) -> str:
    cell = cell.strip()
    return cell[1:].strip() if cell.startswith(_ARMOUR) and cell[1:].startswith(_FORMULA_SIGNS) else cell
