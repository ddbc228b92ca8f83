"""Settings of the action server, read once at its start. A value that makes no sense stops it, naming key and value."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from environs import FileAwareEnv
from marshmallow.validate import URL, Range


@dataclass(frozen=True)
class ActionSettings:
    """`*_FILE` in place of a secret's name gives the file that holds it."""

    host: str
    port: int
    knowledge_url: str
    knowledge_token: str
    knowledge_timeout_seconds: float


def read_settings() -> ActionSettings:
    """The settings in the environment."""
    env = FileAwareEnv(strip_whitespace=True)
    address = env.str("ACTIONS_URL", "http://127.0.0.1:5055", validate=URL(require_tld=False))
    knowledge_url = env.str("KNOWLEDGE_URL", "http://127.0.0.1:8000", validate=URL(require_tld=False))
    return ActionSettings(
        host=env.str("ACTIONS_HOST", "127.0.0.1"),
        port=urlsplit(address).port or 5055,
        knowledge_url=knowledge_url.rstrip("/"),
        knowledge_token=env.str("KNOWLEDGE_TOKEN", ""),
        knowledge_timeout_seconds=env.float("KNOWLEDGE_TIMEOUT", 6.0, validate=Range(min=0.1, max=60)),
    )
