"""Settings of the gateway: one table, read from the environment. NAME_FILE gives a secret as a file."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple
from urllib.parse import urlsplit

from environs import FileAwareEnv

from .errors import ConfigurationError


class Setting(NamedTuple):
    name: str
    default: str
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("RADGIVAREN_DATA", "./data", "Folder for databases and indexes."),
    Setting("GATEWAY_HOST", "127.0.0.1", "Address that the gateway listens on."),
    Setting("GATEWAY_PORT", "8080", "Port that the gateway listens on."),
    Setting("RASA_URL", "http://127.0.0.1:5005", "Where Rasa answers."),
    Setting("RASA_TOKEN", "", "Bearer token of Rasa's one channel; `make run` makes one where it is empty."),
    Setting("KNOWLEDGE_URL", "http://127.0.0.1:8000", "Where knowledge answers."),
    Setting(
        "KNOWLEDGE_TOKEN", "", "Bearer token that callers of knowledge must send; empty is allowed on loopback only."
    ),
    Setting("RADGIVAREN_RATE_LIMIT", "30", "Turns a minute and client; 0 = off, for load measurements."),
    Setting(
        "TURNS_IN_FLIGHT", "8", "Turns worked on at the same time; more than Rasa can serve only lengthens the wait."
    ),
    Setting("TURN_DEADLINE_S", "12", "Seconds after which a turn is given up with a clear text."),
    Setting("MESSAGE_LIMIT", "2000", "Longest message taken, in characters."),
    Setting("CONVERSATION_HOURS", "24", "Hours after which a conversation can't be continued."),
    Setting(
        "CONVERSATION_SECRET",
        "",
        "Key that signs conversation ids; made and kept in RADGIVAREN_DATA where it is empty.",
    ),
    Setting(
        "WEB_ORIGINS",
        "",
        "Origins, separated by blanks, whose pages may embed the widget, e.g. https://intranet.example.se.",
    ),
    Setting("TRUSTED_PROXY", "false", "`true` behind a reverse proxy that sets X-Forwarded-For itself."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    host: str
    port: int
    rasa_url: str
    rasa_token: str
    knowledge_url: str
    knowledge_token: str
    rate_limit: int
    in_flight: int
    deadline_s: int
    message_limit: int
    conversation_hours: int
    conversation_secret: str
    origins: tuple[str, ...]
    trusted_proxy: bool


def read_settings() -> Settings:
    """Reads and checks every setting. Raises ConfigurationError that names setting and value."""
    env = FileAwareEnv()
    defaults = {setting.name: setting.default for setting in SETTINGS}

    def text(name: str) -> str:
        try:
            return str(env.str(name, defaults[name])).strip()
        except ValueError as error:  # an unreadable NAME_FILE
            raise ConfigurationError(name, str(error), "a readable file") from error

    def whole(name: str, low: int, high: int) -> int:
        value = text(name)
        if not re.fullmatch("[0-9]{1,9}", value) or not low <= int(value) <= high:
            raise ConfigurationError(name, value, f"a whole number from {low} to {high}")
        return int(value)

    def address(name: str) -> str:
        value = text(name)
        if not _is_address(value):
            raise ConfigurationError(name, value, "an address such as http://127.0.0.1:5005")
        return value.rstrip("/")

    proxy = text("TRUSTED_PROXY").lower()
    if proxy not in ("true", "false"):
        raise ConfigurationError("TRUSTED_PROXY", proxy, "true or false")
    data = Path(text("RADGIVAREN_DATA"))
    return Settings(
        data=data,
        host=text("GATEWAY_HOST"),
        port=whole("GATEWAY_PORT", 1, 65535),
        rasa_url=address("RASA_URL"),
        rasa_token=text("RASA_TOKEN"),
        knowledge_url=address("KNOWLEDGE_URL"),
        knowledge_token=text("KNOWLEDGE_TOKEN"),
        rate_limit=whole("RADGIVAREN_RATE_LIMIT", 0, 100_000),
        in_flight=whole("TURNS_IN_FLIGHT", 1, 1000),
        deadline_s=whole("TURN_DEADLINE_S", 1, 120),
        message_limit=whole("MESSAGE_LIMIT", 1, 10_000),
        conversation_hours=whole("CONVERSATION_HOURS", 1, 8760),
        conversation_secret=text("CONVERSATION_SECRET"),
        origins=_origins(text("WEB_ORIGINS")),
        trusted_proxy=proxy == "true",
    )


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        return False


def _origins(value: str) -> tuple[str, ...]:
    origins = tuple(origin.rstrip("/") for origin in value.split())
    for origin in origins:
        # A browser sends scheme, host and port alone, in lower case: anything else would never match.
        if not _is_address(origin) or origin.lower() != origin or origin.count("/") > 2 or set(origin) & set("?#@*"):
            raise ConfigurationError("WEB_ORIGINS", origin, "origins such as https://intranet.example.se")
    return origins


def kept_secret(settings: Settings) -> bytes:
    """The key for conversation ids: the setting's, or one that is made once and kept over restarts."""
    if settings.conversation_secret:
        return settings.conversation_secret.encode()
    file = settings.data / "conversation.secret"
    if not file.exists():
        _make_secret(file)
    secret = file.read_text().strip()
    if not secret:  # an empty key would let anyone sign
        raise ConfigurationError("CONVERSATION_SECRET", "", f"a key, or no empty file {file}")
    return secret.encode()


def _make_secret(file: Path) -> None:
    """Written whole before it gets its name: neither a power cut nor two gateways starting at once leave half a key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=file.parent, prefix=".secret-") as new:  # readable by its owner alone
        new.write(secrets.token_hex(32))
        new.flush()
        os.fsync(new.fileno())
        with suppress(FileExistsError):  # the other one was first: its key holds
            os.link(new.name, file)
