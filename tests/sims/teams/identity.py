"""The Bot Connector's key and the tokens that it signs with it, true ones and forged ones."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

ISSUER = "https://api.botframework.com"
KEY_ID = "key-of-the-connector"


class Identity:
    """A key pair with the id that the real one's JWKS would give it."""

    def __init__(self, key_id: str = KEY_ID) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._key_id = key_id

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [public | {"kid": self._key_id, "use": "sig", "alg": "RS256"}]}

    def token(self, audience: str, service_url: str | None, *, lasts_s: int = 3600, **claims: Any) -> str:
        """As Microsoft signs one for a request to a bot; `claims` replace what it would say, None takes it away."""
        now = int(time.time())
        said: dict[str, Any] = {"iss": ISSUER, "aud": audience, "nbf": now - 300, "exp": now + lasts_s}
        if service_url is not None:
            said["serviceurl"] = service_url
        said = {name: value for name, value in (said | claims).items() if value is not None}
        return jwt.encode(said, self._key, algorithm="RS256", headers={"kid": self._key_id})


def hmac_token(audience: str, service_url: str) -> str:
    """Signed by a secret, as if the public key were one: the classic confusion of algorithms."""
    now = int(time.time())
    said = {"iss": ISSUER, "aud": audience, "nbf": now - 300, "exp": now + 3600, "serviceurl": service_url}
    return jwt.encode(said, "k" * 64, algorithm="HS256", headers={"kid": KEY_ID})


def unsigned_token(audience: str, service_url: str) -> str:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": audience, "nbf": now - 300, "exp": now + 3600, "serviceurl": service_url}
    return jwt.encode(said, None, algorithm="none", headers={"kid": KEY_ID})
