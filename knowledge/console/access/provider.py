"""Signing in at the municipality's OpenID provider: authorization code with PKCE, by Authlib."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin
from authlib.integrations.httpx_client import OAuth2Client
from joserfc.errors import JoseError

from ...errors import SignInFailed
from ...settings import ProviderSettings
from ...store.accounts import Vouched
from ...store.provider_visits import Visit
from .permissions import roles_of

RETURN = "/console/sign-in/provider/return"
AFTER_SIGN_OUT = "/console/signed-out"
_DISCOVERY = "/.well-known/openid-configuration"
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# Signed with the provider's private key: `none` and shared secrets never, whatever it says that it can do.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_TIMEOUT_S = 10


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):
    client_cls = OAuth2Client


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who came back. `id_token` tells the provider whom to sign out."""

    vouched: Vouched
    id_token: str


class Provider:
    """Raises SignInFailed where the provider does not answer, or what it says does not hold."""

    def __init__(self, settings: ProviderSettings, console_url: str) -> None:
        self._settings, self._console_url = settings, console_url
        self._client = _Client(
            framework=None,
            client_id=settings.client_id,
            client_secret=settings.client_secret or None,
            server_metadata_url=settings.issuer.rstrip("/") + _DISCOVERY,
            client_kwargs={"scope": "openid profile", "code_challenge_method": "S256", "timeout": _TIMEOUT_S},
        )

    def departure(self, next_page: str) -> tuple[str, Visit]:
        """The provider's address to go to, and what the way back will be held against."""
        with _translated():
            self._metadata()
            begun = self._client.create_authorization_url(self._console_url + RETURN)
        return begun["url"], Visit(begun["state"], begun["nonce"], begun["code_verifier"], next_page)

    def arrival(self, given: Mapping[str, str], visit: Visit) -> Arrival:
        """Who came back with this query."""
        if not hmac.compare_digest(given.get("state", "").encode(), visit.state.encode()):
            raise SignInFailed("state")
        if given.get("iss", self._settings.issuer) != self._settings.issuer:  # RFC 9207: the answer of another provider
            raise SignInFailed("issuer")
        if "error" in given:
            raise SignInFailed("declined")
        with _translated():
            self._metadata()
            token = self._client.fetch_access_token(
                self._console_url + RETURN, code=given.get("code", ""), code_verifier=visit.code_verifier
            )
            claims = self._client.parse_id_token(token, visit.nonce, self._expected())
        if claims is None:
            raise SignInFailed("untrusted")
        return Arrival(self._vouched(claims), token["id_token"])

    def farewell(self, id_token: str) -> str | None:
        """The provider's address to be signed out at; None where it has none."""
        with _translated():
            if "end_session_endpoint" not in self._metadata():
                return None
            left = self._client.create_logout_url(
                self._console_url + AFTER_SIGN_OUT, id_token_hint=id_token, client_id=self._settings.client_id
            )
        return str(left["url"])

    def _metadata(self) -> dict[str, Any]:
        """What the provider says of itself, read once."""
        found: dict[str, Any] = self._client.load_server_metadata()
        if found.get("issuer") != self._settings.issuer or not all(found.get(name) for name in _NEEDED):
            found.clear()  # to be read anew: a provider may be half started
            raise SignInFailed("metadata")
        found["id_token_signing_alg_values_supported"] = _ALGORITHMS
        return found

    def _expected(self) -> dict[str, dict[str, Any]]:
        return {
            "iss": {"essential": True, "value": self._settings.issuer},
            "aud": {"essential": True, "value": self._settings.client_id},
            "exp": {"essential": True},
            "nonce": {"essential": True},
        }

    def _vouched(self, claims: Mapping[str, Any]) -> Vouched:
        claimed = claims.get(self._settings.roles_claim, ())
        values = [claimed] if isinstance(claimed, str) else claimed if isinstance(claimed, list) else ()
        roles = roles_of(self._settings.roles[value] for value in values if value in self._settings.roles)
        subject = str(claims["sub"])
        sign_in_name = str(claims.get("preferred_username") or subject)
        name = str(claims.get("name") or sign_in_name)
        return Vouched(self._settings.issuer, subject, sign_in_name, name, tuple(sorted(roles)))


@contextmanager
def _translated() -> Iterator[None]:
    """The errors of Authlib and what it stands on become ours here, nowhere else."""
    try:
        yield
    except httpx2.HTTPError as error:
        raise SignInFailed("unreachable") from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
        raise SignInFailed("untrusted") from error
