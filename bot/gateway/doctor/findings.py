"""What the doctor finds, and how it is said: Swedish first, English below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import yaml

LANGUAGES = ("sv", "en")


class Weight(StrEnum):
    FINE = "fine"
    NOTE = "note"  # works, but look at it
    FAULT = "fault"  # does not work


@dataclass(frozen=True, slots=True)
class Finding:
    weight: Weight
    key: str  # of the text in texts/
    values: dict[str, object] = field(default_factory=dict)


def fine(key: str, **values: object) -> Finding:
    return Finding(Weight.FINE, key, values)


def note(key: str, **values: object) -> Finding:
    return Finding(Weight.NOTE, key, values)


def fault(key: str, **values: object) -> Finding:
    return Finding(Weight.FAULT, key, values)


class Report:
    """Findings as text. No value of a secret is ever part of a finding."""

    def __init__(self) -> None:
        folder = Path(__file__).parent / "texts"
        self._texts: dict[str, dict[str, str]] = {
            language: yaml.safe_load((folder / f"{language}.yml").read_text(encoding="utf-8")) for language in LANGUAGES
        }

    def written(self, findings: Iterable[Finding]) -> str:
        found = list(findings)
        faults = sum(one.weight is Weight.FAULT for one in found)
        end = Finding(Weight.FINE, "end_faults" if faults else "end_fine", {"count": faults})
        return "\n".join([*(self._entry(one) for one in found), "", *self._both(end), ""])

    def _entry(self, finding: Finding) -> str:
        sign = f"{self._texts['sv'][finding.weight.value]:<4}"
        swedish, english = self._both(finding)
        return f"{sign} {swedish}\n{' ' * len(sign)} {english}"

    def _both(self, finding: Finding) -> list[str]:
        return [self._texts[language][finding.key].format(**finding.values) for language in LANGUAGES]
