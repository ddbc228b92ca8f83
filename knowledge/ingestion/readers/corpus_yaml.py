"""YAML in the files of the corpus: a mapping, or an error that says where it is none."""

from __future__ import annotations

from typing import Any

import yaml

from ...errors import CorpusError

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_mapping(text: str, where: str, loader: Any = LOADER) -> dict[str, Any]:
    try:
        value = yaml.load(text, Loader=loader)
    except yaml.YAMLError as error:
        raise CorpusError(where, f"YAML does not parse: {error}") from error
    if not isinstance(value, dict):
        raise CorpusError(where, "YAML must be a mapping")
    return value
