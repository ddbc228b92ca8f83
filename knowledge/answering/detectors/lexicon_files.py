"""Reads the word and phrase lists that ship beside this file.

`[section]` opens a list, `#` a comment; `<name> = a|b` names a choice that several phrases use.
"""

from pathlib import Path

_FOLDER = Path(__file__).parent / "lexicons"


def read_phrases(name: str) -> dict[str, tuple[str, ...]]:
    """The phrases of each section of `lexicons/<name>.txt`, one a line."""
    names: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section = ""
    for raw in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line.startswith("<") and "> = " in line:
            key, _, value = line.partition(" = ")
            names[key] = value
        else:
            sections.setdefault(section, []).append(_with_names(line, names))
    return {key: tuple(phrases) for key, phrases in sections.items()}


def read_words(name: str) -> dict[str, frozenset[str]]:
    """The single words of each section of `lexicons/<name>.txt`, any number a line."""
    return {key: frozenset(" ".join(lines).split()) for key, lines in read_phrases(name).items()}


def _with_names(phrase: str, names: dict[str, str]) -> str:
    for key, value in names.items():
        phrase = phrase.replace(key, value)
    return phrase
