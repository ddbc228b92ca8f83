"""Every unhappy end of a turn, with the HTTP status and the code that the caller decides on.

GatewayError
├── ConfigurationError       a setting is wrong; start-up stops
├── LeaseLost                another gateway has taken over the work: leave it alone at once
├── Undeliverable            a message can never arrive (channel archived, bot removed); reason for the adviser
└── TurnRefused              status, code; the text for people is errors.<code> in texts/
    ├── BadMessage           400 empty or invalid · 413 too_long
    ├── UnknownConversation  404
    ├── UnknownAnswer        404
    ├── Unauthorized         401: a token is missing, wrong or not for us
    ├── ForbiddenOrigin      403
    ├── ForbiddenTenant      403: an organisation that may not use the channel
    ├── RateLimited          429, with the seconds to wait
    ├── Busy                 503: too many turns at once
    ├── Unavailable          503: Rasa, actions or knowledge is down or gave no usable reply
    └── DeadlinePassed       504
"""

from __future__ import annotations


class GatewayError(Exception):
    """Base of all errors of the gateway."""


class ConfigurationError(GatewayError):
    def __init__(self, setting: str, value: str, expected: str) -> None:
        super().__init__(f"{setting}={value!r} is not usable: expected {expected}")
        self.setting, self.value = setting, value


class LeaseLost(GatewayError):
    """Another gateway has taken over the work."""


class Undeliverable(GatewayError):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TurnRefused(GatewayError):
    status = 500
    code = "unavailable"
    retry_after_s: int | None = None


class BadMessage(TurnRefused):
    status = 400

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        if code == "too_long":
            self.status = 413


class UnknownConversation(TurnRefused):
    status, code = 404, "unknown_conversation"


class UnknownAnswer(TurnRefused):
    status, code = 404, "unknown_answer"


class Unauthorized(TurnRefused):
    status, code = 401, "unauthorized"


class ForbiddenOrigin(TurnRefused):
    status, code = 403, "forbidden_origin"


class ForbiddenTenant(TurnRefused):
    status, code = 403, "forbidden_tenant"


class RateLimited(TurnRefused):
    status, code = 429, "rate_limited"

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(self.code)
        self.retry_after_s = max(1, retry_after_s)


class Busy(TurnRefused):
    status, code, retry_after_s = 503, "busy", 5


class Unavailable(TurnRefused):
    status, code, usual_wait_s = 503, "unavailable", 5

    def __init__(self, retry_after_s: int = usual_wait_s) -> None:
        super().__init__(self.code)
        self.retry_after_s = retry_after_s


class DeadlinePassed(TurnRefused):
    status, code, retry_after_s = 504, "timeout", 5
