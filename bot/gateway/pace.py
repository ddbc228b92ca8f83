"""How often the gateway looks, tries and tells. Tests hand in a faster one; no installation needs another."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import TurnRefused, Unavailable


@dataclass(frozen=True, slots=True)
class Pace:
    look_s: float = 1.0  # for work that another gateway has taken or left behind; one's own is begun at once
    lease_s: float = 20.0  # renewed while the work goes on; after a crash, this long until another takes over
    first_wait_s: float = 1.0  # before the second try; doubled before each further one
    longest_wait_s: float = 60.0
    told_after_s: float = 4.0  # an outage shorter than that is not worth a message
    given_up_after_s: float = 24 * 3600.0
    deliveries_s: float = 5.0  # between two looks for advisers' answers

    def wait_before(self, tries: int, error: TurnRefused | None = None) -> float:
        """Seconds until the next try; more where the service that refused has asked for more than usual."""
        wait = min(self.first_wait_s * 2.0 ** min(tries - 1, 20), self.longest_wait_s)
        asked = error.retry_after_s or 0 if isinstance(error, Unavailable) else 0
        return max(wait, float(asked)) if asked > Unavailable.usual_wait_s else wait
