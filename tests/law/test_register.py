"""The register of statutes: from when, until when, and what came instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from knowledge.datatypes import Document, Validity, ValidityStatus
from knowledge.fakes import MemorySections
from knowledge.law.lookup import register_of, sections_named
from knowledge.law.references import find
from knowledge.law.register import Register, amended, amendments, name_of, repeals
from knowledge.law.statutes import statute_table

TODAY = dt.date(2026, 11, 23)
MakeStatute = Callable[..., Document]


def _sections(*statutes: Document) -> MemorySections:
    return MemorySections({one.id.removeprefix("sfs-").replace("-", ":", 1): one.passages for one in statutes})


def test_the_older_social_services_act_is_over_from_the_first_of_july() -> None:
    register = Register()
    assert register.over_on("2001:453", dt.date(2025, 6, 30)) is None
    over = register.over_on("2001:453", dt.date(2025, 7, 1))
    assert over is not None and over.successor == "2025:400"
    assert register.over_on("2025:400", TODAY) is None
    assert register.get("1990:52") is None


def test_the_librarys_statutes_tell_their_own_time(make_statute: MakeStatute) -> None:
    ended = Validity(ValidityStatus.SUPERSEDED, "Upphävd genom SFS 2017:900. Texten …", None, dt.date(2018, 6, 30))
    unknown = Validity(ValidityStatus.SUPERSEDED, "Upphävd genom SFS 2010:800.")
    register = register_of(
        _sections(
            make_statute("1986:223", "Förvaltningslag (1986:223)", ("3 §", "Text.", ended)),
            make_statute("1985:1100", "Skollag (1985:1100)", ("1 kap. 1 §", "Text.", unknown)),
            make_statute("1990:52", "Lag (1990:52) om vård", ("3 §", "Text.")),
        )
    )
    over = register.over_on("1986:223", dt.date(2018, 7, 1))
    assert over is not None and (over.repealed, over.successor) == (dt.date(2018, 7, 1), "2017:900")
    assert register.over_on("1986:223", dt.date(2018, 6, 30)) is None
    assert register.over_on("1985:1100", TODAY) is not None  # on an unknown day, but over
    assert register.over_on("1990:52", TODAY) is None


def test_what_the_text_does_not_tell_yet_is_put_right() -> None:
    told = Validity(ValidityStatus.CURRENT, "Texten i den lydelse som publicerades 2025-05-26.")
    right = Register().validity_of("2001:453", told)
    assert (right.status, right.valid_to) == (ValidityStatus.SUPERSEDED, dt.date(2025, 6, 30))
    assert "Upphävd" in right.note and told.note in right.note
    assert Register().validity_of("1990:52", told) == told
    assert Register().validity_of("2025:400", told).valid_from == dt.date(2025, 7, 1)


def test_amended_sections_are_known_with_their_day() -> None:
    (reference,) = find("19 kap. 1–3 §§ SoL (2025:400)", TODAY)
    assert [(one.reference.address, one.since.isoformat(), one.by) for one in amended(reference)] == [
        ("19 kap. 1 §", "2026-01-15", "2025:1501")
    ]
    (other,) = find("19 kap. 4 § SoL (2025:400)", TODAY)
    assert amended(other) == ()
    assert len(amendments()) >= 7


def test_names_are_those_that_officials_use() -> None:
    assert name_of("2025:400") == "SoL (2025:400)"
    assert name_of("2010:800", "Skollag (2010:800)") == "skollagen (2010:800)"
    assert name_of("2009:47") == "lagen (2009:47) om vissa kommunala befogenheter"
    assert name_of("1992:1", "Lag (1992:1) om annat") == "Lag (1992:1) om annat"
    assert name_of("1992:1") == "SFS 1992:1"


def test_every_statute_that_is_named_elsewhere_is_in_the_table() -> None:
    known = statute_table().by_number
    for number, time in repeals().items():
        assert number in known and (not time.successor or time.successor in known)


NEW = Validity(ValidityStatus.CURRENT, "Från januari.", dt.date(2026, 1, 15))
FIRST = Validity(ValidityStatus.CURRENT, "Till januari.", dt.date(2025, 7, 1), dt.date(2026, 1, 14))


@pytest.fixture(scope="module")
def library(make_statute: MakeStatute) -> MemorySections:
    return _sections(
        make_statute(
            "2025:400",
            "Socialtjänstlag (2025:400)",
            ("19 kap. 1 § – Anmälan", "Den första lydelsen.", FIRST),
            ("19 kap. 1 § – Anmälan", "Den senare lydelsen.", NEW),
            ("19 kap. 1 § – Anmälan", "Dess fortsättning.", NEW),
        ),
        make_statute("2001:453", "Socialtjänstlag (2001:453)", ("14 kap. 1 §", "Den äldre lagens text.")),
        make_statute("1990:52", "Lag (1990:52) om vård", ("1 §", "Ett."), ("2 §", "Två."), ("3 §", "Tre.")),
        make_statute("1967:837", "Patentlag (1967:837)", ("1 kap. 1 §", "Ett."), ("2 kap. 7 §", "Sju.")),
    )


@pytest.mark.parametrize(
    ("text", "day", "said"),
    [
        ("vad säger 19 kap 1 § nya SoL", TODAY, ["Den senare lydelsen.", "Dess fortsättning."]),
        ("19 kap. 1 § SoL", dt.date(2026, 1, 15), ["Den senare lydelsen.", "Dess fortsättning."]),
        ("19 kap. 1 § SoL", dt.date(2026, 1, 14), ["Den första lydelsen."]),
        ("19 kap. 1 § nya SoL", dt.date(2024, 3, 1), ["Den första lydelsen."]),  # the first it ever had
        ("14 kap. 1 § SoL", dt.date(2024, 3, 1), ["Den äldre lagens text."]),
        ("14 kap. 1 § gamla SoL", TODAY, ["Den äldre lagens text."]),
        ("14 kap. 1 § SoL", TODAY, []),  # the new act has no such section here
        ("1–3 §§ LVU", TODAY, ["Ett.", "Två.", "Tre."]),
        ("LVU 2 § och SoL 19:1", TODAY, ["Två.", "Den senare lydelsen.", "Dess fortsättning."]),
        ("7 § patentlagen", TODAY, ["Sju."]),  # numbered on through its chapters
        ("9 § patentlagen", TODAY, []),
        ("3 § hundskattelagen", TODAY, []),
        ("vad är bistånd?", TODAY, []),
    ],
)
def test_the_wording_of_the_day_is_found(library: MemorySections, text: str, day: dt.date, said: list[str]) -> None:
    found = sections_named(text, day, library)
    assert [passage.text for section in found for passage in section.passages] == said


def test_a_repealed_act_is_said_to_be_over(library: MemorySections) -> None:
    (section,) = sections_named("14 kap. 1 § gamla SoL", TODAY, library)
    assert section.over
    assert section.passages[0].validity.status is ValidityStatus.SUPERSEDED
    (section,) = sections_named("14 kap. 1 § SoL", dt.date(2024, 3, 1), library)
    assert not section.over
