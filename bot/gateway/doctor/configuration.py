"""What can be seen without asking anyone: settings, secret files, the data folder, the shape of secrets."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from ..database import make_tables, open_engine
from ..errors import Unavailable
from ..settings import SETTINGS, Settings, SlackSettings, TeamsSettings
from .findings import Finding, fault, fine, note

_ROOM_MIB = 200
_KEY_LENGTH = 32
_LISTS = ("WEB_ORIGINS", "SLACK_ALLOWED_TEAMS", "TEAMS_ALLOWED_TENANTS")
_HEX_32 = "[0-9a-f]{32}"
_GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


def secret_files(environment: Mapping[str, str]) -> Iterator[Finding]:
    """The files that NAME_FILE settings name."""
    for setting in SETTINGS:
        named = environment.get(f"{setting.name}_FILE")
        if not named:
            continue
        if environment.get(setting.name):
            yield fault("set_twice", setting=setting.name)
        yield from _secret_file(f"{setting.name}_FILE", Path(named))


def _secret_file(setting: str, file: Path) -> Iterator[Finding]:
    try:
        content = file.read_text(encoding="utf-8").strip()
        mode = file.stat().st_mode
    except (OSError, UnicodeDecodeError):
        yield fault("file_unreadable", setting=setting, file=file)
        return
    if not content:
        yield fault("file_empty", setting=setting, file=file)
    elif len(content.split()) > 1 and setting.removesuffix("_FILE") not in _LISTS:
        yield fault("file_several", setting=setting, file=file)
    if mode & stat.S_IROTH:
        yield note("file_open", setting=setting, file=file)


def data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as file:
            file.write(b"x")
            os.fsync(file.fileno())
    except OSError:
        yield fault("folder_unwritable", folder=folder)
        return
    free = shutil.disk_usage(folder).free // 2**20
    yield note("folder_full", folder=folder, free=free) if free < _ROOM_MIB else fine("folder", folder=folder)


def database(settings: Settings) -> Iterator[Finding]:
    """Only what Slack and Teams need."""
    if not (settings.slack.configured or settings.teams.configured):
        return
    try:
        engine = open_engine(settings.database_url)
        make_tables(engine)
        engine.dispose()
    except (Unavailable, OSError):
        yield fault("database")
    else:
        yield fine("database_fine")


def web(settings: Settings) -> Iterator[Finding]:
    if settings.conversation_secret and len(settings.conversation_secret) < _KEY_LENGTH:
        yield note("key_short", length=_KEY_LENGTH)
    if not settings.rasa_token:
        yield fault("rasa_token_missing")
    for origin in settings.origins:
        if origin.startswith("http://") and "//localhost" not in origin and "//127.0.0.1" not in origin:
            yield note("origin_plain", origin=origin)
    yield fine("origins", origins=", ".join(settings.origins)) if settings.origins else fine("origins_none")


def slack_shapes(slack: SlackSettings) -> Iterator[Finding]:
    if not slack.configured:
        yield fine("slack_off")
        return
    shapes = (
        ("SLACK_SIGNING_SECRET", slack.signing_secret, _HEX_32, "slack_signing_secret"),
        ("SLACK_BOT_TOKEN", slack.bot_token, r"xoxb-[\w-]{10,}", "slack_bot_token"),
        ("SLACK_APP_TOKEN", slack.app_token, r"xapp-[\w-]{10,}", "slack_app_token"),
        ("SLACK_CLIENT_ID", slack.client_id, r"\d+\.\d+", "slack_client_id"),
        ("SLACK_CLIENT_SECRET", slack.client_secret, _HEX_32, "slack_client_secret"),
    )
    yield from _shapes(shapes)


def teams_shapes(teams: TeamsSettings) -> Iterator[Finding]:
    if not teams.configured:
        yield fine("teams_off")
        return
    if re.fullmatch(_GUID, teams.client_secret):
        yield fault("teams_secret_id")  # the portal shows the secret's id beside its value
    guids = (
        ("TEAMS_CLIENT_ID", teams.client_id, _GUID, "teams_client_id"),
        ("TEAMS_TENANT_ID", teams.tenant_id, _GUID, "teams_tenant_id"),
        *(("TEAMS_ALLOWED_TENANTS", tenant, _GUID, "teams_allowed_tenants") for tenant in teams.allowed_tenants),
    )
    yield from _shapes(guids)


def _shapes(shapes: tuple[tuple[str, str, str, str], ...]) -> Iterator[Finding]:
    """A fault for each value that is set and has another shape than the pattern."""
    for setting, value, pattern, key in shapes:
        if value and not re.fullmatch(pattern, value):
            yield fault(key, setting=setting)
