"""Settings of the action server: one table, read from the environment. NAME_FILE gives a secret as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from environs import FileAwareEnv
from marshmallow.validate import URL, Range


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
    """The settings in the environment. Raises EnvError naming the setting whose value makes no sense."""
    env = FileAwareEnv(strip_whitespace=True)
    default = {setting.name: setting.default for setting in SETTINGS}
    address = env.str("ACTIONS_URL", default["ACTIONS_URL"], validate=URL(require_tld=False))
    knowledge_url = env.str("KNOWLEDGE_URL", default["KNOWLEDGE_URL"], validate=URL(require_tld=False))
    timeout = Range(min=0.1, max=60)
    return ActionSettings(
        host=env.str("ACTIONS_HOST", default["ACTIONS_HOST"]),
        port=urlsplit(address).port or 5055,
        knowledge_url=knowledge_url.rstrip("/"),
        knowledge_token=env.str("KNOWLEDGE_TOKEN", default["KNOWLEDGE_TOKEN"]),
        knowledge_timeout_seconds=env.float("KNOWLEDGE_TIMEOUT", float(default["KNOWLEDGE_TIMEOUT"]), validate=timeout),
    )
