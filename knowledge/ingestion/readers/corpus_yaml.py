"""Texts and YAML in the files of the corpus, or an error that says where they are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from ...errors import CorpusError

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(file: Path, where: str) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CorpusError(where, f"is not UTF-8; save it as UTF-8 ({error.reason} at byte {error.start})") from error


def read_mapping(text: str, where: str, loader: Any = LOADER) -> dict[str, Any]:
    try:
        value = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise CorpusError(where, f"YAML does not parse: {error}") from error
    if not isinstance(value, dict):
        raise CorpusError(where, "YAML must be a mapping")
    return value
