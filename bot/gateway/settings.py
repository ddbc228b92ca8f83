"""Settings of the gateway: one table, read from the environment. NAME_FILE gives a secret as a file."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple, TypeVar
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
    Setting(
        "GATEWAY_DATABASE_URL",
        "",
        "Database of what Slack and Teams have sent and nobody has answered yet; several gateways may share one. "
        "Empty: `gateway.db` in RADGIVAREN_DATA.",
    ),
    Setting("SLACK_SIGNING_SECRET", "", "Slack: the app's signing secret; every request is checked against it."),
    Setting("SLACK_BOT_TOKEN", "", "Slack: the bot's token (xoxb-…) where the app serves one workspace."),
    Setting("SLACK_APP_TOKEN", "", "Slack: app-level token (xapp-…) for Socket Mode, which needs no open door."),
    Setting("SLACK_CLIENT_ID", "", "Slack: client id, where several workspaces install the app by OAuth."),
    Setting("SLACK_CLIENT_SECRET", "", "Slack: client secret, where several workspaces install the app by OAuth."),
    Setting(
        "SLACK_ALLOWED_TEAMS",
        "",
        "Slack: workspaces (T…) or organisations (E…), separated by blanks, that may install the app; `*` = any. "
        "Needed with SLACK_CLIENT_ID: the address of installation is public.",
    ),
    Setting("TEAMS_CLIENT_ID", "", "Teams: application (client) id of the single-tenant bot."),
    Setting("TEAMS_CLIENT_SECRET", "", "Teams: client secret of the bot."),
    Setting("TEAMS_TENANT_ID", "", "Teams: tenant in which the bot is registered."),
    Setting(
        "TEAMS_ALLOWED_TENANTS",
        "",
        "Teams: tenants, separated by blanks, whose people may use the bot. Empty: the bot's own alone.",
    ),
)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    signing_secret: str = ""
    bot_token: str = ""
    app_token: str = ""
    client_id: str = ""
    client_secret: str = ""
    allowed_teams: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return any(astuple(self))

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be set beside what is set, for the channel to work."""
        if not self.configured:
            return ()
        names = []
        if not (self.signing_secret or self.app_token):
            names.append("SLACK_SIGNING_SECRET")
        if bool(self.client_id) != bool(self.client_secret):
            names.append("SLACK_CLIENT_SECRET" if self.client_id else "SLACK_CLIENT_ID")
        if not (self.bot_token or self.client_id or self.client_secret):
            names.append("SLACK_BOT_TOKEN")
        if self.client_id and not self.allowed_teams:
            names.append("SLACK_ALLOWED_TEAMS")
        return tuple(names)


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    client_id: str = ""
    client_secret: str = ""
    tenant_id: str = ""
    allowed_tenants: tuple[str, ...] = ()

    @property
    def configured(self) -> bool:
        return bool(self.client_id or self.client_secret or self.tenant_id or self.allowed_tenants)

    @property
    def missing(self) -> tuple[str, ...]:
        """What has to be set beside what is set, for the channel to work."""
        needed = {
            "TEAMS_CLIENT_ID": self.client_id,
            "TEAMS_CLIENT_SECRET": self.client_secret,
            "TEAMS_TENANT_ID": self.tenant_id,
        }
        return tuple(name for name, value in needed.items() if not value) if self.configured else ()


_Channel = TypeVar("_Channel", SlackSettings, TeamsSettings)


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
    database_url: str
    slack: SlackSettings
    teams: TeamsSettings


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
        database_url=text("GATEWAY_DATABASE_URL") or f"sqlite:///{data / 'gateway.db'}",
        slack=_whole(_slack(text)),
        teams=_whole(_teams(text)),
    )


def _slack(text: Callable[[str], str]) -> SlackSettings:
    return SlackSettings(
        signing_secret=text("SLACK_SIGNING_SECRET"),
        bot_token=text("SLACK_BOT_TOKEN"),
        app_token=text("SLACK_APP_TOKEN"),
        client_id=text("SLACK_CLIENT_ID"),
        client_secret=text("SLACK_CLIENT_SECRET"),
        allowed_teams=tuple(text("SLACK_ALLOWED_TEAMS").split()),
    )


def _teams(text: Callable[[str], str]) -> TeamsSettings:
    return TeamsSettings(
        client_id=text("TEAMS_CLIENT_ID"),
        client_secret=text("TEAMS_CLIENT_SECRET"),
        tenant_id=text("TEAMS_TENANT_ID"),
        allowed_tenants=tuple(text("TEAMS_ALLOWED_TENANTS").split()),
    )


def _whole(channel: _Channel) -> _Channel:
    """Half a channel would be found out by the first official who writes to it."""
    for name in channel.missing:
        raise ConfigurationError(name, "", "a value, as other settings of its channel are set")
    return channel


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
