"""Settings of the knowledge process: one table, read from the environment. NAME_FILE gives a secret as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from environs import FileAwareEnv

from .console.access.permissions import Role
from .errors import ConfigurationError
from .handover.mail import MailSettings

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
    Setting("KNOWLEDGE_WORKERS", "1", "Processes that answer on that port; each holds the index in memory."),
    Setting(
        "KNOWLEDGE_TOKEN", "", "Bearer token that callers of knowledge must send; empty is allowed on loopback only."
    ),
    Setting("KNOWLEDGE_CORPUS", "", "Folder with the corpus; empty means the one that ships with the service."),
    Setting(
        "ENCODER",
        "embedded",
        "`embedded`, or the name or folder of any sentence-transformers model. Fit the support anew for another one: "
        "CONTRIBUTING.md, Refit support.",
    ),
    Setting("ENCODER_QUERY_PROMPT", "", "Text put before a question for a hub model that wants one, e.g. `query: `."),
    Setting(
        "ENCODER_PASSAGE_PROMPT", "", "Text put before a passage for a hub model that wants one, e.g. `passage: `."
    ),
    Setting("ENCODER_WEIGHT", "", "The encoder's share of the fused score, 0 to 1; empty means the model's own."),
    Setting(
        "RERANKER",
        "embedded",
        "`embedded` looks again where the two best passages are nearly even; `none` never does; the name or folder of "
        "a sentence-transformers cross-encoder reads the best passages of every question.",
    ),
    Setting("QUESTION_LIMIT", "2000", "Longest question taken, in characters."),
    Setting(
        "REFRESH_CONTACT",
        "",
        "Web page or e-mail address that sites see when `refresh` reads them, so that they can reach you.",
    ),
    Setting("GATEWAY_URL", "http://127.0.0.1:8080", "Where the console asks how an answer looks in Slack and Teams."),
    Setting("SMTP_HOST", "", "Mail server for advisers' answers by e-mail; empty means that none are sent."),
    Setting("SMTP_PORT", "587", "Port of the mail server."),
    Setting("SMTP_SENDER", "", "Address that the e-mails come from, e.g. `Rådgivaren <radgivaren@example.se>`."),
    Setting("SMTP_SECURITY", "starttls", "`starttls`, `tls`, or `none` for a mail server on the same machine."),
    Setting("SMTP_USER", "", "User name at the mail server; empty means that it asks for none."),
    Setting("SMTP_PASSWORD", "", "Password at the mail server."),
    Setting(
        "RETENTION_CONVERSATIONS_DAYS",
        "730",
        "How long a conversation is kept after its last question, with its answers. 0 keeps it, here and below.",
    ),
    Setting("RETENTION_FEEDBACK_DAYS", "365", "How long feedback with its comment is kept; counts of it stay."),
    Setting("RETENTION_HANDOVERS_DAYS", "180", "How long a hand-over is kept, with the official's contact details."),
    Setting("RETENTION_INBOX_DAYS", "730", "How long an inbox item is kept after it was closed."),
    Setting("RETENTION_SOURCE_CHECKS_DAYS", "730", "How long a check of a source is kept that waits for nobody."),
    Setting(
        "CONSOLE_URL",
        "",
        "Address of this service as staff's browsers see it, e.g. `https://console.example.se`; the console is at "
        "`/console` below it. Required with OIDC_ISSUER.",
    ),
    Setting("OIDC_ISSUER", "", "Issuer that staff sign in at by OpenID Connect; empty means local accounts only."),
    Setting("OIDC_CLIENT_ID", "", "The console's client id at the issuer."),
    Setting("OIDC_CLIENT_SECRET", "", "The console's client secret at the issuer."),
    Setting(
        "OIDC_ROLES",
        "",
        "Which claim gives which role: `value=role`, separated by commas; the roles are reader, editor, approver and "
        "administrator.",
    ),
    Setting("OIDC_ROLES_CLAIM", "roles", "The claim of the ID token that OIDC_ROLES reads, e.g. `roles` or `groups`."),
)

_KEPT_AS_GIVEN = frozenset({"ENCODER_QUERY_PROMPT", "ENCODER_PASSAGE_PROMPT"})  # "query: " ends with a blank


@dataclass(frozen=True, slots=True)
class RetentionDays:
    """How many days each kind is kept; 0 keeps it."""

    conversations: int
    feedback: int
    handovers: int
    inbox: int
    source_checks: int


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """Where staff sign in by OpenID Connect. `roles`: a claim's value -> the role that it gives."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    roles: Mapping[str, str]
    roles_claim: str


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    database_url: str
    host: str
    port: int
    workers: int
    token: str
    corpus: Path
    encoder: str
    encoder_query_prompt: str
    encoder_passage_prompt: str
    encoder_weight: float | None
    reranker: str
    question_limit: int
    refresh_contact: str
    gateway_url: str
    console_url: str
    provider: ProviderSettings | None
    retention: RetentionDays
    mail: MailSettings | None


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

    def days(kind: str) -> int:
        name = f"RETENTION_{kind.upper()}_DAYS"
        return _whole(name, text(name), 0, 36_500)

    data = Path(text("RADGIVAREN_DATA"))
    settings = Settings(
        data=data,
        database_url=text("DATABASE_URL") or f"sqlite:///{data.resolve() / 'radgivaren.db'}",
        host=text("KNOWLEDGE_HOST"),
        port=_whole("KNOWLEDGE_PORT", text("KNOWLEDGE_PORT"), 1, 65535),
        workers=_whole("KNOWLEDGE_WORKERS", text("KNOWLEDGE_WORKERS"), 1, 64),
        token=text("KNOWLEDGE_TOKEN"),
        corpus=Path(text("KNOWLEDGE_CORPUS") or PACKAGE / "corpus"),
        encoder=text("ENCODER"),
        encoder_query_prompt=text("ENCODER_QUERY_PROMPT"),
        encoder_passage_prompt=text("ENCODER_PASSAGE_PROMPT"),
        encoder_weight=_share("ENCODER_WEIGHT", text("ENCODER_WEIGHT")),
        reranker=text("RERANKER"),
        question_limit=_whole("QUESTION_LIMIT", text("QUESTION_LIMIT"), 1, 100_000),
        refresh_contact=_header("REFRESH_CONTACT", text("REFRESH_CONTACT")),
        gateway_url=_address("GATEWAY_URL", text("GATEWAY_URL")),
        console_url=_origin("CONSOLE_URL", text("CONSOLE_URL")),
        provider=_provider(text),
        retention=RetentionDays(**{kind.name: days(kind.name) for kind in fields(RetentionDays)}),
        mail=_mail(text),
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


def _provider(text: Callable[[str], str]) -> ProviderSettings | None:
    """All that signing in at a provider takes, or nothing."""
    issuer = text("OIDC_ISSUER")
    if not issuer:
        return None
    if not _is_safe_address(issuer):
        raise ConfigurationError("OIDC_ISSUER", issuer, "an address that begins with https:// (http:// on loopback)")
    for name in ("OIDC_CLIENT_ID", "OIDC_ROLES_CLAIM", "CONSOLE_URL"):
        if not text(name):
            raise ConfigurationError(name, "", "a value, since OIDC_ISSUER is set")
    roles = _roles("OIDC_ROLES", text("OIDC_ROLES"))
    return ProviderSettings(issuer, text("OIDC_CLIENT_ID"), text("OIDC_CLIENT_SECRET"), roles, text("OIDC_ROLES_CLAIM"))


def _mail(text: Callable[[str], str]) -> MailSettings | None:
    """All that sending e-mail takes, or nothing."""
    host, security, sender = text("SMTP_HOST"), text("SMTP_SECURITY").lower(), text("SMTP_SENDER")
    if not host:
        return None
    if security not in ("starttls", "tls") and not (security == "none" and is_loopback(host)):
        raise ConfigurationError("SMTP_SECURITY", security, "starttls or tls (none on loopback alone)")
    if "@" not in parseaddr(sender)[1] or set(sender) & set("\r\n"):
        raise ConfigurationError("SMTP_SENDER", sender, "an address such as Rådgivaren <radgivaren@example.se>")
    port = _whole("SMTP_PORT", text("SMTP_PORT"), 1, 65535)
    return MailSettings(host, port, sender, security, text("SMTP_USER"), text("SMTP_PASSWORD"))


def _roles(name: str, value: str) -> dict[str, str]:
    """`group=editor, other=reader`; a value may hold an equals sign itself."""
    given = [entry.strip().rpartition("=") for entry in value.split(",") if entry.strip()]
    roles = {claimed.strip(): role.strip() for claimed, _, role in given}
    if not roles or "" in roles or not set(roles.values()) <= set(Role):
        raise ConfigurationError(name, value, f"value=role, separated by commas, with the roles {', '.join(Role)}")
    return roles


def _address(name: str, value: str) -> str:
    """Of a service on a network of ours, which need not speak https."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, brackets that do not close
        usable = False
    if not usable:
        raise ConfigurationError(name, value, "an address such as http://127.0.0.1:8080")
    return value.rstrip("/")


def _origin(name: str, value: str) -> str:
    address = value.rstrip("/")
    if address and (not _is_safe_address(address) or urlsplit(address).path):
        raise ConfigurationError(name, value, "an address such as https://console.example.se, without a path")
    return address


def _is_safe_address(value: str) -> bool:
    """https, or http on loopback."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number, brackets that do not close
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    return safe and bool(host) and not parts.query and not parts.fragment and "@" not in parts.netloc


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
