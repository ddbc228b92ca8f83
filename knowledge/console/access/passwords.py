"""Passwords: which are taken, and how they are kept (argon2id)."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM, MAXIMUM = 12, 200  # hashing costs the more the longer it is
_GUESSES = 10**9  # how many tries a password must stand, by zxcvbn's estimate
_READ = 72  # what zxcvbn reads: its time grows with the square of the length
# zxcvbn's lists are English: what a Swedish office would think of first.
_NEAR_AT_HAND = (
    "rådgivaren radgivaren kommun kommunen socialtjänst socialtjanst socialsekreterare handläggare lösenord losenord "
    "välkommen valkommen sverige stockholm göteborg malmö sommar sommaren vinter vintern höst hösten vår våren "
    "januari februari mars april maj juni juli augusti september oktober november december hemligt hejsan qwertyuiopå"
).split()
_AT_ONCE = 2  # each takes 64 MiB while it is computed


class Passwords:
    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher, self._turn = hasher, BoundedSemaphore(_AT_ONCE)
        self._nobodys = hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(password)

    def fit(self, known: str | None, password: str) -> bool:
        """Whether it is the password of this hash. Without one it takes as long, and is never."""
        with self._turn:
            try:
                self._hasher.verify(known or self._nobodys, password[: MAXIMUM + 1])
            except (VerificationError, InvalidHashError):
                return False
        return known is not None

    def outdated(self, known: str) -> bool:
        return self._hasher.check_needs_rehash(known)


def weakness(password: str, *near_at_hand: str) -> str:
    """Why it is not taken: `too_short`, `too_long`, `easy`, or nothing. Names of the person count as easily guessed."""
    if len(password) < MINIMUM:
        return "too_short"
    if len(password) > MAXIMUM:
        return "too_long"
    # Here, since its word lists take a tenth of a second to load and only a new password is held against them.
    from zxcvbn import zxcvbn

    words = [*_NEAR_AT_HAND, *(word for text in near_at_hand for word in text.casefold().split())]
    return "easy" if zxcvbn(password[:_READ], user_inputs=words)["guesses"] < _GUESSES else ""
