"""Settings of the knowledge process: one table, read from the environment. NAME_FILE gives a secret as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from environs import FileAwareEnv

from .errors import ConfigurationError

PACKAGE = Path(__file__).parent


class Setting(NamedTuple):
    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("RADGIVAREN_DATA", "./data", "Folder for databases and indexes."),
    Setting("DATABASE_URL", "", "SQLAlchemy address; empty means SQLite in RADGIVAREN_DATA."),
    Setting(
        "KNOWLEDGE_HOST",
        "127.0.0.1",
        "Address that knowledge listens on. Outside loopback KNOWLEDGE_TOKEN is required.",
    ),
    Setting("KNOWLEDGE_PORT", "8000", "Port that knowledge listens on."),
    Setting(
        "KNOWLEDGE_TOKEN", "", "Bearer token that callers of knowledge must send; empty is allowed on loopback only."
    ),
    Setting("KNOWLEDGE_CORPUS", "", "Folder with the corpus; empty means the one that ships with the service."),
    Setting("ENCODER", "embedded", "`embedded`, or the name or folder of any sentence-transformers model."),
    Setting("ENCODER_QUERY_PROMPT", "", "Text put before a question for a hub model that wants one, e.g. `query: `."),
    Setting(
        "ENCODER_PASSAGE_PROMPT", "", "Text put before a passage for a hub model that wants one, e.g. `passage: `."
    ),
    Setting("ENCODER_WEIGHT", "", "The encoder's share of the fused score, 0 to 1; empty means the model's own."),
    Setting(
        "RERANKER",
        "",
        "A sentence-transformers cross-encoder, by name or folder, that reads the best passages again; empty for none.",
    ),
    Setting("QUESTION_LIMIT", "2000", "Longest question taken, in characters."),
    Setting(
        "REFRESH_CONTACT",
        "",
        "Web page or e-mail address that sites see when `refresh` reads them, so that they can reach you.",
    ),
)

_KEPT_AS_GIVEN = frozenset({"ENCODER_QUERY_PROMPT", "ENCODER_PASSAGE_PROMPT"})  # "query: " ends with a blank


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    database_url: str
    host: str
    port: int
    token: str
    corpus: Path
    encoder: str
    encoder_query_prompt: str
    encoder_passage_prompt: str
    encoder_weight: float | None
    reranker: str
    question_limit: int
    refresh_contact: str


def read_settings(overrides: Mapping[str, str] | None = None) -> Settings:
    """Reads and checks every setting. Raises ConfigurationError that names setting and value."""
    env = FileAwareEnv()
    defaults = {s.name: s.default for s in SETTINGS} | dict(overrides or {})

    def text(name: str) -> str:
        if overrides and name in overrides:
            return overrides[name]
        try:
            value = str(env.str(name, defaults[name]))
            return value if name in _KEPT_AS_GIVEN else value.strip()
        except ValueError as error:  # an unreadable NAME_FILE
            raise ConfigurationError(name, str(error), "a readable file") from error

    data = Path(text("RADGIVAREN_DATA"))
    settings = Settings(
        data=data,
        database_url=text("DATABASE_URL") or f"sqlite:///{data.resolve() / 'radgivaren.db'}",
        host=text("KNOWLEDGE_HOST"),
        port=_whole("KNOWLEDGE_PORT", text("KNOWLEDGE_PORT"), 1, 65535),
        token=text("KNOWLEDGE_TOKEN"),
        corpus=Path(text("KNOWLEDGE_CORPUS") or PACKAGE / "corpus"),
        encoder=text("ENCODER"),
        encoder_query_prompt=text("ENCODER_QUERY_PROMPT"),
        encoder_passage_prompt=text("ENCODER_PASSAGE_PROMPT"),
        encoder_weight=_share("ENCODER_WEIGHT", text("ENCODER_WEIGHT")),
        reranker=text("RERANKER"),
        question_limit=_whole("QUESTION_LIMIT", text("QUESTION_LIMIT"), 1, 100_000),
        refresh_contact=_header("REFRESH_CONTACT", text("REFRESH_CONTACT")),
    )
    if not settings.token and not is_loopback(settings.host):
        raise ConfigurationError(
            "KNOWLEDGE_TOKEN", "", f"a token, since KNOWLEDGE_HOST={settings.host} is outside loopback"
        )
    return settings


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _whole(name: str, value: str, low: int, high: int) -> int:
    if not value.isdecimal() or not low <= int(value) <= high:
        raise ConfigurationError(name, value, f"a whole number from {low} to {high}")
    return int(value)


def _header(name: str, value: str) -> str:
    """What can stand in a header of a request."""
    if not value.isascii() or not value.isprintable():
        raise ConfigurationError(name, value, "an address without å, ä, ö and line breaks")
    return value


def _share(name: str, value: str) -> float | None:
    if not value:
        return None
    try:
        share = float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ConfigurationError(name, value, "a number from 0 to 1, or nothing")
    return share
