"""Installing the app in a workspace by OAuth: bolt's flow, our store, and pages without anything from elsewhere."""

from __future__ import annotations

import html
import logging
import secrets
from collections.abc import Sequence
from pathlib import Path
from string import Template

from itsdangerous import BadData, URLSafeTimedSerializer
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from ...settings import SlackSettings
from .texts import LANGUAGES, SlackTexts
from .web_api import SlackAddresses, SlackWebApi
from .workspaces import InstalledWorkspaces

log = logging.getLogger(__name__)
# The least that the channel works with; docs/slack.md says what each is for, manifest.yml names the same.
SCOPES = ("app_mentions:read", "chat:write", "commands", "im:history", "users:read")
INSTALL, REDIRECT = "/channels/slack/install", "/channels/slack/oauth_redirect"
_STATE_S = 600


def oauth_flow(
    settings: SlackSettings, addresses: SlackAddresses, api: SlackWebApi, store: InstalledWorkspaces, secret: bytes
) -> AsyncOAuthFlow:
    callbacks = AsyncCallbackOptions(success=_installed, failure=_not_installed)
    return AsyncOAuthFlow(
        client=api.client,
        logger=log,
        settings=AsyncOAuthSettings(
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            scopes=list(SCOPES),
            user_scopes=[],
            install_path=INSTALL,
            install_page_rendering_enabled=False,  # bolt's page loads a picture from elsewhere
            redirect_uri_path=REDIRECT,
            authorization_url=addresses.authorize,
            installation_store=store,
            installation_store_bot_only=True,
            state_store=SignedStates(secret),
            state_expiration_seconds=_STATE_S,
            callback_options=callbacks,
            logger=log,
        ),
    )


class SignedStates(AsyncOAuthStateStore):
    """States that need no store: signed, short-lived, and bound to the browser by bolt's cookie."""

    def __init__(self, secret: bytes) -> None:
        self._serializer = URLSafeTimedSerializer(secret, salt="slack-oauth-state")

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        return str(self._serializer.dumps(secrets.token_hex(16)))

    async def async_consume(self, state: str) -> bool:
        try:
            self._serializer.loads(state, max_age=_STATE_S)
        except BadData:
            return False
        return True


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    installation = args.installation
    team = installation.team_name or installation.enterprise_name or installation.team_id or ""
    return _page(200, "installed", team=team)


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    reason = str(args.error) if args.reason == "storage_error" and args.error else args.reason
    return _page(args.suggested_status_code if args.reason != "access_denied" else 403, "install_failed", reason=reason)


def _page(status: int, key: str, **values: str) -> BoltResponse:
    """Both languages on one page: nobody's language is known yet."""
    texts = SlackTexts()
    parts = {}
    for language in LANGUAGES:
        parts[f"title_{language}"] = html.escape(texts.get(f"{key}_title", language))
        parts[f"text_{language}"] = html.escape(texts.get(f"{key}_text", language, **values))
    template = Template((Path(__file__).parent / "installation.html").read_text(encoding="utf-8"))
    headers: dict[str, str | Sequence[str]] = {"content-type": ["text/html; charset=utf-8"]}
    return BoltResponse(status=status, body=template.substitute(parts), headers=headers)
