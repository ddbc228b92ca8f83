"""Writes .env.example and docs/settings.md from the settings tables of the three processes.

python scripts/settings_docs.py           writes both
python scripts/settings_docs.py --check   says whether both are up to date (exit status 1: one isn't)
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parent.parent
TABLES = {"knowledge": "knowledge.settings", "gateway": "bot.gateway.settings", "actions": "actions.settings"}

ENV_HEAD = """\
# Settings of Rådgivaren, each with its default. Made by scripts/settings_docs.py from the settings tables.
#
# Copy this file to .env and take away the # before a setting to give it another value. A value that stands in front
# of `make run` goes before one in .env. A shell reads the file: put a value with blanks or signs such as $ & ;
# in 'single quotes'. Instead of NAME, NAME_FILE may name a file that holds the value: do that with every token,
# key and password.
"""

DOC_HEAD = """\
# Settings

Made by `python scripts/settings_docs.py` from the `SETTINGS` tables of the processes; a test compares them.
Change the tables, not this page.

- Each setting is an environment variable. `make run` and `docker compose` also read `.env` (copy `.env.example`).
- `NAME_FILE` in place of `NAME` names a file that holds the value. Do that with every token, key and password.
- A value that makes no sense stops the start, naming setting and value. Nothing falls back in silence.
- What is empty below has no value unless you give it one.

| Setting | Default | Read by | What it does |
|---|---|---|---|
"""

DOC_TAIL = """
## Read by the start scripts alone

- `make run` also takes `ACTIONS_PORT` (5055) and `RASA_PORT` (5005); `ACTIONS_URL`, `RASA_URL` and `KNOWLEDGE_URL`
  follow the ports where they are not given. `scripts/serve-rasa.sh` takes `RASA_HOST` (127.0.0.1).
- With `docker compose`, `GATEWAY_HOST` and `GATEWAY_PORT` say where the machine publishes the gateway. Addresses and
  ports between the containers, and the folder for data, are fixed in `docker-compose.yml`. `RADGIVAREN_SECRETS`
  (./secrets) is the folder with the secrets, `RADGIVAREN_VERSION` (local) the tag of the images.
"""


class Setting(Protocol):
    """What a row of each table has."""

    @property
    def name(self) -> str: ...
    @property
    def default(self) -> str: ...
    @property
    def help(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting with the processes that read it."""

    name: str
    default: str
    help: str
    readers: tuple[str, ...]


def read_tables() -> dict[str, tuple[Setting, ...]]:
    """The table of each process."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))  # run as a file, Python looks for packages beside the file alone
    return {process: import_module(module).SETTINGS for process, module in TABLES.items()}


def merge(tables: dict[str, tuple[Setting, ...]]) -> tuple[Entry, ...]:
    """Each setting once, in the order of the tables. Raises ValueError where two tables disagree on one."""
    entries: dict[str, Entry] = {}
    for process, table in tables.items():
        for setting in table:
            known = entries.get(setting.name)
            if known and (known.default, known.help) != (setting.default, setting.help):
                raise ValueError(f"{setting.name}: {process} and {known.readers[0]} differ in default or help")
            readers = (*known.readers, process) if known else (process,)
            entries[setting.name] = Entry(setting.name, setting.default, setting.help, readers)
    return tuple(entries.values())


def env_example(entries: Iterable[Entry]) -> str:
    return ENV_HEAD + "".join(f"\n# {entry.help}\n#{entry.name}={entry.default}\n" for entry in entries)


def settings_page(entries: Iterable[Entry]) -> str:
    return DOC_HEAD + "".join(map(_row, entries)) + DOC_TAIL


def _row(entry: Entry) -> str:
    cells = (f"`{entry.name}`", f"`{entry.default}`" if entry.default else "", ", ".join(entry.readers), entry.help)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def main(arguments: list[str]) -> int:
    entries = merge(read_tables())
    outdated = []
    for path, text in (
        (ROOT / ".env.example", env_example(entries)),
        (ROOT / "docs" / "settings.md", settings_page(entries)),
    ):
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        outdated.append(str(path.relative_to(ROOT)))
        if "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    if "--check" in arguments and outdated:
        print(f"not as the settings tables say: {', '.join(outdated)}. Run: python scripts/settings_docs.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
