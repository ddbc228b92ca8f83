"""The documentation against the code: statuses, routes, glossary, make targets, links, file names, decisions."""

from __future__ import annotations

import dataclasses
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Mount

import bot.gateway.turns
import knowledge.answering.answer
import knowledge.answering.draft
import knowledge.api.requests
import knowledge.datatypes
import knowledge.refinement.datatypes
import knowledge.retrieval.generations
import knowledge.seams
from bot.gateway.app import create_app as create_gateway
from bot.gateway.settings import read_settings as read_gateway_settings
from knowledge.answering.texts import Catalogue
from knowledge.app import create_app as create_knowledge
from knowledge.clock import SystemClock
from knowledge.datatypes import Status
from knowledge.settings import read_settings
from knowledge.store.tables import metadata

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
FIGURES = "<!-- figures -->"

_CODE_BLOCK = re.compile(r"^ *(`{3,}).*?^ *\1 *$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_ROUTE = re.compile(r"^### `(GET|POST|PUT|DELETE) (\S+)`$", re.MULTILINE)


def project_files() -> list[Path]:
    """Everything that is or could be committed. Skips, saying so, outside a git checkout."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout, so the project's own files are not known")
    named = [ROOT / name for name in listing.stdout.decode().split("\0") if name]
    return [file for file in named if file.is_file()]


def page(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """What stands below a second-level heading."""
    match = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"no section {heading!r}"
    return match[1]


def first_cells(table: str) -> list[str]:
    """The first column of the rows of a table, without head and rule."""
    rows = [line for line in table.splitlines() if line.startswith("|")]
    return [row.split("|")[1].strip() for row in rows[2:]]


def prose_pages() -> list[Path]:
    return [ROOT / name for name in PAGES] + sorted((ROOT / "docs").rglob("*.md"))


# Statuses


def test_every_status_is_described() -> None:
    described = [cell.strip("`") for cell in first_cells(page("docs/statuses.md"))]
    assert sorted(described) == sorted(status.value for status in Status)


# Routes


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """Method and path of every route; a folder of files counts as one."""
    found = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
    # What is kept out of the OpenAPI description stands on the app itself.
    found |= {(method, route.path) for route in app.routes if isinstance(route, APIRoute) for method in route.methods}
    return found | {("GET", route.path) for route in app.routes if isinstance(route, Mount)}


def knowledge_app() -> FastAPI:
    """The app around nothing: its routes are made, none is called."""
    built: Any = SimpleNamespace(catalogue=Catalogue(), clock=SystemClock(), settings=read_settings({}))
    return create_knowledge(built)


def gateway_app(monkeypatch: pytest.MonkeyPatch, folder: Path) -> FastAPI:
    teams = {name: "x" for name in ("TEAMS_CLIENT_ID", "TEAMS_CLIENT_SECRET", "TEAMS_TENANT_ID")}
    slack = {f"SLACK_{name}": "x" for name in ("SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "ALLOWED_TEAMS")}
    given = {"RADGIVAREN_DATA": str(folder), "RASA_TOKEN": "t", "CONVERSATION_SECRET": "s"} | teams | slack
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return create_gateway(read_gateway_settings())


def documented_routes(process: str) -> set[tuple[str, str]]:
    return set(_ROUTE.findall(section(page("docs/http-api.md"), process)))


def test_routes_of_knowledge() -> None:
    assert documented_routes("Knowledge") == routes_of(knowledge_app())


def test_routes_of_the_gateway(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert documented_routes("Gateway") == routes_of(gateway_app(monkeypatch, tmp_path))


# Glossary


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


def names_in(*modules: ModuleType) -> Iterator[str]:
    """Classes and types of the modules, with the fields of the classes."""
    for name, value in [item for module in modules for item in vars(module).items()]:
        if name[0].isupper() and not name.isupper():
            yield snake(name)
        if isinstance(value, type) and dataclasses.is_dataclass(value):
            yield from (field.name for field in dataclasses.fields(value))


def names_in_code() -> set[str]:
    modules = (
        knowledge.datatypes,
        knowledge.seams,
        knowledge.answering.answer,
        knowledge.answering.draft,
        knowledge.api.requests,
        knowledge.refinement.datatypes,
        knowledge.retrieval.generations,
    )
    names = set(names_in(*modules)) | set(metadata.tables)
    names |= {column.name for table in metadata.tables.values() for column in table.columns}
    return names | {snake(name) for name in vars(bot.gateway.turns.FairQueue)}


def test_every_glossary_word_is_a_word_of_the_code() -> None:
    words = first_cells(section(page("README.md"), "Glossary"))
    assert len(words) > 20
    names = names_in_code()
    parts = {part for name in names for part in name.split("_")}

    def is_used(word: str) -> bool:
        name = re.sub(r"[ -]", "_", word)
        return bool({name, f"{name}s"} & names) or bool({name, f"{name}s"} & parts)

    assert [word for word in words if not is_used(word)] == []


# make


def make_targets() -> dict[str, bool]:
    """Each target, and whether `make help` lists it."""
    rules = re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", page("Makefile"), re.MULTILINE)
    return {name: "## " in rest for name, rest in rules}


def test_every_public_make_target_is_in_the_readme() -> None:
    text = page("README.md")
    missing = [name for name, listed in make_targets().items() if listed and f"`make {name}`" not in text]
    assert missing == []


def test_every_make_target_named_in_the_docs_exists() -> None:
    known = make_targets()
    named = [
        (file.name, name) for file in prose_pages() for name in re.findall(r"`make ([a-z-]+)", file.read_text("utf-8"))
    ]
    assert [(file, name) for file, name in named if name not in known] == []


# Links and names


def test_relative_links_lead_somewhere() -> None:
    dead = []
    for file in (file for file in project_files() if file.suffix == ".md"):
        text = _CODE_BLOCK.sub("", file.read_text(encoding="utf-8"))
        for target in _LINK.findall(text):
            path = target.partition("#")[0]
            if path and not re.match(r"[a-z]+:", target) and not (file.parent / path).exists():
                dead.append(f"{file.relative_to(ROOT)} -> {target}")
    assert dead == []


# What is made while the service runs, or stands for a name to be chosen.
_MADE = re.compile(r"[<>*…$]|^bot/models/|^docs/images/")
_PATH = re.compile(r"(?:knowledge|bot|actions|training|benchmarks|tests|scripts|docs)/[\w./<>*…-]*")


def test_files_named_in_the_docs_exist() -> None:
    missing = []
    for file in prose_pages():
        for code in _CODE.findall(_CODE_BLOCK.sub("", file.read_text(encoding="utf-8"))):
            if _PATH.fullmatch(code) and not _MADE.search(code) and not (ROOT / code).exists():
                missing.append(f"{file.relative_to(ROOT)}: {code}")
    assert missing == []


def test_the_steps_in_the_architecture_are_those_of_the_code() -> None:
    answer = knowledge.answering.answer
    names = [step.__module__.rpartition(".")[2] for step in [*answer.STEPS, *answer.CLOSING_STEPS]]
    table = section(page("ARCHITECTURE.md"), "The life of one question")
    assert [cell.strip("`") for cell in first_cells(table)] == names


def test_readme_leaves_room_for_the_figures() -> None:
    assert page("README.md").count(FIGURES) <= 1
    assert section(page("README.md"), "Measured").strip()


# Decisions


def decisions() -> list[Path]:
    return sorted((ROOT / "docs" / "adr").glob("0*.md"))


def test_every_decision_is_listed_and_complete() -> None:
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", page("docs/adr/README.md"))
    assert listed == [file.name for file in decisions()]
    for file in decisions():
        text = file.read_text(encoding="utf-8")
        assert re.match(rf"# {file.name[:4]} \S", text), file.name
        assert re.search(r"^Status: \w+, \d{4}-\d\d-\d\d", text, re.MULTILINE), file.name
        for part in ("Context", "Decision", "What was weighed", "Consequences"):
            assert re.search(rf"^## {part}", text, re.MULTILINE), f"{file.name}: {part}"


def test_every_decision_named_in_the_code_exists() -> None:
    known = {file.name[:4] for file in decisions()}
    named = {
        (str(file.relative_to(ROOT)), number)
        for file in project_files()
        if file.suffix in (".py", ".sh", ".yml", ".toml", ".js", ".md")
        for number in re.findall(r"\badr/(\d{4})\b", file.read_text(encoding="utf-8"))
    }
    assert {(file, number) for file, number in named if number not in known} == set()


# The machine that it was made on

# Put together here, so that this file does not find itself.
_MACHINE = re.compile(
    rb"(?<![\w.:/~}-])/(?:" + b"|".join((b"work", b"root", b"opt", b"home", b"tmp")) + rb")/\w[\w.-]*"
)
_ALLOWED = re.compile(rb"^/home/(?:radgivaren|app)$|^/opt/venv$")  # inside our own images


def test_no_path_of_a_machine_stands_in_the_tree() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match.decode()}"
        for file in project_files()
        if file.suffix not in (".safetensors", ".npz", ".png")
        for match in _MACHINE.findall(file.read_bytes())
        if not _ALLOWED.match(match)
    ]
    assert found == []
