"""Text to the Markdown of Adaptive Cards: our bold, and nothing that a text says becomes markup by accident.

A backslash is put only where a sign would do something. Teams' own renderers (web, iOS, Android) know few escapes, and
show the others.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import groupby

from ...presentation.markup import spans

_ANYWHERE = re.compile(
    r"""
      [\\*`<]                            # escape, emphasis, code, autolink
    | (?<![^\W_])_ | _(?![^\W_])         # emphasis, but not the underscore inside anna_berg@kommun.se
    | ~(?=~) | (?<=~)~
    | &(?=\#?\w+;)                       # an entity: &amp; is shown as it was written
    | (?<=\])\(                          # with the brackets before it, a link
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"^(\s*)(\d{1,9}(?=[.)](?:\s|$))|[-+](?=\s|$|-)|\#{1,6}(?=\s|$)|>|={2,})", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\*`<_~&(.)\-+#>=])")


def escaped(text: str) -> str:
    """Plain text, shown as it is."""
    return _LINE_START.sub(_line_start, _anywhere(text))


def _anywhere(text: str) -> str:
    return _ANYWHERE.sub(lambda found: f"\\{found[0]}", text)


def _line_start(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign}\\" if sign.isdigit() else f"{found[1]}\\{sign}"


def formatted(text: str, numbers: Collection[int]) -> str:
    """An answer's text: **bold** stays, [n] stays, the rest is escaped."""
    runs: list[str] = []
    for bold, group in groupby(spans(text, numbers), key=lambda span: span.bold):
        words = "".join(span.text if span.n is not None else _anywhere(span.text) for span in group)
        runs.append(_bold(words) if bold else words)
    return _LINE_START.sub(_line_start, "".join(runs))


def _bold(words: str) -> str:
    """Blanks stay outside: "** so**" is not bold."""
    inner = words.strip()
    if not inner:
        return words
    start = words.index(inner)
    return f"{words[:start]}**{inner}**{words[start + len(inner) :]}"


def link(title: str, url: str) -> str:
    return f"[{escaped(title).replace(']', '')}]({url.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def unescaped(text: str) -> str:
    """`escaped` undone."""
    return _ESCAPED.sub(r"\1", text)
