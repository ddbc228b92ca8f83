"""YAML that people or a collection wrote: front matter, and what is said of a file in the file beside it."""

from __future__ import annotations

import re
from typing import Any

import yaml

_MAY_NEST = re.compile(r"[\[{]|[-?:] +[-?:]|^ {20}", re.MULTILINE)
_DEEPEST = 20
_LONGEST = 1_000_000  # characters; the statute with the most amendments has a tenth
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # no guessing: 2022:15 is a number of base 60 in YAML


class NotAMapping(Exception):
    """Says what is wrong; the caller knows the file."""


def mapping_of(text: str) -> dict[str, Any]:
    """Every value as text. Raises NotAMapping."""
    if len(text) > _LONGEST:
        raise NotAMapping("is too long")
    try:
        if _MAY_NEST.search(text) and _depth(text) > _DEEPEST:
            raise NotAMapping("is nested too deeply")
        value = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise NotAMapping(f"does not parse: {error}") from error
    if not isinstance(value, dict):
        raise NotAMapping("must be a mapping")
    return value


def _depth(text: str) -> int:
    """The parser counts on where the loader would run out of stack and take the process with it."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > _DEEPEST:
            break
    return deepest
