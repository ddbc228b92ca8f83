"""What a contact question is about: health care, human trafficking, the county administrative board …"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

_KINDS = Path(__file__).parent / "kinds.yml"


@dataclass(frozen=True, slots=True)
class Kind:
    """`responsible` says who answers for it at a place; `national` are ids of contacts (kinds.yml)."""

    id: str
    words: re.Pattern[str]
    responsible: str
    topics: tuple[str, ...]
    national: tuple[str, ...]


def read_kinds() -> tuple[Kind, ...]:
    return tuple(
        Kind(
            id=row["id"],
            words=re.compile(rf"\b(?:{re.sub(r'[|] ', '|', row['words'])})\b", re.IGNORECASE),
            responsible=row["responsible"],
            topics=tuple(row["topics"]),
            national=tuple(row["national"]),
        )
        for row in yaml.safe_load(_KINDS.read_text(encoding="utf-8"))
    )


def kind_of(text: str, kinds: tuple[Kind, ...]) -> Kind | None:
    return next((kind for kind in kinds if kind.words.search(text)), None)
