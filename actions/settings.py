"""Settings of the action server: one table, read from the environment. NAME_FILE gives a secret as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from environs import FileAwareEnv

from actions.errors import ConfigurationError


class Setting(NamedTuple):
    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("ACTIONS_HOST", "127.0.0.1", "Address that the action server listens on."),
    Setting(
        "ACTIONS_URL", "http://127.0.0.1:5055", "Where Rasa finds the action server, which listens on the port in it."
    ),
    Setting("KNOWLEDGE_URL", "http://127.0.0.1:8000", "Where knowledge answers."),
    Setting(
        "KNOWLEDGE_TOKEN", "", "Bearer token that callers of knowledge must send; empty is allowed on loopback only."
    ),
    Setting(
        "KNOWLEDGE_TIMEOUT", "6", "Seconds an action waits for knowledge; keep it below the gateway's TURN_DEADLINE_S."
    ),
)


@dataclass(frozen=True)
class ActionSettings:
    """`*_FILE` in place of a secret's name gives the file that holds it."""

    host: str
    port: int
    knowledge_url: str
    knowledge_token: str
    knowledge_timeout_seconds: float


def read_settings() -> ActionSettings:
    """The settings in the environment. Raises ConfigurationError naming the setting whose value makes no sense."""
    env = FileAwareEnv()
    defaults = {setting.name: setting.default for setting in SETTINGS}

    def text(name: str) -> str:
        try:
            return str(env.str(name, defaults[name])).strip()
        except ValueError as error:  # an unreadable NAME_FILE
            raise ConfigurationError(name, str(error), "a readable file") from error

    def address(name: str) -> str:
        value = text(name)
        if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname:
            raise ConfigurationError(name, value, "an address such as http://127.0.0.1:8000")
        return value.rstrip("/")

    return ActionSettings(
        host=text("ACTIONS_HOST"),
        port=urlsplit(address("ACTIONS_URL")).port or 5055,
        knowledge_url=address("KNOWLEDGE_URL"),
        knowledge_token=text("KNOWLEDGE_TOKEN"),
        knowledge_timeout_seconds=_seconds("KNOWLEDGE_TIMEOUT", text("KNOWLEDGE_TIMEOUT")),
    )


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1.0
    if not 0.1 <= seconds <= 60:
        raise ConfigurationError(name, value, "seconds from 0.1 to 60")
    return seconds
